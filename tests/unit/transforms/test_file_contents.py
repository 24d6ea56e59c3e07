"""A call without what files held still says what was done to which file."""

from __future__ import annotations

from typing import Any

import pytest

from py_export.model import Code, Image, Text, ToolCall, ToolResult
from py_export.transforms.file_contents import without_file_contents

HELD = "line one\nline two"


def _call(kind: Any, given: Any, *blocks: Any, data: Any = None, status: Any = "completed") -> ToolCall:  # noqa: ANN401
    result = ToolResult([*blocks], data) if blocks or data is not None else None
    return ToolCall(name="x", kind=kind, input=given, result=result, status=status)


@pytest.mark.parametrize(
    ("given", "left"),
    [
        ({"file_path": "a.py", "content": "x"}, {"file_path": "a.py"}),
        ({"path": "a.py", "old_str": "a", "new_str": "b", "replace_all": True}, {"path": "a.py", "replace_all": True}),
        ({"filePath": "a.py", "oldString": "a", "newString": ""}, {"filePath": "a.py"}),
        ({"path": "a.py", "edits": [{"old_string": "a"}]}, {"path": "a.py"}),
        (
            {"changes": {"a.py": {"kind": {"type": "update"}, "diff": HELD}}},
            {"changes": {"a.py": {"kind": {"type": "update"}}}},
        ),
        ({"path": "a.py", "anything": HELD, "else": "x" * 201}, {"path": "a.py"}),
        ({"path": "a.py", "description": "Fix it"}, {"path": "a.py", "description": "Fix it"}),
        ("*** Begin Patch\n*** End Patch", None),
    ],
)
def test_an_edit_keeps_its_file_and_its_settings(given: object, left: object) -> None:
    assert without_file_contents(_call("edit", given)).input == left


def test_what_was_read_is_left_out_and_the_request_stays() -> None:
    call = without_file_contents(_call("read", {"path": "a.py", "limit": 5}, Text(HELD), Code("x"), Image(data="QUJD")))
    assert call.input == {"path": "a.py", "limit": 5}
    assert call.result == ToolResult()


def test_a_writes_answer_of_one_line_stays_and_its_twin_goes() -> None:
    call = _call(
        "write", {"path": "a"}, Text("1 change applied\n"), Text(HELD), data={"filePath": "a", "originalFile": "x"}
    )
    result = without_file_contents(call).result
    assert result == ToolResult([Text("1 change applied\n")], {"filePath": "a"})


def test_why_a_call_failed_stays() -> None:
    call = _call("read", {"path": "a.py"}, Text(HELD), status="error")
    assert without_file_contents(call) is call


@pytest.mark.parametrize("kind", ["shell", "search", "task", "web", "plan", "generic"])
def test_other_calls_are_left_alone(kind: str) -> None:
    call = _call(kind, {"content": HELD}, Text(HELD))
    assert without_file_contents(call) is call
