"""The formats that hold a history pair by pair: structure, verbatim texts, injection, options, names."""

from __future__ import annotations

import json
from importlib.resources import files
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator
from markdown_it import MarkdownIt

from py_export import filename
from py_export.convert import write
from py_export.model import Code, Error, File, Image, Message, Range, Session, Text, Thinking, ToolCall
from py_export.notices import Notices
from py_export.transforms.pair import pairs
from py_export.version import GENERATOR
from py_export.writers import find_writer
from tests.unit.commonmark_spec import examples
from tests.unit.headings import by_commonmark, by_markdown_it
from tests.unit.sessions import SESSIONS

AT = 1_758_019_440_000  # 2025-09-16T10:44:00Z
FORMATS = ("pairs", "text", "maichat-json")
SCHEMA = json.loads(files("py_export").joinpath("maichat-json.schema.json").read_text(encoding="utf-8"))


def _written(session: Session, to: str, notices: Notices | None = None, **options: Any) -> str:  # noqa: ANN401
    return b"".join(write(session, to, options=options, notices=notices)).decode()


def _talk(said: str, answered: str = "Yes.", **fields: Any) -> Session:  # noqa: ANN401 - of the answer
    blocks = [*fields.pop("blocks", []), Text(answered)]
    question = Message(id="q", role="user", created_at=AT, blocks=[Text(said)])
    return Session(id="s", messages=[question, Message(id="a", role="assistant", blocks=blocks, **fields)])


def _fences(document: str) -> list[str]:
    """Return what stands between fences at the top level, as a CommonMark parser sees it, without its last line end."""
    tokens = MarkdownIt("commonmark").parse(document)
    return [token.content.removesuffix("\n") for token in tokens if token.type == "fence" and token.level == 0]


def _as_read(text: str) -> str:
    """Return a text as CommonMark has it: NUL is U+FFFD, and every line end LF (2.1, 2.3)."""
    return text.replace("\0", "\ufffd").replace("\r\n", "\n").replace("\r", "\n").removesuffix("\n")


@settings(max_examples=100)
@given(SESSIONS)
def test_a_parser_finds_the_documents_headings_and_every_text_whole(session: Session) -> None:
    document = _written(session, "pairs")
    spoken = [pair for pair in pairs(session.messages) if pair.asked or pair.answered]
    for parser in (by_markdown_it, by_commonmark):
        found = parser(document)
        assert [level for level, _ in found] == [2, 3, 3] * len(spoken)
        assert [text for level, text in found if level == 3] == ["User", "Assistant"] * len(spoken)
        numbers = [text.partition(". ")[0] for level, text in found if level == 2]
        assert numbers == [str(number + 1) for number in range(len(spoken))]
    texts = [text for pair in spoken for text in (pair.question_text, pair.answer_text)]
    assert _fences(document)[1:] == list(map(_as_read, texts))


def test_every_example_of_commonmark_is_text_and_no_more() -> None:
    for text in examples():
        document = _written(_talk(text, text), "pairs")
        assert [level for level, _ in by_markdown_it(document)] == [2, 3, 3]
        assert _fences(document)[1:] == [_as_read(text)] * 2


@settings(max_examples=100)
@given(SESSIONS)
def test_json_fits_its_schema_and_holds_every_pair(session: Session) -> None:
    document = json.loads(_written(session, "maichat-json"))
    Draft202012Validator(SCHEMA).validate(document)
    spoken = [pair for pair in pairs(session.messages) if pair.asked or pair.answered]
    assert document["count"] == len(document["pairs"]) == len(spoken)
    assert [pair["userText"] for pair in document["pairs"]] == [pair.question_text for pair in spoken]
    assert [pair["assistantText"] for pair in document["pairs"]] == [pair.answer_text for pair in spoken]


