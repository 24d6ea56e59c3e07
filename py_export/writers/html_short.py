"""
The short way from a text to HTML, block by block: paragraphs, headings, fenced code, lists.

It gives what the parser gives for the whole text (a test holds both against each other). A block that it does not know
for sure goes to the parser with whatever belongs to it: up to a line at the margin, after a blank one, where every
block but fenced code has ended.
"""

from __future__ import annotations

import re
from typing import Protocol

from py_export.writers.html_inline import inline
from py_export.writers.html_lists import ITEM, Item, item, lists, table

_FENCE = re.compile(r"(`{3,})([^`&\\]*)\Z")
_HEADING = re.compile(r"(#{1,6}) +(\S.*)\Z")
_RULE = re.compile(r"[*_-](?:[ \t]*[*_-])+[ \t]*\Z")
_MARKER = re.compile(r"(?:[-*+]|[0-9]{1,9}[.)])(?:[ \t]|\Z)")
_OPENS = re.compile(rf"[ \t#>|:=-]|```|~~~|{_MARKER.pattern}|{_RULE.pattern}")
"""How a line begins that may be more than a paragraph's next."""

_FENCED = ("```", "~~~")


class Parser(Protocol):
    """What the short way asks of the parser."""

    def parsed(self, text: str) -> str | None:
        """Return a part of a text, of whole blocks, as HTML; None where the whole text is none of Markdown's."""

    def parsed_inline(self, text: str) -> str:
        """Return a paragraph's content as HTML."""

    def heading(self, level: int, html: str) -> str:
        """Return a heading."""

    def fence(self, info: str, code: str) -> str:
        """Return fenced code."""

    def link_open(self, url: str) -> str | None:
        """Return the beginning of a link; None where an address may be none."""


def short(text: str, parser: Parser, *, breaks: bool) -> str | None:
    """
    Return a text as HTML; None where it is not Markdown, or holds what reaches over its blocks.

    Args:
        text: What was said.
        parser: Writes what this way leaves to it.
        breaks: Every line end is one to be seen, as in what people type.
    """
    if "]:" in text or "\r" in text or "\0" in text:
        return None
    return _Blocks(text.split("\n"), parser, breaks=breaks).html()


