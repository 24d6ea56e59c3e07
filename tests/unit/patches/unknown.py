"""Calls that do not tell exactly what they changed, each with the notice that says so."""

from __future__ import annotations

from typing import Any

from tests.unit.patches.calls import call
from tests.unit.patches.exact import CAT, EDIT, apply_patch

UNKNOWN: dict[str, tuple[list[Any], str]] = {
    "an edit of a file that nobody showed": ([call("edit", EDIT)], "patch_file_unseen"),
    "a text that stands twice": (
        [call("shell", {"command": "cat a.py"}, None, "two\ntwo\n"), call("edit", EDIT)],
        "patch_file_drifted",
    ),
    "a content over another that nobody showed": (
        [call("write", {"file_path": "/w/a.py", "content": "x\n"})],
        "patch_file_unseen",
    ),
    "lines that do not fit what was shown": (
        [
            call("shell", *CAT),
            call(
                "edit",
                {},
                {"filePath": "/w/a.py", "structuredPatch": [{"oldStart": 1, "lines": ["-eins", "+1", " two"]}]},
            ),
        ],
        "patch_file_drifted",
    ),
    "a sketch of an edit": ([call("edit", {"target_file": "a.py", "code_edit": "..."})], "patch_file_unseen"),
    "a deletion of a file that nobody showed": (
        [call("edit", apply_patch("*** Delete File: a.py"))],
        "patch_file_unseen",
    ),
    "a patch behind the lines that were shown": (
        [
            call("shell", {"command": "sed -n '3,4p' a.py"}, None, "three\nfour\n"),
            call("edit", apply_patch("*** Update File: a.py", "@@", "-three", "+3")),
        ],
        "patch_file_unseen",
    ),
    "a last line with another behind it": (
        [
            call(
                "write",
                {"file_path": "/w/a.py", "content": "x"},
                {
                    "filePath": "/w/a.py",
                    "type": "update",
                    "content": "x",
                    "structuredPatch": [{"oldStart": 1, "lines": [" x", "\\ No newline at end of file", "-y"]}],
                },
            )
        ],
        "patch_file_unseen",
    ),
    "a line behind one that may have been the last": (
        [
            call(
                "edit",
                {"file_path": "/w/a.py", "old_string": "two", "new_string": "two\nx"},
                {
                    "filePath": "/w/a.py",
                    "structuredPatch": [
                        {"oldStart": 1, "lines": [" one", " two", "+x", "\\ No newline at end of file"]},
                    ],
                },
            )
        ],
        "patch_file_unseen",
    ),
    "a patch that takes out an empty line of a file that nobody showed": (
        [call("edit", apply_patch("*** Update File: a.py", "@@", "-"))],
        "patch_file_unseen",
    ),
    "a patch whose lines may stand behind those that were shown": (
        [
            call("shell", {"command": "sed -n '1,2p' a.py"}, None, "one\ntwo\n"),
            call("edit", apply_patch("*** Update File: a.py", "@@", "-one", "+1", " ")),
        ],
        "patch_file_unseen",
    ),
    "lines without any around them": (
        [call("edit", EDIT, {"diff": {"chunks": [{"diffString": "-two\n+2", "oldStart": 2}]}})],
        "patch_file_context",
    ),
    "a file of the system's": (
        [
            call(
                "edit",
                {},
                {"filePath": "/etc/hosts", "structuredPatch": [], "originalFile": "", "content": "x", "type": "update"},
            )
        ],
        "patch_file_outside",
    ),
    "git's own": (
        [call("write", {"file_path": ".git/config", "content": "x"}, None, "Created new file: x")],
        "patch_file_outside",
    ),
    "what cannot have been read": (
        [
            call(
                "edit",
                {},
                {
                    "filePath": "/w/a.py",
                    "originalFile": "a\ufffd\nb\n",
                    "content": "a\ufffd\nc\n",
                    "type": "update",
                    "structuredPatch": [],
                },
            )
        ],
        "patch_file_damaged",
    ),
    "an edit that never ended": ([call("edit", EDIT, status="pending")], "patch_call_unfinished"),
    "an edit of nothing named": ([call("edit", None)], "patch_nameless"),
    "a binary file that nobody holds": (
        [
            call(
                "edit",
                {"file_path": "/w/a.bin"},
                {"diff": "diff --git a/a.bin b/a.bin\nBinary files a/a.bin and b/a.bin differ\n@@ x"},
            )
        ],
        "patch_file_binary",
    ),
}
