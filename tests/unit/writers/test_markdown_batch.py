"""Sections that are written many at once are what they are one by one."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from py_export import Notices, Session, write
from py_export.guard import Guard
from py_export.model import Message, SubAgent, Text, Usage
from py_export.writers import messages_in
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
    section = Sections._section

    def noted(self: Sections, message: Message, level: int, where: str) -> Iterator[str]:
        long.append(message.id)
        return section(self, message, level, where)

    monkeypatch.setattr(Sections, "_section", noted)
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
