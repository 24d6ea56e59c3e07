"""What commands of a shell did to files: exact where they say it letter by letter, a notice where they do not."""

from __future__ import annotations

from typing import Any

import pytest

from py_export.model import ToolCall
from tests.unit.patches.calls import body, call, patch
from tests.unit.patches.exact import apply_patch

BEFORE, AFTER = "a\nb\nc\n", "a\nB\nc\n"
EDITED = "@@ -1,3 +1,3 @@\n a\n-b\n+B\n c\n"


def shell(command: str, said: str = "", **more: Any) -> ToolCall:  # noqa: ANN401 - JSON
    return call("shell", {"command": command}, None, said, name="Bash", **more)


def edit(path: str = "a.py", before: str | None = BEFORE, after: str = AFTER) -> ToolCall:
    """Return an edit that tells what stood there, and what stands there now."""
    told: Any = {"filePath": f"/w/{path}", "originalFile": before, "content": after, "structuredPatch": []}
    return call("edit", {}, told | {"type": "create" if before is None else "update"})


@pytest.mark.parametrize(
    "command",
    [
        "rm a.py",
        "rm -f -- './a.py' 2>/dev/null",
        "cd /w && git rm -q a.py && ls",
        'mkdir -p x; rm "a.py"  # gone',
        "cat <<'EOF'\nmv a.py b.py\nEOF\nrm a.py",
    ],
)
def test_a_deleted_file_is_deleted(command: str) -> None:
    document, notices = patch(edit(), shell(command))
    assert body(document) == "@@ -1,3 +0,0 @@\n-a\n-b\n-c\n"
    assert set(notices) <= {"patch_commands"}
    assert patch(edit("new.py", None), shell(command.replace("a.py", "new.py")))[0] == ""


@pytest.mark.parametrize(
    ("command", "path"),
    [
        ("mv a.py b.py", "b.py"),
        ("git mv -f 'a.py' \"two words.py\"", "two words.py"),
        ("mkdir -p lib && mv a.py lib/", "lib/a.py"),
        ("cd /w && mv ./a.py lib/a.py", "lib/a.py"),
        ("cd lib && mv ../a.py .", "a.py"),
    ],
)
def test_a_moved_file_is_renamed_and_what_is_edited_later_is_the_same_file(command: str, path: str) -> None:
    known = [edit("lib/x.py", None)] if path == "a.py" else []
    path = "lib/a.py" if known else path
    document, notices = patch(*known, edit(), shell(command), edit(path, AFTER, AFTER + "d\n"))
    assert "rename from a.py\nrename to " in document
    assert body(document[document.index("rename from") :]).startswith("@@ -1,3 +1,4 @@\n a\n-b\n+B\n c\n+d\n")
    assert notices == {}


def test_a_new_file_that_may_be_run_is_one_from_the_beginning() -> None:
    document, notices = patch(edit("a.sh", None, "x\n"), shell("chmod +x a.sh"))
    assert "new file mode 100755\n" in document
    assert notices == {}
    assert patch(edit("a.sh"), shell("chmod +x a.sh"))[1] == {"patch_commands": 1}


@pytest.mark.parametrize(
    "command",
    [
        *("echo x > a.py", "cat >a.py <<EOF\nx\nEOF", "x | tee -a a.py", "sed -i s/a/b/ a.py", "cp b.py a.py"),
        *("mv b.py a.py", "touch a.py", "git checkout -- a.py", "git restore a.py", "npx prettier --write a.py"),
        *(
            "rm a.py; git checkout a.py",
            "rm -f a.py",
            "test -f x && rm a.py; ls",
            "git rm a.py || true",
        ),
    ],
)
def test_of_a_file_that_a_command_made_nothing_is_told_that_git_could_not_apply(command: str) -> None:
    document, notices = patch(shell(command), edit())
    assert document == ""
    assert notices == {"patch_commands": 1, "patch_file_by_command": 1, "patch_empty": 1}


def test_a_file_that_a_command_made_has_no_name_that_git_could_take_away() -> None:
    document, _ = patch(shell("cp b.py a.py"), edit(), shell("mv a.py c.py"))
    assert document == ""


@pytest.mark.parametrize(
    "command",
    [
        *("python a.py", "pytest a.py | tee /tmp/log", "grep '>' a.py", "git add a.py && git commit -m 'x > a.py'"),
        *("echo $x > b.py", "for f in *.py; do rm $f; done", "ruff check a.py", "git checkout -b a", "rm *.pyc"),
        *("git rm --cached a.py", "sed -n 1p a.py", 'echo "$(rm a.py)"', "rm /elsewhere/a.py", "cd sub && rm a.py"),
    ],
)
def test_what_a_command_only_names_or_does_not_name_stays(command: str) -> None:
    document, notices = patch(shell(command), edit())
    assert body(document) == EDITED
    assert set(notices) <= {"patch_commands"}


def test_what_is_told_whole_after_a_command_is_in_the_patch_again() -> None:
    document, notices = patch(edit(), shell("sed -i s/c/C/ a.py"), edit("a.py", "a\nB\nC\n", "a\nB\nD\n"))
    assert body(document) == "@@ -1,3 +1,3 @@\n a\n-b\n-c\n+B\n+D\n"
    assert notices == {"patch_commands": 1, "patch_file_changed_outside": 1}


def test_lines_by_number_are_not_followed_behind_a_command_that_changed_the_file() -> None:
    lines = call(
        "edit", {}, {"filePath": "/w/a.py", "structuredPatch": [{"oldStart": 9, "lines": [" x", "-y", "+z", " x"]}]}
    )
    document, notices = patch(lines, shell("sed -i 1d a.py"), lines)
    assert body(document) == "@@ -9,3 +9,3 @@\n x\n-y\n+z\n x\n"
    assert notices == {"patch_commands": 1, "patch_file_by_command": 1}


def test_a_shell_that_went_elsewhere_names_no_file_of_the_root() -> None:
    moved = [shell("cd sub"), shell("rm a.py")]
    assert body(patch(edit(), *moved)[0]) == EDITED
    shown = [
        shell("cd sub"),
        shell("cat a.py", "x\nb\n"),
        call("edit", {"file_path": "/w/a.py", "old_string": "b", "new_string": "c"}),
    ]
    assert patch(*shown)[0] == ""
    assert body(patch(edit(), shell("cd sub"), shell("cd /w && rm a.py"))[0]).startswith("@@ -1,3 +0,0 @@")


def test_a_folder_that_is_deleted_or_moved_takes_its_files_along() -> None:
    new = edit("d/a.py", None)
    assert patch(new, shell("rm -rf d"))[0] == ""
    document, _ = patch(new, shell("mv d e"), edit("e/a.py", AFTER, "x\n"), edit("e/other.py"))
    assert "+++ b/e/a.py\n@@ -0,0 +1 @@\n+x\n" in document
    assert "other.py" not in document


def test_a_file_that_is_written_over_one_that_was_shown_is_not_new() -> None:
    shown = shell("cat a.py", BEFORE)
    document, notices = patch(shown, call("edit", apply_patch("*** Add File: a.py", "+x")))
    assert document.startswith("diff --git a/a.py b/a.py\nindex ")
    assert notices == {}
