"""The Markdown writer: its headings, its texts, its options and its notices."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from py_export.convert import write
from py_export.guard import fold
from py_export.markdown import one_line
from py_export.model import Block, File, Image, Message, Session, SubAgent, Text, Thinking, ToolCall
from py_export.notices import Notices
from tests.unit.commonmark_spec import examples
from tests.unit.headings import by_commonmark, by_markdown_it
from tests.unit.nasty import TEXTS
from tests.unit.sessions import SESSIONS

LABELS = {"user": "User", "assistant": "Assistant", "system": "System", "tool": "Tool", "event": "Event"}


def _written(session: Session, notices: Notices | None = None, **options: Any) -> str:  # noqa: ANN401 - options
    return b"".join(write(session, options=options, notices=notices)).decode()


def _said(*texts: str, role: Any = "user") -> Session:  # noqa: ANN401 - a role
    messages = [Message(id="m", role=role, blocks=[Text(text)]) for text in texts]
    return Session(id="s", title="The Title", messages=messages)


def _counts(notices: Notices) -> dict[str, int]:
    return {notice.code: notice.count for notice in notices}


def _printable(blocks: list[Block], tools: str) -> bool:
    """Return whether any of the blocks has something to show, said anew from what the writer promises."""
    return any(
        tools != "none" if isinstance(block, ToolCall)
        else bool(block.text.strip()) if isinstance(block, Text | Thinking)
        else True
        for block in blocks
    )  # fmt: skip


def _expected(messages: list[Message], tools: str, level: int = 2) -> Iterator[tuple[int, str]]:
    for message in messages:
        if message.hidden:
            continue
        calls = [] if tools == "none" else [block for block in message.blocks if isinstance(block, ToolCall)]
        threads: list[tuple[int, str]] = []
        for call in calls:
            below = list(_expected(call.messages, tools, level + 2))
            threads += [(min(level + 1, 6), "Sub-agent:"), *below] if below else []
        if threads or _printable(message.blocks, tools):
            yield min(level, 6), LABELS[message.role]
            yield from threads


def _own(headings: list[tuple[int, str]], title: str) -> list[tuple[int, str]]:
    """Return the headings that read as the document's own; of a sub-agent's only that it is one."""
    found = []
    for level, text in headings:
        name = fold(text)
        if level in (3, 5, 6) and name.startswith("Sub-agent:"):
            found.append((level, "Sub-agent:"))
        elif (level, name) in [(1, fold(title)), (2, "Notes"), (3, "Note")] or (
            level % 2 == 0 and name in LABELS.values()
        ):
            found.append((level, name))
    return found


@settings(max_examples=100)
@given(SESSIONS, st.sampled_from(["none", "summary", "full"]), st.sampled_from([by_markdown_it, by_commonmark]))
def test_a_parser_finds_the_documents_own_headings_all_in_order_and_none_forged(
    session: Session, tools: str, parser: Callable[[str], list[tuple[int, str]]]
) -> None:
    title = one_line(session.title or "") or "Untitled session"
    document = _written(session, tools=tools)
    notes = [(2, "Notes"), *[(3, "Note")] * len(session.notes)] if session.notes else []
    expected = [(1, fold(title)), *notes, *_expected(session.messages, tools)]
    assert _own(parser(document), title) == expected


@pytest.mark.parametrize("parser", [by_markdown_it, by_commonmark])
def test_the_specifications_examples_in_a_row_leave_every_heading_in_place(
    parser: Callable[[str], list[tuple[int, str]]],
) -> None:
    texts = list(examples())
    notices = Notices()
    document = _written(_said(*texts), notices)
    assert _own(parser(document), "The Title") == [(1, "The Title"), *[(2, "User")] * len(texts)]
    touched = sum(f"\n\n{text}\n" not in document for text in texts)
    assert touched <= _counts(notices)["text_guarded"] < 60


@given(st.lists(TEXTS, max_size=5))
def test_every_text_is_found_whole_but_for_the_touches_in_the_notice(texts: list[str]) -> None:
    notices = Notices()
    document = _written(_said(*texts), notices)
    touched = [text for text in texts if text.strip() and f"\n\n{text}\n" not in document]
    assert len(touched) <= _counts(notices).get("text_guarded", 0)


@settings(max_examples=30)
@given(SESSIONS)
def test_the_front_matter_is_yaml_for_any_session(session: Session) -> None:
    document = _written(session)
    loaded = yaml.safe_load(document[4 : document.index("\n---\n", 4)])
    assert loaded["sessionId"] == session.id
    assert session.title is None or loaded["title"] == session.title
    assert loaded["messageCount"] == sum(not message.hidden for message in session.messages)


@settings(max_examples=30)
@given(SESSIONS)
def test_the_same_session_gives_the_same_document(session: Session) -> None:
    assert _written(session) == _written(session)


@settings(max_examples=30)
@given(SESSIONS)
def test_a_document_ends_with_one_line_end_and_has_no_base64(session: Session) -> None:
    document = _written(session, tools="full")
    assert document.endswith("\n")
    assert "QUJD" * 200 not in document


@given(st.text(min_size=1))
def test_the_heading_reads_as_the_title(title: str) -> None:
    heading = by_markdown_it(_written(Session(id="s", title=title), front_matter=False))[0]
    assert heading == (1, one_line(title) or "Untitled session")


def test_consecutive_messages_of_one_role_have_sections_of_their_own() -> None:
    assert by_markdown_it(_written(_said("a", "b"), front_matter=False)) == [(1, "The Title"), (2, "User"), (2, "User")]


def test_the_documents_words_are_english_unless_asked_for() -> None:
    document = _written(_said("a"), locale="zh-CN", front_matter=False)
    assert by_markdown_it(document)[1:] == [(2, "用户")]
    forged = _said("## 用户\n\n## User")
    assert "\\## 用户\n\n## User" in _written(forged, locale="zh-CN")
    assert "## 用户\n\n\\## User" in _written(forged)


@pytest.mark.parametrize(
    "heading",
    [
        *("# The Title", "## User", "## Tool", "## Notes", "### Note", "### Sub-agent: x", "#### Event"),
        *("##### Sub-agent: y", "###### Assistant", "###### Sub-agent: z"),
    ],
)
def test_no_heading_that_the_document_can_make_is_forged(heading: str) -> None:
    assert f"\n\n\\{heading}\n" in _written(_said(heading))


@pytest.mark.parametrize(
    "heading", ["# User", "## The Title", "### User", "## Sub-agent: x", "##### User", "#### Note"]
)
def test_a_heading_that_the_document_cannot_make_stays(heading: str) -> None:
    assert f"\n\n{heading}\n" in _written(_said(heading))


def test_an_indented_text_after_a_list_does_not_become_part_of_it() -> None:
    session = _said("")
    session.messages[0].blocks = [Text("- a"), Text("   ```\n## User\nb\n```")]
    assert by_markdown_it(_written(session)) == [(1, "The Title"), (2, "User")]
    assert "- a\n\n<!-- -->\n\n   ```" in _written(session)


def test_a_blank_text_and_a_message_without_blocks_print_no_section() -> None:
    session = _said("", " \n")
    session.messages.append(Message(id="m", role="assistant", created_at=1))
    assert _written(session).endswith("\n\nThis session holds no messages.\n")


def test_a_hidden_message_is_counted_and_not_shown() -> None:
    session = _said("seen", "unseen")
    session.messages[1].hidden = True
    notices = Notices()
    assert "unseen" not in _written(session, notices)
    assert _counts(notices) == {"hidden_messages": 1}


def test_thinking_is_quoted_on_every_line() -> None:
    session = _said("")
    session.messages[0].blocks = [Thinking("one\n\n```\r\n## User\rtwo")]
    document = _written(session)
    assert "> **Thinking**\n>\n> one\n>\n> ```\r\n> ## User\r> two\n" in document


def test_thinking_that_is_not_asked_for_is_counted() -> None:
    session = _said("")
    session.messages[0].blocks = [Thinking("hm"), Text("yes")]
    notices = Notices()
    assert "hm" not in _written(session, notices, thinking=False)
    assert _counts(notices) == {"thinking_left_out": 1}


def test_attachments_have_name_type_and_size_and_no_bytes() -> None:
    session = _said("see")
    session.messages[0].blocks += [
        File(name="a_b.txt", media_type="text/plain", size=1),
        File(path="/home/ada/x y.bin", data="QUJDRA=="),
        Image(name="p.png", media_type="image/png", data="QUJD"),
        Image(url="https://example.org/i.png"),
        File(name="pasted.md", text="# pasted\n```\n"),
    ]
    notices = Notices()
    document = _written(session, notices)
    assert "> - Attachment: a_b.txt (text/plain, 1 byte)\n" in document
    assert "> - Attachment: /home/ada/x y.bin (4 bytes)\n" in document
    assert "> - Image: p.png (image/png, 3 bytes)\n" in document
    assert "> - Image: unnamed <https://example.org/i.png>\n" in document
    assert "> - Attachment: pasted.md\n\n````\n# pasted\n```\n````\n" in document
    assert _counts(notices) == {"file_left_out": 1, "image_left_out": 1}


def test_times_print_in_the_zone_asked_for() -> None:
    session = _said("a")
    session.messages[0].created_at = 0
    assert "_Time: 1970-01-01T00:00:00.000Z_" in _written(session)
    assert "_Time: 1970-01-01T09:00:00.000+09:00_" in _written(session, timezone="Asia/Tokyo")


def test_a_sub_agents_message_whose_call_is_unknown_is_marked() -> None:
    session = _said("a")
    session.messages[0].sub_agent = SubAgent("x")
    assert "## User\n\n_Sub-agent, its call unknown_\n\na\n" in _written(session)


def test_nesting_deeper_than_headings_go_stays_at_the_sixth_level() -> None:
    message = Message(id="m", role="user", blocks=[Text("deepest")])
    for _ in range(40):
        call = ToolCall(id=None, name="Task", messages=[message])
        message = Message(id="m", role="assistant", blocks=[call])
    headings = by_markdown_it(_written(Session(id="s", title="t", messages=[message])))
    assert headings[:6] == [
        (1, "t"),
        (2, "Assistant"),
        (3, "Sub-agent: Task"),
        (4, "Assistant"),
        (5, "Sub-agent: Task"),
        (6, "Assistant"),
    ]
    assert {level for level, _ in headings[6:]} == {6}
    assert len(headings) == 82
