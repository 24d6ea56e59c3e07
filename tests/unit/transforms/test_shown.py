"""What options show of a session, and what is counted as left out."""

from __future__ import annotations

import copy
from typing import Any

from hypothesis import given, settings

from py_export.model import Block, Message, Permission, Session, Text, Thinking, ToolCall, ToolResult, Usage
from py_export.notices import Notices
from py_export.options import JsonlOptions, SessionOptions, parse
from py_export.transforms.measure import carriers
from py_export.transforms.shown import Shown, duration
from tests.unit.sessions import SESSIONS


def _message() -> Message:
    below = Message(id="b", role="assistant", created_at=3, blocks=[Text("below"), Thinking("deep")])
    call = ToolCall(
        id="c",
        name="Task",
        input={"a": 1},
        result=ToolResult([Text("r")]),
        permission=Permission("approved"),
        started_at=1,
        ended_at=5,
        messages=[below],
    )
    blocks: list[Block] = [Thinking("hm"), Text("said"), call, Thinking(" ")]
    return Message(id="m", role="assistant", created_at=2, usage=Usage(1, 2, cost_usd=3.0), blocks=blocks, source={})


def _shown(**options: Any) -> tuple[Message, dict[str, int]]:  # noqa: ANN401 - options
    notices = Notices()
    message = Shown(parse(SessionOptions, options), notices).message(_message(), "messages[0]")
    return message, {notice.code: notice.count for notice in notices}


def _kinds(message: Message) -> list[str]:
    return [block.type for block in message.blocks]


def _call(message: Message) -> ToolCall:
    return next(block for block in message.blocks if isinstance(block, ToolCall))


def test_everything_is_shown_but_the_record_that_it_came_from() -> None:
    message, codes = _shown(tools="full")
    whole = _message()
    whole.source = None
    _call(whole).duration_ms = 4
    assert message == whole
    assert codes == {}


def test_what_is_left_out_is_counted_below_calls_too() -> None:
    message, codes = _shown(thinking=False, messages=False)
    assert _kinds(message) == ["tool_call"]
    assert _call(message).messages[0].blocks == []
    assert codes == {"thinking_left_out": 2, "content_left_out": 2}  # blank thinking is nothing


def test_without_tools_their_sub_agents_go_too() -> None:
    message, codes = _shown(tools="none")
    assert _kinds(message) == ["thinking", "text", "thinking"]
    assert codes == {"tool_left_out": 1, "sub_agent_left_out": 1}


def test_in_short_a_call_says_what_it_did_and_how_long_it_took() -> None:
    call = _call(_shown(tools="summary")[0])
    assert (call.input, call.result, call.permission, call.duration_ms) == (None, None, None, 4)


def test_without_times_a_duration_stays() -> None:
    message, _ = _shown(timestamps=False)
    call = _call(message)
    assert (message.created_at, call.started_at, call.ended_at, call.duration_ms) == (None, None, None, 4)
    assert call.messages[0].created_at is None


def test_tokens_and_cost_go_one_by_one() -> None:
    assert _shown(token_counts=False)[0].usage == Usage(cost_usd=3.0)
    assert _shown(cost=False)[0].usage == Usage(1, 2)
    assert _shown(cost=False, token_counts=False)[0].usage is None
    assert Shown(parse(JsonlOptions, {}), Notices()).usage(Usage(1, 2)) is None


def test_figures_that_are_repeated_are_the_last_ones() -> None:
    messages = [Message(id=str(n), role="assistant", api_id="a" if n else None, usage=Usage(n)) for n in range(3)]
    shown = Shown(parse(SessionOptions, {}), Notices(), carriers(messages))
    assert [shown.spent(one) for one in messages] == [Usage(0), None, Usage(2)]


def test_a_duration_is_never_negative() -> None:
    assert duration(ToolCall(started_at=5, ended_at=1)) == 0
    assert duration(ToolCall(started_at=5)) is None
    assert duration(ToolCall(started_at=5, ended_at=9, duration_ms=1)) == 1


@settings(max_examples=20)
@given(SESSIONS)
def test_a_session_is_not_changed_by_being_shown(session: Session) -> None:
    before = copy.deepcopy(session)
    chosen = {"messages": False, "thinking": False, "file_contents": False, "timestamps": False}
    shown = Shown(parse(SessionOptions, chosen), Notices())
    for message in session.messages:
        shown.message(message, "")
    assert session == before
