"""
The payload as JSON text in two parts, a head and its messages: what a store keeps and what an answer streams.

Nothing here decodes more than it must: every token leaves as it came.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from json.decoder import scanstring  # type: ignore[attr-defined]  # unknown to typeshed

from py_export import jsonlayout
from py_export.errors import InvalidPayload
from py_export.model import Range

_decoder = json.JSONDecoder()


@dataclass(slots=True)
class Parts:
    """A payload taken apart. ``head`` is the document with an empty ``messages``; both are compact JSON text."""

    head: str
    messages: list[str]


def split(data: bytes) -> Parts:
    """
    Take a payload apart into its head and the text of each message.

    Raises:
        InvalidPayload: The document is no object, or has no list of messages.
    """
    text = jsonlayout.compact(data).decode("utf-8")
    start, end = _member(text, 0, "messages")
    if text[start : start + 1] != "[":
        raise InvalidPayload("messages", reason="messages is not a list")
    return Parts(text[:start] + "[]" + text[end:], _items(text, start))


def frame(head: str, part: Range | None = None) -> tuple[str, str]:
    """Return what stands before and after the messages, with ``session.range`` set when only a part is sent."""
    if part is not None:
        head = _with_range(head, part)
    start, end = _member(head, 0, "messages")
    return head[: start + 1], head[end - 1 :]


def join(parts: Parts, part: Range | None = None) -> bytes:
    """Return the compact payload that ``split`` took apart: ``join(split(x)) == compact(x)``."""
    before, after = frame(parts.head, part)
    return (before + ",".join(parts.messages) + after).encode("utf-8")


def numbers(visible: Sequence[bool]) -> list[int]:
    """
    Return each message's number, counted over visible ones: a hidden one goes with the next, the last with the last.

    >>> numbers([False, True, False, True, False])
    [1, 1, 2, 2, 2]
    """
    total = sum(visible)
    found = []
    seen = 0
    for shown in visible:
        found.append(min(seen + 1, total))
        seen += shown
    return found


def _with_range(head: str, part: Range) -> str:
    start, end = _member(head, 0, "session")
    session = head[start:end]
    if session[:1] != "{":
        raise InvalidPayload("session", reason="session is not an object")
    value = f'{{"from":{part.from_},"to":{part.to},"of":{part.of}}}'
    try:
        old_start, old_end = _member(session, 0, "range")
    except InvalidPayload:
        comma = "," if session != "{}" else ""
        return f'{head[:start]}{session[:-1]}{comma}"range":{value}}}{head[end:]}'
    return f"{head[: start + old_start]}{value}{head[start + old_end :]}"


def _member(text: str, start: int, name: str) -> tuple[int, int]:
    """Return where the value of the object's last member ``name`` starts and ends, in compact JSON text."""
    found = None
    at = start + 1
    if text[start : start + 1] != "{":
        raise InvalidPayload(reason="not an object")
    while text[at] != "}":
        key, at = scanstring(text, at + 1, False)  # noqa: FBT003 - positional in the standard library
        end = _value_end(text, at + 1)
        if key == name:
            found = (at + 1, end)
        at = end + 1 if text[end] == "," else end
    if found is None:
        raise InvalidPayload(name, reason=f"{name} is missing")
    return found


def _items(text: str, start: int) -> list[str]:
    items = []
    at = start + 1
    while text[at] != "]":
        end = _value_end(text, at)
        items.append(text[at:end])
        at = end + 1 if text[end] == "," else end
    return items


def _value_end(text: str, at: int) -> int:
    return _decoder.raw_decode(text, at)[1]
