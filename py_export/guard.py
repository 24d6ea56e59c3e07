"""
Keeps a message's text from forging or swallowing the document's own headings, by the least that does it.

A text is touched only where a CommonMark parser says it must be, in one of these ways:

* it opens a fenced code block and does not close it: a closing fence is added at its end;
* it opens a comment, ``<script>`` or the like and does not close it: a backslash before its ``<``;
* one of its headings reads as one of the document's: a backslash before its first ``#`` or before its underline,
  also where it belongs to a list but stands at the margin, since parsers disagree about some lists;
* it nests lists deeper than parsers follow: a backslash before the marker that is too deep;
* a text that all this does not settle is fenced whole.

Most texts are let through by one regular expression and never see the parser. What that lets through is proved by
tests to be what the parser finds harmless.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from functools import cache, lru_cache
from itertools import pairwise
from typing import NamedTuple

from markdown_it import MarkdownIt
from markdown_it.token import Token

from py_export.guard_filter import doubtful, harmless, hints, suspects
from py_export.markdown import fence

_ROUNDS = 8
"""Touching a text may bring the next fault to light; more rounds than this only a hostile text needs."""

_LINE_END = re.compile(r"\r\n|\n|\r")
_MARKER = re.compile(r"[-+*](?=[ \t\r\n]|\Z)|[0-9]{1,9}(?=[.)](?:[ \t\r\n]|\Z))")
_DEFINITION = re.compile(r"\[[^\]]*\]:")
_MOST_INDENT = 3
_MARKED = re.compile(r" *(?:>|[-+*][ \t]|\d{1,9}[.)][ \t])")
_TAKES_LETTERS = re.compile(r"[&<\[]")
"""What may begin an entity, a tag or a link, whose letters nobody reads."""

_UNSEEN = re.compile(r"[\[\]\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff]")


class Shape(NamedTuple):
    """Headings that are no fixed name: ``pattern`` matches them whole, each holds the letters of one of ``names``."""

    names: tuple[str, ...]
    pattern: re.Pattern[str]


class Guard:
    """
    Judges texts against the headings of one document, by level.

    They are ``exact`` names, ``prefixes`` of names, and ``shapes``.
    """

    def __init__(
        self,
        exact: Mapping[int, Iterable[str]],
        prefixes: Mapping[int, Iterable[str]] | None = None,
        shapes: Mapping[int, Shape] | None = None,
    ) -> None:
        self._exact = {level: frozenset(map(fold, names)) for level, names in exact.items()}
        self._prefixes = {level: tuple(map(fold, names)) for level, names in (prefixes or {}).items()}
        self._shapes = shapes or {}
        shaped = {level: tuple(map(fold, shape.names)) for level, shape in self._shapes.items()}
        self._names: dict[int, tuple[str, ...]] = {}
        for level, names in (*self._exact.items(), *self._prefixes.items(), *shaped.items()):
            self._names[level] = (*self._names.get(level, ()), *names)
        named = self._names.items()
        self._below = tuple(sorted({name for level, names in named if level > 1 for name in names}))

    def doubtful(self, texts: Sequence[bytes]) -> set[int]:
        """Return which of several texts in UTF-8 it might touch: the others it returns as they are."""
        return doubtful(texts, hints(self._below))

    def __call__(self, text: str) -> tuple[str, int]:
        """Return ``text``, touched where it must be, and how many touches that took."""
        if harmless(text, suspects(self._below), self._could_read, self._could_end):
            return text, 0
        touched, touches = text, 0
        for _ in range(_ROUNDS):
            faults = self._faults(touched)
            if not faults:
                return touched, touches
            touched = _touch(touched, faults)
            touches += len(faults)
        return fence(text), 1

    def _faults(self, text: str) -> list[tuple[int, str]]:
        """
        Return what is wrong, each as a line number and the touch for it: forged headings, and what swallows ours.

        Some parsers read a link reference definition as a paragraph until that ends, which decides what may follow it:
        a text that could hold one must be harmless read either way.
        """
        source = _LINE_END.sub("\n", text)
        faults = self._faults_by(_blocks(), source)
        if not faults and _DEFINITION.search(source):
            return self._faults_by(_blocks_without_definitions(), source)
        return faults

    def _faults_by(self, parser: MarkdownIt, source: str) -> list[tuple[int, str]]:
        sentinel = source.count("\n") + 2
        tokens = parser.parse(f"{source}\n\n## sentinel")
        lines = source.split("\n")
        headings = [
            (token, content.content)
            for token, content in pairwise(tokens)
            if token.type == "heading_open" and (token.level == 0 or _at_margin(token, lines))
        ]
        faults = [
            (_lines(token)[1] - 1 if token.markup in "=-" else _lines(token)[0], "mark")
            for token, content in headings
            if _lines(token)[0] != sentinel and self._reads_as_ours(int(token.tag[1]), content)
        ]
        if not headings or headings[-1][0].level or _lines(headings[-1][0])[0] != sentinel:
            faults.append(_swallower(tokens))
        return faults

    def _reads_as_ours(self, level: int, content: str) -> bool:
        if not self._could_read(level, content):
            return False
        readings = {fold(_reading(content, {})), fold(_reading(content, {"references": _Everything()}))}
        return any(self._is_ours(level, reading) for reading in readings)

    def _is_ours(self, level: int, reading: str) -> bool:
        if reading in self._exact.get(level, ()) or reading.startswith(self._prefixes.get(level, ())):
            return True
        shape = self._shapes.get(level)
        return shape is not None and shape.pattern.fullmatch(reading) is not None

    def _could_read(self, level: int, content: str) -> bool:
        """
        Return whether any markup could make ``content`` read as one of ours.

        Marks alone take no letter away: what has none of those that could, has the letters of a name and no others.
        """
        if _TAKES_LETTERS.search(content) is None and level not in self._shapes:
            letters = _letters(content)
            return letters in self._letters(level) or letters.startswith(self._first_letters(level))
        names = self._names.get(level, ())
        return bool(names) and ("&" in content or any(has_in_order(content, name) for name in names))

    def _could_end(self, level: int, content: str) -> bool:
        """Return whether so could the end of ``content``: where the heading begins that it ends with is not known."""
        if _TAKES_LETTERS.search(content) is not None or level in self._shapes or level in self._prefixes:
            return True
        return _letters(content).endswith(tuple(self._letters(level)))

    def _letters(self, level: int) -> frozenset[str]:
        """Return the letters of the names of a level."""
        return _all_letters(self._exact.get(level, frozenset()))

    def _first_letters(self, level: int) -> tuple[str, ...]:
        """Return the letters that headings of a level may begin with."""
        return tuple(_all_letters(frozenset(self._prefixes.get(level, ()))))


def fold(text: str) -> str:
    """
    Return what a reader sees of a heading: white space as one space, without what has no width.

    Brackets go too: another message may define what they refer to, and then they vanish.
    """
    return " ".join(_UNSEEN.sub("", text).split())


def _letters(text: str) -> str:
    """Return what no mark could be."""
    return "".join(filter(str.isalnum, text))


@lru_cache(maxsize=64)
def _all_letters(names: frozenset[str]) -> frozenset[str]:
    return frozenset(map(_letters, names))


def has_in_order(content: str, name: str) -> bool:
    """Return whether the letters of ``name`` stand in ``content`` in their order, whatever stands between them."""
    at = 0
    for letter in name:
        if letter == " ":
            continue
        at = content.find(letter, at) + 1
        if at == 0:
            return False
    return True


def _reading(content: str, env: dict[str, object]) -> str:
    tokens = _inline().parseInline(content, env)
    return "".join(_words(tokens[0].children or []))


def _words(tokens: list[Token]) -> Iterable[str]:
    for token in tokens:
        if token.type == "image":
            yield from _words(token.children or [])
        elif token.type in ("softbreak", "hardbreak"):
            yield " "
        elif token.type != "html_inline":
            yield token.content


def _swallower(tokens: list[Token]) -> tuple[int, str]:
    """Return where the block begins that reaches over the text's end, and how to end it."""
    top = [token for token in tokens if token.level == 0 and token.map][-1]
    if top.type == "fence":
        return -1, top.markup
    if top.type == "html_block":
        return _lines(top)[0], "mark"
    items = [_lines(token)[0] for token in tokens if token.type == "list_item_open"]
    return items[-1], f"marker {items.count(items[-1])}"


