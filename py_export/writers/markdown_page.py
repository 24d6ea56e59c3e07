"""What every part of a Markdown document is written with: words, guard, notices, and the pieces of a body."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Literal, NamedTuple

from py_export import times
from py_export.l10n import translate
from py_export.markdown import plain, shortened
from py_export.model import File, Image
from py_export.notices import Notices
from py_export.options import ContentOptions
from py_export.transforms.shown import Shown
from py_export.writers.markdown_images import Images

MOST_IN_A_LINE = 160
"""Grapheme clusters of a subject or a reason; more is shortened, and stands whole where tools are written in full."""

_TIGHT = frozenset({("item", "item"), ("head", "leaf"), ("leaf", "leaf"), ("label", "tool"), ("tool", "tool")})
_LEFT_OUT = {"file": "file_left_out", "image": "image_left_out"}
"""The notice for each kind of attachment whose bytes a readable format has no place for."""

_SEPARATOR = "<!-- -->"
"""Ends a list that a text left open, as Markdown has no other way to, before a text that would go on inside it."""


class Piece(NamedTuple):
    """
    A part of a message's body. What was said stands at the margin; what the document says of it is quoted.

    ``said`` is a text, ``item`` one line of a quoted list, ``leaf`` one of an outline, ``head`` the line above that,
    ``tool`` one line of a list at the margin, ``label`` the line above that, ``part`` anything else.
    """

    kind: Literal["said", "item", "head", "leaf", "tool", "label", "part"]
    text: str


@dataclass(frozen=True, slots=True)
class Page:
    """The document being written: options, notices, the guard of its headings, what the options show, its images."""

    options: ContentOptions
    notices: Notices
    guard: Callable[[str], tuple[str, int]]
    shown: Shown
    images: Images = field(default_factory=Images)

    def word(self, key: str, **values: str | int) -> str:
        """Return the document's own words for ``key``; values are Markdown already."""
        return translate(key, self.options.locale, **values)

    def time(self, milliseconds: int) -> str:
        """Return a time in the document's zone."""
        return times.iso(milliseconds, self.options.timezone)

    def brief(self, milliseconds: int, offset: int | None = None) -> str:
        """Return a time as other programs' documents have it: no fraction of zero; in a known ``offset``."""
        return times.with_offset(milliseconds, offset, self.options.timezone)

    def said(self, text: str, where: str) -> list[Piece]:
        """Return a message's text, verbatim but for what the guard must do; nothing where it is blank."""
        if not text or text.isspace():
            return []
        guarded, touches = self.guard(text)
        if touches:
            self.notices.add("text_guarded", where, touches)
        return [Piece("said", guarded)]

    def link(self, attached: File | Image, where: str) -> str | None:
        """Return what shows an image, where images travel; else None, and a notice of the bytes that stay behind."""
        found = self.images.link(attached) if isinstance(attached, Image) else None
        if found is not None:
            return f"![{plain(attached.name or attached.path or '') or self.word('markdown.unnamed')}]({found})"
        self.leave_out(attached, where)
        return None

    def leave_out(self, attached: File | Image, where: str) -> None:
        """Count bytes that stay behind."""
        if attached.data is not None:
            self.notices.add(_LEFT_OUT[attached.type], where)

    def item(self, key: str, **values: str | int) -> Piece:
        """Return one line of the document's own, quoted."""
        return Piece("item", f"> - {self.word(key, **values)}")

    def head(self, key: str, **values: str | int) -> Piece:
        """Return the line above quoted items or a fence."""
        return Piece("head", f"> **{self.word(key, **values)}**")

    def shortened(self, text: str, where: str | None = None) -> str:
        """Return the beginning of ``text``, cut between grapheme clusters; ``where`` asks for a notice."""
        found = shortened(text, MOST_IN_A_LINE)
        if found is not text and where is not None:
            self.notices.add("text_shortened", where)
        return found


def join(pieces: list[Piece], *, separate: bool = True) -> str:
    """Return a body: list items line by line, everything else between blank lines, texts kept apart by a comment."""
    if len(pieces) == 1:
        return pieces[0].text
    out: list[str] = []
    before: Piece | None = None
    for piece in pieces:
        if before is not None:
            follows = (before.kind, piece.kind) in _TIGHT
            out.append("\n" if follows else "\n\n")
            if separate and piece.kind == "said" and _would_go_on(before, piece.text.lstrip("\r\n")):
                out.append(f"{_SEPARATOR}\n\n")
        out.append(piece.text)
        before = piece
    return "".join(out)


def _would_go_on(before: Piece, text: str) -> bool:
    """Return whether a text could belong to the list before it: one that a text left open, or the document's own."""
    if before.kind == "said":
        return text[:1] in (" ", "\t")
    return before.kind == "tool" and text[:1] in (" ", "\t", "-")
