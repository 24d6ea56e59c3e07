"""JSON text laid out anew, no token of it touched: with two spaces, as ``JSON.stringify`` does it, or without any."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from typing import Any

import msgspec

from py_export.jsontext import MAX_DEPTH, SLICE, TOKEN, encode, grouped, items_of, members, raise_if_deep

_DEEP = b"  " * (MAX_DEPTH + 2)
"""How far what nests as deep as may be is moved in at least, in a list that is a member; a text may hold it as well."""


def indent(data: bytes) -> Iterator[bytes]:
    """
    Yield a JSON document laid out as ``JSON.stringify(value, null, 2)`` would, every token as it was written.

    Numbers, key order, repeated keys and escapes stay. ``data`` must be valid JSON (``decode`` has seen it).
    """
    parts = members(data) if len(data) > SLICE else None
    if parts is None or not _is_all(parts, data):
        yield _laid_out(data)
        return
    before = b"{"
    for name, value in parts.items():
        key = encode(name)
        yield before
        items = items_of(value) if len(value) > SLICE else None
        if items is not None:
            yield from _laid_out_items(key, (b",".join(group) for group in grouped(items)))
        else:
            yield _laid_out(b"{%b:%b}" % (key, bytes(value))).removeprefix(b"{").removesuffix(b"\n}")
        before = b","
    yield b"\n}"


def indent_slices(data: bytes, slices: Sequence[tuple[int, int]]) -> Iterator[bytes]:
    """
    Yield what ``indent`` does of a document whose last member is a list, all of its items in these slices of it.

    Nothing goes through all of it at once: whoever waits for the next chunk may stop.

    Raises:
        TooDeep: One nests deeper than any session does, in members that its reader does not know.
    """
    first, _ = slices[0]
    yield _laid_out(data[:first] + b"]}").removesuffix(b"]\n}")
    yield from _laid_out_items(b'""', (data[start:stop] for start, stop in _joined(slices)), named=True)
    yield b"\n}"


def _joined(slices: Sequence[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """Yield slices that follow each other as one, about as long as what is laid out at a time."""
    begin, _ = slices[0]
    for (_, stop), (after, _) in pairwise([*slices, (-1, -1)]):
        if after < 0 or stop - begin > SLICE:
            yield begin, stop
            begin = after


def compact(data: bytes) -> bytes:
    """Return a valid JSON document without the space between its tokens, every token as it was written."""
    try:
        return msgspec.json.format(data, indent=-1)
    except msgspec.DecodeError:  # a lone surrogate, escaped
        return b"".join(match[0] for match in TOKEN.finditer(data))


def listed(name: str, values: Iterable[Any], level: int) -> Iterator[bytes]:
    """
    Yield a further member of an object that is ``level`` deep, as ``indent`` lays it out: a list, item by item.

    No string of JSON text holds a line break of its own, so that an item can be moved in line by line.
    """
    yield from enclosed(name, items(values, level), level)


def items(values: Iterable[Any], level: int) -> Iterator[bytes]:
    """Yield the items of a list that is a member of an object so deep, each behind the comma that parts it."""
    inner = b"\n" + b"  " * (level + 1)
    for value in values:
        yield b"," + inner + encode(value, indent=2).replace(b"\n", inner)


def enclosed(name: str, items: Iterable[bytes], level: int) -> Iterator[bytes]:
    """Yield what ``listed`` does, from what ``items`` yields of the list."""
    outer = b"\n" + b"  " * level
    yield b"," + outer + encode(name) + b": ["
    after = b"]"
    for item in items:
        yield item if after != b"]" else item[1:]
        after = outer + b"]"
    yield after


def _laid_out(data: bytes) -> bytes:
    try:
        return msgspec.json.format(data, indent=2)
    except msgspec.DecodeError:  # a lone surrogate, escaped
        return b"".join(_indent_slowly(data))


def _laid_out_items(key: bytes, groups: Iterable[bytes], *, named: bool = False) -> Iterator[bytes]:
    """Yield a member that is a long list, as it stands in its document; ``named`` is one whose beginning stands."""
    head, tail = b"{\n  %b: [" % key, b"\n  ]\n}"
    if not named:
        yield head.removeprefix(b"{")
    before = b""
    for group in groups:
        laid_out = _laid_out(b"{%b:[%b]}" % (key, group))
        if _DEEP in laid_out:  # to look for it takes no time; in the text itself brackets would have to be counted
            raise_if_deep(group)
        yield before + laid_out.removeprefix(head).removesuffix(tail)
        before = b","
    yield tail.removesuffix(b"\n}")


def _is_all(parts: dict[str, memoryview], data: bytes) -> bool:
    """Return whether a document holds no more than these members: of those with one name only the last is here."""
    known = sum(len(encode(name)) + len(value) + 2 for name, value in parts.items()) + 1
    if known == len(data):  # compact, as it comes from the function
        return True
    return sum(len(compact(bytes(value))) + len(encode(name)) + 2 for name, value in parts.items()) + 1 == len(
        compact(data)
    )


def _indent_slowly(data: bytes) -> Iterator[bytes]:
    """Lay out what msgspec does not take, token by token."""
    out: list[bytes] = []
    size, depth = 0, 0
    before = b""
    for match in TOKEN.finditer(data):
        token = match[0]
        if token in b"}]":
            depth -= 1
            if before not in (b"{", b"["):
                out.append(b"\n" + b"  " * depth)
        elif before in (b"{", b"[", b","):
            out.append(b"\n" + b"  " * depth)
        if token in b"{[":
            depth += 1
        out.append(b": " if token == b":" else token)
        before = token
        size += len(token)
        if size > SLICE:
            yield b"".join(out)
            out.clear()
            size = 0
    yield b"".join(out)
