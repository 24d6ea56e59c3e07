"""Every way in which agents tell a change: taken where it is exact, a notice where it is not."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from py_export import Notices, write
from py_export.model import Message, Session, Text, ToolCall
from tests.unit.patches import git
from tests.unit.patches.calls import body, call, patch
from tests.unit.patches.exact import EXACT, apply_patch
from tests.unit.patches.unknown import UNKNOWN


@pytest.mark.parametrize("case", EXACT)
def test_it_is_taken_as_it_was(case: str) -> None:
    calls, expected = EXACT[case]
    document, notices = patch(*calls)
    assert body(document) == expected
    assert set(notices) <= {"patch_commands"}


@pytest.mark.parametrize("case", UNKNOWN)
def test_what_is_not_known_is_a_notice_and_no_guess(case: str) -> None:
    calls, code = UNKNOWN[case]
    document, notices = patch(*calls)
    assert document == ""
    assert notices == {code: 1, "patch_empty": 1}


@pytest.mark.parametrize("more", [{"status": "error"}, {"status": "denied"}, {"status": "cancelled"}])
def test_what_failed_or_was_refused_changed_nothing(more: dict[str, str]) -> None:
    failed = call(
        "write",
        {"file_path": "/w/a.py", "content": "x\n"},
        {"filePath": "/w/a.py", "type": "create", "content": "x\n", "structuredPatch": []},
        **more,
    )
    assert patch(failed) == ("", {"patch_empty": 1})


def test_what_came_before_something_unknown_stays_and_what_is_told_whole_mends_it() -> None:
    def whole(before: str, after: str) -> Any:  # noqa: ANN401 - a call
        told = {
            "filePath": "/w/a.py",
            "type": "update",
            "originalFile": before,
            "content": after,
            "structuredPatch": [],
        }
        return call("write", {}, told)

    lost = call("edit", {"file_path": "/w/a.py", "old_string": "elsewhere", "new_string": "x"})
    document, notices = patch(whole("a\n", "b\n"), lost)
    assert body(document) == "@@ -1 +1 @@\n-a\n+b\n"
    assert notices == {"patch_file_drifted": 1}
    document, notices = patch(whole("a\n", "b\n"), lost, whole("c\n", "d\n"))
    assert body(document) == "@@ -1 +1 @@\n-a\n+d\n"
    assert notices == {}
    assert patch(whole("a\n", "b\n"), whole("c\n", "d\n"))[1] == {"patch_file_changed_outside": 1}


def test_a_notice_names_its_files_the_first_of_them_and_nothing_that_a_terminal_obeys() -> None:
    def unknown(*names: str) -> list[str]:
        message = Message(id="m", role="assistant", blocks=[_unseen(name) for name in names])
        notices = Notices()
        b"".join(write(Session(id="s", workspace="/w", messages=[message]), "patch", notices=notices))
        return [notice.message() for notice in notices if notice.code == "patch_file_unseen"]

    def _unseen(name: str) -> ToolCall:
        return call("edit", {"file_path": f"/w/{name}", "old_string": "a", "new_string": "b"})

    [one] = unknown("src/a.py")
    assert one.startswith("1 file (src/a.py) is left out")
    [many] = unknown("a", "b", "c", "d", "e")
    assert many.startswith("5 files (a, b, c, \u2026) are left out")
    [nasty] = unknown("a\x1b[2J\u202eb")
    assert nasty.startswith("1 file (a\ufffd[2J\ufffdb) is left out")


def test_what_was_added_and_deleted_leaves_nothing() -> None:
    added = call("edit", apply_patch("*** Add File: a.py", "+x"))
    assert patch(added, call("edit", apply_patch("*** Delete File: a.py"))) == ("", {"patch_empty": 1})


def test_modes_renames_and_bytes_of_a_git_difference_stay() -> None:
    told = (
        "diff --git a/run b/go\nold mode 100644\nnew mode 100755\nrename from run\nrename to go\n"
        "diff --git a/x.bin b/x.bin\nnew file mode 100644\nindex 0..1\nGIT binary patch\n"
        "literal 4\nLc${NkWMT#Y01f~L\n\nliteral 0\nHc$@<O00001\n\n"
    )
    document, notices = patch(call("edit", {}, {"diff": told + "@@"}))
    assert "old mode 100644\nnew mode 100755\nsimilarity index 100%\nrename from run\nrename to go\n" in document
    index = "0" * 40 + "..eaf36c1daccfdf325514461cd1a2ffbc139b5464"
    assert f"new file mode 100644\nindex {index}\nGIT binary patch\nliteral 4\n" in document
    assert notices == {}


def test_a_name_is_freed_before_another_file_takes_it(tmp_path: Path) -> None:
    def renamed(path: str, to: str) -> ToolCall:
        return call("edit", {}, {"changes": {path: {"type": "update", "unified_diff": "", "move_path": to}}})

    document, _ = patch(renamed("a", "new name"), renamed("b.py", "a"))
    git.lay(tmp_path, {"a": "", "b.py": ""})
    assert git.patch(tmp_path, document.encode()) == {"new name": "", "a": ""}


def test_what_one_turn_cannot_tell_is_told_by_the_next_that_knows_the_file(tmp_path: Path) -> None:
    shown = call("read", {"file_path": "/w/a"}, None, "     1\u2192d\n     2\u2192")
    first = call("edit", {"file_path": "/w/a", "old_string": "d", "new_string": "D"})
    told = {"filePath": "/w/a", "type": "update", "originalFile": "D\n", "content": "D\nx\n", "structuredPatch": []}
    messages = [
        Message(id="1", role="user", blocks=[Text("one")]),
        Message(id="2", role="assistant", blocks=[shown, first]),
        Message(id="3", role="user", blocks=[Text("two")]),
        Message(id="4", role="assistant", blocks=[call("write", {}, told)]),
    ]
    mails = b"".join(write(Session(id="s", workspace="/w", messages=messages), "patch", options={"layout": "mailbox"}))
    git.lay(tmp_path, {"a": "d\n"})
    assert git.am(tmp_path, mails) == {"a": "D\nx\n"}


def test_two_files_that_took_each_others_name_are_changed_where_they_are_now(tmp_path: Path) -> None:
    def renamed(path: str, to: str, diff: str = "") -> ToolCall:
        return call("edit", {}, {"changes": {path: {"type": "update", "unified_diff": diff, "move_path": to}}})

    made = "@@ -1,2 +1,2 @@\n-{0}\n+{1}\n same\n"
    document, _ = patch(
        renamed("a.py", "t", made.format("a", "A")),
        renamed("Makefile", "a.py", made.format("m", "M")),
        renamed("t", "Makefile"),
    )
    git.lay(tmp_path, {"a.py": "a\nsame\n", "Makefile": "m\nsame\n"})
    assert git.patch(tmp_path, document.encode()) == {"Makefile": "A\nsame\n", "a.py": "M\nsame\n"}


@pytest.mark.parametrize(
    ("command", "may"),
    [
        *(
            ("ls -la", 0),
            ("cat a | grep 'x > y'", 0),
            ("git status && git diff", 0),
            ("sed -n 1,3p a", 0),
            ("x 2>&1", 1),
        ),
        *(("ls 2>/dev/null", 0), ("echo x > a", 1), ("sed -i s/a/b/ a", 1), ("git checkout .", 1), ("rm a", 1)),
        *(
            ("find . -name x", 0),
            ("find . -delete", 1),
            ("echo $(rm a)", 1),
            ("pytest", 1),
            ("cat <<EOF > a\nx\nEOF", 1),
        ),
    ],
)
def test_a_command_that_may_have_changed_files_is_said(command: str, may: int) -> None:
    assert patch(call("shell", {"command": command}))[1].get("patch_commands", 0) == may


def test_a_line_like_its_neighbour_is_put_where_lines_behind_it_are_known() -> None:
    told = {"type": "update", "unified_diff": "@@ -1,2 +1,3 @@\n a\n+b\n b\n", "move_path": None}
    document, notices = patch(call("edit", {}, {"changes": {"a.py": told}}))
    assert body(document) == "@@ -1,2 +1,3 @@\n a\n+b\n b\n"
    assert notices == {}


def _created(**more: Any) -> ToolCall:  # noqa: ANN401 - JSON
    """Return an edit by which Claude Code makes a file: in place of nothing, in a file that it tells as empty."""
    edit = {"old_string": "", "new_string": "x\n"}
    told = {
        "filePath": "/w/a",
        "oldString": "",
        "newString": "x\n",
        "structuredPatch": [{"oldStart": 1, "lines": ["+x"]}],
    }
    return call("edit", {"file_path": "/w/a", **edit}, told | more)


@pytest.mark.parametrize("original", ["", None])
def test_an_edit_that_puts_a_text_in_place_of_nothing_makes_a_file(tmp_path: Path, original: str | None) -> None:
    document, notices = patch(_created(originalFile=original))
    tmp_path.joinpath("b").touch()
    assert git.apply(tmp_path, document.encode()) == {"a": "x\n", "b": ""}
    assert notices == {}


def _written_new(content: str) -> ToolCall:
    """Return a content that Claude Code says it made a file of: it takes an empty file for none."""
    told = {"type": "create", "filePath": "/w/a", "content": content, "structuredPatch": []}
    return call("write", {"file_path": "/w/a", "content": content}, told)


@pytest.mark.parametrize("filling", [_created(originalFile=""), _written_new("x\n")], ids=["edit", "write"])
def test_an_empty_file_that_was_shown_is_filled_and_not_made(tmp_path: Path, filling: ToolCall) -> None:
    file = {"filePath": "/w/a", "content": "", "numLines": 1, "startLine": 1, "totalLines": 1}
    document, notices = patch(call("read", {"file_path": "/w/a"}, {"type": "text", "file": file}), filling)
    git.lay(tmp_path, {"a": ""})
    assert git.apply(tmp_path, document.encode()) == {"a": "x\n"}
    assert notices == {}


def test_a_file_that_was_made_empty_and_then_written_was_changed_by_nobody_else() -> None:
    document, notices = patch(_written_new(""), _written_new("x\n"))
    assert body(document) == "@@ -0,0 +1 @@\n+x\n"
    assert notices == {}
