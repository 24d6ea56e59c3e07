"""Sections that are written many at once are what they are one by one."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from py_export import Notices, Session, write
from py_export.guard import Guard
from py_export.model import Block, Message, Step, SubAgent, Text, Thinking, ToolCall, ToolResult, Usage
from py_export.writers import messages_in
from py_export.writers.markdown_batch import Batches
from py_export.writers.markdown_sections import Sections
from tests.unit.nasty import TEXTS
from tests.unit.sessions import SESSIONS

OPTIONS: tuple[dict[str, object], ...] = (
    {},
    {"token_counts": True, "cost": True},
    {"timestamps": False, "locale": "zh-CN"},
    {"messages": False},
    {"timezone": "Asia/Kathmandu", "tools": "full"},
    {"thinking": False, "tools": "none"},
)
PLAIN = st.sampled_from(
    ["ls -l", "a `b`", " edge ", "two  spaces", "data:text/plain;base64,QQ==", "x" * 170, "行 1\nb", ""]
)
SAID = st.one_of(PLAIN, TEXTS)
CALLS = st.builds(
    ToolCall,
    name=st.one_of(st.just("Bash"), SAID),
    kind=st.sampled_from(["shell", "read", "plan"]),
    subject=st.one_of(st.none(), SAID),
    description=st.one_of(st.none(), SAID),
    steps=st.lists(st.builds(Step, SAID, st.sampled_from(["pending", "completed"])), max_size=2),
    input=st.one_of(
        st.none(),
        SAID,
        st.dictionaries(
            st.one_of(st.sampled_from(["path", "data", ""]), SAID),
            st.one_of(SAID, st.integers(), st.booleans(), st.none(), st.lists(SAID, max_size=2), st.just("QUJD" * 90)),
            max_size=4,
        ),
    ),
    status=st.sampled_from(["pending", "completed", "completed", "error"]),
    result=st.one_of(
        st.none(),
        st.builds(
            ToolResult, blocks=st.builds(lambda text: [Text(text)], SAID), exit_code=st.sampled_from([None, None, 0, 1])
        ),
    ),
    started_at=st.sampled_from([None, 1000]),
    ended_at=st.sampled_from([None, 0, 99_000]),
    duration_ms=st.sampled_from([None, None, 0, 12_345]),
)
BLOCKS: st.SearchStrategy[list[Block]] = st.lists(
    st.one_of(st.builds(Text, SAID), st.builds(Thinking, SAID), CALLS, CALLS), max_size=4
)
GUARD = Guard({1: ["The Title"], 2: ["User", "用户"], 4: ["User"]}, {3: ["Sub-agent: "]})


def both(session: Session, options: dict[str, object]) -> tuple[bytes, bytes, Notices, Notices]:
    """Return the document and the notices, by the short way and by the long one."""
    short, long = Notices(), Notices()
    found = b"".join(write(session, options=options, notices=short))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Sections, "_batches", lambda self, messages, _: self._one_by_one(messages))
        patch.setattr("py_export.writers.markdown_batch.Ahead.__call__", lambda self, text: self._guard(text))
        return found, b"".join(write(session, options=options, notices=long)), short, long


@pytest.mark.parametrize("options", OPTIONS)
@settings(max_examples=40)
@given(session=SESSIONS)
def test_both_ways_give_the_same(options: dict[str, object], session: Session) -> None:
    found, expected, short, long = both(session, options)
    assert found == expected
    assert list(short) == list(long)


@pytest.mark.parametrize("options", [*OPTIONS, {"file_contents": False}, {"tools": "full", "file_contents": False}])
@settings(max_examples=60)
@given(bodies=st.lists(BLOCKS, max_size=4))
@example(bodies=[[Text("- a"), Text("  b")]])
@example(bodies=[[Text("a"), ToolCall(name="Bash", subject="ls"), ToolCall(name="Bash"), Thinking("a\n\nb\n")]])
def test_both_ways_write_calls_and_thinking_the_same(options: dict[str, object], bodies: list[list[Block]]) -> None:
    messages = [Message(id=str(at), role="assistant", blocks=blocks) for at, blocks in enumerate(bodies)]
    found, expected, short, long = both(Session(id="s", messages=messages), options)
    assert found == expected
    assert list(short) == list(long)


@settings(max_examples=100)
@given(texts=st.lists(TEXTS, max_size=6))
@example(texts=["```\na", "```\nb", "c"])
@example(texts=["a\n```", "\n```\n\n```\n", "~~~\n", "```\nc\n```", "# \n"])
@example(texts=["\ud800", "## User"])
def test_both_ways_guard_the_same(texts: list[str]) -> None:
    messages = [Message(id=str(at), role="user", blocks=[Text(text)]) for at, text in enumerate(texts)]
    found, expected, short, long = both(Session(id="s", messages=messages), {})
    assert found == expected
    assert list(short) == list(long)


@settings(max_examples=300)
@given(texts=st.lists(TEXTS, max_size=6))
@example(texts=["<\u017fcript\na"])
@example(texts=["<script\u00a0a"])
@example(texts=["<script\x1ca"])
@example(texts=["## 用 户"])
@example(texts=["```\na", "```\nb"])
@example(texts=["```\na\n```", "```\nb\n```"])
def test_only_texts_that_the_guard_leaves_as_they_are_are_let_through_together(texts: list[str]) -> None:
    said = [text.encode("utf-8", "replace") for text in texts]
    doubtful = GUARD.doubtful(said)
    for at, text in enumerate(said):
        assert at in doubtful or GUARD(text.decode())[1] == 0


def test_fenced_code_and_headings_of_other_names_are_let_through_together() -> None:
    texts = [b"```py\n## User\n```\n\ntext", b"## Why\n\n- a\n- b\n\n> c", b"1. a\n   - b\n\n---\n\n| a |\n|---|\n"]
    assert GUARD.doubtful(texts) == set()
    assert GUARD.doubtful([*texts, b"## User", b"a\n---"]) == {3, 4}


def test_a_sub_agents_message_whose_call_is_unknown_is_marked_all_the_same() -> None:
    message = Message(id="m", role="assistant", sub_agent=SubAgent("a"), blocks=[Text("Hello")])
    found, expected, *_ = both(Session(id="s", messages=[message]), {})
    assert found == expected
    assert b"_" in found.splitlines()[-3]


def test_most_messages_take_the_short_way(monkeypatch: pytest.MonkeyPatch) -> None:
    long: list[str] = []
    section, pieces = Sections._section, Batches._in_pieces

    def noted(self: Sections, message: Message, level: int, where: str) -> Iterator[str]:
        long.append(f"{message.id}, its section")
        return section(self, message, level, where)

    def noted_too(self: Batches, message: Message, number: int) -> list[bytes]:
        long.append(message.id)
        return pieces(self, message, number)

    monkeypatch.setattr(Sections, "_section", noted)
    monkeypatch.setattr(Batches, "_in_pieces", noted_too)
    call = ToolCall(name="Bash", subject="ls", input={"command": "ls"}, result=ToolResult(blocks=[Text("a")]))
    said: list[Block] = [Thinking("Hm."), Text("I look."), call, call]
    answer = Session(id="s", messages=[Message(id="m", role="assistant", blocks=said)])
    for tools in ("summary", "full"):
        list(write(answer, options={"tools": tools}))
        assert long == []
    texts = ("Hello", "## User\n\nforged", "  ", "```\nclosed\n```") * 20 + ("```\nopen",)
    messages = [Message(id=text, role="user", created_at=1, usage=Usage(1), blocks=[Text(text)]) for text in texts]
    notices = Notices()
    chunks = list(write(Session(id="s", messages=messages), notices=notices))
    assert long == ["## User\n\nforged", "  "] * 20 + ["```\nopen"]
    assert sum(map(messages_in, chunks[2:])) == len(messages)
    document = b"".join(chunks).decode()
    assert document.count("\n\\## User\n\nforged") == 20
    assert document.endswith("```\nopen\n```\n")
    assert "text_guarded" in notices
