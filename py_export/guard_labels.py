"""
Keeps a message's text from forging the words in bold by which a document says who speaks or what it did.

Some layouts mark what is theirs by a line that begins ``**user:**`` where others have a heading. A line of a text that
begins so, outside code, gets a backslash before its first ``*`` or ``_``; nothing else is touched.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from functools import cache
from itertools import pairwise

from markdown_it import MarkdownIt
from markdown_it.token import Token

from py_export.guard import fold, has_in_order

_LINE_END = re.compile(r"\r\n|\n|\r")
_BOLD = re.compile(r"(?:^|(?<=[\n\r])) {0,3}(?=[*_])")
_FAR = 400
"""Characters in which a label ends, whatever stands between its letters."""

_MOST_JUDGED = 300
"""Lines of one text that the parser judges; only a hostile text has more, and there every suspect is touched."""


class LabelGuard:
    """Judges texts by ``guard`` and then against ``labels``, each with its colon: ``user:``."""

    def __init__(self, guard: Callable[[str], tuple[str, int]], labels: Iterable[str]) -> None:
        self._guard = guard
        self._labels = frozenset(map(fold, labels))
        self._plainest = tuple(f"{mark}{label}{mark}" for label in self._labels for mark in ("**", "__"))

    def __call__(self, text: str) -> tuple[str, int]:
        """Return ``text``, touched where it must be, and how many touches that took."""
        guarded, touches = self._guard(text)
        suspects = [match.end() for match in _BOLD.finditer(guarded) if self._could_read(guarded, match.end())]
        if not suspects:
            return guarded, touches
        said = _said(guarded)
        doubtful = [at for at in suspects if at in said]
        judged = doubtful[:_MOST_JUDGED]
        marks = [at for at in judged if self._reads_as_ours(guarded[at : at + _FAR])] + doubtful[_MOST_JUDGED:]
        cuts = [0, *marks, len(guarded)]
        return "\\".join(guarded[start:stop] for start, stop in pairwise(cuts)), touches + len(marks)

    def _could_read(self, text: str, at: int) -> bool:
        part = text[at : at + _FAR]
        return "&" in part or any(has_in_order(part, label) for label in self._labels)

    def _reads_as_ours(self, text: str) -> bool:
        if text.startswith(self._plainest):
            return True
        tokens = (_inline().parseInline(text.lstrip(" "))[0].children) or []
        return any(reading in self._labels for reading in _readings(tokens))


def _said(text: str) -> frozenset[int]:
    """Return where each line begins, its indentation aside, that is text: not code, not a block of HTML."""
    starts = [0, *(match.end() for match in _LINE_END.finditer(text))]
    found = set()
    for token in _blocks().parse(_LINE_END.sub("\n", text)):
        if token.type == "inline" and token.map:
            for line in range(token.map[0], min(token.map[1], len(starts))):
                begin = starts[line]
                found.add(begin + len(text[begin : begin + 3]) - len(text[begin : begin + 3].lstrip(" ")))
    return frozenset(found)


def _readings(tokens: list[Token]) -> Iterable[str]:
    """Yield what the bold words at the beginning read as, with a colon that follows them too."""
    depth, words = 0, ""
    for token in tokens:
        if token.nesting == 1 and (depth or token.type in ("strong_open", "em_open")):
            depth += 1
        elif token.nesting == -1:
            depth -= 1
            yield fold(words)
        elif depth:
            words += " " if token.type in ("softbreak", "hardbreak") else token.content
        elif words and token.content:
            if token.content.startswith(":"):
                yield fold(f"{words}:")
            return
        elif token.content:
            return


@cache
def _blocks() -> MarkdownIt:
    parser = MarkdownIt("commonmark")
    parser.core.ruler.enableOnly(["normalize", "block"])
    return parser


@cache
def _inline() -> MarkdownIt:
    return MarkdownIt("commonmark")
