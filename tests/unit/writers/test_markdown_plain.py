"""The short way to a section gives what the long way gives."""

from __future__ import annotations

import pytest
from hypothesis import given, settings

from py_export import Notices, Session, write
from py_export.model import Message, SubAgent, Text, Usage
from py_export.writers.markdown_plain import Plain
from tests.unit.sessions import SESSIONS

OPTIONS: tuple[dict[str, object], ...] = (
    {},
    {"token_counts": True, "cost": True},
    {"timestamps": False, "locale": "zh-CN"},
    {"messages": False},
    {"timezone": "Asia/Kathmandu"},
)


def both(session: Session, options: dict[str, object]) -> tuple[list[bytes], list[bytes], Notices, Notices]:
    """Return the document's chunks and the notices, by the short way and by the long one."""
    short, long = Notices(), Notices()
    found = list(write(session, options=options, notices=short))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Plain, "section", lambda *_: None)
        return found, list(write(session, options=options, notices=long)), short, long


@pytest.mark.parametrize("options", OPTIONS)
@settings(max_examples=40)
@given(session=SESSIONS)
def test_both_ways_give_the_same(options: dict[str, object], session: Session) -> None:
    found, expected, short, long = both(session, options)
    assert found == expected
    assert list(short) == list(long)


def test_a_sub_agents_message_whose_call_is_unknown_is_marked_all_the_same() -> None:
    message = Message(id="m", role="assistant", sub_agent=SubAgent("a"), blocks=[Text("Hello")])
    found, expected, *_ = both(Session(id="s", messages=[message]), {})
    assert found == expected
    assert b"_" in found[-1]


def test_most_messages_take_the_short_way(monkeypatch: pytest.MonkeyPatch) -> None:
    taken: list[bool] = []
    section = Plain.section

    def noted(self: Plain, message: Message, where: str) -> str | None:
        found = section(self, message, where)
        taken.append(found is not None)
        return found

    monkeypatch.setattr(Plain, "section", noted)
    texts = ("Hello", "## User\n\nforged", "  ", "```\nopen")
    messages = [Message(id=text, role="user", created_at=1, usage=Usage(1), blocks=[Text(text)]) for text in texts]
    notices = Notices()
    document = b"".join(write(Session(id="s", messages=messages), notices=notices)).decode()
    assert taken == [True, True, False, True]
    assert "\n\\## User\n\nforged" in document
    assert document.endswith("```\nopen\n```\n")
    assert "text_guarded" in notices
