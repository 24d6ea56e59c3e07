"""
Messages' texts as HTML, many at once: by the short ways as far as they go, by the parser where they are not sure.

What texts of prose become, and the paragraphs of the others, is found in one walk for all of them, which takes a
fraction of the time that a walk for each would.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping, Sequence

from msgspec import Struct

from py_export.writers.gfm import LONGEST, Environment, is_too_long
from py_export.writers.html_inline import inline
from py_export.writers.html_markdown import Blocks, environment, link_open, parsed, parsed_inline
from py_export.writers.html_paragraphs import paragraphs
from py_export.writers.html_pieces import Pieces
from py_export.writers.html_plain import plain
from py_export.writers.html_short import short


class Said(Struct, gc=False):
    """
    A text to render.

    Attributes:
        text: What was said.
        level: The level of the heading above it; its own begin one below.
        breaks: Every line end is one to be seen, as in what people type.
    """

    text: str
    level: int
    breaks: bool


class Rendered(Struct, gc=False):
    """A text's HTML, and how many images are named in it whose bytes it brings, but that are no image's."""

    html: str
    images_left_out: int


class _Part(Struct, gc=False):
    """One of several texts, where its pieces and its contents begin among theirs, and what the parser needs for it."""

    at: int
    piece: int
    content: int
    env: Environment


def rendered(texts: Sequence[Said], *, highlight: bool, words: Mapping[str, str]) -> list[Rendered | None]:
    """
    Return texts as HTML; None for one that is too long, or nests too deep, to be shown as anything but itself.

    Args:
        texts: What was said.
        highlight: Colour code.
        words: Ours: ``image``, and the name of each kind of alert.
    """
    found = _prose(texts)
    pieces = Pieces()
    parts: list[_Part] = []
    for at, one in enumerate(texts):
        if found[at] is not None or is_too_long(one.text):
            continue
        env = environment(level=one.level, breaks=one.breaks, highlight=highlight, words=words)
        piece, content = pieces.mark()
        if short(one.text, Blocks(env), pieces):
            parts.append(_Part(at, piece, content, env))
            continue
        env = environment(level=one.level, breaks=one.breaks, highlight=highlight, words=words)
        html = parsed(one.text, env)
        found[at] = None if html is None else Rendered(html, env["left_out"])
    if parts:
        _write_contents(parts, pieces)
        ends = [part.piece for part in parts[1:]]
        for part, end in zip(parts, [*ends, len(pieces.html)], strict=True):
            found[part.at] = Rendered("".join(pieces.html[part.piece : end]), part.env["left_out"])
    return found


def _prose(texts: Sequence[Said]) -> list[Rendered | None]:
    """Return what is paragraphs without a mark as HTML."""
    found: list[Rendered | None] = [None] * len(texts)
    for breaks in (False, True):
        places = [at for at, one in enumerate(texts) if one.breaks == breaks]
        for at, html in zip(places, plain([texts[at].text for at in places], breaks=breaks), strict=True):
            if html is not None and len(texts[at].text) <= LONGEST:  # without a bracket
                found[at] = Rendered(html, 0)
    return found


def _write_contents(parts: Sequence[_Part], pieces: Pieces) -> None:
    """Write what stands in the paragraphs of texts."""
    out = pieces.html
    ends = [part.content for part in parts[1:]]
    for breaks in (False, True):
        places = [
            place
            for part, end in zip(parts, [*ends, len(pieces.said)], strict=True)
            if part.env["breaks"] == breaks
            for place in pieces.said[part.content : end]
        ]
        # One letter beyond ASCII makes all that is looked at with it several times as wide.
        narrow = [place for place in places if out[place].isascii()]
        for alike in (narrow, [place for place in places if not out[place].isascii()]):
            contents = [out[place] for place in alike]
            found = paragraphs(contents, link_open, breaks=breaks) if contents else []
            for place, html in zip(alike, found, strict=True):
                out[place] = _content(out[place], breaks, place, parts) if html is None else html


def _content(content: str, breaks: bool, place: int, parts: Sequence[_Part]) -> str:  # noqa: FBT001 - as above
    """Return what stands in one paragraph, which takes more than a look at its tokens."""
    html = inline(content, link_open, breaks=breaks)
    if html is not None:
        return html
    part = parts[bisect_right(parts, place, key=lambda one: one.piece) - 1]
    return parsed_inline(content, part.env)
