"""Many strings as one text, so that what is looked for is looked for once; places in it are places in a string."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

END = "\0"
"""Stands between two strings; no pattern reaches across it."""

_SIZE = 1 << 20
_ESCAPES = {"n": 1, "r": 1, "t": 1, "b": 1, "f": 1, "u": 5, "x": 3}


class Found(NamedTuple):
    """One thing to hide. ``spreads``: it is hidden wherever it stands, also where nothing says what it is."""

    start: int
    end: int
    kind: str
    rule: str
    spreads: bool = False


@dataclass
class Page:
    """Strings, by their numbers, in one text."""

    text: str
    numbers: list[int]
    starts: list[int]

    @cached_property
    def lower(self) -> bytes:
        """The text in small letters, one byte per character ("?" for those beyond Latin-1): quick to search."""
        return self.text.encode("latin-1", "replace").lower()

    def string_at(self, place: int) -> tuple[int, int, int]:
        """Return the number of the string at a place, where it starts and where it ends."""
        at = bisect_right(self.starts, place) - 1
        end = self.starts[at + 1] - 1 if at + 1 < len(self.starts) else len(self.text)
        return self.numbers[at], self.starts[at], end


def pages(strings: Iterable[tuple[int, str]]) -> Iterator[Page]:
    """Yield the strings on pages, those of plain ASCII apart: a page takes as many bytes per letter as its widest."""
    waiting: dict[bool, tuple[list[int], list[str]]] = {True: ([], []), False: ([], [])}
    sizes = {True: 0, False: 0}
    for number, text in strings:
        plain = text.isascii()
        numbers, texts = waiting[plain]
        numbers.append(number)
        texts.append(text)
        sizes[plain] += len(text)
        if sizes[plain] > _SIZE:
            yield _page(numbers, texts)
            waiting[plain] = ([], [])
            sizes[plain] = 0
    yield from (_page(*each) for each in waiting.values() if each[0])


def positions(haystack: bytes, needle: bytes) -> Iterator[int]:
    """Yield where ``needle`` stands."""
    at = haystack.find(needle)
    while at >= 0:
        yield at
        at = haystack.find(needle, at + 1)


def starts_word(text: str, place: int) -> bool:
    r"""Return whether a word may start here; what an escape left before it (``\n``, ``%3D``, a colour) is no letter."""
    before = text[place - 1] if place else " "
    if not (before.isascii() and before.isalnum()):
        return True
    return after_escape(text, place)


def after_escape(text: str, place: int) -> bool:
    """Return whether an escape sequence, written out, ends here."""
    for length in (2, 4, 6):
        if place >= length and text[place - length] == "\\" and _ESCAPES.get(text[place - length + 1]) == length - 1:
            return True
    if place >= 3 and text[place - 3] == "%":  # noqa: PLR2004 - "%" and two digits
        return all(letter in "0123456789abcdefABCDEF" for letter in text[place - 2 : place])
    return text[place - 1] == "m" and "\x1b[" in text[max(0, place - 12) : place]


def ends_word(text: str, place: int) -> bool:
    """Return whether a word may end here."""
    after = text[place : place + 1]
    return not (after.isascii() and after.isalnum())


def skip_escape(text: str, start: int, end: int) -> int:
    """Return where a run of letters really starts, when its first ones belong to an escape sequence."""
    before = text[start - 1 : start]
    if before == "\\" and text[start] in _ESCAPES:
        return min(end, start + _ESCAPES[text[start]])
    if before == "%" and after_escape(text, start + 2):
        return min(end, start + 2)
    return start


def _page(numbers: list[int], texts: list[str]) -> Page:
    starts = []
    at = 0
    for text in texts:
        starts.append(at)
        at += len(text) + 1
    return Page(END.join(texts), numbers, starts)
