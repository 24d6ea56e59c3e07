"""Written and read back, text, roles, times and order survive in each readable format; what does not is said."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from py_export import Notices, Session, read, write
from py_export.model import (
    Block,
    Error,
    Event,
    File,
    Image,
    Message,
    Source,
    SubAgent,
    Text,
    Thinking,
    ToolCall,
    ToolResult,
    Usage,
)
from py_export.times import DAY, LAST
from tests.unit.nasty import TEXTS
from tests.unit.sessions import SESSIONS

READABLE: dict[str, tuple[str, dict[str, Any]]] = {
    "json": ("json", {}),
    "hfs-json": ("hfs-json", {}),
    "sidepanel-json": ("sidepanel-json", {}),
    "maichat-json": ("maichat-json", {}),
    "cursor-jsonl": ("jsonl", {}),
    "trace-markdown": ("markdown", {"style": "trace"}),
}
"""By reader: the format that it reads, and its options."""

DAY_MS = DAY * 60_000
"""So much before the last time of all, a local time is one too."""

LOSSLESS = ("json", "hfs-json")

TALKS = st.lists(
    st.builds(
        Message,
        id=st.uuids().map(str),
        role=st.sampled_from(["user", "assistant", "system", "tool", "event"]),
        created_at=st.one_of(st.none(), st.integers(-LAST + DAY_MS, LAST - DAY_MS)),
        utc_offset=st.one_of(st.none(), st.integers(-DAY + 1, DAY - 1)),
        blocks=st.lists(st.builds(Text, TEXTS), min_size=1, max_size=3),
    ),
    min_size=1,
    max_size=5,
)
"""Messages that hold nothing but texts."""


def _there_and_back(session: Session, source: str) -> tuple[Session, set[str]]:
    """Return a session as it comes back, and the codes of every notice on the way."""
    to, options = READABLE[source]
    notices = Notices()
    written = b"".join(write(session, to, options=options, notices=notices))
    found = read(written, notices=notices)
    assert len(found) == 1
    return found[0], {notice.code for notice in notices}


def _said(messages: list[Message]) -> list[tuple[str, int | None, int | None, str]]:
    """Return role, time, UTC offset (of a message that has a time) and texts of each message."""
    return [
        (
            one.role,
            one.created_at,
            None if one.created_at is None else one.utc_offset,
            "\n\n".join(block.text for block in one.blocks if isinstance(block, Text) and block.text),
        )
        for one in messages
    ]


@settings(max_examples=40)
@given(TALKS)
@pytest.mark.parametrize("source", [*LOSSLESS, "sidepanel-json", "cursor-jsonl"])
def test_text_roles_times_and_order_survive(source: str, messages: list[Message]) -> None:
    found, _ = _there_and_back(Session(id="s", messages=messages), source)
    assert _said(found.messages) == _said(messages)


@settings(max_examples=100)
@given(TALKS)
def test_a_trace_keeps_them_too_but_for_blank_texts_and_the_guards_touches(messages: list[Message]) -> None:
    found, codes = _there_and_back(Session(id="s", messages=messages), "trace-markdown")
    shown = [one for one in messages if any(block.text.strip() for block in one.blocks if isinstance(block, Text))]
    assert [one[:3] for one in _said(found.messages)] == [one[:3] for one in _said(shown)]
    if "text_guarded" not in codes:
        kept = [[block for block in one.blocks if isinstance(block, Text) and block.text.strip()] for one in shown]
        assert [one.blocks for one in found.messages] == kept


@settings(max_examples=10)
@given(SESSIONS)
@pytest.mark.parametrize("source", sorted(READABLE))
def test_whatever_a_session_holds_it_is_read_back_by_its_own_reader(source: str, session: Session) -> None:
    to, options = READABLE[source]
    written = b"".join(write(session, to, options=options))
    if not session.messages and source in ("cursor-jsonl", "trace-markdown"):
        return  # an empty file says nothing of what it is
    visible = [one for one in session.messages if not one.hidden]
    if not visible and source == "cursor-jsonl":
        return
    found = read(written)[0]
    assert found.source.format in (source, session.source.format)
    if source in LOSSLESS:
        assert [one.role for one in found.messages] == [one.role for one in session.messages]
    elif source in ("sidepanel-json", "cursor-jsonl"):
        assert [one.role for one in found.messages] == [one.role for one in visible]


@settings(max_examples=20)
@given(SESSIONS)
def test_hfs_json_keeps_all_that_is_not_the_sources_own(session: Session) -> None:
    session.source.format = "claude-code"  # where a source has none, it is the reader's
    written = b"".join(write(session, "hfs-json"))
    found = read(written, "hfs-json")[0]
    assert b"".join(write(found, "hfs-json")) == written


def _rich() -> Session:
    """Return a session with one of everything that some format loses."""
    answer = Message(id="b", role="assistant", sub_agent=SubAgent("x", "c2"), blocks=[Text("below")])
    blocks: list[Block] = [
        Thinking("hm"),
        Text("said"),
        ToolCall(
            id="c1",
            name="Bash",
            kind="shell",
            subject="ls",
            input={"command": "ls"},
            status="completed",
            duration_ms=5,
            result=ToolResult([Text("a\nb")], exit_code=0),
        ),
        ToolCall(id="c2", name="Task", kind="task", input={"prompt": "look"}, messages=[answer]),
        Image(name="i.png", data="QUJD"),
        File(name="f.txt", text="inside"),
        Event("turn-ended"),
        Error("broke", "E1"),
    ]
    message = Message(
        id="a",
        role="assistant",
        created_at=1_736_944_200_000,
        model="m-1",
        usage=Usage(10, 5, 3, 2, cost_usd=0.5),
        author="Ada",
        parent_id="p",
        stars=2,
        blocks=blocks,
        source={"raw": 1},
    )
    head = Session(id="s", title="T", source=Source("app", "claude-code", "1"), model="m-1", workspace="/w", tags=["t"])
    head.messages, head.exported_at = [message, Message(id="h", role="user", hidden=True, blocks=[Text("hidden")])], 7
    return head


def _kinds(message: Message) -> list[str]:
    return [block.type for block in message.blocks]


ALL = ["thinking", "text", "tool_call", "tool_call", "image", "file", "event", "error"]


def test_what_hfs_json_loses() -> None:
    found, codes = _there_and_back(_rich(), "hfs-json")
    whole = _rich()
    whole.messages[0].source = None  # the record it came from: only the canonical JSON keeps it
    assert found.messages == whole.messages
    assert (found.id, found.title, found.source, found.workspace, found.tags) == ("s", "T", whole.source, "/w", ["t"])
    assert codes == set()


def test_what_the_sidepanels_json_loses() -> None:
    found, codes = _there_and_back(_rich(), "sidepanel-json")
    (message,) = found.messages  # hidden messages
    text, bash, task = message.blocks  # thinking; attachments, events and errors are words of the content now
    assert isinstance(text, Text)
    assert text.text.startswith("said\n\n> - ")
    assert isinstance(bash, ToolCall)
    assert isinstance(task, ToolCall)
    assert (bash.name, bash.input, bash.duration_ms, bash.result, bash.id) == ("Bash", {"command": "ls"}, 5, None, None)
    assert task.messages == []
    assert message.usage == Usage(15, 5)  # what came from a cache, and the message's own cost
    assert found.usage == Usage(15, 5, cost_usd=0.5)
    assert (message.model, message.author, message.parent_id, message.stars) == (None, None, None, None)
    assert (found.title, found.model, found.workspace, found.tags) == ("T", "m-1", None, [])
    assert codes == {"hidden_messages", "thinking_left_out", "part_left_out", "image_left_out"}


def test_what_maichats_json_loses() -> None:
    session = _rich()
    session.messages.insert(0, Message(id="q", role="user", created_at=1_736_944_100_000, utc_offset=-60))
    session.messages[0].blocks = [Text("asked"), Image(name="i.png")]
    session.messages[1].utc_offset = 120
    found, codes = _there_and_back(session, "maichat-json")
    question, answer = found.messages  # hidden messages
    assert (question.id, answer.id) == ("q", "q-answer")  # the answer's own id
    assert (answer.created_at, answer.utc_offset) == (question.created_at, -60)  # and its own time: a pair has one
    assert (question.blocks, answer.blocks) == ([Text("asked")], [Error("broke"), Text("said")])
    assert (answer.model, answer.stars, question.stars, answer.usage) == ("m-1", None, 2, None)
    assert (found.title, found.model, found.workspace, found.exported_at) == (None, "m-1", None, 7)
    assert codes == {
        *("hidden_messages", "thinking_left_out", "tool_left_out", "sub_agent_left_out", "part_left_out"),
    }


def test_what_json_lines_lose() -> None:
    found, codes = _there_and_back(_rich(), "cursor-jsonl")
    (message,) = found.messages
    assert _kinds(message) == ["text"]  # tools and thinking; the rest is words of the content now
    assert (message.usage, message.model, message.author) == (None, None, None)
    assert (found.title, found.model, found.workspace, found.exported_at) == (None, None, None, None)
    assert found.id.startswith("cursor-")
    assert codes == {
        *("hidden_messages", "thinking_left_out", "tool_left_out", "sub_agent_left_out", "image_left_out"),
    }


def test_what_a_trace_loses() -> None:
    found, codes = _there_and_back(_rich(), "trace-markdown")
    (message,) = found.messages
    assert _kinds(message) == ALL
    image, bash, task = message.blocks[4], message.blocks[2], message.blocks[3]
    assert image == Image(name="i.png")  # its bytes
    assert isinstance(bash, ToolCall)
    assert isinstance(task, ToolCall)
    assert bash.result == ToolResult([Text("a\nb")], exit_code=0)
    assert [_said([one]) for one in task.messages] == [[("assistant", None, None, "below")]]
    assert task.messages[0].sub_agent == SubAgent(call_id="c2")  # the agent's own id
    assert message.usage == Usage(15, 5, cost_usd=0.5)  # what came from a cache
    assert (message.id, message.model) == ("a", "m-1")
    assert (message.author, message.parent_id, message.stars) == (None, None, None)
    assert (found.id, found.title, found.workspace, found.tags, found.exported_at) == ("s", "T", "/w", [], 7)
    assert codes == {"hidden_messages", "image_left_out"}
