"""Figures: what was spent step by step, by model, and on which tools."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from py_export.model import Message, ToolCall, Usage
from py_export.transforms import figures, measure


def message(api: str | None = None, *, model: str | None = None, at: int | None = None, **usage: float) -> Message:
    return Message(id="m", role="assistant", api_id=api, model=model, created_at=at, usage=Usage(**usage))  # type: ignore[arg-type]


def test_an_api_message_counts_once_by_its_last_record() -> None:
    found = figures.spent([message("1", output_tokens=1), message("2", output_tokens=5), message("1", output_tokens=9)])
    assert [(one.first, one.usage.output_tokens) for one in found] == [(1, 9), (2, 5)]


def test_messages_without_an_api_id_count_by_themselves() -> None:
    assert len(figures.spent([message(output_tokens=1), message(output_tokens=1)])) == 2


def test_steps_are_as_many_as_asked_for_at_most_and_lose_nothing() -> None:
    found = figures.spent([message(at=at, output_tokens=at) for at in range(100)])
    steps = figures.steps(found, 36)
    assert len(steps) == 34
    assert [(one.first, one.last, one.since, one.until) for one in steps[:2]] == [(1, 3, 0, 2), (4, 6, 3, 5)]
    assert sum(one.usage.output_tokens or 0 for one in steps) == sum(range(100))
    assert figures.steps([], 36) == []


COUNTS = st.one_of(st.none(), st.integers(0, 10**6))
MESSAGES = st.lists(
    st.builds(
        Message,
        id=st.just("m"),
        role=st.just("assistant"),
        api_id=st.sampled_from([None, "1", "2", "3"]),
        usage=st.one_of(st.none(), st.builds(Usage, COUNTS, COUNTS, COUNTS, COUNTS, COUNTS)),
    ),
    max_size=12,
)


@given(MESSAGES, MESSAGES, st.integers(1, 5))
def test_the_steps_add_up_to_the_sessions_usage(messages: list[Message], inner: list[Message], most: int) -> None:
    if messages:
        messages[0].blocks = [ToolCall(name="Task", messages=inner)]
    total = Usage()
    for one in figures.steps(figures.spent(messages), most):
        measure.add(total, one.usage)
    assert (None if total == Usage() else total) == measure.usage(messages)


def test_what_is_unknown_stays_unknown() -> None:
    [one] = figures.models(figures.spent([message(cost_usd=0.5), message(cost_usd=0.25)]))
    assert one.usage == Usage(cost_usd=0.75)
    assert figures.tokens(one.usage) is None


def test_the_model_that_took_most_comes_first() -> None:
    found = figures.models(
        figures.spent(
            [message(model="a", output_tokens=1), message(model="b", input_tokens=5), message(output_tokens=1)]
        )
    )
    assert [(one.name, one.answers) for one in found] == [("b", 1), (None, 1), ("a", 1)]


@pytest.mark.parametrize("status", ["error", "denied", "cancelled"])
def test_tools_are_counted_those_of_sub_agents_too(status: str) -> None:
    inner = Message(id="i", role="assistant", blocks=[ToolCall(name="Read"), ToolCall(name="Read", status=status)])  # type: ignore[arg-type]
    calls = [ToolCall(name="Task", messages=[inner]), ToolCall(name="Bash")]
    hidden = Message(id="h", role="assistant", hidden=True, blocks=[ToolCall(name="Bash")])
    found = figures.tools([Message(id="m", role="assistant", blocks=[*calls]), hidden])
    assert [(tool.name, tool.calls, tool.failed) for tool in found] == [("Read", 2, 1), ("Bash", 1, 0), ("Task", 1, 0)]
