"""Codex's other forms: the flat one of 2025, what ``codex exec --json`` prints, sub-agents' rollouts."""

from __future__ import annotations

import json

import pytest

import py_export
from py_export import Session
from py_export.errors import NotRecognised
from py_export.model import ToolCall, Usage
from tests.unit.readers.transcripts import event, item, lines, meta, one, said, spoken, tokens, told


def _calls(session: Session) -> list[ToolCall]:
    return [block for message in session.messages for block in message.blocks if isinstance(block, ToolCall)]


def test_the_flat_form_of_2025_is_read() -> None:
    session = one(
        {"id": "flat", "timestamp": "2025-05-07T17:24:21.500Z", "instructions": "Be kind"},
        {"record_type": "state"},
        {"type": "message", "role": "user", "content": [{"type": "input_text", "text": "go"}]},
        {"type": "function_call", "name": "shell", "arguments": '{"command": ["ls"]}', "call_id": "c"},
        {"type": "function_call_output", "call_id": "c", "output": '{"output": "a", "metadata": {"exit_code": 0}}'},
        {"type": "message", "role": "assistant", "content": [{"type": "output_text", "text": "done"}]},
    )
    assert told(session) == [("user", "go"), ("assistant", "done")]
    assert (session.id, session.created_at, len(_calls(session))) == ("flat", 1746638661500, 1)


def test_what_exec_prints_is_read_and_an_item_is_told_by_its_last_line() -> None:
    run = {
        "id": "item_0",
        "type": "command_execution",
        "command": "ls",
        "aggregated_output": "",
        "status": "in_progress",
    }
    session = one(
        {"type": "thread.started", "thread_id": "t"},
        {"type": "turn.started"},
        {"type": "item.started", "item": run},
        {"type": "item.completed", "item": run | {"aggregated_output": "a", "exit_code": 0, "status": "completed"}},
        {"type": "item.completed", "item": {"id": "item_1", "type": "agent_message", "text": "done"}},
        {"type": "turn.completed", "usage": {"input_tokens": 20, "cached_input_tokens": 15, "output_tokens": 8}},
    )
    (call,) = _calls(session)
    assert (call.name, call.subject, call.status) == ("shell", "ls", "completed")
    assert told(session) == [("assistant", "done")]
    assert (session.id, session.usage) == ("t", Usage(input_tokens=5, cache_read_tokens=15, output_tokens=8))


CHILD = "0199aaaa-0000-7000-8000-000000000009"


def _spawned() -> dict[str, bytes]:
    parent = "0199aaaa-0000-7000-8000-000000000001"
    call = item(
        "function_call", name="spawn_agent", namespace="collaboration", arguments='{"message": "Count"}', call_id="s"
    )
    output = item("function_call_output", call_id="s", output=json.dumps({"agent_id": CHILD}))
    source = {"subagent": {"thread_spawn": {"parent_thread_id": parent, "depth": 1}}}
    child = [
        meta(CHILD) | {"payload": {"id": CHILD, "source": source}},
        spoken("user", "Count"),
        spoken("assistant", "3"),
    ]
    return {
        "rollout-a.jsonl": lines(
            meta(parent), event("user_message", message="go"), call, output, tokens((10, 0, 1), (10, 0, 1))
        ),
        "rollout-b.jsonl": lines(*child, tokens((5, 0, 2), (5, 0, 2))),
    }


def test_a_sub_agents_rollout_stands_below_the_call_that_started_it() -> None:
    files = _spawned()
    (from_folder,) = py_export.read(files=files)
    (beside,) = py_export.read(files.pop("rollout-a.jsonl"), files=files)
    for session in (from_folder, beside):
        (call,) = _calls(session)
        assert said(call.messages) == [("assistant", "3")]
        assert session.usage == Usage(input_tokens=15, output_tokens=3, cache_read_tokens=0)


def test_a_rollout_in_which_nobody_speaks_is_no_session() -> None:
    with pytest.raises(NotRecognised):
        py_export.read(lines(meta(), event("task_started")))
