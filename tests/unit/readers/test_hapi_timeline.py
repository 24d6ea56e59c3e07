"""Rows that belong together become one: calls with results, snapshots, sub-agents, turns, events."""

from __future__ import annotations

from typing import Any

import pytest

from py_export.model import (
    Code,
    Event,
    Image,
    Json,
    Message,
    Permission,
    SubAgent,
    Text,
    Thinking,
    ToolCall,
    ToolResult,
)
from py_export.notices import Notices
from py_export.schema import plain
from tests.unit.readers.hapi_payloads import (
    agent,
    answer,
    assistant,
    call,
    codes,
    codex,
    event,
    read_rows,
    system,
    turn,
    user,
)

TASK = {"description": "Look around", "prompt": "Find the moss.", "subagent_type": "scout"}


def shown(messages: list[Message]) -> list[Message]:
    return [message for message in messages if not message.hidden]


def tool(message: Message) -> ToolCall:
    (found,) = [block for block in message.blocks if isinstance(block, ToolCall)]
    return found


def said(text: str, **record: Json) -> dict[str, Any]:
    return assistant({"type": "text", "text": text}, **record)


def names(messages: list[Message]) -> list[str]:
    return [block.name for message in messages for block in message.blocks if isinstance(block, Event)]


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
    assert found.result == ToolResult([Text(output)], is_error=True, exit_code=2)
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


def test_records_of_one_api_message_are_one_message_and_count_once() -> None:
    first = {"id": "msg_1", "usage": {"input_tokens": 5, "output_tokens": 1}}
    last = {"id": "msg_1", "usage": {"input_tokens": 5, "output_tokens": 42}}
    messages = read_rows(
        assistant({"type": "thinking", "thinking": "hm"}, message=first),
        assistant(call("Bash", {}, "t1"), message=first),
        turn([answer("ok", "t1")]),
        event({"type": "ready"}),
        assistant({"type": "text", "text": "done"}, message=last),
        said("next", message={"id": "msg_2"}),
    )
    one, two = shown(messages)
    assert [block.type for block in one.blocks] == ["thinking", "tool_call", "text"]
    assert one.usage is not None
    assert one.usage.output_tokens == 42
    assert two.blocks == [Text("next")]


def test_snapshots_of_a_stream_are_one_text_and_what_they_dropped_is_hidden() -> None:
    messages = read_rows(
        codex({"type": "reasoning", "message": "Let", "id": "s"}),
        codex({"type": "message", "message": "Hel", "id": "s"}),
        codex({"type": "reasoning", "message": "Let me", "id": "s"}),
        codex({"type": "message", "message": "Hello", "id": "s"}),
        codex({"type": "message", "message": "Hello", "id": "s"}),
        codex({"type": "message", "message": "Good day", "id": "s"}),
    )
    assert [(message.hidden, message.blocks) for message in messages] == [
        (False, [Thinking("Let me")]),
        (True, [Text("Hello")]),
        (False, [Text("Good day")]),
    ]


def test_the_same_words_after_the_user_spoke_are_an_answer_of_their_own() -> None:
    answer_again = codex({"type": "message", "message": "Yes.", "id": "s"})
    messages = read_rows(answer_again, user("sure?"), answer_again)
    assert [message.role for message in messages] == ["assistant", "user", "assistant"]


def test_a_turns_end_closes_the_message_before_it() -> None:
    done = system("turn_duration", durationMs=1500)
    messages = read_rows(said("a"), event({"type": "ready"}), done, user("b"), done)
    assert [message.role for message in shown(messages)] == ["assistant", "user", "event"]
    assert messages[0].blocks == [Text("a"), Event("turn-duration", data={"durationMs": 1500})]


def test_retries_fold_to_the_last_and_the_others_are_hidden() -> None:
    retries = [system("api_error", retryAttempt=number, maxRetries=3) for number in (1, 2, 3)]
    messages = read_rows(*retries, said("a"), retries[0])
    assert [message.hidden for message in messages] == [True, True, False, False, False]


def test_an_event_that_repeats_the_one_before_is_hidden() -> None:
    switch = event({"type": "switch", "mode": "local"})
    messages = read_rows(switch, switch, event({"type": "switch", "mode": "remote"}), switch)
    assert [message.hidden for message in messages] == [False, True, False, False]


def test_naming_the_session_is_an_event_unless_it_failed() -> None:
    rename = call("mcp__hapi__change_title", {"title": "Moss"})
    messages = read_rows(assistant(rename), turn([answer("Titled.")]))
    assert [(message.role, message.blocks) for message in messages] == [
        ("event", [Event("title-changed-to", data={"title": "Moss"})]),
    ]
    assert tool(read_rows(assistant(rename), turn([answer("no", is_error=True)]))[0]).status == "error"


def test_a_command_and_what_it_printed_are_one() -> None:
    messages = read_rows(
        user("<command-name>/cost</command-name>", sentFrom="cli"),
        user("<local-command-stdout>Little.</local-command-stdout>", sentFrom="cli"),
        said("No response requested."),
        user("<command-name>/cost</command-name>", sentFrom="cli"),
    )
    assert [(message.hidden, len(message.blocks)) for message in messages] == [(False, 2), (True, 1), (False, 1)]
    assert messages[0].blocks == [Event("command", data={"command": "/cost"}), Code("Little.")]


def test_the_empty_answer_is_hidden_after_an_injected_turn_only() -> None:
    reply = said("No response requested.")
    assert read_rows(turn("<system-reminder>x</system-reminder>"), reply)[1].hidden
    assert not read_rows(user("Do not answer."), reply)[1].hidden


