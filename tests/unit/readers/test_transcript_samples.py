"""Real transcripts that agents wrote: what is read of them against counts taken from the records themselves."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

import py_export
from py_export import Session
from py_export.model import Text, Thinking, ToolCall
from py_export.transforms.measure import walk

CLAUDE = ("edits.jsonl", "inline-subagents-small.jsonl", "v2.jsonl", "loglines.json")
FIGURES = ("input_tokens", "output_tokens", "cache_read_input_tokens", "cache_creation_input_tokens")


def _read(path: Path) -> tuple[list[dict[str, Any]], Session]:
    data = path.read_bytes()
    records = (
        json.loads(data)["loglines"]
        if path.suffix == ".json"
        else list(map(json.loads, filter(None, data.split(b"\n"))))
    )
    (session,) = py_export.read(data)
    return records, session


def _blocks(records: list[dict[str, Any]], kind: str, who: str) -> list[dict[str, Any]]:
    contents = [record["message"]["content"] for record in records if record["type"] == who]
    return [block for content in contents if isinstance(content, list) for block in content if block["type"] == kind]


@pytest.mark.parametrize("name", CLAUDE)
def test_claude_codes_real_sessions_add_up(samples: Path, name: str) -> None:
    records, session = _read(samples / "claude-code" / name)
    messages = list(walk(session.messages))
    calls = [block for message in messages for block in message.blocks if isinstance(block, ToolCall)]
    results = {block["tool_use_id"]: block["content"] for block in _blocks(records, "tool_result", "user")}
    assert {call.id for call in calls} == {block["id"] for block in _blocks(records, "tool_use", "assistant")}
    assert {call.id for call in calls if call.result is not None} == results.keys()
    for call in calls:
        content = results[call.id or ""]
        if isinstance(content, str) and content and call.result is not None:
            assert [block.text for block in call.result.blocks if isinstance(block, Text)] == [content]
    texts = [
        block.text
        for message in messages
        if message.role == "assistant"
        for block in message.blocks
        if isinstance(block, Text)
    ]
    assert texts == [block["text"] for block in _blocks(records, "text", "assistant")]
    thoughts = [block.text for message in messages for block in message.blocks if isinstance(block, Thinking)]
    assert thoughts == [block["thinking"] for block in _blocks(records, "thinking", "assistant")]
    usages = {
        (record["message"]["id"], record.get("requestId")): record["message"]["usage"]
        for record in records
        if record["type"] == "assistant" and "usage" in record["message"]
    }
    totals = [sum(usage.get(figure) or 0 for usage in usages.values()) for figure in FIGURES]
    usage = session.usage
    assert totals == (
        [0] * 4
        if usage is None
        else [usage.input_tokens, usage.output_tokens, usage.cache_read_tokens, usage.cache_write_tokens]
    )
    sources = [
        one
        for message in messages
        for one in (message.source if isinstance(message.source, list) else [message.source])
    ]
    assert len(sources) == len(records)


def test_sub_agents_in_a_real_session_stand_below_their_calls(samples: Path) -> None:
    records, session = _read(samples / "claude-code" / "edits.jsonl")
    calls = [block for message in session.messages for block in message.blocks if isinstance(block, ToolCall)]
    below = [
        one
        for call in calls
        for message in call.messages
        for one in (message.source if isinstance(message.source, list) else [message.source])
    ]
    assert len(below) == sum(record["isSidechain"] for record in records)
    assert not any(message.sub_agent for message in session.messages)


def test_a_real_rollout_adds_up(samples: Path) -> None:
    records, session = _read(samples / "codex" / "v0.66.jsonl")
    payloads = [record["payload"] for record in records]
    kinds = [payload.get("type") for payload in payloads]
    shown = [message for message in session.messages if not message.hidden]
    typed = [
        block.text for message in shown if message.role == "user" for block in message.blocks if isinstance(block, Text)
    ]
    assert typed == [payload["message"] for payload in payloads if payload.get("type") == "user_message"]
    said = [
        block.text
        for message in shown
        if message.role == "assistant"
        for block in message.blocks
        if isinstance(block, Text)
    ]
    assert said == [payload["message"] for payload in payloads if payload.get("type") == "agent_message"]
    thoughts = [block.text for message in shown for block in message.blocks if isinstance(block, Thinking)]
    assert thoughts == [payload["text"] for payload in payloads if payload.get("type") == "agent_reasoning"]
    calls = [block for message in shown for block in message.blocks if isinstance(block, ToolCall)]
    assert len(calls) == kinds.count("function_call") + kinds.count("custom_tool_call")
    assert all(call.result is not None for call in calls)
    total = [
        payload["info"]["total_token_usage"]
        for payload in payloads
        if payload.get("type") == "token_count" and payload["info"]
    ][-1]
    usage = session.usage
    assert usage is not None
    assert (usage.input_tokens, usage.cache_read_tokens) == (
        total["input_tokens"] - total["cached_input_tokens"],
        total["cached_input_tokens"],
    )
    assert (usage.output_tokens, usage.reasoning_tokens) == (total["output_tokens"], total["reasoning_output_tokens"])
    answers = [message.usage for message in shown if message.usage is not None]
    assert sum(one.output_tokens or 0 for one in answers) == usage.output_tokens
