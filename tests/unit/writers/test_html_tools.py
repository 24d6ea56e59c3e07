"""Thinking, tool calls and sub-agents in HTML: folded, in short, or left out."""

from __future__ import annotations

import pytest

from py_export.convert import write
from py_export.errors import TooDeep
from py_export.model import (
    Message,
    Session,
    Step,
    SubAgent,
    Text,
    Thinking,
    ToolCall,
    ToolResult,
)
from tests.unit.writers.html_tree import counts, find, headings, one, parsed, talk, text, written


def test_thinking_and_tools_are_folded() -> None:
    call = ToolCall(name="Bash", subject="ls", input={"command": "ls"}, status="completed", duration_ms=1200)
    tree = parsed(written(talk(Thinking("**Hm.**\nso"), call)))
    thinking, tool = (one(tree, "details", kind) for kind in ("thinking", "tool"))
    assert text(find(thinking, "summary")[0]).startswith("Thinking Hm.")
    assert "".join(find(tool, "summary")[0].itertext()) == "Bash ls completed, 1.2\u00a0s"
    assert thinking.get("open") is tool.get("open") is None


def test_tools_in_short_are_a_line_each() -> None:
    call = ToolCall(
        name="Bash", subject="false", input="x", status="error", result=ToolResult([Text("no\nmore")], exit_code=1)
    )
    tree = parsed(written(talk(call), tools="summary"))
    assert "".join(one(tree, "p", "tool").itertext()) == "Bash false failed, exit code 1: no"
    assert find(tree, "details", "tool") == []


def test_tools_that_are_left_out_are_counted() -> None:
    call = ToolCall(name="Bash", subject="ls", messages=[Message(id="x", role="user", blocks=[Text("y")])])
    session = talk(call)
    assert "Bash" not in written(session, tools="none")
    assert counts(session, tools="none") == {"tool_left_out": 1, "sub_agent_left_out": 1}


def test_the_steps_of_a_plan_stand_below_its_call() -> None:
    call = ToolCall(name="Plan", kind="plan", steps=[Step("a", "completed"), Step("b", "in_progress"), Step("c")])
    tree = parsed(written(talk(call)))
    assert ["".join(each.itertext()) for each in find(one(tree, "ul", "steps"), "li")] == ["✓ a", "▸ b", "○ c"]


def test_a_sub_agent_stands_inside_the_call_that_started_it() -> None:
    inner = ToolCall(
        name="Task", description="deeper", messages=[Message(id="z", role="assistant", blocks=[Text("z")])]
    )
    outer = ToolCall(
        name="Task", description="look", messages=[Message(id="y", role="assistant", blocks=[Text("y"), inner])]
    )
    tree = parsed(written(talk(outer), tools="summary"))
    threads = find(tree, "section", "thread")
    assert len(threads) == 2
    assert threads[1] in list(threads[0].iter())
    assert headings(tree)[-4:] == [
        (5, "Sub-agent: look"),
        (6, "Assistant"),
        (6, "Sub-agent: deeper"),
        (6, "Assistant"),
    ]


def test_a_sub_agent_whose_call_is_unknown_is_marked() -> None:
    assert "Sub-agent, its call unknown" in written(talk(Text("x"), sub_agent=SubAgent("1")))


def test_sub_agents_beyond_any_real_session_are_refused() -> None:
    message = Message(id="m", role="user", blocks=[Text("deepest")])
    for _ in range(400):
        message = Message(id="m", role="assistant", blocks=[ToolCall(name="Task", messages=[message])])
    with pytest.raises(TooDeep):
        written(Session(id="s", messages=[message]))


def test_fifty_sub_agents_below_each_other_are_not() -> None:
    message = Message(id="m", role="user", blocks=[Text("deepest")])
    for _ in range(50):
        message = Message(id="m", role="assistant", blocks=[ToolCall(name="Task", messages=[message])])
    assert "deepest" in written(Session(id="s", messages=[message]))


def test_what_files_held_can_be_left_out() -> None:
    call = ToolCall(
        name="Write", kind="write", paths=["a.py"], subject="a.py", input={"content": "x\ny"}, status="completed"
    )
    session = talk(call)
    assert "<pre" in written(session)
    assert "<pre" not in written(session, file_contents=False)
    assert counts(session, file_contents=False) == {"file_contents_left_out": 1}


def test_a_long_sub_agent_leaves_in_many_chunks() -> None:
    inner = [Message(id="m", role="assistant", blocks=[Text("x" * 1000)]) for _ in range(1000)]
    session = talk(ToolCall(name="Task", messages=inner))
    assert max(len(chunk) for chunk in write(session, "html")) < 100_000
