"""Every string of a session that may be hidden in, and the session with other strings in their place."""

from __future__ import annotations

import re
from collections.abc import Callable, Container, Iterable, Mapping
from operator import attrgetter
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from py_export.model import Session
from py_export.transforms.redact.names import kind_of_name

_KEPT = frozenset(
    {
        "type",
        "id",
        "parent_id",
        "api_id",
        "role",
        "kind",
        "status",
        "call_id",
        "agent_id",
        "leaf_id",
        "topic_id",
        "model",
        "provider",
        "media_type",
        "format",
        "version",
        "app",
        "flag_color",
        "order",
        "document",
        "counts",
        "usage",
        "range",
        "decision",
        "mode",
    }
)
"""Fields that name, count or order: without them a session would be another. ``name`` of a tool and an event, too."""
_NAMED = frozenset({"ToolCall", "Event", "Unknown", "Source", "Usage", "Counts", "Range", "SubAgent"})
_PLAIN_KEY = re.compile(r"[A-Za-z_][\w-]{0,39}")

See = Callable[[str, str], None]
"""Takes a string, and the name that it stands under, empty where it has none."""

Note = Callable[[str, str], None]
"""Takes a place, and the string that stands there."""

Path = tuple[Any, str | int] | None
"""The place of a part: that of the whole it is in, and its own name or number there."""


class _Kinds(dict[type, type | None]):
    """What a type is in a session: ``str``, ``dict``, ``list``, ``object`` (a part of the model), or None."""

    def __missing__(self, kind: type) -> type | None:
        known: tuple[type, ...] = (str, dict, list)
        found = next((one for one in known if issubclass(kind, one)), object if issubclass(kind, Struct) else None)
        self[kind] = found
        return found


_KINDS = _Kinds()
_FIELDS: dict[type, tuple[tuple[str, ...], Callable[[object], Any]]] = {}


def visit(session: Session, see: See, seen: Container[str]) -> None:
    """
    Call ``see`` with every string of a session, in the order in which they are read; with a mapping's keys last.

    One that has been ``seen`` is shown again only where its name is telling.
    """
    keys: dict[str, Any] = {}

    def look(value: Any, kind: type, name: str) -> None:  # noqa: ANN401 - any part of a session
        if kind is dict:
            keys.update(value)
        for own, item in _named(value, kind, name):
            inner = _KINDS[type(item)]
            if inner is str:
                if item not in seen or kind_of_name(own):
                    see(item, own)
            elif inner is not None:
                look(item, inner, own)

    look(session, object, "")
    for key in keys:
        if key not in seen:
            see(key, "")


def mapped(session: Session, texts: Mapping[str, str], note: Note) -> Session:
    """
    Return a session with ``texts`` in place of others; the one that is given stays as it is.

    ``note`` is called with each place (``messages[3].blocks[0].text``) and the string that stood there.
    """
    known = texts.keys()

    def change(value: Any, kind: type, path: Path) -> Any:  # noqa: ANN401 - any part of a session
        """Return a part with other strings; the very same part where none is in it."""
        changes: dict[Any, Any] = {}
        for key, item in _parts(value, kind):
            inner = _KINDS[type(item)]
            if inner is str:
                if item in known:
                    note(_place((path, key), texts), item)
                    changes[key] = texts[item]
            elif inner is not None:
                other = change(item, inner, (path, key))
                if other is not item:
                    changes[key] = other
        if kind is dict and not known.isdisjoint(value):
            return _renamed(value | changes, path, texts, note)
        return _with(value, kind, changes) if changes else value

    changed: Session = change(session, object, None)
    return changed if changed is not session else replace(session)


def _renamed(value: dict[str, Any], path: Path, texts: Mapping[str, str], note: Note) -> dict[str, Any]:
    """Return a mapping with other keys, as many as before."""
    found: dict[str, Any] = {}
    for key, item in value.items():
        other = texts.get(key, key)
        if key in texts:
            note(_place((path, key), texts), key)
        while other != key and (other in found or other in value):
            other += "_"
        found[other] = item
    return found


def _named(value: Any, kind: type, name: str) -> Iterable[tuple[str, Any]]:  # noqa: ANN401 - any part of a session
    """Return the parts of a part, each with the name that says what it is."""
    if kind is list:
        return _flagged(value, name)
    if kind is dict and "value" in value:
        pair = value.get("name", value.get("key"))
        if isinstance(pair, str):
            return [(pair if key == "value" else key, item) for key, item in value.items()]
    return _parts(value, kind)


def _flagged(value: list[Any], name: str) -> Iterable[tuple[str, Any]]:
    """Return a list's parts, named as it is; in a command line, what follows a flag is named by that."""
    flags = [name, *(item if isinstance(item, str) and item[:2] == "--" else name for item in value)]
    return zip(flags, value, strict=False)  # nothing follows the last


def _parts(value: Any, kind: type) -> Iterable[tuple[Any, Any]]:  # noqa: ANN401 - as above
    if kind is dict:
        return value.items()  # type: ignore[no-any-return]  # a dict's
    return enumerate(value) if kind is list else _items(value)


def _items(value: object) -> Iterable[tuple[str, Any]]:
    kind = type(value)
    known = _FIELDS.get(kind)
    if known is None:
        left_out = _KEPT | ({"name"} if kind.__name__ in _NAMED else set())
        names = tuple(field for field in kind.__struct_fields__ if field not in left_out)  # type: ignore[attr-defined]
        known = _FIELDS[kind] = names, _getter(names)
    return zip(known[0], known[1](value), strict=True)


def _getter(names: tuple[str, ...]) -> Callable[[object], Any]:
    """Return what gets all these fields at once."""
    if len(names) > 1:
        return attrgetter(*names)
    return lambda value: [getattr(value, name) for name in names]


def _with(value: Any, kind: type, changes: dict[Any, Any]) -> Any:  # noqa: ANN401 - as above
    if kind is dict:
        return value | changes
    if kind is list:
        return [changes.get(at, item) for at, item in enumerate(value)]
    return replace(value, **changes)


def _place(path: Path, texts: Mapping[str, str]) -> str:
    steps = []
    while path is not None:
        path, step = path
        if isinstance(step, int):
            steps.append(f"[{step}]")
        else:  # a key may hold what is hidden: only a plain name with nothing in it is told
            is_plain = step not in texts and _PLAIN_KEY.fullmatch(step)
            steps.append(f".{step}" if is_plain else "[*]")
    return "".join(reversed(steps)).removeprefix(".")