@settings(max_examples=50)
@given(SESSIONS)
def test_text_holds_every_text_verbatim_and_in_order(session: Session) -> None:
    document = _written(session, "text")
    at = 0
    for pair in pairs(session.messages):
        for text in (pair.question_text, pair.answer_text):
            at = document.index(text, at) + len(text)


HOSTILE = (
    "<script>alert(1)</script>", "[x](javascript:alert(1))", "```\n## 9. root\n```", "~~~~\n<!--", "# A\n## User",
    "\x1b[31mred", "\u202eetirw", "a\x00b", "\r## User\r", "x" * 1_000_000, "---\ntitle: x\n---",
    "</textarea><img onerror=x>",
)  # fmt: skip


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_no_text_breaks_out_of_any_place_that_takes_one(text: str) -> None:
    session = _talk(text, text, model=text, topic_path=text, blocks=[Error(text)])
    session.filter_input = text
    document = _written(session, "pairs")
    assert [level for level, _ in by_markdown_it(document)] == [2, 3, 3]
    tokens = MarkdownIt("commonmark").parse(document)
    inline = [child for token in tokens for child in token.children or []]
    assert not [token for token in [*tokens, *inline] if token.type in ("html_block", "html_inline", "link_open")]
    assert json.loads(_fences(document)[0])["filterInput"] == text
    pair = json.loads(_written(session, "maichat-json"))["pairs"][0]
    assert [pair[key] for key in ("userText", "errorMessage", "topicPath", "model")] == [text] * 4
    plain = _written(session, "text")
    head = plain.partition("\n#1 ")[2].partition("\nStars: ")[0]
    assert not {"\n", "\r", "\x1b", "\0"} & set(head)
    assert plain.count(f"\n{text}\n") == 3


def test_a_lone_surrogate_is_replaced() -> None:
    for to in FORMATS:
        assert "a\ufffdb" in _written(_talk("a\ud800b"), to)


def test_a_text_that_looks_like_structure_is_said_where_nothing_escapes_it() -> None:
    for text, count in (("-" * 80, 1), ("x\n[Assistant]\ny", 1), ("-" * 79, 0), ("say [User]", 0)):
        notices = Notices()
        _written(_talk(text, text), "text", notices)
        assert [one.count for one in notices if one.code == "text_like_structure"] == [1] * count


def test_pairs_stand_between_lines_of_eighty_dashes() -> None:
    session = _talk("one")
    session.messages += _talk("two").messages
    document = _written(session, "text")
    assert document.split("\n\n---\n\n")[1].split("\n\n" + "-" * 80 + "\n\n") == [
        "#1 root — 2025-09-16 10:44\nStars: 0 · Flag: grey\n\n[User]\none\n\n[Assistant]\nYes.",
        "#2 root — 2025-09-16 10:44\nStars: 0 · Flag: grey\n\n[User]\ntwo\n\n[Assistant]\nYes.\n",
    ]


def test_headings_are_local_to_the_zone_and_json_to_the_offset_that_the_source_kept() -> None:
    session = _talk("x", model="gpt-4o", topic_path="AI > Planning")
    session.messages[0].utc_offset = -210
    document = _written(session, "pairs", timezone="Asia/Kathmandu")
    assert "\n## 1. AI > Planning — gpt-4o — 2025-09-16 16:29 (local)\n" in document
    assert '"timezone": "Asia/Kathmandu"' in document
    pair = json.loads(_written(session, "maichat-json", timezone="Asia/Kathmandu"))["pairs"][0]
    assert pair["createdAt"] == "2025-09-16T07:14:00-03:30"
    session.messages[0].utc_offset = None
    assert json.loads(_written(session, "maichat-json"))["pairs"][0]["createdAt"] == "2025-09-16T10:44:00Z"


