"""The turns of a report are those of any document."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from py_export import Notices, Session
from py_export.model import Event, Message, SubAgent, Text
from py_export.options import HtmlOptions, parse
from py_export.transforms.shown import Shown
from py_export.writers.html_turns import Turns
from py_export.writers.sheet import Sheet
from py_export.writers.turns import count_left_out, turns
from tests.unit.sessions import SESSIONS

COMMAND = Event("command", data={"command": "/init"})
SHORT = st.builds(
    Message,
    id=st.just("a"),
    role=st.sampled_from(["user", "assistant", "event"]),
    blocks=st.lists(st.sampled_from([COMMAND, Event("compact"), Text("Said"), Text(" ")]), max_size=2),
    hidden=st.sampled_from([False, False, True]),
    sub_agent=st.sampled_from([None, None, SubAgent("a")]),
)
TALKS = st.builds(Session, id=st.just("s"), messages=st.lists(SHORT, max_size=8))


@pytest.mark.parametrize("options", [{}, {"messages": False}, {"thinking": False, "tools": "none"}])
@settings(max_examples=80)
@given(session=SESSIONS | TALKS)
def test_both_ways_give_the_same(options: dict[str, object], session: Session) -> None:
    heard, expected = Notices(), Notices()
    chosen = parse(HtmlOptions, options)
    found = Turns(session.messages, Sheet(chosen, heard, Shown(chosen, heard)))
    page = Sheet(chosen, expected, Shown(chosen, expected))
    known = list(turns(session.messages, page))
    assert list(found) == known
    assert list(found.questions()) == [one.question for one in known]
    assert found.last() is (known[-1].messages[-1][1] if known else None)
    found.count_left_out()
    count_left_out(session.messages, page)
    assert list(heard) == list(expected)


def said(role: str, *blocks: Event | Text) -> Message:
    return Message(id=role, role=role, blocks=list(blocks))  # type: ignore[arg-type]  # mypy takes it for any text


def begun(*messages: Message) -> list[list[str]]:
    chosen = parse(HtmlOptions, {})
    found = Turns(list(messages), Sheet(chosen, Notices(), Shown(chosen, Notices())))
    return [[message.role for _, message in turn.messages] for turn in found]


def test_a_command_that_a_model_answers_opens_a_turn() -> None:
    question, command, answer = said("user", Text("Hello")), said("event", COMMAND), said("assistant", Text("Yes"))
    output = said("event", Event("output", "Model set"))
    assert begun(question, answer, command, answer) == [["user", "assistant"], ["event", "assistant"]]
    assert begun(question, answer, command, output, answer) == [["user", "assistant", "event", "event", "assistant"]]
    assert begun(question, answer, command, question, answer) == [["user", "assistant", "event"], ["user", "assistant"]]
    assert begun(question, command, answer) == [["user", "event", "assistant"]]
