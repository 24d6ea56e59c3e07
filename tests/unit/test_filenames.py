"""The names of exported files."""

from __future__ import annotations

import unicodedata
from time import monotonic

import pytest
from hypothesis import given
from hypothesis import strategies as st
from wcwidth import iter_graphemes
from wcwidth.grapheme import _iter_graphemes_python

from py_export import filename
from py_export.filenames import MOST_BYTES, _kind, slug
from py_export.model import Range, Session
from py_export.writers import find_writer

MARKDOWN = find_writer("markdown")
ID = "0f3c9a72-64f1-4f4b-a8a3-6f1f62f0b6ff"
TIME = 1767323045006


def _name(title: str | None, session_id: str = ID, exported_at: int | None = TIME) -> str:
    return filename(Session(id=session_id, title=title, exported_at=exported_at), MARKDOWN)


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("Fix: Login/Bug #12!", "fix-login-bug-12"),
        ("修复 登录问题", "修复-登录问题"),
        ("Café Über", "café-über"),
        ("Привет, МИР", "привет-мир"),
        ("ログインの修正", "ログインの修正"),
        ("हिन्दी में", "हिन्दी-में"),
        ("می‌خواهم", "می‌خواهم"),  # the joiner is how the word is spelled
        ("ΟΔΌΣ", "οδός"),
        ("Σ", "\u03c3"),
        ("İSTANBUL", "istanbul"),
        ("Straße", "straße"),
        ("二〇二六年", "二〇二六年"),
        ("x² + ½", "x²-½"),
        ("  --- a __ b ---  ", "a-b"),
        ("CAFE\u0301", "café"),
        ("\u212bngstrom", "ångstrom"),
        ("👩‍👩‍👧 ok \u200d \ufe0f", "ok"),
        ("🎉", "session"),
        ("", "session"),
        (None, "session"),
        ("a\x00b\u202ec\\d", "a-b-c-d"),
    ],
)
def test_a_titles_words_survive_in_every_script(title: str | None, expected: str) -> None:
    assert _name(title) == f"{expected}-0f3c9a72-2026-01-02.md"


def test_letters_newer_than_the_oldest_python_have_one_name_everywhere(monkeypatch: pytest.MonkeyPatch) -> None:
    # Garay, new in Unicode 16: CPython 3.11 knows neither the letters nor that they have small forms.
    assert slug("\U00010d50\U00010d51!") == "\U00010d70\U00010d71"
    # Tulu-Tigalari, new in 16: later Pythons would compose the two.
    newer = pytest.importorskip("unicodedataplus", reason="unicodedataplus has no wheel for this Python")
    assert newer.normalize("NFC", "\U00011382\U000113c9") == "\U00011383"
    monkeypatch.setattr("py_export.filenames.unicodedata", newer)
    assert slug("\U00011382\U000113c9") == "\U00011382\U000113c9"


def test_letters_newer_than_the_table_are_no_letters_anywhere() -> None:
    newer = "\U00016ea0"  # Beria Erfe, Unicode 17
    assert slug(f"a{newer}b") == "a-b"


@pytest.mark.parametrize(
    ("session_id", "part"),
    [
        ("session-abcdef", "-session"),
        ("ses_0123456789", "-ses-0123"),
        ("a/b\\c:d*e?f", "-a-b-c-d"),
        ("会话编号一二三四五六七", "-会话编号一二三四"),
        ("", ""),
        ("///", ""),
        ("..", ""),
    ],
)
def test_an_id_gives_eight_characters_that_any_file_system_takes(session_id: str, part: str) -> None:
    assert _name("t", session_id) == f"t{part}-2026-01-02.md"


@pytest.mark.parametrize(
    ("exported_at", "part"),
    [(None, ""), (0, "-1970-01-01"), (253402300800000, "-010000-01-01"), (-1, "-1969-12-31"), (10**20, "")],
)
def test_the_date_is_that_of_the_export_and_never_a_clocks(exported_at: int | None, part: str) -> None:
    assert _name("t", exported_at=exported_at) == f"t-0f3c9a72{part}.md"


@pytest.mark.parametrize("name", ["con", "NUL", "com1", "LPT9", "com¹", "aux"])
def test_a_name_that_windows_reserves_is_avoided(name: str) -> None:
    assert _name(name, "", None) == f"session-{name.lower()}.md"
    assert _name(name, "x", None) == f"{name.lower()}-x.md"


def test_parts_of_a_session_have_names_of_their_own() -> None:
    session = Session(id=ID, title="t", exported_at=TIME, range=Range(101, 200, 250))
    assert filename(session, MARKDOWN) == "t-0f3c9a72-2026-01-02-101-200.md"
    session.range = Range(1, 250, 250)
    assert filename(session, MARKDOWN) == "t-0f3c9a72-2026-01-02.md"


def test_a_long_title_is_cut_between_grapheme_clusters() -> None:
    name = _name("e\u0301\u0323" * 200)
    stem = name.removesuffix(".md")
    assert len(stem.encode()) <= MOST_BYTES
    cut = stem.removesuffix("-0f3c9a72-2026-01-02")
    assert set(iter_graphemes(cut)) == {unicodedata.normalize("NFC", "e\u0301\u0323")}
    assert _name("e" + "\u0301" * 400) == "session-0f3c9a72-2026-01-02.md"


def test_a_cut_leaves_no_dash_behind() -> None:
    for length in range(80, 110):
        assert "--" not in _name("a" * length + " " + "b" * 40)


@given(st.text(), st.text(), st.one_of(st.none(), st.integers()))
def test_every_name_is_short_and_clean(title: str, session_id: str, exported_at: int | None) -> None:
    stem = _name(title, session_id, exported_at).removesuffix(".md")
    assert 0 < len(stem.encode("utf-8")) <= MOST_BYTES
    assert "--" not in stem
    assert stem == stem.strip("-. ")
    assert all(_kind(character) in "sm" or character in "-\u200c\u200d" for character in stem)


@given(st.text())
def test_a_slug_of_a_slug_is_itself(text: str) -> None:
    assert slug(slug(text)) == slug(text)


@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_both_builds_of_wcwidth_cut_alike(text: str) -> None:
    """The wheel for CPython cuts in C, the one in Pyodide in Python."""
    assert list(iter_graphemes(text)) == list(_iter_graphemes_python(text))


@pytest.mark.parametrize("text", ["a", "é", "a ", "\u0301", "👩\u200d", "- "])
@pytest.mark.parametrize("to", ["markdown", "jsonl"])
def test_a_title_and_an_id_of_a_megabyte_take_no_time(to: str, text: str) -> None:
    said = text * (1_000_000 // len(text))
    start = monotonic()
    name = filename(Session(id=said, title=said, exported_at=TIME), find_writer(to))
    assert monotonic() - start < 0.5
    assert len(name.encode()) <= MOST_BYTES + len(".jsonl")
