"""Codex's records: what is said twice is read once, tools have their structured ends, the last total is right."""

from __future__ import annotations

import json
from typing import Any

import pytest

from py_export import Notices, Session
from py_export.model import Event, Image, Json, Thinking, ToolCall, Unknown, Usage
from tests.unit.readers.transcripts import event, item, meta, one, rollout, spoken, tokens, told

FIND = {"server": "s", "tool": "t", "arguments": {"query": "q"}}


def _calls(session: Session) -> list[ToolCall]:
    return [block for message in session.messages for block in message.blocks if isinstance(block, ToolCall)]


def _thoughts(session: Session) -> list[str]:
    return [block.text for message in session.messages for block in message.blocks if isinstance(block, Thinking)]


def _typed(text: str) -> dict[str, Any]:
    return event("user_message", message=text, images=[])


def _shown_item(text: str) -> dict[str, Any]:
    return event("item_completed", item={"type": "UserMessage", "content": [{"type": "text", "text": text}]})


@pytest.mark.parametrize(
    "records",
    [
        [spoken("user", "go"), _typed("go")],
        [_typed("go"), spoken("user", "go")],
        [spoken("user", "go"), _shown_item("go"), _typed("go")],
        [spoken("user", "<environment_context>x</environment_context>"), _typed("go")],
        [spoken("user", "go")],
        [_shown_item("go")],
    ],
)
def test_what_the_user_said_is_said_once(records: list[Any]) -> None:
    session = one(meta(), *records)
    assert told(session) == [("user", "go")]
    assert session.title == "go"


def test_the_same_words_in_two_turns_are_said_twice() -> None:
    records = [
        spoken("user", "go on"),
        _typed("go on"),
        event("agent_message", message="ok"),
        spoken("assistant", "ok"),
    ]
    assert told(one(meta(), *records, *records)) == [("user", "go on"), ("assistant", "ok")] * 2


def test_what_the_application_says_in_the_users_name_is_hidden() -> None:
    texts = ("# AGENTS.md instructions for /w", "<environment_context>x</environment_context>")
    notices = Notices()
    session = one(
        meta(base_instructions={"text": "You are Codex."}),
        spoken("developer", "<permissions instructions>"),
        spoken("user", *texts),
        spoken("user", "A warning that no tag marks"),
        _typed("go"),
        notices=notices,
    )
    assert told(session) == [("user", "go")]
    assert [message.role for message in session.messages] == ["system", "system", "user", "user", "user"]
    assert [(notice.code, notice.count) for notice in notices] == [("hidden_messages", 4)]


def test_reasoning_is_thought_once_whichever_way_it_is_split() -> None:
    parts = [{"type": "summary_text", "text": text} for text in ("**A**", "**B**")]
    session = one(
        meta(),
        _typed("go"),
        event("agent_reasoning", text="**A**"),
        event("agent_reasoning", text="**B**"),
        item("reasoning", summary=parts, content=None, encrypted_content="gAAA"),
        item("reasoning", summary=[], content=None, encrypted_content="gBBB"),
        event("agent_reasoning", text="**C**"),
    )
    assert _thoughts(session) == ["**A**\n\n**B**", "**C**"]
    assert sum(len(one.source) if isinstance(one.source, list) else 1 for one in session.messages) == 7


@pytest.mark.parametrize(
    ("output", "text", "code"),
    [
        (json.dumps({"output": "a\n", "metadata": {"exit_code": 0, "duration_seconds": 0.1}}), "a\n", 0),
        ("Exit code: 2\nWall time: 0.5 seconds\nOutput:\nno", "no", 2),
        (
            "Chunk ID: x\nWall time: 0.1 seconds\nProcess exited with code 1\nOriginal token count: 2\nOutput:\na",
            "a",
            1,
        ),
        ([{"type": "input_text", "text": "a"}], "a", None),
        ({"content": "a", "success": False}, "a", None),
    ],
)
def test_a_call_has_its_output_in_every_shape(output: Json, text: str, code: int | None) -> None:
    call = item("function_call", name="exec_command", arguments='{"cmd": "ls -l"}', call_id="c")
    (found,) = _calls(one(meta(), call, item("function_call_output", call_id="c", output=output)))
    assert found.result is not None
    assert [getattr(block, "text", None) for block in found.result.blocks] == [text]
    assert (found.kind, found.subject, found.result.exit_code) == ("shell", "ls -l", code)
    assert found.status == ("error" if code or isinstance(output, dict) else "completed")


def test_the_screens_end_of_a_call_is_its_structured_twin() -> None:
    changes = {"/w/a": {"type": "update", "unified_diff": "@@", "move_path": None}}
    session = one(
        meta(),
        item("custom_tool_call", name="apply_patch", input="*** Begin Patch\n*** Update File: a\n", call_id="c"),
        event("patch_apply_end", call_id="c", stdout="Success", stderr="", success=True, changes=changes),
        item("custom_tool_call_output", call_id="c", output='{"output": "Success", "metadata": {"exit_code": 0}}'),
    )
    (call,) = _calls(session)
    assert call.result is not None
    assert call.result.data["changes"] == changes
    assert [getattr(block, "text", None) for block in call.result.blocks] == ["Success"]
    assert (call.kind, call.paths, call.status) == ("edit", ["a"], "completed")