class _Blocks:
    """The blocks of a text, from line to line."""

    def __init__(self, lines: list[str], parser: Parser, *, breaks: bool, quoted: bool = False) -> None:
        self._lines = lines
        self._quoted = quoted
        self._parser = parser
        self._breaks = breaks
        self._at = 0
        self._out: list[str] = []

    def html(self) -> str | None:
        """Return them all."""
        lines = self._lines
        while self._at < len(lines):
            line = lines[self._at]
            if not line.strip(" \t"):
                self._at += 1
                continue
            if not self._block(line) and not self._rest_of_block():
                return None
        return "".join(self._out)

    def _block(self, line: str) -> bool:
        """Write the block that begins with a line, and go behind it; False where that is not sure."""
        first = line[0]
        if first in "#|>":
            return self._heading(line) if first == "#" else self._table() if first == "|" else self._quote()
        if first == "`" and line.startswith("```"):
            return self._fence(line)
        if first in "-*+0123456789" and ITEM.match(line):
            return self._list()
        if _OPENS.match(line):
            return self._rule(line)
        return self._paragraph()

    def _rest_of_block(self) -> bool:
        """Leave to the parser what begins here, up to where it surely ends."""
        if self._quoted:
            return False
        lines, start = self._lines, self._at
        end = start + 1
        while end < len(lines) and (lines[end - 1].strip(" \t") or _goes_on(lines[end])):
            end += 1
        part = "\n".join(lines[start:end])
        if any(mark in part for mark in _FENCED):  # which a blank line does not end
            end = len(lines)
            part = "\n".join(lines[start:])
        html = self._parser.parsed(part)
        if html is None:
            return False
        self._out.append(html)
        self._at = end
        return True

    def _fence(self, line: str) -> bool:
        opened = _FENCE.match(line)
        if opened is None:
            return False
        lines, marks = self._lines, opened[1]
        for end in range(self._at + 1, len(lines)):
            if marks in lines[end] and _closes(lines[end], len(marks)):
                code = "".join([f"{each}\n" for each in lines[self._at + 1 : end]])
                self._out.append(self._parser.fence(opened[2], code))
                self._at = end + 1
                return True
        return False

    def _heading(self, line: str) -> bool:
        found = _HEADING.match(line)
        if self._quoted or found is None or line.endswith(("#", " ", "\t")) or found[2] != found[2].strip():
            return False
        self._out.append(self._parser.heading(len(found[1]), self._inline(found[2])))
        self._at += 1
        return True

    def _rule(self, line: str) -> bool:
        if line not in ("---", "***", "___"):
            return False
        self._out.append("<hr>\n")
        self._at += 1
        return True

    def _paragraph(self) -> bool:
        lines, start = self._lines, self._at
        end = start + 1
        while end < len(lines) and lines[end]:
            line = lines[end]
            if _OPENS.match(line):
                if _interrupts(line):
                    break
                return False
            end += 1
        content = "\n".join(lines[start:end])
        if content != content.strip():
            return False
        self._out.append(f"<p>{self._inline(content)}</p>\n")
        self._at = end
        return True

    def _list(self) -> bool:
        """Write a list of one line per item, lists within it alike; between two of its own items may be blank lines."""
        start, found, loose = self._at, list[Item](), False
        while True:
            lines = self._paragraph_lines()
            items = [one for one in map(item, lines) if one is not None and _is_plain(one.said)]
            if not lines or len(items) != len(lines):
                break
            found += items
            self._at += len(lines)
            after = self._at
            while after < len(self._lines) and not self._lines[after].strip(" \t"):
                after += 1
            following = item(self._lines[after]) if after < len(self._lines) else None
            if following is None:
                if after < len(self._lines) and _goes_on(self._lines[after]):
                    break
            elif following.indent:
                break
            elif following.marker == found[0].marker:
                self._at, loose = after, True
                continue
            # Another kind of marker at the margin begins another list.
            html = lists(found, self._inline, loose=loose)
            if html is None:
                break
            self._out.append(html)
            return True
        self._at = start
        return False

    def _table(self) -> bool:
        lines = self._paragraph_lines()
        return self._wrote(table(lines, self._inline), lines)

    def _quote(self) -> bool:
        """Write what is quoted line by line, of blocks that need no parser."""
        lines = self._paragraph_lines()
        inside = [line[2:] for line in lines if line.startswith("> ") or line == ">"]
        if self._quoted or not lines or len(inside) != len(lines) or inside[0].startswith("["):
            return False
        html = _Blocks(inside, self._parser, breaks=self._breaks, quoted=True).html()
        return self._wrote(html and f"<blockquote>\n{html}</blockquote>\n", lines)

    def _paragraph_lines(self) -> list[str]:
        """Return the lines from here to a blank one, or to the text's end; none where an image is among them."""
        end = self._at
        while end < len(self._lines) and self._lines[end]:
            if "![" in self._lines[end]:  # to be counted once
                return []
            end += 1
        return self._lines[self._at : end]

    def _wrote(self, html: str | None, lines: list[str]) -> bool:
        """Write what these lines have become, and go behind them."""
        if not html:
            return False
        self._out.append(html)
        self._at += len(lines)
        return True

    def _inline(self, content: str) -> str:
        html = inline(content, self._parser.link_open, breaks=self._breaks)
        return self._parser.parsed_inline(content) if html is None else html


def _closes(line: str, length: int) -> bool:
    """Return whether a line ends code that so many backticks opened."""
    marks = line.strip(" ").rstrip(" \t")
    return len(line) - len(line.lstrip(" ")) <= 3 and len(marks) >= length and not marks.strip("`")  # noqa: PLR2004


def _goes_on(line: str) -> bool:
    """Return whether a line after a blank one may belong to the block before it: it is moved in, or an item."""
    return line[:1] in ("", " ", "\t") or _MARKER.match(line) is not None


def _interrupts(line: str) -> bool:
    """Return whether a line surely ends the paragraph before it."""
    if line.startswith("```"):
        return _FENCE.match(line) is not None
    if line.startswith("#"):
        return _HEADING.match(line) is not None
    found = ITEM.match(line)
    if found is None or found[1] or not line[found.end() :].strip() or _RULE.match(line):
        return False
    return found[3] is None or int(found[3]) == 1


def _is_plain(said: str) -> bool:
    """Return whether an item says a line, and no more than that."""
    return bool(said) and said == said.strip() and not _OPENS.match(said) and not said.startswith("[")
