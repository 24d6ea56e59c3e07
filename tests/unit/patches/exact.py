"""Calls that tell exactly what they changed, each with the difference that it comes to."""

from __future__ import annotations

from typing import Any

from tests.unit.patches.calls import call

TEXT = "one\ntwo\nthree\nfour\nfive\n"
CAT = ({"command": "cat a.py"}, None, TEXT)
REPLACED = "@@ -1,5 +1,5 @@\n one\n-two\n+2\n three\n four\n five\n"
EDIT = {"file_path": "/w/a.py", "old_string": "two", "new_string": "2"}


def apply_patch(*lines: str) -> str:
    """Return a patch that a model wrote."""
    return "\n".join(["*** Begin Patch", *lines, "*** End Patch"])


EXACT: dict[str, tuple[list[Any], str]] = {
    "Claude Code's lines alone": (
        [
            call(
                "edit",
                EDIT,
                {
                    "filePath": "/w/a.py",
                    "structuredPatch": [{"oldStart": 1, "lines": [" one", "-two", "+2", " three"]}],
                },
            )
        ],
        "@@ -1,3 +1,3 @@\n one\n-two\n+2\n three\n",
    ),
    "Claude Code's file, where its lines have other spaces": (
        [
            call(
                "edit",
                {"file_path": "/w/a.py", "old_string": "\ttwo", "new_string": "\t2"},
                {
                    "filePath": "/w/a.py",
                    "originalFile": "one\n\ttwo\n",
                    "oldString": "\ttwo",
                    "newString": "\t2",
                    "structuredPatch": [{"oldStart": 1, "lines": [" one", "-    two", "+    2"]}],
                },
            )
        ],
        "@@ -1,2 +1,2 @@\n one\n-\ttwo\n+\t2\n",
    ),
    "a text that goes with the end of its line": (
        [
            call(
                "edit",
                {},
                {
                    "filePath": "/w/a.py",
                    "originalFile": TEXT,
                    "oldString": "two",
                    "newString": "",
                    "structuredPatch": [{"oldStart": 1, "lines": [" one", "-two", " three", " four", " five"]}],
                },
            )
        ],
        "@@ -1,5 +1,4 @@\n one\n-two\n three\n four\n five\n",
    ),
    "a read, then an edit": (
        [
            call(
                "read",
                {"file_path": "/w/a.py"},
                {"file": {"filePath": "/w/a.py", "content": TEXT, "numLines": 6, "startLine": 1, "totalLines": 6}},
            ),
            call("edit", EDIT),
        ],
        REPLACED,
    ),
    "a read of lines by number, then an edit": (
        [
            call("read", {"file_path": "/w/a.py"}, None, "     1→one\n     2→two\n     3→three\n     4→four\n     5→"),
            call("edit", EDIT),
        ],
        "@@ -1,4 +1,4 @@\n one\n-two\n+2\n three\n four\n",
    ),
    "a command that shows the file, then an edit": ([call("shell", *CAT), call("edit", EDIT)], REPLACED),
    "lines of it, then a patch without numbers": (
        [
            call("shell", {"command": ["bash", "-lc", "sed -n '1,200p' a.py"]}, None, TEXT),
            call("edit", apply_patch("*** Update File: a.py", "@@ one", "-two", "+2", " three")),
        ],
        REPLACED,
    ),
    "the beginning of a longer file, then a patch": (
        [
            call("shell", {"command": "sed -n '1,4p' a.py"}, None, "one\ntwo\nthree\nfour\n"),
            call("edit", apply_patch("*** Update File: a.py", "@@", " one", "-two", "+2", " three")),
        ],
        "@@ -1,4 +1,4 @@\n one\n-two\n+2\n three\n four\n",
    ),
    "a patch in a shell, in another folder": (
        [
            call("shell", {"command": "cat sub/a.py"}, None, TEXT),
            call(
                "edit",
                {
                    "command": [
                        "bash",
                        "-lc",
                        "cd sub && apply_patch <<'EOF'\n"
                        + apply_patch("*** Update File: a.py", "@@", "-two", "+2")
                        + "\nEOF\n",
                    ]
                },
            ),
        ],
        REPLACED,
    ),
    "a patch that looks past spaces": (
        [
            call("shell", {"command": "cat a.py"}, None, "one  \ntwo\n"),
            call("edit", apply_patch("*** Update File: a.py", "@@", " one", "-two", "+2")),
        ],
        "@@ -1,2 +1,2 @@\n-one  \n-two\n+one\n+2\n",
    ),
    "a patch at the end of the file": (
        [
            call("shell", {"command": "cat a.py"}, None, "x\ny\nx\n"),
            call("edit", apply_patch("*** Update File: a.py", "@@", "-x", "+z", "*** End of File")),
        ],
        "@@ -1,3 +1,3 @@\n x\n y\n-x\n+z\n",
    ),
    "a patch that adds and deletes": (
        [
            call("shell", *CAT),
            call("edit", apply_patch("*** Add File: b.py", "+new", "*** Delete File: a.py")),
        ],
        (
            "@@ -1,5 +0,0 @@\n-one\n-two\n-three\n-four\n-five\ndiff --git a/b.py b/b.py\nnew file mode 100644\n"
            "index 000000000000..3e757656cf36\n--- /dev/null\n+++ b/b.py\n@@ -0,0 +1 @@\n+new\n"
        ),
    ),
    "opencode's patch of several files": (
        [
            call(
                "edit",
                {"patchText": "x"},
                {
                    "files": [
                        {"filePath": "/w/a.py", "type": "update", "before": TEXT, "after": TEXT.replace("two", "2")},
                    ]
                },
            )
        ],
        REPLACED,
    ),
    "opencode's edits of one call": (
        [
            call(
                "edit",
                {"filePath": "/w/a.py"},
                {
                    "results": [
                        {"filediff": {"file": "/w/a.py", "before": TEXT, "after": TEXT.replace("two", "zwei")}},
                        {
                            "filediff": {
                                "file": "/w/a.py",
                                "before": TEXT.replace("two", "zwei"),
                                "after": TEXT.replace("two", "2"),
                            }
                        },
                    ]
                },
            )
        ],
        REPLACED,
    ),
    "Gemini's difference alone": (
        [
            call(
                "edit",
                {"file_path": "/w/a.py", "old_string": "two", "new_string": "2"},
                {
                    "fileName": "a.py",
                    "fileDiff": "Index: a.py\n=====\n--- a.py\tCurrent\n+++ a.py\tProposed\n" + REPLACED,
                },
            )
        ],
        REPLACED,
    ),
    "Cursor's pieces, with what was read": (
        [
            call("shell", *CAT),
            call("edit", EDIT, {"diff": {"chunks": [{"diffString": "-two\n+2", "oldStart": 2, "newStart": 2}]}}),
        ],
        REPLACED,
    ),
    "a notebook, whole": (
        [
            call(
                "edit",
                {"notebook_path": "/w/a.py"},
                {"notebook_path": "/w/a.py", "original_file": TEXT, "updated_file": TEXT.replace("two", "2")},
            )
        ],
        REPLACED,
    ),
    "Codex's changes as HAPI keeps them": (
        [call("edit", {"changes": {"a.py": {"update": {"unified_diff": REPLACED, "move_path": None}}}})],
        REPLACED,
    ),
    "Codex's newer changes": (
        [
            call(
                "edit",
                {},
                {"changes": [{"path": "/w/a.py", "kind": {"type": "update", "move_path": None}, "diff": REPLACED}]},
            )
        ],
        REPLACED,
    ),
}
