"""Carriage returns and tabs, which logs keep in part: the patch holds what is exact, and a notice names the rest."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.unit.patches import git
from tests.unit.patches.agents import structured
from tests.unit.patches.calls import call, patch

MIXED = "a\r\nb\nc\r\nd\ne\r\n"
"""Claude Code's version 1 keeps this as it is, and ends every line of what it writes over it as most of these do."""

LEFT_OUT = {"patch_file_line_ends": 1, "patch_empty": 1}


def _edited(path: str, old: str, new: str, edit: tuple[str, str], **more: Any) -> Any:  # noqa: ANN401 - JSON
    told = {
        "filePath": f"/w/{path}",
        "oldString": edit[0],
        "newString": edit[1],
        "structuredPatch": structured(old, new),
    }
    return call("edit", {"file_path": f"/w/{path}", "old_string": edit[0], "new_string": edit[1]}, told | more)


def _written(path: str, old: str, new: str, **more: Any) -> Any:  # noqa: ANN401 - JSON
    told = {"filePath": f"/w/{path}", "type": "update", "content": new, "structuredPatch": structured(old, new)}
    return call("write", {"file_path": f"/w/{path}", "content": new}, told | more)


def _shown(path: str, text: str) -> Any:  # noqa: ANN401 - a call
    count = text.count("\n") + 1
    file = {"filePath": f"/w/{path}", "content": text, "numLines": count, "startLine": 1, "totalLines": count}
    return call("read", {"file_path": f"/w/{path}"}, {"type": "text", "file": file})


def test_what_is_written_over_lines_that_end_in_two_ways_is_not_guessed(tmp_path: Path) -> None:
    document, notices = patch(_written("x", MIXED, "a\nB\nc\nd\ne\n"), _written("y", "p\n", "q\n"))
    git.lay(tmp_path, {"x": MIXED, "y": "p\n"})
    assert git.apply(tmp_path, document.encode()) == {"x": MIXED, "y": "q\n"}
    assert notices == {"patch_file_line_ends": 1}


def test_a_file_told_with_carriage_returns_and_its_lines_without_is_not_guessed_at() -> None:
    whole, lines = "a\r\nb\r\nc\r\n", structured("a\nb\nc\n", "a\nb1\nb2\nc\n")
    told = _edited("x", whole, whole, ("b", "b1\nb2"), originalFile=whole)
    told.result.data["structuredPatch"] = lines
    assert patch(told) == ("", LEFT_OUT)


def test_a_command_that_shows_carriage_returns_where_the_log_drops_them_is_a_sign() -> None:
    raw, log = "a\r\nb\r\nc\r\n", "a\nb\nc\n"
    cat = call("shell", {"command": "cat x"}, None, raw)
    assert patch(cat, _edited("x", log, "a\nB\nc\n", ("b", "B"), originalFile=log)) == ("", LEFT_OUT)
    assert patch(cat, _written("x", log, "a\nB\nc\n")) == ("", LEFT_OUT)


def test_lines_that_all_end_with_carriage_returns_are_taken(tmp_path: Path) -> None:
    old, new = "a\r\nb\r\nc\r\n", "a\r\nB\r\nc\r\n"
    document, notices = patch(_edited("x", old, new, ("b", "B"), originalFile=old), _written("y", old, new))
    git.lay(tmp_path, {"x": old, "y": old})
    assert git.apply(tmp_path, document.encode()) == {"x": new, "y": new}
    assert notices == {}


TABS = "if x:\n\tfoo = 1\n\tbar = 2\n\tbaz = 3\n"


def test_spaces_that_may_be_tabs_are_no_lines_of_the_file() -> None:
    new = TABS.replace("bar", "BAR")
    assert patch(_edited("x", TABS, new, ("bar", "BAR"))) == ("", {"patch_file_unseen": 1, "patch_empty": 1})
    assert patch(_written("x", TABS, "if x:\n  foo = 1\n  baz = 3\n"))[1] == {"patch_file_unseen": 1, "patch_empty": 1}
    put = _edited("x", TABS, new, ("bar", "BAR"), userModified=True, originalFile="if x:\n")
    assert patch(put)[1] == {"patch_file_unseen": 1, "patch_empty": 1}


@pytest.mark.parametrize("shown", [TABS, TABS.replace("\t", "  ")], ids=["tabs", "spaces"])
def test_what_was_shown_of_the_file_tells_tabs_from_spaces(tmp_path: Path, shown: str) -> None:
    new, newer = shown.replace("bar", "BAR"), "if y:\n  foo = 1\n"
    document, notices = patch(
        *(_shown("x", shown), _edited("x", shown, new, ("bar", "BAR"))),
        *(_shown("y", shown), _written("y", shown, newer)),
    )
    git.lay(tmp_path, {"x": shown, "y": shown})
    assert git.apply(tmp_path, document.encode()) == {"x": new, "y": newer}
    assert notices == {}


def test_a_line_that_begins_with_a_tab_shows_that_none_was_made_spaces(tmp_path: Path) -> None:
    old, new = "if x:\n  a\n\tb\n  c\n", "if x:\n  a\n\tB\n  c\n"
    told = _edited("x", "", "", ("\tb", "\tB"))
    told.result.data["structuredPatch"] = [{"oldStart": 1, "lines": [" if x:", "   a", "-\tb", "+\tB", "   c"]}]
    document, notices = patch(told)
    git.lay(tmp_path, {"x": old})
    assert git.apply(tmp_path, document.encode()) == {"x": new}
    assert notices == {}


@pytest.mark.parametrize("ends", ["", "\n"], ids=["without its end", "with its end"])
def test_a_text_that_goes_takes_the_end_of_its_line_where_the_lines_show_it(tmp_path: Path, ends: str) -> None:
    old = "if x:\n\tfoo\n\tbar\n\tbaz\n"
    new = old.replace("\tbar\n", "\n" if ends == "" else "")
    told = _edited("x", old, new, ("\tbar", ""))
    document, notices = patch(_shown("x", old), told)
    git.lay(tmp_path, {"x": old})
    assert git.apply(tmp_path, document.encode()) == {"x": new}
    assert notices == {}


def test_of_what_is_written_as_a_whole_a_difference_that_skips_spaces_tells_no_line(tmp_path: Path) -> None:
    old, new = "if x:\n\ta\n\tb\n", "if x:\n  a\n  c\n"
    shown = "--- x\n+++ x\n@@ -1,3 +1,3 @@\n if x:\n   a\n-\tb\n+  c\n"
    told = call("write", {"file_path": "/w/x", "content": new}, {"fileDiff": shown, "fileName": "x"})
    assert patch(told) == ("", {"patch_file_unseen": 1, "patch_empty": 1})
    document, notices = patch(_shown("x", old), told)
    git.lay(tmp_path, {"x": old})
    assert git.apply(tmp_path, document.encode()) == {"x": new}
    assert notices == {}
