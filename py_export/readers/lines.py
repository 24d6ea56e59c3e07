"""JSON Lines as agents' logs hold them: every record with its line, whatever else the file has been through."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from typing import Any

from py_export import jsontext
from py_export.errors import ReadError
from py_export.model import Json
from py_export.notices import Notices

_BLANK = b" \t\r\n\0"
"""What a line may hold beside its record: a machine that lost power leaves NUL bytes."""

_decoder = json.JSONDecoder()


def records(
    data: bytes,
    notices: Notices,
    place: str = "",
    short: Callable[[memoryview], Any] | None = None,
    *,
    above: int = 0,
) -> Iterator[tuple[str, Json]]:
    """
    Yield each line's place (``line 12``, behind ``place``) and its value; ``above`` lines stand before the first.

    Lines end in LF alone, as strings may hold every other character that ends a line elsewhere. A line that is no
    JSON is a notice, and its text the value; a last line that was cut off while it was written is a notice alone.
    Several records in one line, as two writers at once leave them, are yielded one by one.

    ``short`` reads a line in a shorter way; where it returns None, the line is read as any other.
    """
    start, number, size = 0, above, len(data)
    view = memoryview(data)
    while start < size:
        number += 1
        end = data.find(b"\n", start)
        last = end < 0
        begin, start = start, size if last else end + 1
        where = f"{place}line {number}"
        line = data[begin:start]
        if (
            short is not None
            and line.count(b"{") + line.count(b"[") <= jsontext.MAX_DEPTH
            and (found := short(view[begin : start if last else end])) is not None
        ):
            yield where, found
            continue
        line = line.strip(_BLANK)
        if not line:
            continue
        try:
            yield where, jsontext.decode(line)
        except ReadError:
            whole, rest = _several(line)
            for value in whole:
                yield where, value
            if rest and last:
                notices.add("line_cut", where, line=number)
            elif rest:
                notices.add("line_broken", where)
                yield where, rest


def _several(line: bytes) -> tuple[list[Json], str]:
    """Return the objects that a line begins with, and the text that is left of it."""
    text = line.decode("utf-8", "replace")
    found: list[Json] = []
    start = 0
    while text.startswith("{", start):
        try:
            _, end = _decoder.raw_decode(text, start)
            found.append(jsontext.decode(text[start:end].encode("utf-8")))
        except (ValueError, RecursionError, ReadError):
            break
        start = end
        while text[start : start + 1] in (" ", "\t", "\r", "\0"):
            start += 1
    return found, text[start:]
