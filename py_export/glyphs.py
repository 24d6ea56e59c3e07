"""Which of our fonts a text needs, and which of its characters none of them has."""

from __future__ import annotations

import json
import re
import unicodedata
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Sequence
from functools import cache
from importlib.resources import files
from typing import NamedTuple

BASE = ("base", "typst")
"""What is always there: our own fonts for text and code, and those that Typst brings."""

EAST_ASIAN = ("sc", "jp", "kr")
REPLACEMENT = "\ufffd"

_HAN = (0x2E80, 0x9FFF)
_KANA = (0x3040, 0x30FF)
_HANGUL = (0xAC00, 0xD7A3)
_WRITTEN = re.compile("[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7a3]")
_LETTERS = re.compile("[A-Za-z]")
_LETTERS_A_CHARACTER = 3
_SELECTORS = (0xFE00, 0xFE0F)
_SCRIPTS = {
    name: name
    for name in (
        "arabic",
        "armenian",
        "balinese",
        "bengali",
        "bopomofo",
        "canadian",
        "cherokee",
        "cjk",
        "combining",
        "cuneiform",
        "cyrillic",
        "devanagari",
        "egyptian",
        "ethiopic",
        "georgian",
        "greek",
        "gujarati",
        "gurmukhi",
        "hangul",
        "hebrew",
        "hiragana",
        "javanese",
        "kannada",
        "khmer",
        "lao",
        "latin",
        "malayalam",
        "mathematical",
        "modifier",
        "mongolian",
        "myanmar",
        "nko",
        "oriya",
        "sinhala",
        "sundanese",
        "symbol",
        "syriac",
        "tamil",
        "telugu",
        "thaana",
        "thai",
        "tibetan",
        "tifinagh",
        "yi",
    )
}
_SCRIPTS |= {"hentaigana": "hiragana", "katakana": "hiragana"}
"""What scripts are called in the locales, by how Unicode's names of their letters begin."""

_UNDRAWN = frozenset({"Cc", "Cf", "Zs", "Zl", "Zp"})


class Needed(NamedTuple):
    """
    What a text needs.

    Attributes:
        parts: The parts beyond the base, the one for Han characters first.
        missing: The characters that none has.
    """

    parts: tuple[str, ...]
    missing: frozenset[str]


def needed(text: str) -> Needed:
    """Return which parts of our fonts a text needs, and what it asks in vain."""
    foreign = [char for char in set(text) if char > "\x7e" and not _is_held(BASE, ord(char)) and not _is_undrawn(char)]
    order = _order(text, foreign)
    parts: list[str] = []
    missing: set[str] = set()
    chosen = {char: next((part for part in order if _is_held((part,), ord(char))), None) for char in foreign}
    for char, part in chosen.items():
        if part is None:
            missing.add(char)
        elif part not in parts:
            parts.append(part)
    return Needed(tuple(sorted(parts, key=order.index)), frozenset(missing))


def scripts(text: str, missing: Iterable[str]) -> Counter[str]:
    """Return how often characters stand in a text, by script as the locales name it (``script.<name>``)."""
    found: Counter[str] = Counter()
    for char in missing:
        found[_script(char)] += text.count(char)
    return found


def _script(char: str) -> str:
    """Return a character's script, by how Unicode's name of a letter begins: all that Python knows of it."""
    is_letter = unicodedata.category(char)[0] in "LMN"
    name = unicodedata.name(char, "").split() if is_letter else []
    return _SCRIPTS.get(name[0].partition("-")[0].lower() if name else "symbol", "unnamed")


def is_east_asian(text: str) -> bool:
    """Return whether a text is written in Han characters, kana or hangul, and not only quotes them."""
    written = len(_WRITTEN.findall(text))
    return written * _LETTERS_A_CHARACTER > len(_LETTERS.findall(text))


def _order(text: str, foreign: Sequence[str]) -> tuple[str, ...]:
    """Return the parts in the order to look: Han characters are drawn as the text's own language has them."""
    if any(_between(_KANA, char) for char in foreign):
        first = "jp"
    elif any(_between(_HANGUL, char) for char in foreign) and not _mostly_han(text):
        first = "kr"
    else:
        first = "sc"
    return (first, *(part for part in EAST_ASIAN if part != first), "emoji")


def _mostly_han(text: str) -> bool:
    han = sum(_between(_HAN, char) for char in text)
    return han > sum(_between(_HANGUL, char) for char in text)


def _between(block: tuple[int, int], char: str) -> bool:
    return block[0] <= ord(char) <= block[1]


def _is_undrawn(char: str) -> bool:
    return unicodedata.category(char) in _UNDRAWN or _between(_SELECTORS, char)


def _is_held(parts: Iterable[str], code: int) -> bool:
    for part in parts:
        begins, ends = _runs(part)
        at = bisect_right(begins, code) - 1
        if at >= 0 and code < ends[at]:
            return True
    return False


@cache
def _runs(part: str) -> tuple[list[int], list[int]]:
    """Return where a part's runs of characters begin and end."""
    begins, ends = [], []
    at = 0
    steps = iter(_table()[part])
    for gap, length in zip(steps, steps, strict=True):
        begins.append(at + gap)
        at += gap + length
        ends.append(at)
    return begins, ends


@cache
def _table() -> dict[str, list[int]]:
    text = files("py_export").joinpath("coverage.json").read_text(encoding="utf-8")
    table: dict[str, list[int]] = json.loads(text)
    return table