def test_what_is_not_known_is_left_out_and_what_no_source_says_has_its_default() -> None:
    session = Session(id="s", messages=[Message(id="q", role="user", blocks=[Text("x")])])
    document = json.loads(_written(session, "maichat-json"))
    assert document.keys() == {"schemaVersion", "app", "filterInput", "orderApplied", "count", "pairs"}
    assert (document["schemaVersion"], document["app"]) == ("1", GENERATOR)
    assert document["pairs"] == [
        {
            "id": "q", "topicPath": "root", "topicId": "root", "stars": 0, "flagColor": "grey", "userText": "x",
            "assistantText": "", "errorState": False,
        }
    ]  # fmt: skip
    assert "\n## 1. root\n" in _written(session, "pairs")


def test_the_document_says_what_was_typed_and_in_which_order_it_stands() -> None:
    session = _talk("x")
    session.filter_input, session.order = "b", "topic"
    typed = "b :export md --order topic"
    assert "\n  filterInput: b\n  orderApplied: topic\n" in _written(session, "text")
    assert f"\n  filterInput: {typed}\n" in _written(session, "text", filter_input=typed)
    assert "orderApplied: time" in _written(session, "text", order_applied="time")


def test_stars_beyond_three_and_colours_of_other_programs_do_not_come_through() -> None:
    pair = json.loads(_written(_talk("x", stars=9, flag_color="pink"), "maichat-json"))["pairs"][0]
    assert (pair["stars"], pair["flagColor"]) == (3, "grey")


@pytest.mark.parametrize("to", FORMATS)
def test_what_options_leave_out_is_left_out(to: str) -> None:
    session = _talk("question", "answer", blocks=[Error("failure"), Thinking("thought"), Code("code")])
    bare = _written(session, to, messages=False, timestamps=False)
    assert not [word for word in ("question", "answer", "failure", "thought", "code", "2025") if word in bare]
    assert "thought" not in _written(session, to)
    assert "thought" in _written(session, to, thinking=True)
    assert "code" in _written(session, to)


@pytest.mark.parametrize("to", FORMATS)
def test_tools_are_written_when_asked_for(to: str) -> None:
    call = ToolCall(name="Bash", kind="shell", subject="make sim", input={"command": "make sim"}, status="completed")
    session = _talk("x", blocks=[call])
    notices = Notices()
    assert "make sim" not in _written(session, to, notices)
    assert "tool_left_out" in notices
    assert _written(session, to, tools="summary").count("make sim") == 1
    assert _written(session, to, tools="full").count("make sim") == 2


@pytest.mark.parametrize("to", FORMATS)
def test_what_has_no_place_is_counted_by_its_kind(to: str) -> None:
    session = _talk("x", blocks=[Image("a.png"), Image("b.png"), File("c.txt")])
    session.messages.append(Message(id="t", role="tool", blocks=[Text("raw")]))
    notices = Notices()
    document = _written(session, to, notices)
    assert "raw" not in document
    assert {(one.code, one.params.get("type"), one.count) for one in notices} == {
        ("part_left_out", "image", 2), ("part_left_out", "file", 1), ("part_left_out", "tool", 1),
    }  # fmt: skip


@pytest.mark.parametrize(("to", "extension"), [("pairs", "md"), ("text", "txt"), ("maichat-json", "json")])
def test_a_file_is_named_after_the_moment_of_the_export(to: str, extension: str) -> None:
    session = Session(id="s", title="A title", exported_at=AT + 12_345, range=Range(1, 2, 9))
    assert filename(session, find_writer(to)) == f"export_chat-20250916-104412.{extension}"
    session.exported_at = None
    assert filename(session, find_writer(to)) == f"export_chat.{extension}"


@given(st.integers(-(10**17), 10**17), st.integers(-3000, 3000))
def test_no_time_and_no_offset_breaks_a_document(at: int, offset: int) -> None:
    message = Message(id="q", role="user", created_at=at, utc_offset=offset, blocks=[Text("x")])
    session = Session(id="s", messages=[message], exported_at=at)
    for to in FORMATS:
        assert _written(session, to)