@pytest.mark.parametrize(
    ("end", "name", "subject", "status"),
    [
        (
            event("exec_command_end", call_id="c", command=["bash", "-lc", "ls"], aggregated_output="x", exit_code=1),
            "shell",
            "ls",
            "error",
        ),
        (
            event("patch_apply_end", call_id="c", success=True, stdout="x", changes={"/w/a": {}}),
            "apply_patch",
            "/w/a",
            "completed",
        ),
        (
            event("mcp_tool_call_end", call_id="c", invocation=FIND, result={"Ok": {"content": [{"text": "x"}]}}),
            "mcp__s__t",
            "q",
            "completed",
        ),
    ],
)
def test_an_end_without_a_call_is_the_call(end: Json, name: str, subject: str, status: str) -> None:
    (call,) = _calls(one(meta(), _typed("go"), end))
    assert (call.name, call.subject, call.status) == (name, subject, status)
    assert call.result is not None
    assert [getattr(block, "text", None) for block in call.result.blocks] == ["x"]


def test_a_search_is_one_call_that_needs_no_result() -> None:
    action = {"type": "search", "query": "rules"}
    records = [
        event("web_search_end", call_id="w", query="rules"),
        item("web_search_call", id="w", status="completed", action=action),
    ]
    (call,) = _calls(one(meta(), *records))
    assert (call.kind, call.subject, call.status) == ("web", "rules", "completed")


def test_the_session_has_the_counters_last_total_and_each_answer_its_own_reading() -> None:
    session = one(
        meta(),
        rollout("turn_context", model="gpt-x", cwd="/w"),
        _typed("go"),
        spoken("assistant", "one"),
        tokens((100, 40, 10), (100, 40, 10)),
        tokens((100, 40, 10), (100, 40, 10)),
        event("token_count", info=None),
        spoken("assistant", "two"),
        tokens((300, 140, 15), (200, 100, 5)),
    )
    assert session.usage == Usage(input_tokens=160, output_tokens=15, cache_read_tokens=140)
    answers = [message for message in session.messages if message.role == "assistant"]
    assert [one.usage and one.usage.output_tokens for one in answers] == [10, 5]
    assert {one.model for one in answers} == {"gpt-x"}
    assert session.model == "gpt-x"


def test_a_counter_that_began_anew_adds_to_what_was() -> None:
    session = one(meta(), spoken("assistant", "a"), tokens((100, 0, 10), (100, 0, 10)), tokens((30, 0, 3), (30, 0, 3)))
    assert session.usage == Usage(input_tokens=130, output_tokens=13, cache_read_tokens=0)


def test_turns_that_were_taken_back_are_a_branch() -> None:
    session = one(
        meta(),
        _typed("a"),
        spoken("assistant", "b"),
        _typed("c"),
        spoken("assistant", "d"),
        event("thread_rolled_back", num_turns=1),
        _typed("e"),
    )
    parents = {message.id: message.parent_id for message in session.messages}
    assert parents["record-7"] == "record-3"
    assert parents["record-4"] == "record-3"
    assert session.leaf_id == "record-7"


def test_what_happened_is_told_as_an_event() -> None:
    session = one(
        meta(),
        _typed("go"),
        event("turn_aborted", reason="interrupted"),
        rollout("compacted", message="What was said", replacement_history=[{"type": "message"}]),
        event("context_compacted"),
        event("thread_name_updated", thread_name="Named"),
        event("task_complete", last_agent_message="x"),
    )
    shown = [block for message in session.messages if not message.hidden for block in message.blocks]
    assert shown[1:] == [
        Event("turn-aborted-because", data={"reason": "interrupted"}),
        Event("compact-summary", text="What was said"),
    ]
    assert session.title == "Named"


def test_a_copy_of_another_sessions_first_record_does_not_name_the_session() -> None:
    session = one(meta("mine", forked_from_id="theirs"), meta("theirs"), spoken("user", "a"))
    assert session.id == "mine"
    assert session.metadata["forked_from_id"] == "theirs"


def test_images_travel_with_the_prompt_once() -> None:
    url = "data:image/png;base64,QUJD"
    content = [{"type": "input_image", "image_url": url}, {"type": "input_text", "text": "see"}]
    session = one(
        meta(), item("message", role="user", content=content), event("user_message", message="see", images=[url])
    )
    images = [block for message in session.messages for block in message.blocks if isinstance(block, Image)]
    assert images == [Image(media_type="image/png", size=3, data="QUJD")]


def test_records_of_no_known_kind_are_kept_and_counted() -> None:
    notices = Notices()
    records = [item("new-item", x=1), event("new-event", x=2), rollout("new-record", x=3)]
    session = one(meta(), _typed("go"), *records, notices=notices)
    unknown = [block.name for message in session.messages for block in message.blocks if isinstance(block, Unknown)]
    assert unknown == ["new-item", "new-event", "new-record"]
    assert sum(notice.count for notice in notices if notice.code == "unknown_type") == 3


def test_a_record_that_stands_there_twice_at_the_same_time_is_read_once() -> None:
    later = {**spoken("assistant", "b"), "timestamp": "2026-02-01T10:00:09.000Z"}
    notices = Notices()
    session = one(meta(), spoken("user", "a"), *[spoken("assistant", "b")] * 2, later, notices=notices)
    assert told(session) == [("user", "a"), ("assistant", "b"), ("assistant", "b")]
    assert [notice.count for notice in notices if notice.code == "duplicates_merged"] == [1]


def test_an_empty_message_is_nothing_whatever_stands_beside_it() -> None:
    empty = event("user_message", message="", client_id="cli", text_elements=[{"placeholder": "x"}])
    notices = Notices()
    session = one(meta(), spoken("user", "a"), empty, event("agent_message", message="", about="x"), notices=notices)
    assert told(session) == [("user", "a")]
    assert "unknown_type" not in notices
