"""Finds what services hand out: keys and tokens that begin as only theirs do, JSON Web Tokens, private keys."""

from __future__ import annotations

import math
import re
import string
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from py_export.transforms.redact.page import END, Found, Page, ends_word, positions, skip_escape, starts_word
from py_export.transforms.redact.rules import table

_RUN = 14
"""No key is shorter; runs of this many letters are rare in what people write."""
_IN_KEYS = frozenset(string.ascii_letters + string.digits + "~-_.")
_LETTERS = bytes(ord("x" if chr(each) in _IN_KEYS else " ") for each in range(256))
_HEAD = 2
_LONG_HEAD = 4
_ENOUGH = 128
_SHORTEST_KEY = 64
_AFTER = 16_384
_COLOUR = re.compile(r"[0-9]{1,3}m")
_HEADER = re.compile(r"-----BEGIN[ A-Z0-9_-]{0,60}PRIVATE KEY(?: BLOCK)?-----")
_FOOTER = re.compile(r"-----END[ A-Z0-9_-]{0,60}KEY(?: BLOCK)?-----")
_BODY = re.compile(r"(?:[0-9A-Za-z+/=\s]|\\[nrt])*")
_MIXED = re.compile(r"(?<![0-9A-Za-z])(?=[A-Za-z]*[0-9])(?=[0-9]*[A-Za-z])[0-9A-Za-z]{6}")
"""A part in which digits stand among letters; words and numbers apart (``list-item-12``) are a name."""
_KEY_LINE = re.compile(r"[0-9A-Za-z+/]{32,}={0,2}")


@dataclass(frozen=True, slots=True)
class _Rule:
    id: str
    kind: str
    pattern: str
    mixed: bool

    def match(self, text: str, start: int) -> re.Match[str] | None:
        """Match at a place. Most rules never come so far, and are not compiled (which ``re`` remembers) before."""
        return _compiled(self.pattern).match(text, start)


def find_services(page: Page) -> Iterator[Found]:
    """Yield keys and tokens, each whole."""
    text = page.text
    for start, end in _runs(page):
        done = start
        for place in _word_starts(text, start, end):
            key = _key_at(text, place) if place >= done and starts_word(text, place) else None
            if key is not None:
                rule, done = key
                if not rule.mixed or is_mixed(text[place:done]):
                    yield Found(place, done, rule.kind, rule.id)
    for anchor, before, rule in _anchored():
        done = 0
        for place in positions(page.lower, anchor.lower().encode()):
            if place >= done and text.startswith(anchor, place):
                for found in _around(text, place, before, rule):
                    done = found.end
                    yield found


def find_private_keys(page: Page) -> Iterator[Found]:
    """Yield private keys in PEM form, also ones that are cut off, and their lines, wherever they stand alone."""
    text = page.text
    for place in positions(page.lower, b"-----begin"):
        header = _HEADER.match(text, place)
        if header is None:
            continue
        limit = text.find(END, place, place + _AFTER)
        footer = _FOOTER.search(text, header.end(), limit if limit >= 0 else place + _AFTER)
        body = _BODY.match(text, header.end())
        end = footer.end() if footer else body.end() if body else header.end()
        if end - place < _SHORTEST_KEY:
            continue
        yield Found(place, end, "private-key", "private-key")
        for line in _KEY_LINE.finditer(text, header.end(), end):
            yield Found(line.start(), line.end(), "private-key", "private-key", spreads=True)


def entropy(text: str) -> float:
    """Return Shannon's entropy in bits per character, of as many characters as tell it."""
    told = text[:_ENOUGH]
    size = len(told)
    return -sum(count / size * math.log2(count / size) for count in Counter(told).values())


def is_mixed(text: str) -> bool:
    """Return whether a text looks drawn by lot: letters with digits among them, few of them twice."""
    return _MIXED.search(text) is not None and entropy(text) >= 3.3  # noqa: PLR2004


def _runs(page: Page) -> Iterator[tuple[int, int]]:
    """Yield the long runs of letters that keys are made of, at the speed of a plain search."""
    image = page.lower.translate(_LETTERS) + b" "
    needle = b"x" * _RUN
    start = image.find(needle)
    while start >= 0:
        end = image.find(b" ", start)
        yield start, end
        start = image.find(needle, end)


def _key_at(text: str, place: int) -> tuple[_Rule, int] | None:
    """Return the rule of the key that begins at a place, and where the key ends."""
    for prefix, rule in _prefixed().get(text[place : place + _HEAD], ()):
        whole = rule.match(text, place) if text.startswith(prefix, place) else None
        if whole is not None:
            return rule, whole.end()
    return None


def _around(text: str, place: int, before: range, rule: _Rule) -> Iterator[Found]:
    for length in before:
        start = place - length
        match = rule.match(text, start) if start >= 0 else None
        if match is not None and starts_word(text, start) and ends_word(text, match.end()):
            yield Found(start, match.end(), rule.kind, rule.id)
            return


def _word_starts(text: str, start: int, end: int) -> Iterator[int]:
    """Yield where a key may begin in a run of letters: at a word that begins as one of them does."""
    colour = _COLOUR.match(text, start, end)
    first = colour.end() if colour else skip_escape(text, start, end)
    if first != start:
        yield first
    for match in _beginnings().finditer(text, start, end):
        yield match.start()


@cache
def _prefixed() -> dict[str, list[tuple[str, _Rule]]]:
    """Return each prefix with its rule by their first letters, the longest prefix first."""
    rules: list[tuple[str, _Rule]] = []
    for row in table()["prefixed"]:
        for prefix in row["prefix"]:
            body = f"{row['body']}{{{row['least']},{row['most']}}}(?![0-9A-Za-z])"
            pattern = re.escape(prefix) + body
            rules.append((prefix, _Rule(row["id"], row["kind"], pattern, row.get("mixed", False))))
    found: dict[str, list[tuple[str, _Rule]]] = {}
    for prefix, rule in sorted(rules, key=lambda each: (-len(each[0]), each[0])):
        found.setdefault(prefix[:_HEAD], []).append((prefix, rule))
    return found


@cache
def _beginnings() -> re.Pattern[str]:
    """Return what finds the words that begin as a prefix does: by its first letter, only then by more of them."""
    heads: dict[str, set[str]] = {}
    for prefix in (prefix for each in _prefixed().values() for prefix, _ in each):
        heads.setdefault(prefix[0], set()).add(re.escape(prefix[1:_LONG_HEAD]))
    each = (f"{re.escape(first)}(?:{'|'.join(sorted(rest))})" for first, rest in sorted(heads.items()))
    return re.compile(f"(?<![0-9A-Za-z])(?:{'|'.join(each)})")


@cache
def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern)


@cache
def _anchored() -> tuple[tuple[str, range, _Rule], ...]:
    """Return each rule with the text in its middle by which it is found, and how much may stand before that."""
    return tuple(
        (
            row["anchor"],
            range(row["before"][1], row["before"][0] - 1, -1),
            _Rule(row["id"], row["kind"], row["pattern"], mixed=False),
        )
        for row in table()["patterns"]
    )
