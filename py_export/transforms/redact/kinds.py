"""What can be hidden: its kinds, and what is asked for by name."""

from __future__ import annotations

from py_export.errors import InvalidOption

SECRETS = ("private-key", "api-key", "token", "password", "secret")
PEOPLE = ("email", "phone", "user")
CUSTOM = "custom"
KINDS = (*SECRETS, *PEOPLE, CUSTOM)
"""In the order of precedence: what is found twice is called by the first."""

OFF = "off"
GROUPS: dict[str, tuple[str, ...]] = {OFF: (), "secrets": SECRETS, "people": PEOPLE, "all": (*SECRETS, *PEOPLE)}


def group_of(kind: str) -> str:
    """Return ``secrets``, ``people`` or ``custom``."""
    return "secrets" if kind in SECRETS else "people" if kind in PEOPLE else CUSTOM


def parse_kinds(text: str) -> frozenset[str]:
    """
    Return the kinds that a list of kinds and groups names, apart by commas: ``secrets,email``.

    Raises:
        InvalidOption: No kind or group has that name.
    """
    known = GROUPS | {kind: (kind,) for kind in KINDS if kind != CUSTOM}
    names = [name.strip() for name in text.split(",")]
    if not set(names) <= known.keys():
        raise InvalidOption(option="redact", reason=", ".join(known))
    return frozenset(kind for name in names for kind in known[name])
