"""Every kind of row that a hub sends, and what it becomes."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from py_export.model import Block, Json, Text, ToolCall, ToolResult, Usage
from py_export.notices import Notices
from py_export.readers import hapi_rows
from py_export.schema import plain
from tests.unit.readers.hapi_payloads import (
    agent,
    answer,
    assistant,
    codes,
    event,
    output,
    read_rows,
    row,
    system,
    turn,
    user,
)

TABLE = Path(__file__).parents[2] / "golden" / "hapi" / "variants.jsonl"
"""One variant per line: its number in the hub's table and a name, a content, the messages that it becomes."""

VARIANTS = [json.loads(line) for line in TABLE.read_text(encoding="utf-8").splitlines()]
NAMES = [variant["variant"] for variant in VARIANTS]


@pytest.mark.parametrize("variant", VARIANTS, ids=NAMES)
def test_a_row_becomes(variant: dict[str, Any]) -> None:
    found = []
    for message in read_rows(variant["content"]):
        hidden = {"hidden": True} if message.hidden else {}
        blocks = plain([_undated(block) for block in message.blocks])
        found.append({"role": message.role, **hidden, "blocks": blocks})
    assert found == variant["messages"]


def _undated(block: Block) -> Block:
    if isinstance(block, ToolCall):
        block.started_at = block.ended_at = block.duration_ms = None
    return block


def test_the_table_has_every_variant_that_stands_alone() -> None:
    numbers = {name.split()[0] for name in NAMES}
    joined = {
        13,
        14,
        15,
        18,
        21,
        38,
    }  # results and sub-agents: they need a second row, and stand in the timeline's tests
    assert {str(number) for number in range(1, 51) if number not in joined} <= numbers


@pytest.mark.parametrize("variant", VARIANTS, ids=NAMES)
def test_a_message_keeps_its_record_whole(variant: dict[str, Any]) -> None:
    for message in read_rows(variant["content"]):
        assert message.source["content"] == variant["content"]


def test_an_unknown_kind_is_reported_by_its_name() -> None:
    notices = Notices()
    read_rows(agent({"type": "mystery"}), agent({"type": "my own words, not a name"}), {}, notices=notices)
    assert [(notice.code, notice.params["type"], notice.where) for notice in notices] == [
        ("unknown_type", "mystery", "messages[0]"),
        ("unknown_type", "object", "messages[1]"),
    ]


HIDDEN = [
    (user("queued"), {"invokedAt": None}, False),
    (user("sent"), {"invokedAt": 5}, True),
    (user("sent before there was a queue"), {}, True),
    ({"message": user("queued")}, {"invokedAt": None}, False),
    (agent("not queued"), {"invokedAt": None}, True),
    (turn("x", isMeta=True), {}, False),
    (turn("x", isMeta=[]), {}, False),
    (turn("x", isMeta=0), {}, True),
    (assistant({"type": "text", "text": "x"}, isCompactSummary={}), {}, False),
    (system("away_summary", content=""), {}, True),
    (system("stop_hook_summary"), {}, False),
    (output({"type": "system", "subtype": ["api_error"]}), {}, False),
    (event({"type": "message", "message": "Goal limited by usage\u00a0· 3"}), {}, False),
    (event({"type": "message", "message": "Goal paused"}), {}, False),
    (event({"type": "message", "message": "Goal paused, sorry"}), {}, True),
    (event({"type": "ready"}), {}, True),
    (None, {}, True),
    ({"foo": 1}, {}, True),
]


@pytest.mark.parametrize(("content", "members", "shown"), HIDDEN)
def test_what_the_hub_leaves_out_is_told_apart(content: Json, members: dict[str, Any], shown: bool) -> None:  # noqa: FBT001
    draft, visible = hapi_rows.decode(row(content, **members), 0, Notices())
    assert visible is shown
    assert shown or draft.message.hidden


def test_usage_keeps_what_is_known_and_nothing_else() -> None:
    usage = {
        "input_tokens": 1,
        "cache_read_input_tokens": 7,
        "output_tokens": "two",
        "cache_creation_input_tokens": True,
    }
    (message,) = read_rows(assistant({"type": "text", "text": "a"}, message={"model": "m", "usage": usage}))
    assert (message.model, message.usage) == ("m", Usage(input_tokens=1, cache_read_tokens=7))


def test_a_message_made_by_the_console_names_no_model() -> None:
    (message,) = read_rows(assistant({"type": "text", "text": "a"}, message={"model": "<synthetic>"}))
    assert message.model is None


def test_a_time_that_is_none_is_left_out_and_reported() -> None:
    for value, wanted in [
        (1.5e12, 1_500_000_000_000),
        ("1500", None),
        (True, None),
        (1.5, None),
        (8.64e15, 8_640_000_000_000_000),
        (10**18, None),
    ]:
        notices = Notices()
        draft, _ = hapi_rows.decode(row("a", createdAt=value), 3, notices)
        assert draft.message.created_at == wanted
        assert codes(notices) == ({} if wanted else {"time_unreadable": 1})


def test_a_row_may_be_anything() -> None:
    things: list[Json] = [None, 7, "text", [], {}, {"id": 5}, {"role": "user", "content": "bare"}]
    for thing in things:
        draft, visible = hapi_rows.decode(thing, 3, Notices())
        assert visible
        assert draft.sources == [thing]
    assert hapi_rows.decode({"role": "user", "content": "bare"}, 0, Notices())[0].message.role == "user"
    assert hapi_rows.decode({"id": 5}, 0, Notices())[0].message.id == "5"
    assert hapi_rows.decode({}, 3, Notices())[0].message.id == "message-4"


def test_answers_without_a_call_are_calls_of_their_own() -> None:
    notices = Notices()
    (message,) = read_rows(turn([answer("ok", "gone")]), notices=notices)
    assert (message.role, message.blocks) == (
        "assistant",
        [
            ToolCall(
                "gone",
                "unknown",
                status="completed",
                result=ToolResult([Text("ok")]),
                ended_at=message.created_at,
            ),
        ],
    )
    assert codes(notices) == {"tool_result_without_call": 1}
