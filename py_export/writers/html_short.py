"""
The short way from a text to HTML, block by block: paragraphs, headings, fenced code, lists.

What stands in its paragraphs is left as it is, to become HTML together with that of other texts.

It gives what the parser gives for the whole text (a test holds both against each other). A block that it does not know
for sure goes to the parser with whatever belongs to it: up to a line at the margin, after a blank one, where every
block but fenced code has ended.
"""

from __future__ import annotations

import re
from typing import Protocol

from py_export.writers.html_lists import Item, lists, table
from py_export.writers.html_paragraphs import BETWEEN, LEFT_OUT
from py_export.writers.html_pieces import Mark, Pieces

_FENCE = re.compile(r"(`{3,})([^`&\\]*)\Z")
_HEADING = re.compile(r"(#{1,6}) +(\S.*)\Z")
_RULE = re.compile(r"[*_-](?:[ \t]*[*_-])+[ \t]*\Z")
_MARKER = re.compile(r"(?:[-*+]|[0-9]{1,9}[.)])(?:[ \t]|\Z)")
_BEGINS = rf"[ \t#>|:=-]|```|~~~|{_MARKER.pattern}|{_RULE.pattern}"
_OPENS = re.compile(_BEGINS)
"""How a line begins that may be more than a paragraph's next."""

_OPENING = frozenset(" \t#>|:=-`~*+_0123456789")
"""With what it begins then."""

_MARKED = r"( *)(?:([-*+])|([0-9]{1,9})([.)])) (?! )"
_ITEM = re.compile(_MARKED)
"""An item's line, up to what it says."""

_ITEMS = re.compile(rf"^{_MARKED}(?!\[|{_BEGINS})(\S(?:.*\S)?)$".replace(r"\Z", "$"), re.MULTILINE)
"""Items that say a line, and no more than that."""

_FENCED = ("```", "~~~")


class Parser(Protocol):
    """What the short way asks of the parser."""

    def parsed(self, text: str) -> str | None:
        """Return a part of a text, of whole blocks, as HTML; None where the whole text is none of Markdown's."""

    def heading(self, level: int) -> tuple[str, str]:
        """Return how a heading begins and ends."""

    def fence(self, info: str, code: str) -> str:
        """Return fenced code."""


def short(text: str, parser: Parser, pieces: Pieces) -> bool:
    """
    Write a text; return False where it is not Markdown, or holds what reaches over its blocks, and nothing is written.

    Args:
        text: What was said.
        parser: Writes what this way leaves to it.
        pieces: What is written, contents of paragraphs as they are.
    """
    if "]:" in text or "\r" in text or BETWEEN in text or LEFT_OUT in text:
        return False
    mark = pieces.mark()
    if _Blocks(text.split("\n"), parser, pieces).write():
        return True
    pieces.back(mark)
    return False