def test_a_sub_agent_stands_below_the_call_that_names_it() -> None:
    notices = Notices()
    messages = read_rows(
        assistant(call("Task", TASK)),
        turn("Find the moss.", isSidechain=True, parentToolUseId="t1"),
        assistant(call("Grep", {"pattern": "moss"}, "t2"), isSidechain=True, parentToolUseId="t1", agentId="a7"),
        turn([answer("3 hits", "t2")], isSidechain=True, parentToolUseId="t1"),
        said("There.", isSidechain=True, parentToolUseId="t1"),
        turn([answer("There.", "t1")]),
        notices=notices,
    )
    (message,) = messages
    inner = tool(message).messages
    assert (tool(message).kind, tool(message).subject) == ("task", "Look around")
    assert [(one.role, one.hidden, [block.type for block in one.blocks]) for one in inner] == [
        ("user", True, ["text"]),
        ("assistant", False, ["tool_call"]),
        ("assistant", False, ["text"]),
    ]
    assert inner[1].sub_agent == SubAgent("a7", "t1")
    assert codes(notices) == {"hidden_messages": 1}


def test_a_sub_agent_is_found_by_its_prompt_and_by_those_it_follows() -> None:
    (message,) = read_rows(
        assistant(call("Task", TASK), call("Agent", TASK | {"prompt": "Find ferns."}, "t2")),
        turn("Find ferns.", isSidechain=True, uuid="u1"),
        turn("Find the moss.", isSidechain=True, uuid="v1"),
        said("ferns", isSidechain=True, uuid="u2", parentUuid="u1"),
        said("moss", isSidechain=True, uuid="v2", parentUuid="v1"),
        said("more moss", isSidechain=True, parentUuid="v2"),
    )
    below = [
        [block.text for one in shown(block.messages) for block in one.blocks if isinstance(block, Text)]
        for block in message.blocks
        if isinstance(block, ToolCall)
    ]
    assert below == [["moss", "more moss"], ["ferns"]]


def test_a_sub_agent_that_follows_the_task_itself_or_is_named_by_its_result_is_found() -> None:
    followed = read_rows(assistant(call("Task", TASK), uuid="u0"), said("x", isSidechain=True, parentUuid="u0"))
    named = read_rows(
        assistant(call("Task", TASK)),
        said("x", isSidechain=True, agentId="a7"),
        turn([answer("x")], toolUseResult={"agentId": "a7"}),
    )
    for messages in (followed, named):
        assert len(messages) == 1
        assert tool(messages[0]).messages[0].blocks == [Text("x")]


def test_a_sub_agent_without_a_call_stays_in_place_marked() -> None:
    notices = Notices()
    messages = read_rows(user("a"), said("b", isSidechain=True), said("c"), notices=notices)
    assert [message.sub_agent for message in messages] == [None, SubAgent(), None]
    assert codes(notices) == {"sub_agent_unlinked": 1}


def test_a_transcripts_copy_of_a_prompt_is_hidden_and_a_persons_words_are_not() -> None:
    messages = read_rows(
        user("Find the moss."),
        turn([{"type": "text", "text": "Find the moss."}]),
        assistant(call("Task", TASK)),
        turn([{"type": "text", "text": "Find the moss."}]),
    )
    assert [message.hidden for message in messages] == [False, False, False]
    assert [message.hidden for message in tool(messages[2]).messages] == [True]


def test_a_sub_agent_inside_itself_is_kept_where_it_is() -> None:
    messages = read_rows(
        assistant(call("Task", TASK, "t1"), parentToolUseId="t2"),
        assistant(call("Task", TASK, "t2"), parentToolUseId="t1"),
        assistant(call("Task", TASK, "t3"), parentToolUseId="t3"),
    )
    assert len(messages) == 2
    assert plain(messages)


@pytest.mark.parametrize("backwards", [False, True])
def test_sub_agents_of_sub_agents_nest_only_so_deep(backwards: bool) -> None:  # noqa: FBT001
    rows = [
        assistant(call("Task", TASK, f"t{n}"), **({"parentToolUseId": f"t{n - 1}"} if n else {})) for n in range(500)
    ]
    messages = read_rows(*(reversed(rows) if backwards else rows))
    assert plain(messages)
    found, waiting = 0, list(messages)
    while waiting:
        found += 1
        waiting += tool(waiting.pop()).messages
    assert found == 500


def test_text_and_result_of_a_sub_agents_turn_are_both_kept() -> None:
    (message,) = read_rows(
        assistant(call("Task", TASK), call("Read", {"file_path": "/a"}, "t2")),
        turn([{"type": "text", "text": "also"}, answer("ok", "t2")], isSidechain=True, parentToolUseId="t1"),
    )
    task, read = (block for block in message.blocks if isinstance(block, ToolCall))
    assert task.messages[0].blocks == [Text("also")]
    assert read.result == ToolResult([Text("ok")])


def test_a_counter_adds_what_it_grew_by() -> None:
    def counter(total: int, last: int | None = None) -> dict[str, Any]:
        info = {"total_token_usage": {"input_tokens": total, "cached_input_tokens": 10, "output_tokens": 1}}
        if last is not None:
            info["last_token_usage"] = {"input_tokens": last, "output_tokens": 1}
        return codex({"type": "token_count", "info": info})

    messages = read_rows(counter(500, 100), counter(500, 100), counter(750), counter(30, 20))
    assert [message.usage and message.usage.input_tokens for message in messages] == [100, None, 250, 20]


def test_bare_text_stays_the_agents() -> None:
    assert [message.role for message in read_rows(agent("a"), "b")] == ["assistant", "assistant"]
