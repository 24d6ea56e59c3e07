"""A session's figures: each thing once, sub-agents included, unknown left unknown."""

from __future__ import annotations

from typing import Any

from py_export.model import Counts, Message, SubAgent, Text, ToolCall, Usage
from py_export.transforms import measure


def message(*blocks: Any, **members: Any) -> Message:  # noqa: ANN401
    return Message(**{"id": "m", "role": "assistant", "blocks": list(blocks)} | members)


def test_an_api_message_counts_once_by_its_last_record_wherever_it_lies() -> None:
    inner = message(usage=Usage(input_tokens=100), api_id="b", sub_agent=SubAgent(None, "t"))
    messages = [
        message(usage=Usage(1, 2), api_id="a"),
        message(ToolCall("t", "Task", messages=[inner]), usage=Usage(1, 40), api_id="a"),
        message(usage=Usage(cost_usd=0.5), hidden=True),
        message(usage=Usage(cost_usd=0.25)),
    ]
    assert measure.usage(messages) == Usage(input_tokens=101, output_tokens=40, cost_usd=0.75)


def test_no_figures_are_none_and_zero_is_zero() -> None:
    assert measure.usage([message()]) is None
    assert measure.usage([message(usage=Usage(output_tokens=0))]) == Usage(output_tokens=0)


def test_files_count_once_and_only_where_the_call_did_not_fail() -> None:
    def call(kind: Any, *paths: str, status: Any = "completed") -> ToolCall:  # noqa: ANN401
        return ToolCall("t", "x", kind=kind, paths=list(paths), status=status)

    messages = [
        message(call("read", "a"), call("read", "a", "b"), call("read", "c", status="error")),
        message(call("edit", "a", "b"), call("write", "a"), call("edit", "d", status="denied"), call("shell", "e")),
        message(Text("x"), role="user"),
        message(Text("x"), role="user", hidden=True),
        message(Text("x"), role="user", sub_agent=SubAgent()),
    ]
    assert measure.counts(messages) == Counts(4, 1, 2, 7, files_read=2, files_written=2)


def test_a_session_lasts_from_its_first_to_its_last_shown_message() -> None:
    times = [30, None, 10, 50]
    messages = [message(created_at=time) for time in times] + [message(created_at=99, hidden=True)]
    assert measure.duration(messages) == 40
    assert measure.duration([message()]) is None


def test_the_model_is_the_one_that_wrote_last_sub_agents_aside() -> None:
    messages = [message(model="a"), message(model="b"), message(model="c", sub_agent=SubAgent()), message()]
    assert measure.model(messages) == "b"
    assert measure.model([]) is None
