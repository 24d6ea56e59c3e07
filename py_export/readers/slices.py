"""
The messages of a payload of ours read slice by slice, straight from its bytes, each byte looked at once.

Where a slice may end is guessed, and proved by reading it: between two messages alone is it a list of whole messages.
Whatever is not as this program writes it is left to the way that takes anything.
"""

from __future__ import annotations

import re
from typing import NamedTuple

import msgspec

from py_export import jsontext
from py_export.model import Block, Message, Text, Thinking, ToolCall, source_as_held

_decoder = msgspec.json.Decoder(list[Message])
_FIRST = re.compile(rb'"messages"\s*:\s*\[\s*(?=\{)')
_BETWEEN = re.compile(rb'\}(?=(\s*,\s*)\{\s*"id"\s*:)')
_END = re.compile(rb"\s*\]\s*\}\s*\Z")
_LAST = 64
"""Bytes in which a document ends after its last message."""

_SLICE = 1 << 14
"""Bytes that are read at a time: so few that they seldom hold as many brackets as would ask for a closer look."""

_NESTING = frozenset({dict, list})
_GUESSES = 4
"""A sub-agent's messages lie within a message, and what lies between two of them is no end."""


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
    view = memoryview(data)
    while start < end:
        at = start + _SLICE
        for _ in range(_GUESSES):
            cut = _BETWEEN.search(data, at, end) if at < end else None
            stop, after = (end, end) if cut is None else (cut.end(), cut.end(1))
            text = b"".join((b"[", view[start:stop], b"]"))
            try:
                messages = _decoder.decode(text)
            except (msgspec.DecodeError, ValueError, RecursionError):
                if cut is None:
                    return None
                at = after
            else:
                break
        else:
            return None
        if not _are_shallow(messages):
            jsontext.raise_if_deep(text)
        found += messages
        slices.append((start, stop))
        start = after
    return found


def _are_shallow(messages: list[Message]) -> bool:
    """
    Return whether nothing in messages nests, as in most: to count brackets takes as long as to read a third of them.

    What lies in members that this version does not know nobody looks at, but who lays out the text as it came.
    """
    blocks = [block for message in messages for block in message.blocks if type(block) is not Text]
    return all(map(_is_shallow, blocks)) and not any(map(source_as_held, messages))


def _is_shallow(block: Block) -> bool:
    if type(block) is not ToolCall:
        return type(block) is Thinking
    given, result = block.input, block.result
    return (
        (given is None or (type(given) is dict and _NESTING.isdisjoint(map(type, given.values()))))
        and (result is None or (result.data is None and len(result.blocks) == 1 and type(result.blocks[0]) is Text))
        and block.permission is None
        and not block.messages
    )
