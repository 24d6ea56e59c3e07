"""The parts that a patch is made by: paths, differences of lines, changes upon changes of a file known in part."""

from __future__ import annotations

import random
from time import monotonic

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from py_export.changes import Hunk, lines_of
from py_export.transforms.changes.differences import differences
from py_export.transforms.changes.paths import Place
from py_export.transforms.changes.sheet import Sheet, hunk_of
from py_export.transforms.changes.strand import Gap, Misfit
from tests.guard.counts import counted

WORDS = st.lists(st.sampled_from("aaabcdefg"), max_size=30)


@given(WORDS, WORDS)
def test_differences_lead_from_one_list_to_the_other(old: list[str], new: list[str]) -> None:
    made: list[str] = []
    at = 0
    for first, second, third, fourth in differences(old, new):
        assert first < second or third < fourth
        made += old[at:first] + new[third:fourth]
        at = second
    assert made + old[at:] == new


@pytest.mark.parametrize(
    "lines",
    [
        lambda number: [str(number.randrange(9)) for _ in range(20_000)],
        lambda number: number.sample([str(one) for one in range(40_000)], 40_000),
        lambda _: ["a", "b"] * 20_000,
    ],
)
def test_differences_of_long_files_take_a_moment(lines: object) -> None:
    assert callable(lines)
    number = random.Random(1)  # noqa: S311 - no secret
    begin = monotonic()
    differences(lines(number), [*lines(number), "x"])
    assert monotonic() - begin < 20


@settings(max_examples=60)
@given(st.lists(st.sampled_from("abcdefgh"), min_size=6, max_size=24), st.data())
def test_changes_upon_changes_are_one_change(first: list[str], data: st.DataObject) -> None:
    old = [f"{line}\n" for line in first]
    now = list(old)
    sheet = Sheet()
    for _ in range(data.draw(st.integers(1, 6))):
        at = data.draw(st.integers(0, len(now)))
        gone = data.draw(st.integers(0, min(3, len(now) - at)))
        put = [f"{line}\n" for line in data.draw(st.lists(st.sampled_from("xyzab"), max_size=3))]
        begin, end = max(0, at - 2), min(len(now), at + gone + 2)
        after = now[begin:at] + put + now[at + gone : end]
        sheet.change([hunk_of(begin, now[begin:end], after)], ends=end == len(now))
        now[at : at + gone] = put
    assert sheet.complete("".join(now)) == "".join(old)
    assert all(now[start : start + len(lines)] == lines for start, lines in sheet.runs())


def test_what_does_not_fit_changes_nothing() -> None:
    sheet = Sheet()
    sheet.change([Hunk(4, [(" ", "a\n"), ("-", "b\n"), ("+", "c\n"), (" ", "d\n")])])
    before, strand = sheet.pieces, sheet.strand
    for wrong in (
        [Hunk(5, [("-", "b\n"), (" ", "d\n")])],
        [Hunk(2, [("+", "x\n"), (" ", "y\n")]), Hunk(1, [(" ", "z\n")])],
        [Hunk(4, [(" ", "a")])],
    ):
        with pytest.raises(Misfit):
            sheet.change(wrong)
        assert sheet.strand is strand
    assert [piece for piece in before if isinstance(piece, Gap)] == [Gap(4), Gap(None)]


@pytest.mark.parametrize("order", ["up", "down", "mixed"])
def test_four_times_as_many_edits_of_a_file_cost_little_more_than_four_times_as_much(order: str) -> None:
    def edited(count: int) -> None:
        places = list(range(count))
        if order == "mixed":
            random.Random(1).shuffle(places)  # noqa: S311 - no secret
        sheet = Sheet()
        for place in places if order != "down" else reversed(places):
            sheet.change([Hunk(10 * place, [(" ", "a\n"), ("-", f"{place}\n"), ("+", "b\n"), (" ", "c\n")])])
        assert len(sheet.pieces) == 4 * count

    few, many = counted(lambda: edited(250)), counted(lambda: edited(1000))
    assert many["lines"] < 6 * few["lines"]
    assert many["calls"] < 6 * few["calls"]


@pytest.mark.parametrize(
    ("root", "path", "folder", "found"),
    [
        ("/w", "/w/a.py", None, "a.py"),
        ("/w/", "a.py", None, "a.py"),
        ("/w", "./b/../a.py", None, "a.py"),
        ("/w", "//w//a.py", None, "a.py"),
        ("/w", "a.py", "sub", "sub/a.py"),
        ("/w", "a.py", "/w/sub", "sub/a.py"),
        ("/w", "file:///w/a%20b.py", None, "a b.py"),
        ("/w", "/wx/a.py", None, None),
        ("/w", "../a.py", None, None),
        ("/w", "/w", None, None),
        ("/w", ".git/hooks/x", None, None),
        ("/w", "sub/.GIT/x", None, None),
        ("/w", "GIT~1/x", None, None),
        ("/w", ".git\u200d/x", None, None),
        ("/w", ".gitignore", None, ".gitignore"),
        ("/w", "a\0b", None, None),
        ("/tmp/w", "/private/tmp/w/a", None, "a"),  # noqa: S108 - a path as text
        ("/private/var/w", "/var/w/a", None, "a"),
        (None, "/w/a.py", None, "w/a.py"),
        (None, "a.py", None, "a.py"),
        ("C:\\Users\\me\\p", "c:\\users\\ME\\p\\src\\a.py", None, "src/a.py"),
        ("C:\\p", "src\\a.py", None, "src/a.py"),
        ("C:\\p", "\\\\?\\C:\\p\\a.py", None, "a.py"),
        ("C:\\p", "file:///C:/p/a.py", None, "a.py"),
        ("C:\\p", "D:\\p\\a.py", None, None),
        ("\\\\host\\share\\p", "\\\\host\\share\\p\\a.py", None, "a.py"),
        ("/w", "back\\slash", None, "back\\slash"),
    ],
)
def test_a_path_is_relative_to_the_root_however_it_is_spelled(
    root: str | None, path: str, folder: str | None, found: str | None
) -> None:
    assert Place(root).inside(path, folder) == found


def test_only_a_line_feed_ends_a_line() -> None:
    assert lines_of("a\r\nb\rc\u2028d\n\ne") == ["a\r\n", "b\rc\u2028d\n", "\n", "e"]
    assert lines_of("") == []
