"""The text of what Cursor's editor keeps: a tree of Lexical (lexical.dev), as JSON in a string."""

from __future__ import annotations

from py_export import jsontext
from py_export.errors import ReadError
from py_export.model import Json
from py_export.readers.records import values

_LINES = frozenset({"paragraph", "heading", "quote", "listitem", "code"})
_DEEPEST = 100


def text(value: Json) -> str:
    """Return the words of an editor's state, its paragraphs as lines; nothing of what is none."""
    if isinstance(value, str):
        if not value.lstrip().startswith("{"):
            return value.strip(values.JS_SPACE)
        try:
            value = jsontext.decode(value.encode("utf-8", "replace"))
        except ReadError:
            return ""
    parts: list[str] = []
    _walk(values.mapping(value).get("root"), parts, 0)
    return "".join(parts).strip(values.JS_SPACE)


def _walk(node: Json, parts: list[str], depth: int) -> None:
    record = values.mapping(node)
    said = record.get("text")
    if isinstance(said, str):
        parts.append(said)
    elif record.get("type") == "linebreak":
        parts.append("\n")
    if depth < _DEEPEST:
        for child in values.sequence(record.get("children")):
            _walk(child, parts, depth + 1)
    if record.get("type") in _LINES:
        parts.append("\n")
