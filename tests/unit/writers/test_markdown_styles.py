"""Every style of Markdown: its own headings, all, in order, none forged; its texts; its options."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from py_export import Notices, filename
from py_export.convert import write
from py_export.model import (
    Block,
    Message,
    Session,
    SubAgent,
    Text,
    Thinking,
    ToolCall,
    ToolResult,
    Usage,
)
from py_export.options import MarkdownOptions, json_schema, parse
from py_export.times import rfc3339
from py_export.writers import find_writer
from tests.unit.commonmark_spec import examples
from tests.unit.headings import by_commonmark, by_markdown_it
from tests.unit.nasty import TEXTS
from tests.unit.sessions import SESSIONS
from tests.unit.writers.style_headings import expected, own

Parser = Callable[[str], list[tuple[int, str]]]

STYLES = ("sidepanel", "trace", "cursor")


def _written(session: Session, style: str, notices: Notices | None = None, **options: Any) -> str:  # noqa: ANN401
    return b"".join(write(session, options={"style": style, **options}, notices=notices)).decode()


def _said(*texts: str, role: Any = "user") -> Session:  # noqa: ANN401 - a role
    messages = [Message(id="m", role=role, blocks=[Text(text)]) for text in texts]
    return Session(id="s", title="The Title", messages=messages)


@settings(max_examples=40)
@given(SESSIONS, st.sampled_from([by_markdown_it, by_commonmark]))
@pytest.mark.parametrize("style", STYLES)
def test_a_parser_finds_the_documents_own_headings_all_in_order_and_none_forged(
    style: str, session: Session, parser: Parser
) -> None:
    document = _written(session, style)
    assert own(style, session, parser(document)) == expected(style, session)


@pytest.mark.parametrize("parser", [by_markdown_it, by_commonmark])
@pytest.mark.parametrize("style", STYLES)
def test_the_specifications_examples_in_a_row_leave_every_heading_in_place(style: str, parser: Parser) -> None:
    texts = list(examples())
    notices = Notices()
    session = _said(*texts)
    document = _written(session, style, notices)
    assert own(style, session, parser(document)) == expected(style, session)
    touched = sum(text not in document for text in texts)
    assert touched <= sum(notice.count for notice in notices if notice.code == "text_guarded") < 60


@settings(max_examples=60)
@given(st.lists(TEXTS, max_size=4))
@pytest.mark.parametrize("style", STYLES)
def test_every_text_is_found_whole_but_for_the_touches_in_the_notice(style: str, texts: list[str]) -> None:
    notices = Notices()
    document = _written(_said(*texts), style, notices)
    touched = [text for text in texts if text.strip() and text not in document]
    assert len(touched) <= sum(notice.count for notice in notices if notice.code == "text_guarded")


@pytest.mark.parametrize("style", STYLES)
@settings(max_examples=10)
@given(SESSIONS)
def test_the_front_matter_is_yaml_in_every_style(style: str, session: Session) -> None:
    document = _written(session, style, front_matter=True)
    loaded = yaml.safe_load(document[4 : document.index("\n---\n", 4)])
    assert loaded["sessionId"] == session.id
    assert loaded.get("traceVersion") == (1 if style == "trace" else None)


@pytest.mark.parametrize(
    ("style", "heading"),
    [
        ("sidepanel", "## Conversation"),
        ("sidepanel", "## Metrics"),
        ("sidepanel", "## Summary"),
        ("sidepanel", "## Files Modified"),
        ("sidepanel", "### User"),
        ("sidepanel", "### 2025-01-15T12:30:00Z - User"),
        ("sidepanel", "### 12:30 - Assistant (1 → 2 tokens, $0.002)"),
        ("sidepanel", "### &#50;025 - *User*"),
        ("sidepanel", "#### Sub-agent: x"),
        ("sidepanel", "##### Tool"),
        ("sidepanel", "###### 2025-01-15T12:30:00Z - Assistant"),
        ("trace", "## User"),
        ("trace", "### Thinking"),
        ("trace", "### Text"),
        ("trace", "### Tool: Bash"),
        ("trace", "### Sub-agent: x"),
        ("trace", "#### Assistant"),
        ("trace", "##### Attachment"),
        ("trace", "###### Tool: x"),
        ("cursor", "## Messages"),
        ("cursor", "# Session s"),
    ],
)
def test_no_heading_that_a_style_can_make_is_forged(style: str, heading: str) -> None:
    assert f"\\{heading}" in _written(_said(heading), style)


@pytest.mark.parametrize(
    ("style", "heading"),
    [
        ("sidepanel", "### User stories"),
        ("sidepanel", "### Notes - User guide"),
        ("sidepanel", "## User"),
        ("sidepanel", "# Conversation"),
        ("trace", "## Thinking"),
        ("trace", "### User"),
        ("trace", "### Toolbox"),
        ("cursor", "## User"),
        ("cursor", "### Messages"),
    ],
)
def test_a_heading_that_a_style_cannot_make_stays(style: str, heading: str) -> None:
    document = _written(_said(heading), style)
    assert f"\n{heading}\n" in document


@pytest.mark.parametrize(
    ("style", "label"),
    [("sidepanel", "**Tools Used:**"), ("cursor", "**user:** x"), ("cursor", "**assistant (sub-agent):** x")],
)
def test_no_words_in_bold_that_a_style_can_write_are_forged(style: str, label: str) -> None:
    assert f"\n\\{label}" in _written(_said(f"x\n\n{label}\n\ny"), style)


def test_cursors_text_follows_its_label_where_it_begins_with_a_paragraph() -> None:
    texts = [
        "plain",
        "```py\nx\n```",
        "- a",
        "# h",
        "a\n===",
        "[a]: /b",
        "> q",
        "    code",
        "| a |\n|---|",
        "1. x",
        "*a*",
    ]
    document = _written(_said(*texts), "cursor")
    follow = [text for text in texts if f"**user:** {text}\n" in document]
    below = [text for text in texts if f"**user:**\n\n{text}\n" in document]
    assert follow == ["plain", "*a*"]
    assert sorted(follow + below) == sorted(texts)


def _call(**fields: Any) -> ToolCall:  # noqa: ANN401 - of the call
    return ToolCall(id="c", name="Bash", kind="shell", subject="ls", input={"command": "ls"}, **fields)


def test_the_sidepanel_lists_the_tools_of_each_stretch_under_one_label() -> None:
    blocks: list[Block] = [_call(duration_ms=1234, status="completed"), _call(status="error"), Text("so"), _call()]
    document = _written(Session(id="s", messages=[Message(id="m", role="assistant", blocks=blocks)]), "sidepanel")
    assert document.count("**Tools Used:**") == 2
    assert (
        "**Tools Used:**\n- `Bash`: ls (1,234ms)\n- `Bash`: ls (failed)\n\nso\n\n**Tools Used:**\n- `Bash`: ls (no"
        in document
    )


def test_the_sidepanel_says_which_files_were_modified_and_never_makes_up_why() -> None:
    edits = [
        ToolCall(name="Edit", kind="edit", paths=["a.py"], status="completed", description="Fix it"),
        ToolCall(name="Edit", kind="edit", paths=["a.py", "b.py"], status="completed"),
        ToolCall(name="Edit", kind="edit", paths=["c.py"], status="error"),
        ToolCall(name="Read", kind="read", paths=["d.py"], status="completed"),
    ]
    document = _written(Session(id="s", messages=[Message(id="m", role="assistant", blocks=[*edits])]), "sidepanel")
    assert "## Files Modified\n\n- `a.py` - Fix it\n- `b.py`\n\n## Metrics" in document


def test_a_summary_stands_where_the_source_has_one_and_is_guarded() -> None:
    session = _said("x")
    assert "## Summary" not in _written(session, "sidepanel")
    session.metadata = {"summary": "Done.\n\n## Metrics"}
    assert "## Summary\n\nDone.\n\n\\## Metrics\n\n## Conversation" in _written(session, "sidepanel")
    session.metadata = {"metadata": {"summary": {"text": "The Title"}}}
    assert "## Summary" not in _written(session, "sidepanel")


def test_figures_that_several_messages_repeat_are_printed_once() -> None:
    parts = [Message(id=f"m{n}", role="assistant", api_id="a", usage=Usage(5, 7), blocks=[Text("x")]) for n in range(3)]
    document = _written(Session(id="s", messages=parts), "sidepanel")
    assert document.count("5 → 7 tokens") == 1
    assert "**Total Tokens:** 12 (5 in / 7 out)" in document


def _everything() -> Session:
    call = ToolCall(
        id="c", name="Write", kind="write", subject="a.py", paths=["a.py"], status="completed", duration_ms=3,
        input={"file_path": "a.py", "content": "SECRET"}, result=ToolResult([Text("RESULT")]),
    )  # fmt: skip
    blocks: list[Block] = [Thinking("HMM"), Text("SAID"), call]
    message = Message(id="m", role="assistant", created_at=0, usage=Usage(11, 13, cost_usd=0.017), blocks=blocks)
    return Session(id="s", messages=[message], created_at=0)


SIGNS = {
    "messages": "SAID",
    "timestamps": "1970-01-01",
    "token_counts": "11 → 13",
    "cost": "$0.017",
    "thinking": "HMM",
    "file_contents": "SECRET",
}


@pytest.mark.parametrize("option", SIGNS)
@pytest.mark.parametrize("style", ["hapi", *STYLES])
def test_every_option_is_real_in_every_style(style: str, option: str) -> None:
    chosen: dict[str, Any] = dict.fromkeys(SIGNS, True) | {"tools": "full", "front_matter": False}
    assert SIGNS[option] in _written(_everything(), style, **chosen)
    assert SIGNS[option] not in _written(_everything(), style, **chosen | {option: False})


@pytest.mark.parametrize(
    ("tools", "shown"), [("none", ()), ("summary", ("Write", "a.py")), ("full", ("Write", "a.py", "SECRET", "RESULT"))]
)
@pytest.mark.parametrize("style", ["hapi", *STYLES])
def test_tools_are_left_out_in_short_or_in_full(style: str, tools: str, shown: tuple[str, ...]) -> None:
    document = _written(_everything(), style, tools=tools).partition("## Files Modified")[0]
    assert tuple(word for word in ("Write", "a.py", "SECRET", "RESULT") if word in document) == shown


def test_what_is_not_said_is_as_the_style_has_it_and_what_is_said_counts() -> None:
    assert parse(MarkdownOptions, {}).tools == "summary"
    assert parse(MarkdownOptions, {"style": "trace"}).tools == "full"
    assert parse(MarkdownOptions, {"style": "trace", "tools": "none"}).tools == "none"
    assert not parse(MarkdownOptions, {"style": "cursor"}).front_matter
    branches = json_schema(MarkdownOptions)["allOf"]
    trace = next(each for each in branches if each["if"]["properties"]["style"]["const"] == "trace")
    assert trace["then"]["properties"]["tools"] == {"default": "full"}


@pytest.mark.parametrize(
    ("style", "name"),
    [
        ("hapi", "debug-auth-sess-abc-2025-01-15.md"),
        ("sidepanel", "debug-auth-20250115.md"),
        ("trace", "debug-auth-sess-abc-2025-01-15.md"),
        ("cursor", "session_sess_abc123.md"),
    ],
)
def test_files_are_named_as_each_specification_has_it(style: str, name: str) -> None:
    at = 1_736_944_200_000
    session = Session(id="sess_abc123", title="Debug Auth", created_at=at, exported_at=at)
    assert filename(session, find_writer("markdown"), parse(MarkdownOptions, {"style": style})) == name


def test_an_orphan_of_a_sub_agent_is_marked_in_every_style() -> None:
    session = _said("x", role="assistant")
    session.messages[0].sub_agent = SubAgent()
    for style in ("sidepanel", "trace"):
        assert "Sub-agent, its call unknown_" in _written(session, style)
    assert "**assistant (sub-agent):** x" in _written(session, "cursor")


def test_times_are_iso_in_every_style_and_locale() -> None:
    session = _said("x")
    session.messages[0].created_at = 1_736_944_200_000
    stated = rfc3339(1_736_944_200_000, "Asia/Shanghai")
    assert f"### {stated} - 用户\n" in _written(session, "sidepanel", locale="zh-CN", timezone="Asia/Shanghai")
    assert f"**用户\uff1a** ({stated}) x" in _written(session, "cursor", locale="zh-CN", timezone="Asia/Shanghai")
