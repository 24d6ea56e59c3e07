"""One predicate of the filter language: its letter and what follows it."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable
from typing import Literal, NoReturn, cast

from py_export.errors import InvalidFilter
from py_export.transforms.filter import tree

_QUOTE = re.compile(r"'(?:[^'\\]|\\.)*'|\"(?:[^\"\\]|\\.)*\"", re.DOTALL)
_COUNT = re.compile(r"[0-9]{1,9}")
_COMPARISON = re.compile(r"<=|>=|=|<|>")
_DAY = re.compile(r"([0-9]{4}|[0-9]{2})-([0-9]{1,2})-([0-9]{1,2})(?![0-9])")
_AGE = re.compile(r"([0-9]{1,9})(?:\s*(min|mo|[hdwy])(?!\s*[0-9<>='\"]))?", re.IGNORECASE)
"""A letter that a number, a comparison or a quote follows is no unit but the next predicate: ``d<7 d>2``."""

_ESCAPES = {"n": "\n", "r": "\r", "t": "\t"}
_HOUR = 3_600_000
_UNITS = {
    "min": 60_000, "h": _HOUR, "d": 24 * _HOUR, "w": 7 * 24 * _HOUR, "mo": 30 * 24 * _HOUR, "y": 365 * 24 * _HOUR,
}  # fmt: skip
"""Milliseconds of each unit; a month is 30 days and a year 365, since an age is a length and not a date."""


class Scanner:
    """A filter's text and a place in it."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.at = 0

    def peek(self) -> str:
        """Return the next character that is no white space, or an empty string at the end."""
        while self.at < len(self.text) and self.text[self.at].isspace():
            self.at += 1
        return self.text[self.at : self.at + 1]

    def predicate(self) -> tree.Predicate:
        """Read one predicate; raise ``InvalidFilter`` at the character that is wrong."""
        letter = self.peek()
        read = _LETTERS.get(letter.lower())
        if read is None:
            self.fail("end" if not letter else "letter")
        self.at += 1
        return read(self)

    def take(self, pattern: re.Pattern[str]) -> re.Match[str] | None:
        """Step over what the pattern matches after any white space."""
        self.peek()
        match = pattern.match(self.text, self.at)
        if match:
            self.at = match.end()
        return match

    def fail(self, reason: str, at: int | None = None) -> NoReturn:
        """Raise an error that points at a character; ``reason`` names its sentence."""
        place = self.at if at is None else at
        raise InvalidFilter(f"character {place + 1}", reason=reason, position=place, found=self.text[place : place + 1])


def _quoted(scan: Scanner) -> str | None:
    if scan.peek() not in ("'", '"'):
        return None
    match = scan.take(_QUOTE)
    if match is None:
        scan.fail("quote")
    return re.sub(r"\\(.)", lambda m: _ESCAPES.get(m[1], m[1]), match[0][1:-1], flags=re.DOTALL)


def _count(scan: Scanner) -> int | None:
    match = scan.take(_COUNT)
    return int(match[0]) if match else None


def _comparison(scan: Scanner) -> tree.Comparison | None:
    match = scan.take(_COMPARISON)
    scan.peek()
    return cast("tree.Comparison", match[0]) if match else None


def _topic(scan: Scanner) -> tree.Topic:
    count = _count(scan)
    return tree.Topic(last=count) if count is not None else tree.Topic(_quoted(scan))


def _stars(scan: Scanner) -> tree.Stars:
    comparison = _comparison(scan) or "="
    start = scan.at
    stars = _count(scan)
    if stars is None or stars > 3:  # noqa: PLR2004 - three stars is the best there is
        scan.fail("stars", start)
    return tree.Stars(comparison, stars)


def _recent(scan: Scanner) -> tree.Recent:
    count = _count(scan)
    if count is None:
        scan.fail("count")
    return tree.Recent(count)


def _flag(color: Literal["blue", "grey"]) -> Callable[[Scanner], tree.Flag]:
    return lambda _scan: tree.Flag(color)


def _model(scan: Scanner) -> tree.Model:
    return tree.Model(_quoted(scan))


def _content(scan: Scanner) -> tree.Content:
    pattern = _quoted(scan)
    if pattern is None:
        scan.fail("quote")
    return tree.Content(pattern)


def _date(scan: Scanner) -> tree.Age | tree.Day:
    comparison = _comparison(scan)
    start = scan.at
    day = scan.take(_DAY)
    if day is not None:
        year = int(day[1]) + (2000 if len(day[1]) == 2 else 0)  # noqa: PLR2004 - two digits are 2000 + YY
        try:
            return tree.Day(comparison or "=", dt.date(year, int(day[2]), int(day[3])))
        except ValueError:
            scan.fail("date", start)
    age = scan.take(_AGE)
    if age is None or comparison is None:
        scan.fail("date", start)
    return tree.Age(comparison, int(age[1]) * _UNITS[(age[2] or "d").lower()])


def _boundary(scan: Scanner) -> tree.Boundary:
    return tree.Boundary(_count(scan) or 0)


_LETTERS: dict[str, Callable[[Scanner], tree.Predicate]] = {
    "t": _topic, "s": _stars, "r": _recent, "b": _flag("blue"), "g": _flag("grey"), "m": _model, "d": _date,
    "c": _content, "i": lambda _scan: tree.Attachments(), "e": lambda _scan: tree.Failed(), "o": _boundary,
}  # fmt: skip
