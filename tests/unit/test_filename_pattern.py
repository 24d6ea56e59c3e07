"""File names by a person's own pattern: as it says, and never more than a name."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from py_export import filename
from py_export.errors import InvalidOption
from py_export.filename_pattern import LONGEST, PLACES, check
from py_export.filenames import MOST_BYTES
from py_export.model import Range, Session, Source
from py_export.writers import find_writer

AT = 1_767_323_045_000  # 2026-01-02T03:04:05Z
SESSION = Session(
    id="0123456789",
    title="Debug: the Auth",
    exported_at=AT,
    created_at=AT - 86_400_000,
    model="gpt-5.1",
    source=Source("codex"),
)


def named(pattern: str, session: Session = SESSION) -> str:
    """Return the file's name as Markdown."""
    return filename(session, find_writer("markdown"), None, pattern)


@pytest.mark.parametrize(
    ("pattern", "name"),
    [
        ("{title}", "debug-the-auth.md"),
        ("{date}_{title}", "2026-01-02_debug-the-auth.md"),
        ("{created} {time} {id}", "2026-01-01-030405-01234567.md"),
        ("{app}.{model}.{format}", "codex.gpt-5.1.markdown.md"),
        ("Notizen/{title}", "Notizen-debug-the-auth.md"),
        ("..\\{title}..", "debug-the-auth.md"),
        ("{part}", "session.md"),
        ("con.{part}", "session-con.md"),
        ("会话-{date}", "会话-2026-01-02.md"),
    ],
)
def test_a_pattern_says_how_a_file_is_named(pattern: str, name: str) -> None:
    assert named(pattern) == name


def test_what_is_unknown_leaves_nothing() -> None:
    assert named("{title}-{model}-{date}", Session(id="s")) == "session.md"


def test_a_part_says_which_it_is() -> None:
    part = Session(id="s", title="Long", range=Range(3, 7, 20))
    assert named("{title}", part) == "long-3-7.md"
    assert named("{part}-of-{title}", part) == "3-7-of-long.md"


def test_the_title_gives_way_where_the_name_is_too_long() -> None:
    name = named("{title}-{id}-{date}", Session(id="0123456789", title="字" * 500, exported_at=AT))
    assert name.endswith("-01234567-2026-01-02.md")
    assert MOST_BYTES - 3 < len(name.encode()) - len(".md") <= MOST_BYTES


@pytest.mark.parametrize(
    "pattern", ["", "title", "{titel}", "{title", "title}", "{}", "{title}}", "{title}" + "x" * LONGEST]
)
def test_a_pattern_without_a_place_or_with_another_is_refused(pattern: str) -> None:
    with pytest.raises(InvalidOption):
        check(pattern)


@given(
    st.lists(st.sampled_from([f"{{{place}}}" for place in PLACES]) | st.text(max_size=8), max_size=6),
    st.text(max_size=300),
)
def test_whatever_a_pattern_says_the_name_is_one_of_a_file(pieces: list[str], title: str) -> None:
    pattern = "".join(pieces)
    try:
        name = named(pattern, Session(id=title, title=title, model=title, exported_at=AT))
    except InvalidOption:
        return
    stem = name.removesuffix(".md")
    assert stem
    assert not stem.startswith((".", "-"))
    assert not set(name) & set('/\\:*?"<>|\0\n\r\t ')
    assert len(stem.encode()) <= MOST_BYTES + len("session-")
