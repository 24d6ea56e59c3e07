"""
A person's own pattern for file names: ``{title}-{date}``.

Places are ``{title}``, ``{id}`` (8 characters), ``{date}`` and ``{time}`` of the export, ``{created}`` (the day on
which the session began), ``{app}``, ``{model}``, ``{format}`` and ``{part}``, the messages of a part. Times are UTC.
What is unknown leaves nothing, and no two dashes beside each other; what a file system would take for something else
is a dash. The extension follows by itself. A part of a session says so, also where the pattern does not ask for it.
"""

from __future__ import annotations

import re

from py_export import filenames
from py_export.errors import InvalidOption
from py_export.model import Session

PLACES = ("title", "id", "date", "time", "created", "app", "model", "format", "part")

LONGEST = 200
"""Characters of a pattern."""

_PLACE = re.compile(r"\{([^{}]*)\}")


def stem(pattern: str, session: Session, to: str) -> str:
    """
    Return a session's file name by a pattern, without its extension.

    Raises:
        InvalidOption: The pattern is none.
    """
    check(pattern)
    split = _PLACE.split(pattern)
    names = split[1::2]
    known = filenames.pieces(session) | {"format": to}
    filled = [known[piece] if at % 2 else piece for at, piece in enumerate(split)]
    if known["part"] and "part" not in names:
        filled.append(f"-{known['part']}")
    return filenames.joined(filled, 2 * names.index("title") + 1 if "title" in names else -1)


def check(pattern: str) -> None:
    """Raise ``InvalidOption`` where a pattern names no place, or one that there is not."""
    literal = _PLACE.sub("", pattern)
    names = set(_PLACE.findall(pattern))
    if not names or not names.issubset(PLACES) or "{" in literal or "}" in literal or len(pattern) > LONGEST:
        raise InvalidOption(option="filename_pattern", reason=", ".join(f"{{{name}}}" for name in PLACES))
