"""Text for terminals: nothing in it is obeyed, nothing is wider than asked for, and nothing is lost."""

from __future__ import annotations

import re
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st
from wcwidth import iter_graphemes, wcswidth

from py_export.terminal import columns, cut, harmless, line, wrapped

OBEYED = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\u200e\u200f\u061c\ud800-\udfff]")


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("\x1b[31mred\x1b[0m", "␛[31mred␛[0m"),
        ("\x1b]0;title\x07", "␛]0;title␇"),
        ("\x9b31m\x90q\x9c", "�31m�q�"),
        ("a\x08\x7f", "a␈␡"),
        ("a\r\nb\rc\nd", "a\nb\nc\nd"),
        ("\u202egnp.exe\u202c", "�gnp.exe�"),
        ("a\tb", "a    b"),
        ("\u2028x\u2029", "�x�"),
    ],
)
def test_what_a_terminal_would_obey_is_shown(text: str, shown: str) -> None:
    assert harmless(text) == shown


@given(st.text())
def test_nothing_that_is_obeyed_is_left(text: str) -> None:
    assert OBEYED.search(harmless(text)) is None
    assert not {"\n", "\r"} & set(line(text))


@pytest.mark.parametrize(
    ("text", "rows"),
    [
        ("one two three", ["one two", "three"]),
        ("abcdefghijkl", ["abcdefgh", "ijkl"]),
        ("你好世界再见", ["你好世界", "再见"]),
        ("die größte Stadt", ["die", "größte", "Stadt"]),
        ("a 你好世界再见", ["a 你好世", "界再见"]),
        ("  if x:  # long", ["  if x: ", "# long"]),
        ("👩‍👩‍👧‍👦" * 5, ["👩‍👩‍👧‍👦" * 4, "👩‍👩‍👧‍👦"]),
        ("", [""]),
        ("a\n\nb", ["a", "", "b"]),
    ],
)
def test_rows_break_between_words_and_between_wide_letters(text: str, rows: list[str]) -> None:
    assert list(wrapped(text, 8)) == rows


@given(st.text(st.characters(exclude_categories=["Cc", "Cs", "Cf", "Zl", "Zp"])), st.integers(4, 40))
def test_no_row_is_wider_than_the_terminal_and_only_spaces_are_lost(text: str, width: int) -> None:
    rows = list(wrapped(harmless(text), width))
    assert all(columns(row) <= width or len(list(iter_graphemes(row))) == 1 for row in rows)
    kept = "".join(rows).replace(" ", "")
    assert kept == harmless(text).replace("\n", "").replace(" ", "")


@given(st.text(), st.integers(-2, 30))
def test_a_row_is_cut_between_clusters(text: str, at: int) -> None:
    row = text.replace("\n", "")
    clusters = list(iter_graphemes(row))
    ends = {0, *(sum(map(len, clusters[: number + 1])) for number in range(len(clusters)))}
    assert cut(row, at) in ends
    assert cut(row, at) <= max(at, 0)


def test_widths_are_those_of_the_pinned_table() -> None:
    assert columns("a你e\u0301👍🏽") == 6
    assert wcswidth("👍🏽") == 2
    assert unicodedata.normalize("NFC", "e\u0301") == "é"