def _at_margin(token: Token, lines: list[str]) -> bool:
    """
    Return whether a heading inside a list or the like stands at the margin all the same, its marker on a line before.

    Parsers disagree where such a list begins (behind a link reference definition, say), and then it is none of the
    list's: a line that looks like one of the document's own headings is taken as one.
    """
    first, end = _lines(token)
    text = lines[first]
    if len(text) - len(text.lstrip(" ")) > _MOST_INDENT:
        return False
    return text.lstrip(" ").startswith("#") if token.markup[0] == "#" else not _MARKED.match(text) and end > first


def _lines(token: Token) -> list[int]:
    """Return the first line of a block and the line after its last."""
    return token.map or [0, 0]


def _touch(text: str, faults: list[tuple[int, str]]) -> str:
    starts = [0, *(match.end() for match in _LINE_END.finditer(text))]
    end = ""
    marks = []
    for line, kind in faults:
        if line < 0:
            end = kind if text.endswith(("\n", "\r")) else f"\n{kind}"
        elif kind == "mark":
            start = text[starts[line] : starts[line] + 4]
            marks.append(starts[line] + len(start) - len(start.lstrip(" ")))
        else:
            marks.append(_marker(text, starts[line], int(kind.removeprefix("marker "))))
    cuts = [0, *sorted(marks), len(text)]
    return "\\".join(text[start:stop] for start, stop in pairwise(cuts)) + end


def _marker(text: str, at: int, number: int) -> int:
    """Return where the ``number``-th list marker of the line at ``at`` has the character that makes it one."""
    found = at
    for _ in range(number):
        match = _MARKER.search(text, at)
        if match is None:
            break
        found, at = (match.end() if match[0].isdigit() else match.start()), match.end() + 1
    return found


class _Everything(dict[str, object]):
    """Link references as if every label were defined: another message may define it."""

    def get(self, _label: str, _default: object = None) -> dict[str, str]:
        return {"href": "x", "title": ""}


@cache
def _blocks() -> MarkdownIt:
    """Return a parser of blocks alone, which is all that most judgements need."""
    parser = MarkdownIt("commonmark")
    parser.core.ruler.enableOnly(["normalize", "block"])
    return parser


@cache
def _blocks_without_definitions() -> MarkdownIt:
    parser = MarkdownIt("commonmark").disable("reference")
    parser.core.ruler.enableOnly(["normalize", "block"])
    return parser


@cache
def _inline() -> MarkdownIt:
    return MarkdownIt("commonmark")
