"""Tool calls are joined with their results, and with what was decided about them."""

from __future__ import annotations

from typing import Any

import pytest

from py_export.model import (
    Code,
    Image,
    Json,
    Permission,
    Text,
    ToolCall,
    ToolResult,
)
from py_export.notices import Notices
from tests.unit.readers.hapi_payloads import (
    answer,
    assistant,
    call,
    codes,
    codex,
    read_rows,
    tool,
    turn,
)


def test_a_result_joins_its_call_with_its_record_and_its_time() -> None:
    messages = read_rows(assistant(call("Bash", {"command": "ls"})), turn([answer("ok", is_error=False)]))
    assert len(messages) == 1
    found = tool(messages[0])
    assert found.result == ToolResult([Text("ok")], is_error=False)
    assert (found.status, found.duration_ms) == ("completed", 1000)
    assert [record["id"] for record in messages[0].source] == ["m0", "m1"]


def test_the_structured_twin_is_data_and_the_content_stays() -> None:
    twin = {"stdout": "a\nb", "stderr": "", "interrupted": False}
    (message,) = read_rows(assistant(call("Bash", {})), turn([answer("a")], toolUseResult=twin))
    assert tool(message).result == ToolResult([Text("a")], data=twin)


@pytest.mark.parametrize(
    ("content", "record", "blocks"),
    [
        ({}, {}, []),
        ({"content": None}, {}, []),
        ({"content": ""}, {"toolUseResult": {"stdout": "out", "stderr": "err"}}, [Text("out\nerr")]),
        ({}, {"toolUseResult": "Error: no"}, [Text("Error: no")]),
        ({"content": ["a", "b"]}, {}, [Text("a\n\nb")]),
        ({"content": 5}, {}, [Text("5")]),
        ({"content": {"rows": [1]}}, {}, [Code('{\n  "rows": [\n    1\n  ]\n}', language="json")]),
    ],
)
def test_a_result_without_text_says_what_its_twin_says(
    content: dict[str, Any], record: dict[str, Any], blocks: list[Json]
) -> None:
    result = {"type": "tool_result", "tool_use_id": "t1", **content}
    (message,) = read_rows(assistant(call("Bash", {})), turn([result], **record))
    found = tool(message)
    assert found.result is not None
    assert found.result.blocks == blocks
    assert found.status == "completed"


def test_an_image_in_a_result_is_an_image_and_no_text() -> None:
    source = {"type": "base64", "media_type": "image/png", "data": "iVBORw0KGgo="}
    (message,) = read_rows(
        assistant(call("Read", {"file_path": "/a.png"})),
        turn([answer([{"type": "image", "source": source}])]),
    )
    assert tool(message).result == ToolResult([Image(media_type="image/png", size=8, data="iVBORw0KGgo=")])


@pytest.mark.parametrize(
    ("result", "permission", "status"),
    [
        ({"is_error": True}, None, "error"),
        ({"is_error": "true"}, None, "error"),
        ({"is_error": 0}, None, "completed"),
        ({"is_error": True}, {"status": "denied", "reason": "no"}, "denied"),
        ({"is_error": True}, {"status": "canceled"}, "cancelled"),
        (None, {"status": "denied"}, "denied"),
        (None, {"status": "approved"}, "running"),
        (None, None, "pending"),
    ],
)
def test_a_call_says_how_it_stands(
    result: dict[str, Any] | None, permission: dict[str, Any] | None, status: str
) -> None:
    rows = [assistant(call("Edit", {"file_path": "/a"}))]
    if result is not None:
        rows.append(turn([answer("x", **result)]))
    state = {"completedRequests": {"t1": {"tool": "Edit", "arguments": {}, **permission}}} if permission else None
    found = tool(read_rows(*rows, agentState=state)[0])
    assert found.status == status
    assert found.permission == (
        None if permission is None else Permission(permission["status"], permission.get("reason"))
    )


def test_a_request_that_waits_for_an_answer_is_pending() -> None:
    state = {"requests": {"t1": {"tool": "Bash", "arguments": {}}}}
    found = tool(read_rows(assistant(call("Bash", {})), agentState=state)[0])
    assert (found.status, found.permission) == ("pending", Permission("pending"))


def test_a_result_that_lost_its_call_is_named_from_the_request() -> None:
    notices = Notices()
    state = {"completedRequests": {"t9": {"tool": "Bash", "arguments": {"command": "ls"}, "status": "approved"}}}
    messages = read_rows(
        turn([answer("ok", "t9"), {"type": "text", "text": "and?"}]), agentState=state, notices=notices
    )
    assert [message.role for message in messages] == ["assistant", "user"]
    assert (tool(messages[0]).name, tool(messages[0]).subject) == ("Bash", "ls")
    assert codes(notices) == {"tool_result_without_call": 1}


def test_a_permission_in_the_result_itself_counts() -> None:
    permissions = {"date": 1, "result": "approved", "mode": "acceptEdits"}
    (message,) = read_rows(assistant(call("Edit", {})), turn([answer("ok", permissions=permissions)]))
    assert tool(message).permission == Permission("approved", mode="acceptEdits")


def test_results_of_one_record_find_their_calls_and_a_result_may_come_first() -> None:
    messages = read_rows(
        turn([answer("early", "t2")]),
        assistant(call("Read", {"file_path": "/a"}), call("Grep", {"pattern": "b"}, "t2")),
        turn([answer("late", "t1")]),
    )
    results = [block.result for block in messages[0].blocks if isinstance(block, ToolCall)]
    assert [result and result.blocks for result in results] == [[Text("late")], [Text("early")]]
    assert len(messages) == 1


def test_codex_calls_and_results_join_and_state_their_exit() -> None:
    output = "Exit code: 2\nWall time: 1.5 seconds\nOutput:\nno such file"
    (message,) = read_rows(
        codex({"type": "tool-call", "callId": "c1", "name": "shell_command", "input": {"command": "cat x"}}),
        codex({"type": "tool-call-result", "callId": "c1", "output": output, "is_error": True}),
    )
    found = tool(message)
    assert found.result == ToolResult([Text("no such file")], data=output, is_error=True, exit_code=2)
    assert (found.status, found.duration_ms) == ("error", 1500)


def test_a_call_told_twice_is_one_call_by_its_last_telling() -> None:
    (message,) = read_rows(
        codex({"type": "tool-call", "callId": "c1", "name": "CodexBash", "input": {}}),
        codex({"type": "tool-call", "callId": "c1", "name": "CodexBash", "input": {"command": "ls"}}),
        codex({"type": "tool-call-result", "callId": "c1", "output": {"stdout": "a", "exit_code": 0}}),
    )
    assert (tool(message).subject, tool(message).result) == (
        "ls",
        ToolResult([Text("a")], data={"stdout": "a", "exit_code": 0}, exit_code=0),
    )


def test_a_file_that_looks_like_a_commands_output_has_no_exit_code() -> None:
    (message,) = read_rows(assistant(call("Read", {"file_path": "/log"})), turn([answer("Exit code 1\nbad")]))
    assert tool(message).result == ToolResult([Text("Exit code 1\nbad")])


def test_a_result_that_is_not_in_a_list_is_joined_too() -> None:
    (message,) = read_rows(assistant(call("Bash", {})), turn(answer("ok")))
    assert tool(message).result == ToolResult([Text("ok")])


def test_a_call_twice_in_one_record_is_one_call() -> None:
    (message,) = read_rows(assistant(call("Bash", {}), call("Bash", {})))
    assert tool(message).status == "pending"
    assert isinstance(message.source, dict)
