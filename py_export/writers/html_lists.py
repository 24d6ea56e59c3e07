"""Lists and tables by the short way: of one line per item or row, as nearly all are."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import NamedTuple

ITEM = re.compile(r"( *)(?:([-*+])|([0-9]{1,9})([.)])) (?! )")
"""An item's line, up to what it says."""

_MOST_WITHIN = 20
"""Lists in one another."""

_COLUMN = re.compile(r" *(:?)-+(:?) *")
_SIDES = {("", ""): "", (":", ""): ' class="left"', ("", ":"): ' class="right"', (":", ":"): ' class="center"'}

Inline = Callable[[str], str]
"""Writes what stands on one line."""


class Item(NamedTuple):
    """A line of a list: where it begins, where its content does, its list's marker, its number, what it says."""

    indent: int
    content: int
    marker: str
    number: int
    said: str


def item(line: str) -> Item | None:
    """Return a line as an item; None where it is none, or its content is more than a paragraph's first line may be."""
    found = ITEM.match(line)
    if found is None:
        return None
    number = int(found[3]) if found[3] else 1
    return Item(found.end(1), found.end(), found[2] or found[4], number, line[found.end() :])


def lists(items: Sequence[Item], inline: Inline, *, loose: bool) -> str | None:
    """
    Return items as lists within lists; None where they do not lie as ours would.

    ``loose`` says that blank lines stand between items of the outermost list, which are paragraphs then.
    """
    out: list[str] = []
    above: list[Item] = []
    for one in items:
        if len(above) > _MOST_WITHIN:
            return None
        while above and one.indent < above[-1].indent:
            out.append("</li>\n" + _end(above.pop()))
        if above and one.indent == above[-1].indent:
            if above[-1].marker != one.marker:
                return None
            out.append("</li>\n")
            above[-1] = one
        elif one.indent == (above[-1].content if above else 0) and (not above or one.number == 1):
            out.append(("\n" if above and not (loose and len(above) == 1) else "") + _begin(one))
            above.append(one)
        else:
            return None
        said = inline(one.said)
        out.append(f"<li><p>{said}</p>\n" if loose and len(above) == 1 else f"<li>{said}")
    while above:
        out.append("</li>\n" + _end(above.pop()))
    return "".join(out)


def table(lines: Sequence[str], inline: Inline) -> str | None:
    """Return lines between bars as a table; None where they are none, or not all of them are."""
    rows = [_cells(line) for line in lines]
    if len(rows) < 2:  # noqa: PLR2004 - a head, and the line below it
        return None
    head, columns, *body = rows
    if head is None or columns is None or len(head) != len(columns) or not head:
        return None
    found = [_COLUMN.fullmatch(column) for column in columns]
    sides = [_SIDES[one[1], one[2]] for one in found if one is not None]
    if len(sides) != len(head):
        return None
    out = ['<div class="scroll" tabindex="0"><table>\n<thead>\n<tr>\n']
    for said, side in zip(head, sides, strict=True):
        name = "th" if said else "td"  # a heading that says nothing is none
        out.append(f"<{name}{side}>{inline(said)}</{name}>\n")
    out.append("</tr>\n</thead>\n" + ("<tbody>\n" if body else ""))
    for row in body:
        if row is None or len(row) != len(sides):
            return None
        cells = [f"<td{side}>{inline(said)}</td>\n" for said, side in zip(row, sides, strict=True)]
        out.append(f"<tr>\n{''.join(cells)}</tr>\n")
    out.append("</tbody>\n" if body else "")
    return "".join(out) + "</table></div>\n"


def _cells(line: str) -> list[str] | None:
    """Return what stands between the bars of a line; None where it does not begin and end with one."""
    if len(line) < 2 or line[0] != "|" or line[-1] != "|" or "\\" in line:  # noqa: PLR2004 - two bars
        return None
    return [cell.strip(" \t") for cell in line[1:-1].split("|")]


def _begin(first: Item) -> str:
    if first.marker not in ".)":
        return "<ul>\n"
    return "<ol>\n" if first.number == 1 else f'<ol start="{first.number}">\n'


def _end(last: Item) -> str:
    return "</ol>\n" if last.marker in ".)" else "</ul>\n"
