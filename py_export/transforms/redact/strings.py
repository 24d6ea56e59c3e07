"""Every string of a session that may be hidden in, and the session with other strings in their place."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import fields, is_dataclass, replace
from typing import Any, TypeVar

from py_export.model import Json, Session

T = TypeVar("T")

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

Visit = Callable[[str, str | None], None]
"""Takes a string and the name it stands under, if any."""


def visit(session: Session, see: Visit) -> None:
    """Call ``see`` with every string of a session, in the order in which they are read."""
    _visit(session, None, see)


def mapped(session: Session, texts: Mapping[str, str], note: Callable[[str, str], None]) -> Session:
    """
    Return a session with ``texts`` in place of others; the one that is given stays as it is.

    ``note`` is called with each place (``messages[3].blocks[0].text``) and the string that stood there.
    """
    changed: Session = _mapped(session, None, texts, note)
    return changed if changed is not session else replace(session)


def _visit(value: Any, name: str | None, see: Visit) -> None:  # noqa: ANN401 - any part of a session
    if isinstance(value, str):
        see(value, name)
    elif isinstance(value, dict):
        pair = value.get("name", value.get("key"))
        for key, item in value.items():
            if isinstance(key, str):
                see(key, None)
            _visit(item, pair if key == "value" and isinstance(pair, str) else key, see)
    elif isinstance(value, list):
        before = None
        for item in value:
            flag = isinstance(before, str) and before.startswith("--")
            _visit(item, before if flag else name, see)
            before = item
    elif is_dataclass(value):
        for field in _fields(type(value)):
            _visit(getattr(value, field), field, see)


Path = tuple[Any, Any] | None


def _mapped(value: Any, path: Path, texts: Mapping[str, str], note: Callable[[str, str], None]) -> Any:  # noqa: ANN401
    """Return a part with other strings; the very same part where none is in it."""
    if isinstance(value, str):
        text = texts.get(value)
        if text is None:
            return value
        note(_place(path), value)
        return value if text == value else text
    if isinstance(value, dict):
        return _mapped_dict(value, path, texts, note)
    if isinstance(value, list):
        items = [_mapped(item, (path, at), texts, note) for at, item in enumerate(value)]
        return value if all(map(_same, items, value)) else items
    if is_dataclass(value) and not isinstance(value, type):
        found = {name: _mapped(getattr(value, name), (path, name), texts, note) for name in _fields(type(value))}
        changed = {name: item for name, item in found.items() if item is not getattr(value, name)}
        return replace(value, **changed) if changed else value
    return value


def _mapped_dict(
    value: dict[str, Json], path: Path, texts: Mapping[str, str], note: Callable[[str, str], None]
) -> Json:
    found: dict[str, Json] = {}
    same = True
    for key, item in value.items():
        other = texts.get(key)
        if other is None:
            other = key
        else:
            note(_place((path, other)), key)
            while other != key and (other in found or other in value):
                other += "_"
            same = same and other == key
        found[other] = _mapped(item, (path, other), texts, note)
        same = same and found[other] is item
    return value if same else found


def _same(one: object, other: object) -> bool:
    return one is other


def _fields(kind: type) -> tuple[str, ...]:
    known = _FIELDS.get(kind)
    if known is None:
        left_out = _KEPT | ({"name"} if kind.__name__ in _NAMED else set())
        known = _FIELDS[kind] = tuple(field.name for field in fields(kind) if field.name not in left_out)
    return known


_FIELDS: dict[type, tuple[str, ...]] = {}


def _place(path: Path) -> str:
    steps = list(_steps(path))
    return "".join(reversed(steps)).removeprefix(".")


def _steps(path: Path) -> Iterator[str]:
    while path is not None:
        path, step = path
        if isinstance(step, int):
            yield f"[{step}]"
        else:  # a key may hold what is to be hidden: only a plain name is told
            yield f".{step}" if _PLAIN_KEY.fullmatch(step) else "[*]"
