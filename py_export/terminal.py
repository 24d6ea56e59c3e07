"""Text made safe for a terminal, and laid out in its columns; the only place that knows what a terminal obeys."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from wcwidth import grapheme_boundary_before, iter_graphemes, wcswidth

_TAB = 4
_OBEYED = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u206f\ufff9-\ufffb\ufeff\ud800-\udfff]"
)
"""Controls (C0, C1), what turns the direction of text, line and paragraph separators, lone surrogates."""

_LINE_END = re.compile(r"\r\n|\r|\n")
_SPACES = re.compile(r" +")


def harmless(text: str) -> str:
    """
    Return a text in which nothing is left that a terminal would obey, but for line ends, each a line feed.

    A control of ASCII becomes its picture (␛, ␇), anything else of the kind U+FFFD; a tab becomes spaces.
    """
    if text.isascii() and text.isprintable():
        return text
    return _OBEYED.sub(_picture, _LINE_END.sub("\n", text).replace("\t", " " * _TAB))


def line(text: str) -> str:
    """Return the same on one line: runs of white space are one space."""
    return harmless(" ".join(text.split()))


def wrapped(text: str, width: int) -> Iterator[str]:
    """Yield the rows of a harmless text, each at most ``width`` columns; broken at a space where there is one."""
    for one in text.split("\n"):
        if len(one) <= width and one.isascii():
            yield one
        else:
            yield from _ascii_rows(one, width) if one.isascii() else _rows(one, width)


def cut(row: str, at: int) -> int:
    """Return the place at or before ``at`` where a row may be cut: between grapheme clusters."""
    if at <= 0 or at >= len(row) or row.isascii():
        return max(0, min(at, len(row)))
    return grapheme_boundary_before(row, at)


def columns(text: str) -> int:
    """Return how many columns a text of one line takes."""
    return len(text) if text.isascii() else sum(map(_columns, iter_graphemes(text)))


def _ascii_rows(text: str, width: int) -> Iterator[str]:
    start = 0
    while len(text) - start > width:
        space = text.rfind(" ", start, start + width + 1)
        if space > start and text[start:space].strip():
            yield text[start:space]
            start = space + 1
        else:
            yield text[start : start + width]
            start += width
    yield text[start:]


def _rows(text: str, width: int) -> Iterator[str]:
    row: list[str] = []
    taken = 0
    space = -1  # where in the row the last space stands
    for cluster in iter_graphemes(text):
        wide = _columns(cluster)
        if taken + wide > width and row:
            if cluster == " ":
                yield "".join(row)
                row, taken, space = [], 0, -1
                continue
            # A row breaks between wide letters, which have no spaces between them; else at the last space.
            if space <= 0 or wide > 1 or _columns(row[-1]) > 1:
                space = len(row) - 1
                head, row = row, []
            else:
                head, row = row[:space], row[space + 1 :]
            yield "".join(head)
            taken, space = sum(map(_columns, row)), -1
        if cluster == " ":
            space = len(row)
        row.append(cluster)
        taken += wide
    yield "".join(row)


@lru_cache(maxsize=4096)
def _columns(cluster: str) -> int:
    return max(0, wcswidth(cluster))


def _picture(match: re.Match[str]) -> str:
    code = ord(match[0])
    if code < 0x20:  # noqa: PLR2004 - C0
        return chr(0x2400 + code)
    return "\u2421" if code == 0x7F else "\ufffd"  # noqa: PLR2004 - delete
