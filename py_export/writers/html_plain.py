"""
The short way from texts to HTML: of paragraphs without a mark that could mean anything, as most are.

It gives what the parser gives (a test holds both against each other), in a small part of the time: many texts are
looked at in one walk, and escaped in another.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

_BETWEEN = "\0"
_LINES_BETWEEN = f"\n{_BETWEEN}\n"
_LINE = re.compile(r"\n[ \t#+\-=>0-9]")
"""A line that begins as a list, a heading, a quote or an underline does, or with space."""

_MARKS = b"`*_:[]<&!\\~|@\r"
_WITHOUT_MARKS = bytes(sorted({*range(256)} - {*_MARKS, 0}))
_APART = re.compile(r"\n\n+")


def plain(texts: Sequence[str], *, breaks: bool) -> list[str | None]:
    """Return each text's paragraphs as HTML, None where it is more; line ends are seen where ``breaks`` is set."""
    found: list[str | None] = [None] * len(texts)
    places = _without_marks(texts)
    # One letter beyond ASCII makes all that is looked at with it several times as wide.
    for is_ascii in (True, False):
        alike = [at for at in places if texts[at].isascii() == is_ascii]
        if not _are_prose([texts[at] for at in alike]):
            alike = [at for at in alike if _are_prose([texts[at]])]
        if alike:
            for at, html in zip(alike, _paragraphs([texts[at] for at in alike], breaks=breaks), strict=True):
                found[at] = html
    return found


def _without_marks(texts: Sequence[str]) -> list[int]:
    """Return which texts hold nothing that is markup within a line."""
    try:
        said = b"\0".join([text.encode() for text in texts])
    except UnicodeEncodeError:  # a lone surrogate
        return []
    # To leave bytes out and see whether any is left is one walk, and the fastest.
    marks = said.translate(None, _WITHOUT_MARKS).split(b"\0")
    # There are more where a text holds what stands between them.
    return [at for at, found in enumerate(marks) if not found] if len(marks) == len(texts) else []


def _are_prose(texts: Sequence[str]) -> bool:
    """Return whether no text has a line that is more than a paragraph's, an address, or space at a line's end."""
    said = f"\n{_LINES_BETWEEN.join(texts)}\n"
    if ("/" in said and "//" in said) or _LINE.search(said):
        return False
    lines = said.split("\n")
    return lines == [*map(str.strip, lines)]


def _paragraphs(texts: Sequence[str], *, breaks: bool) -> list[str]:
    said = _BETWEEN.join([_apart(text, breaks=breaks) for text in texts]).replace('"', "&quot;").split(_BETWEEN)
    return [f"<p>{each}</p>\n" if each else "" for each in said]


def _apart(text: str, *, breaks: bool) -> str:
    """Return paragraphs apart in HTML, what else is markup there but quotes escaped."""
    lines = text.replace(">", "&gt;").split("\n")
    blank = lines[1::2]
    if blank.count("") == len(blank) and "" not in lines[::2]:  # a line each, as most are
        return "</p>\n<p>".join(lines[::2])
    said = _APART.sub("</p>\n<p>", "\n".join(lines).strip("\n"))
    return said.replace("\n", "<br>\n").replace("</p><br>\n<p>", "</p>\n<p>") if breaks else said
