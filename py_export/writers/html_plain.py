"""
The short way from a text to HTML: of paragraphs without a mark that could mean anything, as most are.

It gives what the parser gives (a test holds both against each other), in a small part of the time.
"""

from __future__ import annotations

import re

_LINE = re.compile(r"\n[ \t#+\-=>0-9]")
"""A line that begins as a list, a heading, a quote or an underline does, or with space."""

_BEGINNINGS = frozenset(" \t#+-=>0123456789")
_MARKS = b"`*_:[]<&!\\~|@\r\0"
_APART = re.compile(r"\n\n+")


def plain(text: str, *, breaks: bool) -> str | None:
    """Return a text's paragraphs as HTML, where it is nothing else; line ends are seen where ``breaks`` is set."""
    if text[:1] in _BEGINNINGS or _has_mark(text) or _LINE.search(text):
        return None
    shown = text.strip("\n").replace(">", "&gt;").replace('"', "&quot;")
    paragraphs = _APART.split(shown)
    if any(paragraph != paragraph.strip() for paragraph in paragraphs):
        return None
    if breaks and "\n" in shown:
        paragraphs = [paragraph.replace("\n", "<br>\n") for paragraph in paragraphs]
    between = "</p>\n<p>"
    return f"<p>{between.join(paragraphs)}</p>\n" if shown else ""


def _has_mark(text: str) -> bool:
    """Return whether a text holds what is markup within a line; a link too, or space at a line's end."""
    try:
        said = text.encode()
    except UnicodeEncodeError:  # a lone surrogate
        return True
    # To leave bytes out and see whether there are fewer is one walk, and the fastest.
    return len(said.translate(None, _MARKS)) != len(said) or "//" in text or " \n" in text
