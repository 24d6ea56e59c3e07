"""What every part of a PDF is written with: nodes for the template, words, times, images."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from py_export import times
from py_export.markdown import one_line
from py_export.options import SessionPdfOptions
from py_export.writers.gfm import is_web
from py_export.writers.images import Picture
from py_export.writers.pdf_markdown import Nodes, inline_text, nodes
from py_export.writers.sheet import Sheet

Node = dict[str, Any]
"""A block as the template takes it: ``t`` says what it is. Whatever text it holds is data."""

_DATE_TIME = re.compile(r"(?!0000)\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}(?:Z|[+-]\d\d:\d\d)")
_LONGEST_CODE = 50_000
"""Characters; more is shown without colours, which would take longer to find than anyone would wait."""


@dataclass(frozen=True)
class PdfSheet(Sheet):
    """
    The document being written.

    Attributes:
        images: What the document shows, by the name of the file that the template reads.
    """

    options: SessionPdfOptions
    images: dict[str, Picture] = field(default_factory=dict)

    def said(self, text: str, where: str, *, level: int, breaks: bool = False) -> list[Node]:
        """Return a text's Markdown as nodes, or, where that cannot be, the text as it is."""
        words = Nodes(self.word, self.image, level=level, breaks=breaks)
        found = nodes(text, words)
        if found is None:
            self.notices.add("text_shown_plain", where)
            return [verbatim(text)]
        if words.images_left_out:
            self.notices.add("image_left_out", where, words.images_left_out)
        return found

    def image(self, found: Picture, alt: str) -> Node:
        """Return an image, and keep its bytes for the template."""
        name = f"image-{len(self.images)}.{found.media_type.removeprefix('image/')}"
        self.images[name] = found
        return {"t": "image", "file": name, "alt": alt}

    def link(self, url: str) -> list[Any]:
        """Return an address as a link where it may be one."""
        line = one_line(url)
        return [{"t": "a", "url": line, "c": inline_text(line)}] if is_web(line) else [{"t": "code", "x": line}]

    def time(self, milliseconds: int, *, day: bool = True) -> str:
        """Return a time with its zone, its date before it where that is asked for."""
        iso = times.iso(milliseconds, self.options.timezone)
        if not _DATE_TIME.fullmatch(iso):
            return iso
        date, _, clock = iso.partition("T")
        shown = clock.replace(clock[8:12], "", 1)
        return f"{date} {shown}" if day else shown


def verbatim(text: str) -> Node:
    """Return a text as it is, every line of it."""
    return {"t": "pre", "x": text, "plain": True}


def code(text: str, language: str | None = None) -> Node:
    """Return code, which the template colours where it knows the language."""
    coloured = language is not None and len(text) <= _LONGEST_CODE
    return {"t": "pre", "x": text, **({"lang": language.lower()} if coloured and language else {})}


def paragraph(*parts: Any) -> Node:  # noqa: ANN401 - texts and nodes
    """Return a line of inline nodes."""
    return {"t": "p", "c": [part for part in parts if part]}


Word = Callable[..., str]

__all__ = ["Node", "PdfSheet", "Word", "code", "paragraph", "verbatim"]
