"""
The messages of a payload of ours read slice by slice, straight from its bytes, each byte looked at once.

Where a slice may end is guessed, and proved by reading it: between two messages alone is it a list of whole messages.
Whatever is not as this program writes it is left to the way that takes anything.
"""

from __future__ import annotations

import re
from itertools import chain
from typing import NamedTuple

import msgspec

from py_export import jsontext
from py_export.model import Event, Message, Text, ToolCall, Unknown, source_as_held

_decoder = msgspec.json.Decoder(list[Message])
_FIRST = re.compile(rb'"messages"\s*:\s*\[\s*(?=\{)')
_BETWEEN = re.compile(rb'\}(?=(\s*,\s*)\{\s*"id"\s*:)')
_END = re.compile(rb"\s*\]\s*\}\s*\Z")
_LAST = 64
"""Bytes in which a document ends after its last message."""

_SLICE = jsontext.SLICE
"""Bytes that are read at a time; of fewer the work around each takes as long as a tenth of the reading."""

_FEW = _SLICE // 4
"""The same where messages hold their records: so few that they seldom hold as many brackets as need a closer look."""

_SUB_AGENTS = 4
"""How many are looked through that start each other; a message is four brackets below the one that it belongs to."""


class Sliced(NamedTuple):
    """The text of each member of a payload but its messages, these, and where the slices lie that hold them."""

    members: dict[str, memoryview]
    messages: list[Message]
    slices: list[tuple[int, int]]


def sliced(data: bytes) -> Sliced | None:
    """
    Return a payload's members and its messages; None where that takes another way, or is no payload.

    Raises:
        TooDeep: It nests deeper than any session does.
    """
    first = _FIRST.search(data)
    end = _END.search(data, max(0, len(data) - _LAST))
    if first is None or end is None or end.start() < first.end():
        return None
    members = jsontext.members(data[: first.start()].rstrip(b", \t\r\n") + b"}")
    if members is None or "messages" in members:
        return None
    slices: list[tuple[int, int]] = []
    messages = _messages(data, first.end(), end.start(), slices)
    return None if messages is None else Sliced(members, messages, slices)


def _messages(data: bytes, start: int, end: int, slices: list[tuple[int, int]]) -> list[Message] | None:
    """Return the messages between two places, and note each slice."""
    found: list[Message] = []
    wary = sourced = False
    while start < end:
        cut = _next(data, start, start + (_FEW if sourced else _SLICE), end, wary=wary)
        if cut is None:
            return None
        text, messages, after = cut
        wary = len(text) > 2 * _SLICE  # where one message holds many, so does the next, often
        sourced = any(map(source_as_held, messages))
        if not (sourced and _has_few_brackets(text)) and not _are_shallow(messages):
            jsontext.raise_if_deep(text)
        _share(messages, found[-1].id if found else None)
        found += messages
        slices.append((start, start + len(text) - 2))
        start = after
    return found


def _next(data: bytes, start: int, at: int, end: int, *, wary: bool) -> tuple[bytes, list[Message], int] | None:
    """
    Return the slice that begins at ``start`` and reaches beyond ``at``, as the text of a list, and where the next does.

    A sub-agent's messages lie within a message, and what lies between two of them is no end: then more is tried each
    time, so that the whole takes no longer than twice as much.
    """
    view = memoryview(data)
    while True:
        cut = _BETWEEN.search(data, at, end) if at < end else None
        stop, after = (end, end) if cut is None else (cut.end(), cut.end(1))
        text = b"".join((b"[", view[start:stop], b"]"))
        if not wary or jsontext.items_of(text) is not None:  # to skim is quicker than to read in vain
            try:
                return text, _decoder.decode(text), after
            except (msgspec.DecodeError, ValueError, RecursionError):
                pass
        if cut is None:
            return None
        at, wary = start + 2 * (stop - start), True


def _share(messages: list[Message], before: str | None) -> None:
    """Let each message name the one before it by that one's own id: in a long session a megabyte less."""
    for message in messages:
        if message.parent_id == before:
            message.parent_id = before
        before = message.id


def _has_few_brackets(text: bytes) -> bool:
    """Return whether a text cannot nest too deep; where messages hold records, it takes less than to look at these."""
    return text.count(b"{") + text.count(b"[") <= jsontext.MAX_DEPTH


def _are_shallow(messages: list[Message], level: int = 0) -> bool:
    """
    Return whether nothing in messages nests deep, as in nearly all: to count brackets takes longer than to read them.

    What lies in members that this version does not know, or has not kept as a key was said twice, nobody looks at, but
    who lays out the text as it came.
    """
    blocks = [block for message in messages for block in message.blocks if type(block) is not Text]
    calls = [block for block in blocks if type(block) is ToolCall]
    values = [*map(source_as_held, messages), *[call.input for call in calls]]
    results = [call.result for call in calls if call.result is not None]
    values += [result.data for result in results]
    values += [block.data for block in blocks if type(block) is Event]
    values += [call.permission.answers for call in calls if call.permission is not None]
    blocks += chain.from_iterable([result.blocks for result in results])
    values += [block.record for block in blocks if type(block) is Unknown]
    below = [message for call in calls if call.messages for message in call.messages]
    return jsontext.are_shallow(values) and (not below or (level < _SUB_AGENTS and _are_shallow(below, level + 1)))
