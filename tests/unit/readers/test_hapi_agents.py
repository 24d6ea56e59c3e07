"""Sub-agents' rows stand below the call that started them, or in place, marked."""

from __future__ import annotations

import pytest

from py_export.model import (
    SubAgent,
    Text,
    ToolCall,
    ToolResult,
)
from py_export.notices import Notices
from py_export.schema import plain
from tests.unit.readers.hapi_payloads import (
    answer,
    assistant,
    call,
    codes,
    read_rows,
    said,
    shown,
    tool,
    turn,
    user,
)

TASK = {"description": "Look around", "prompt": "Find the moss.", "subagent_type": "scout"}


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


def test_two_calls_with_one_prompt_get_a_sub_agent_each() -> None:
    (message,) = read_rows(
        assistant(call("Task", TASK, "t1"), call("Task", TASK, "t2")),
        turn("Find the moss.", isSidechain=True, uuid="u1"),
        turn("Find the moss.", isSidechain=True, uuid="v1"),
        said("first", isSidechain=True, parentUuid="u1"),
        said("second", isSidechain=True, parentUuid="v1"),
    )
    below = [[one.blocks for one in shown(block.messages)] for block in message.blocks if isinstance(block, ToolCall)]
    assert below == [[[Text("first")]], [[Text("second")]]]
