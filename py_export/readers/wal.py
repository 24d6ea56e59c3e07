"""SQLite's write-ahead log, its pages put into the database that it belongs to (sqlite.org/fileformat2.html, 4)."""

from __future__ import annotations

import struct
from collections.abc import Iterator

_HEADER, _FRAME = struct.Struct(">8I"), struct.Struct(">6I")
_MAGIC = {0x377F0682: "<", 0x377F0683: ">"}
"""How a log begins, and in which byte order its sums are made."""

_WORD = 0xFFFFFFFF
_SMALLEST, _LARGEST = 512, 65536


def merged(database: bytes, log: bytes) -> bytearray:
    """Return the database with every transaction that the log holds whole; what is no log, or cut, changes nothing."""
    found = bytearray(database)
    waiting: dict[int, bytes] = {}
    for number, pages, content in _frames(log):
        waiting[number] = content
        if pages:  # the last of a transaction: how large the database is now
            size = len(content)
            end = min(pages, len(found) // size + len(log) // size + 1) * size
            found.extend(bytes(max(0, end - len(found))))
            for page, each in waiting.items():
                if page * size <= end:
                    found[(page - 1) * size : page * size] = each
            del found[end:]
            waiting.clear()
    return found


def _frames(log: bytes) -> Iterator[tuple[int, int, bytes]]:
    """Yield each frame's page number, the database's pages after it (0 within a transaction), and the page."""
    if len(log) < _HEADER.size:
        return
    magic, _, size, _, *salts, first, second = _HEADER.unpack_from(log)
    order = _MAGIC.get(magic)
    if order is None or not _SMALLEST <= size <= _LARGEST or size & (size - 1):
        return
    sums = _sums(log[: _HEADER.size - 8], order, (0, 0))
    if sums != (first, second):
        return
    for at in range(_HEADER.size, len(log) - _FRAME.size - size + 1, _FRAME.size + size):
        number, pages, *found, first, second = _FRAME.unpack_from(log, at)
        content = log[at + _FRAME.size : at + _FRAME.size + size]
        if found != salts or number == 0:
            return
        sums = _sums(log[at : at + 8] + content, order, sums)
        if sums != (first, second):
            return
        yield number, pages, content


def _sums(data: bytes, order: str, start: tuple[int, int]) -> tuple[int, int]:
    first, second = start
    words = iter(struct.unpack(f"{order}{len(data) // 4}I", data))
    for one, two in zip(words, words, strict=True):
        first = (first + one + second) & _WORD
        second = (second + two + first) & _WORD
    return first, second
