"""
Rows of a CSV file (RFC 4180) that no program takes for more than data; the only place that makes one.

A text that a spreadsheet could take for a formula gets an apostrophe: where the cell begins with ``= + - @`` or their
full-width twins, spaces, quotes and invisible characters before them included; and wherever a program that was told
another separator would begin a cell, after ``;``, a tab or a line break. Numbers are no texts: they stay numbers,
negative ones too, in decimal digits without an exponent. What is unknown is empty.

The library for this, defusedcsv, looks at a cell's first character alone and changes ``|`` as well.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable
from decimal import Decimal

from py_export.notices import Notices

BOM = "\ufeff"

MOST = 32_767
"""The most characters that a cell of Excel holds; it would cut a longer text, or go on in the next row."""

_SIGNS = "=+\\-@\uff1d\uff0b\uff0d\uff20"
_BREAKS = ";\t\r\n\v\f\x85\u2028\u2029"
_UNSEEN = ' "\x00-\x08\x0e-\x1f\x7f\xa0\xad\u1680\u180e\u2000-\u200f\u202a-\u202f\u205f-\u206f\u3000\ufeff'
_FORMULA = re.compile(f"(?:^|(?<=[{_BREAKS}]))(?=[{_UNSEEN}]*[{_SIGNS}])|^(?=[\t\r\n])")
_ENDS = "\u2026"

Cell = str | int | float | bool | None


def row(cells: Iterable[Cell], notices: Notices, where: str = "") -> str:
    """Return one row with its line end; ``where`` names it in what is noticed."""
    out = io.StringIO()
    csv.writer(out, lineterminator="\r\n").writerow([_cell(cell, notices, where) for cell in cells])
    return out.getvalue()


def number(value: float) -> str:
    """
    Return a number in all its digits, without an exponent.

    >>> [number(value) for value in (0.014, 1e-05, -2, 123456789.125, 1e22)]
    ['0.014', '0.00001', '-2', '123456789.125', '10000000000000000000000']
    """
    return str(value) if isinstance(value, int) else format(Decimal(repr(value)), "f")


def text(value: str) -> str:
    """
    Return a text that no spreadsheet takes for a formula.

    >>> [text(value) for value in ("=1+1", " @a", "a;-1", "a-1", "-1")]
    ["'=1+1", "' @a", "a;'-1", 'a-1', "'-1"]
    """
    return _FORMULA.sub("'", value.replace("\x00", "\ufffd"))


def _cell(cell: Cell, notices: Notices, where: str) -> str:
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "true" if cell else "false"
    if not isinstance(cell, str):
        return number(cell)
    safe = text(cell)
    if len(safe) <= MOST:
        return safe
    notices.add("cell_shortened", where)
    return safe[: MOST - len(_ENDS)] + _ENDS
