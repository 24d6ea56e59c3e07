"""
The short way through a paragraph: words in bold, code, links to the web, as nearly all are.

It gives what the parser gives (a test holds both against each other), and nothing where it is not sure.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache
from html import escape

from markdown_it.common.utils import isMdAsciiPunct, isPunctChar, isWhiteSpace

HOST = r"https?://(?![a-z0-9.-]*xn--)[a-z0-9-]+(?:\.[a-z0-9-]+)*"


def path(more: str = "") -> str:
    """Return the pattern of an address's path: no two signs in a row, of which the first might be none of it."""
    letters = f"[A-Za-z0-9_/=?#.{more}-]*"
    return rf"/(?!{letters}(?:\?\?|\.\.)){letters}"


def _token(beginnings: str, more: str = "") -> re.Pattern[str]:
    """Return the pattern of what stands for more than itself; it begins with a set, by which the search leaps."""
    return re.compile(
        rf"[`*_\[\]{beginnings}](?:"
        r"(?<=\*)\**|(?<=_)_*"
        r"|(?<=`)(?P<code>(?![ `])[^`\n]*(?<! ))`(?!`)"
        r"|(?<=\[)(?<!!\[)(?P<said>[^\[\]`*_<&\\~!:@/\n]+)\]"
        rf"\((?P<to>{HOST}(?:/[\w/.,;?=+~-]*)?(?:\#[\w.-]*)?)\)"
        rf"|(?<=\[)(?<!!\[)|(?<=\])(?!\(){more}|(?P<other>))",
        re.ASCII,
    )


_TOKEN = _token("")
_TOKEN_OR_ADDRESS = _token("h", rf"|(?<=h)(?<![\w:+.-]h){HOST[1:]}(?:{path()})?(?<=[\w/])(?=[.,)]?(?:\s|\Z))|(?<=h)")
_ADDRESS = re.compile(r"<[^<>\s]*[:@][^<>\s]*>")
_MAIL = re.compile(":(?<=mailto:)", re.IGNORECASE)
_ENTITY = re.compile("&[#A-Za-z]")
_SPACE_AT_END = re.compile(r"\n(?:(?<= \n)|(?=[ \t]))")
_MOST_STARS = 2

LinkOpen = Callable[[str], str | None]
"""Writes the beginning of a link; None where an address may be none."""


def inline(content: str, link_open: LinkOpen, *, breaks: bool) -> str | None:
    """
    Return a paragraph's content as HTML; None where that takes the parser.

    Args:
        content: What was said; space at a line's beginning or end has a meaning that this way does not know.
        link_open: Writes the beginning of a link.
        breaks: Every line end is one to be seen.
    """
    html = None if "\\" in content or "~" in content or is_other(content) else _Paragraph(content, link_open).html()
    return html.replace("\n", "<br>\n") if html is not None and breaks else html


class _Paragraph:
    """What stands in a paragraph, from token to token."""

    def __init__(self, content: str, link_open: LinkOpen) -> None:
        self._content = content
        self._link_open = link_open
        self._out: list[str] = []
        self._opened = 0  # so many stars
        self._place = -1  # where

    def html(self) -> str | None:
        """Return all of it."""
        content, out = self._content, self._out
        addressed = "//" in content
        at = 0
        for match in (_TOKEN_OR_ADDRESS if addressed else _TOKEN).finditer(content):
            start, end = match.span()
            if start > at:
                if addressed and "//" in content[at:start]:
                    return None
                out.append(escaped(content[at:start]))
            at = end
            first = content[start]
            if match["other"] is not None or not (
                self._stars(start, end) if first == "*" else self._token(match, first)
            ):
                return None
        if self._opened or (addressed and "//" in content[at:]):
            return None
        out.append(escaped(content[at:]))
        return "".join(out)

    def _stars(self, start: int, end: int) -> bool:
        """Write what stars open or close: the next ones after some that open must be as many, and close."""
        content, length = self._content, end - start
        opens, closes = flanks(content[start - 1] if start else " ", content[end] if end < len(content) else " ")
        if self._opened:
            name = "strong" if length == _MOST_STARS else "em"
            self._out[self._place] = f"<{name}>"
            self._out.append(f"</{name}>")
            known = closes and length == self._opened
            self._opened = 0
            return known
        if opens:
            self._opened, self._place = length, len(self._out)
            self._out.append("")
            return length <= _MOST_STARS
        self._out.append(content[start:end])
        return not closes

    def _token(self, match: re.Match[str], first: str) -> bool:
        content, (start, end) = self._content, match.span()
        if first == "`":
            self._out.append(f"<code>{escape(match['code'])}</code>")
        elif first == "_":
            self._out.append(match[0])  # between letters it is one
            return start > 0 and end < len(content) and content[start - 1].isalnum() and content[end].isalnum()
        elif end - start == 1:
            self._out.append(first)
        else:
            beginning = self._link_open(match["to"] or match[0])
            self._out.append(f"{beginning}{escaped(match['said'] or match[0])}</a>")
            return beginning is not None
        return True


def is_other(content: str) -> bool:
    """Return whether something may mean more than ``inline`` knows; or space at a line's end or beginning does."""
    return (
        ("&" in content and _ENTITY.search(content) is not None)
        or ("<" in content and _ADDRESS.search(content) is not None)
        or (":" in content and _MAIL.search(content) is not None)
        or _SPACE_AT_END.search(content) is not None
    )


def escaped(text: str) -> str:
    """Return a text as the parser's own renderer escapes it."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace('"', "&quot;")


@lru_cache(maxsize=4096)
def flanks(before: str, after: str) -> tuple[bool, bool]:
    """Return whether stars between two characters can open, and whether they can close (CommonMark, section 6.2)."""
    space_before, space_after = isWhiteSpace(ord(before)), isWhiteSpace(ord(after))
    mark_before = isMdAsciiPunct(ord(before)) or isPunctChar(before)
    mark_after = isMdAsciiPunct(ord(after)) or isPunctChar(after)
    opens = not (space_after or (mark_after and not (space_before or mark_before)))
    closes = not (space_before or (mark_before and not (space_after or mark_after)))
    return opens, closes
