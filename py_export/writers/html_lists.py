"""Lists and tables by the short way: of one line per item or row, as nearly all are."""

from __future__ import annotations

import re
from collections.abc import Sequence

from py_export.writers.html_pieces import Pieces

_MOST_WITHIN = 20
"""Lists in one another."""

_COLUMN = re.compile(r" *(:?)-+(:?) *")
_SIDES = {("", ""): "", (":", ""): ' class="left"', ("", ":"): ' class="right"', (":", ":"): ' class="center"'}

Item = tuple[str, str, str, str, str]
"""A line of a list: the space before it, its mark or else its number and what ends that, what it says."""


def lists(items: Sequence[Item], pieces: Pieces, *, loose: bool) -> bool:
    """
    Write items as lists within lists; return False where they do not lie as ours would.

    ``loose`` says that blank lines stand between items of the outermost list, which are paragraphs then.
    """
    out, places = pieces.html, pieces.said
    between = ""
    above: list[tuple[int, int, str]] = []  # where each list's latest item begins, where its content does, its mark
    indent, content, marker = -1, 0, ""
    for space, mark, digits, end, said in items:
        if len(space) == indent and (mark or end) == marker:
            between += "</li>\n"
            content = indent + len(digits) + 2
        else:
            if above:
                above[-1] = (indent, content, marker)
            while above and len(space) < above[-1][0]:
                between += f"</li>\n{_end(above.pop()[2])}"
            indent, marker = len(space), mark or end
            content = indent + len(digits) + 2
            if above and indent == above[-1][0]:
                if above[-1][2] != marker:
                    return False
                between += "</li>\n"
            elif (
                indent == (above[-1][1] if above else 0)
                and (not above or not digits or int(digits) == 1)
                and len(above) <= _MOST_WITHIN
            ):
                between += ("\n" if above and not (loose and len(above) == 1) else "") + _begin(digits)
                above.append((indent, content, marker))
            else:
                return False
        is_loose = loose and len(above) == 1
        out += (f"{between}<li><p>" if is_loose else f"{between}<li>", said)
        places.append(len(out) - 1)
        between = "</p>\n" if is_loose else ""
    while above:
        between += f"</li>\n{_end(above.pop()[2])}"
    out.append(between)
    return True


def table(lines: Sequence[str], pieces: Pieces) -> bool:
    """Write lines between bars as a table; return False where they are none, or not all of them are."""
    rows = [_cells(line) for line in lines]
    if len(rows) < 2:  # noqa: PLR2004 - a head, and the line below it
        return False
    head, columns, *body = rows
    if head is None or columns is None or len(head) != len(columns) or not head:
        return False
    found = [_COLUMN.fullmatch(column) for column in columns]
    sides = [_SIDES[one[1], one[2]] for one in found if one is not None]
    if len(sides) != len(head):
        return False
    between = '<div class="scroll" tabindex="0"><table>\n<thead>\n<tr>\n'
    for said, side in zip(head, sides, strict=True):
        name = "th" if said else "td"  # a heading that says nothing is none
        pieces.say(f"{between}<{name}{side}>", said)
        between = f"</{name}>\n"
    between += "</tr>\n</thead>\n" + ("<tbody>\n" if body else "")
    for row in body:
        if row is None or len(row) != len(sides):
            return False
        between += "<tr>\n"
        for said, side in zip(row, sides, strict=True):
            pieces.say(f"{between}<td{side}>", said)
            between = "</td>\n"
        between += "</tr>\n"
    pieces.html.append(between + ("</tbody>\n" if body else "") + "</table></div>\n")
    return True


def _cells(line: str) -> list[str] | None:
    """Return what stands between the bars of a line; None where it does not begin and end with one."""
    if len(line) < 2 or line[0] != "|" or line[-1] != "|" or "\\" in line:  # noqa: PLR2004 - two bars
        return None
    return [cell.strip(" \t") for cell in line[1:-1].split("|")]


def _begin(digits: str) -> str:
    if not digits:
        return "<ul>\n"
    return "<ol>\n" if int(digits) == 1 else f'<ol start="{int(digits)}">\n'


def _end(marker: str) -> str:
    return "</ol>\n" if marker in ".)" else "</ul>\n"
