"""A chat history in pieces: headings of chats, what the person typed, what aider printed, what the model wrote."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Literal

Kind = Literal["start", "user", "tool", "assistant"]
Token = re.Match[bytes]


@dataclass(slots=True)
class Piece:
    """One piece: its words without the marks that aider put around them, and the lines as they stand in the file."""

    kind: Kind
    text: str
    source: str


_END = rb"\r?(?=\n|\Z)"
_HEADING = rb"# aider chat started at (?P<at>[0-9]{4}-[0-9]{2}-[0-9]{2} [0-9]{2}:[0-9]{2}:[0-9]{2})[ \t]*" + _END
_FENCE = rb" {0,3}(?P<mark>`{3,}|~{3,})(?P<info>[^\n]*)"


def _tokens(closing: bytes, begun: bytes) -> re.Pattern[bytes]:
    """Return what finds the lines that may begin a piece, each with the line end before it; runs of lines as one."""
    user, tool = (mark + rb"(?: [^\n]*)?" + closing + _END for mark in (rb"####", rb">"))
    runs = (rb"(?P<%s>%s(?:\n%s)*+)" % (name, line, line) for name, line in ((b"user", user), (b"tool", tool)))
    return re.compile(rb"\n(?:(?P<start>%s)|%s|%s|(?P<begun>%s)|(?P<fence>%s))" % (_HEADING, *runs, begun, _FENCE))


_WHOLE = _tokens(rb"  ", rb"> [^\n]*")
_TRIMMED = _tokens(rb"", rb"(?!)")
_HAS_CLOSINGS = re.compile(rb"\n(?:####|>) [^\n]*  \r?(?=\n|\Z)")
_OWN = re.compile(rb"\n> (?:Aider v|Tokens: [\d.,kM]+ sent|Applied edit to |Commit [0-9a-f]{7} )")
"""What only aider prints: a fence of the model's that is open there was never closed."""

_MARK = re.compile(r"^(?:####|>) ?", re.MULTILINE)
_CLOSING = re.compile(r"  $", re.MULTILINE)


def pieces(data: bytes) -> Iterator[Piece]:
    """Yield the pieces of a history in order, holding no more at once than lies between two prompts."""
    if not data.startswith(b"\n"):
        data = b"\n" + data
    whole = _HAS_CLOSINGS.search(data) is not None
    stretch = _Stretch(data, whole=whole)
    for token in (_WHOLE if whole else _TRIMMED).finditer(data):
        if token["user"] is None:
            stretch.hold(token)
        elif _after_blank(data, token.start()) and (whole or stretch.fence is None):
            yield from stretch.split(token.start())
            yield stretch.piece("user", token.start() + 1, token.end())
            stretch = _Stretch(data, token.end(), whole=whole)
    yield from stretch.split(len(data))


@dataclass(slots=True)
class _Stretch:
    """
    What lies between two prompts: the model's text, aider's lines, and headings of chats.

    Attributes:
        start: Where it begins.
        whole: The lines of aider and of the person end in two spaces.
        held: Its tokens; those that a closed fence holds are the model's text and no longer here.
        fence: The mark of a fence that is open, and how many tokens there were when it opened.
    """

    data: bytes
    start: int = 0
    whole: bool = True
    held: list[Token] = field(default_factory=list)
    fence: tuple[bytes, int] | None = None

    def hold(self, token: Token) -> None:
        if token["fence"] is not None:
            self._fence(token["mark"], token["info"])
            return
        own = token["tool"] is not None and _OWN.search(token[0]) is not None
        if own or (token["start"] is not None and not self.whole):
            self.fence = None
        self.held.append(token)

    def _fence(self, mark: bytes, info: bytes) -> None:
        if self.fence is None:
            if not (mark.startswith(b"`") and b"`" in info):
                self.fence = (mark, len(self.held))
        elif mark.startswith(self.fence[0]) and not info.strip():
            del self.held[self.fence[1] :]
            self.fence = None

    def split(self, end: int) -> Iterator[Piece]:
        at, said = self.start, self.start  # what has been yielded, and where a line of aider's own ended just before
        for number, token in enumerate(self.held):
            begins, ends = token.span()
            if begins < at or (token["begun"] is not None and begins != said):
                continue
            yield from self._written(at, begins)
            if token["start"] is not None:
                yield Piece("start", token["at"].decode("ascii"), self._text(begins + 1, ends))
            elif token["tool"] is not None:
                yield self.piece("tool", begins + 1, ends)
            else:
                following = self.held[number + 1].start() if number + 1 < len(self.held) else end
                ends = self._closed(ends, following)
                yield self.piece("tool", begins + 1, ends)
            at = said = ends
        yield from self._written(at, end)

    def piece(self, kind: Kind, start: int, end: int) -> Piece:
        """Return the lines from ``start`` to ``end`` without their marks."""
        source = self._text(start, end)
        text = _CLOSING.sub("", source) if self.whole else source
        return Piece(kind, _MARK.sub("", text), source)

    def _written(self, start: int, end: int) -> Iterator[Piece]:
        text = self._text(start, end).strip()
        if text:
            yield Piece("assistant", text, text)

    def _closed(self, at: int, before: int) -> int:
        """Return where a line of aider's ends that holds line ends itself: at the two spaces that close it."""
        found = self.data.find(b"  \n", at, before)
        if found >= 0:
            return found + 2
        return before if self.data.endswith(b"  ", at, before) else at

    def _text(self, start: int, end: int) -> str:
        return self.data[start:end].decode("utf-8").replace("\r\n", "\n").removesuffix("\r")


def _after_blank(data: bytes, at: int) -> bool:
    """Return whether the line that ends at ``at`` is blank, or there is none."""
    return data[max(0, at - 2) : at] in (b"", b"\n\r") or data[at - 1 : at] == b"\n"
