"""
How much memory Typst takes to set a document, told from the document's data before it is set.

By measure: a megabyte of prose takes a hundred, one of table cells a thousand. Typst cannot be stopped, and where it
takes more than there is, the whole program ends (in a browser, the page's worker).
"""

from __future__ import annotations

import re

_CHARACTER = 130
"""Bytes for each character of the data. Text that is not Latin is counted twice."""

_VERBATIM, _COLOURED = 230, 1_100
"""More for each character of code; of code whose language is known."""

_WIDE = re.compile("[^\x00-\u02ff]+")
_CODE = re.compile(r'"t":"pre","x":"((?:[^"\\]|\\.)*)"(,"lang")?')

_NODES = (
    ('"t":"h"', 20_000),
    ('"t":"b"', 14_000),
    ('"t":"i"', 14_000),
    ('"t":"s"', 14_000),
    ('"t":"code"', 8_000),
    ('"t":"p"', 5_500),
    ('"t":"quote"', 6_500),
    ('"t":"tool"', 12_000),
    ('{"c":[', 10_000),
    ('"t":"who"', 80_000),
)
"""More for each node, by how it begins. Quotes in what people wrote are escaped, and begin none."""

_TABLE = '"t":"table"'
_CELL = 9_500


def bytes_for(text: str) -> int:
    """Return about how many bytes Typst takes for a node, given as JSON."""
    needed = len(text) * _CHARACTER
    if not text.isascii():
        needed += sum(len(run) for run in _WIDE.findall(text)) * _CHARACTER
    for begins, more in _NODES:
        needed += text.count(begins) * more
    if _TABLE in text:
        needed += text.count("],[") * _CELL
    if '"t":"pre"' in text:
        needed += sum(len(code) * (_COLOURED if named else _VERBATIM) for code, named in _CODE.findall(text))
    return needed