class _Blocks:
    """The blocks of a text, from line to line."""

    __slots__ = ("_at", "_lines", "_parser", "_pieces", "_quoted")

    def __init__(self, lines: list[str], parser: Parser, pieces: Pieces, *, quoted: bool = False) -> None:
        self._lines = lines
        self._quoted = quoted
        self._parser = parser
        self._pieces = pieces
        self._at = 0

    def write(self) -> bool:
        """Write them all; return False where that cannot be."""
        lines, out, said = self._lines, self._pieces.html, self._pieces.said
        lines.append("")  # so that one comes after each of them
        at, count = 0, len(lines) - 1
        while at < count:
            line = lines[at]
            if not line:
                at += 1
            elif line[0] not in _OPENING and not lines[at + 1] and line == line.strip():
                # A paragraph of one line, as most are.
                out += ("<p>", line, "</p>\n")
                said.append(len(out) - 2)
                at += 2
            elif not line.strip(" \t"):
                at += 1
            else:
                self._at = at
                if not self._block(line) and not self._rest_of_block():
                    return False
                at = self._at
        return True

    def _block(self, line: str) -> bool:
        """Write the block that begins with a line, and go behind it; False where that is not sure."""
        first = line[0]
        if first not in _OPENING:
            return self._paragraph()
        if first in "#|>":
            return self._heading(line) if first == "#" else self._table() if first == "|" else self._quote()
        if first == "`" and line.startswith("```"):
            return self._fence(line)
        if first in "-*+0123456789" and _ITEM.match(line):
            return self._list()
        if _OPENS.match(line):
            return self._rule(line)
        return self._paragraph()

    def _rest_of_block(self) -> bool:
        """Leave to the parser what begins here, up to where it surely ends."""
        if self._quoted:
            return False
        lines, start = self._lines, self._at
        last = len(lines) - 1
        end = start + 1
        while end < last and (lines[end - 1].strip(" \t") or _goes_on(lines[end])):
            end += 1
        part = "\n".join(lines[start:end])
        if any(mark in part for mark in _FENCED):  # which a blank line does not end
            end = last
            part = "\n".join(lines[start:end])
        html = self._parser.parsed(part)
        if html is None:
            return False
        self._pieces.html.append(html)
        self._at = end
        return True

    def _fence(self, line: str) -> bool:
        opened = _FENCE.match(line)
        if opened is None:
            return False
        lines, start, marks = self._lines, self._at + 1, opened[1]
        for end in range(start, len(lines)):
            if marks in lines[end] and _closes(lines[end], len(marks)):
                code = "\n".join([*lines[start:end], ""])
                self._pieces.html.append(self._parser.fence(opened[2], code))
                self._at = end + 1
                return True
        return False

    def _heading(self, line: str) -> bool:
        found = _HEADING.match(line)
        if self._quoted or found is None or line.endswith(("#", " ", "\t")) or found[2] != found[2].strip():
            return False
        begins, ends = self._parser.heading(len(found[1]))
        self._pieces.say(begins, found[2])
        self._pieces.html.append(ends)
        self._at += 1
        return True

    def _rule(self, line: str) -> bool:
        if line not in ("---", "***", "___"):
            return False
        self._pieces.html.append("<hr>\n")
        self._at += 1
        return True

    def _paragraph(self) -> bool:
        lines, start = self._lines, self._at
        end = start + 1
        while lines[end]:
            line = lines[end]
            if line[0] in _OPENING and _OPENS.match(line):
                if _interrupts(line):
                    break
                return False
            end += 1
        content = "\n".join(lines[start:end])
        if content != content.strip():
            return False
        self._pieces.say("<p>", content)
        self._pieces.html.append("</p>\n")
        self._at = end
        return True

    def _list(self) -> bool:
        """Write a list of one line per item, lists within it alike; between two of its own items may be blank lines."""
        lines, at = self._lines, self._at
        last = len(lines) - 1
        found, loose = list[Item](), False
        while True:
            end = lines.index("", at)
            text = "\n".join(lines[at:end])
            items: list[Item] = _ITEMS.findall(text)
            if len(items) != end - at or "![" in text:  # images are counted once
                return False
            found += items
            after = end
            while after < last and not lines[after].strip(" \t"):
                after += 1
            following = _ITEM.match(lines[after])
            if following is None:
                if after < last and _goes_on(lines[after]):
                    return False
            elif following[1]:
                return False
            elif (following[2] or following[4]) == (found[0][1] or found[0][3]):
                at, loose = after, True
                continue
            # Another kind of marker at the margin begins another list.
            mark = self._pieces.mark()
            return self._wrote(lists(found, self._pieces, loose=loose), mark, end)

    def _table(self) -> bool:
        lines, end = self._paragraph_lines()
        mark = self._pieces.mark()
        return self._wrote(table(lines, self._pieces), mark, end)

    def _quote(self) -> bool:
        """Write what is quoted line by line, of blocks that need no parser."""
        lines, end = self._paragraph_lines()
        inside = [line[2:] for line in lines if line.startswith("> ") or line == ">"]
        if self._quoted or not lines or len(inside) != len(lines) or inside[0].startswith("["):
            return False
        mark = self._pieces.mark()
        out = self._pieces.html
        out.append("<blockquote>\n")
        wrote = _Blocks(inside, self._parser, self._pieces, quoted=True).write() and len(out) > mark[0] + 1
        out.append("</blockquote>\n")
        return self._wrote(wrote, mark, end)

    def _paragraph_lines(self) -> tuple[list[str], int]:
        """Return the lines from here to a blank one, or to the text's end; none where an image is among them."""
        end = self._lines.index("", self._at)
        lines = self._lines[self._at : end]
        return ([] if any("![" in line for line in lines) else lines), end  # images are counted once

    def _wrote(self, wrote: bool, mark: Mark, end: int) -> bool:  # noqa: FBT001 - whether it was
        """Go behind what was written; forget it where not all of it could be."""
        if wrote:
            self._at = end
        else:
            self._pieces.back(mark)
        return wrote


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
    found = _ITEM.match(line)
    if found is None or found[1] or not line[found.end() :].strip() or _RULE.match(line):
        return False
    return found[3] is None or int(found[3]) == 1
