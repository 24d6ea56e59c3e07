"""HAPI's request, HFS's versions and Cursor's page, rebuilt from data: keys, headings, elements, classes, names."""

from __future__ import annotations

import json
from typing import Any
from xml.etree.ElementTree import Element

import html5lib
import pytest

from py_export import convert, filename, read, write
from py_export.model import Message, Session, Source, Text, ToolCall, ToolResult
from py_export.notices import Notices
from py_export.options import HtmlOptions, MarkdownOptions, parse
from py_export.version import GENERATOR
from py_export.writers import find_writer
from tests.unit.headings import by_commonmark, by_markdown_it

AT = 1_762_525_381_000  # 2025-11-07T14:23:01Z
CODE = "```go\npackage main\n\nfunc main() {\n    // code here\n}\n```"


def _chat() -> Session:
    said: tuple[tuple[Any, str], ...] = (("user", "What is Cursor?"), ("assistant", CODE), ("tool", "done"))
    messages = [
        Message(id=str(at), role=role, created_at=AT + 2000 * at, blocks=[Text(text)])
        for at, (role, text) in enumerate(said)
    ]
    return Session(id="2025-11-07T14-23-01Z", source=Source("sqlite"), workspace="/w", messages=messages)


def _page(**options: Any) -> Element:  # noqa: ANN401 - options
    document = b"".join(write(_chat(), "html", options={"style": "cursor", **options})).decode()
    assert document.startswith('<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="UTF-8">\n')
    found: Element = html5lib.parse(document, namespaceHTMLElements=False)
    return found


def _outline(element: Element) -> list[Any]:
    """Return an element's name and classes, and those of what it holds."""
    classes = element.get("class")
    return [f"{element.tag}.{classes}" if classes else element.tag, *map(_outline, element)]


def test_cursors_page_has_its_elements_and_classes_in_its_order() -> None:
    head, body = _page()
    assert [each.tag for each in head if each.tag in ("title", "style")] == ["title", "style"]
    assert {each.get("name"): each.get("content") for each in head.iter("meta")}["viewport"] == (
        "width=device-width, initial-scale=1.0"
    )
    title = "Session 2025-11-07T14-23-01Z"
    assert [each.text for each in (*head.iter("title"), *body.iter("h1"))] == [title, title]
    header, main = body
    assert [_outline(each)[0] for each in header] == ["h1", "div.metadata"]
    ((messages,),) = (main,)
    assert messages.get("class") == "messages"
    assert [_outline(each)[0] for each in messages] == ["div.message user", "div.message assistant", "div.message tool"]
    for message in messages:
        assert [each.get("class") for each in message] == ["timestamp", "content"]
    assert [each.text for each in messages[0].iter("div") if each.get("class") == "timestamp"] == [
        "2025-11-07T14:23:01Z"
    ]


def test_cursors_page_keeps_code_blocks_with_their_language() -> None:
    (code,) = _page(highlight=False).iter("code")
    assert code.get("class") == "language-go"
    assert code.text == "package main\n\nfunc main() {\n    // code here\n}\n"
    (coloured,) = _page().iter("code")
    assert coloured.get("class") == "language-go"
    assert "".join(coloured.itertext()) == code.text


def test_cursors_page_styles_each_actor_as_specified() -> None:
    (style,) = _page().iter("style")
    rules = " ".join((style.text or "").split())
    for rule in (
        ".message { margin: 1em 0; padding: 1em; border-radius: 8px; }",
        ".message.user { background-color: #e3f2fd; margin-left: 20%; }",
        ".message.assistant { background-color: #f5f5f5; margin-right: 20%; }",
        ".message.tool { background-color: #fff3e0; font-style: italic; }",
    ):
        assert rule in rules
    assert "max-width: 800px; margin: 0 auto; padding: 20px; line-height: 1.6;" in rules


def test_without_times_cursors_formats_leave_them_out() -> None:
    session = _chat()
    session.messages = session.messages[:1]
    bare = {"timestamps": False}
    assert b"".join(write(session, "jsonl", options=bare)) == b'{"actor":"user","content":"What is Cursor?"}\n'
    markdown = b"".join(write(session, options={"style": "cursor", **bare})).decode()
    assert markdown.endswith("## Messages\n\n**user:** What is Cursor?\n")
    assert not [each for each in _page(**bare).iter("div") if each.get("class") == "timestamp"]


@pytest.mark.parametrize(
    ("to", "options"),
    [
        ("jsonl", None),
        ("markdown", parse(MarkdownOptions, {"style": "cursor"})),
        ("html", parse(HtmlOptions, {"style": "cursor"})),
    ],
)
def test_cursors_files_are_named_after_the_session_or_its_time(to: str, options: Any) -> None:  # noqa: ANN401
    writer, session = find_writer(to), _chat()
    assert filename(session, writer, options) == f"session_2025-11-07T14-23-01Z.{writer.extension}"
    session.id = ""
    assert filename(session, writer, options) == f"session_2025-11-07T14-23-01Z.{writer.extension}"


def test_hapis_json_is_the_payload_with_two_spaces() -> None:
    example: dict[str, Any] = {"schemaVersion": 1, "exportedAt": 1730000000000, "session": {}, "messages": []}
    assert convert(json.dumps(example), "json").decode() == json.dumps(example, indent=2) + "\n"


def _hub() -> dict[str, Any]:
    said = [("m1", "user", {"type": "text", "text": "Say hi"}), ("m2", "agent", None)]
    hidden = {"type": "output", "data": {"type": "system", "subtype": "init"}}
    answer = {"type": "output", "data": {"type": "assistant", "message": {"role": "assistant", "content": "Hi."}}}
    contents = [{"role": role, "content": content or answer} for _, role, content in said]
    messages = [
        {"id": name, "seq": at, "createdAt": AT + at, "content": content}
        for at, ((name, _, _), content) in enumerate(zip(said, contents, strict=True), 1)
    ]
    messages.append({"id": "m3", "seq": 3, "createdAt": AT, "content": {"role": "agent", "content": hidden}})
    session = {
        "id": "0123456789abcdef", "namespace": "default", "metadata": {"path": "/w", "name": "Say Hi!"},
        "createdAt": AT,
    }  # fmt: skip
    return {"schemaVersion": 1, "exportedAt": 1730000000000, "session": session, "messages": messages}


def test_hapis_markdown_has_front_matter_a_title_and_a_section_per_message() -> None:
    document = convert(json.dumps(_hub())).decode()
    assert document.startswith('---\ntitle: "Say Hi!"\n')
    for parser in (by_markdown_it, by_commonmark):
        assert parser(document.partition("\n---\n\n")[2]) == [(1, "Say Hi!"), (2, "User"), (2, "Assistant")]
    assert document.partition("\n---\n\n")[2].startswith("# Say Hi!\n\n")
    bare = convert(json.dumps(_hub()), options={"front_matter": False}).decode()
    assert bare.startswith("# Say Hi!\n")


@pytest.mark.parametrize("to", ["json", "markdown"])
def test_hapis_files_are_named_by_title_id_and_day(to: str) -> None:
    (session,) = read(json.dumps(_hub()))
    writer = find_writer(to)
    assert filename(session, writer) == f"say-hi-01234567-2024-10-27.{writer.extension}"


def _traced() -> Session:
    call = ToolCall(id="t", name="read_file", input={"path": "a"}, status="completed", result=ToolResult([Text("b")]))
    message = Message(id="m", role="assistant", created_at=AT, blocks=[Text("I look."), call])
    return Session(id="s", title="T", exported_at=AT, messages=[message])


def test_hfs_json_has_its_version_in_a_metadata_block_and_the_full_trace() -> None:
    document = json.loads(b"".join(write(_traced(), "hfs-json")))
    assert list(document) == ["metadata", "session", "messages"]
    assert document["metadata"] == {
        "schema_version": "1.0.0", "exported_at": "2025-11-07T14:23:01Z", "exporter": GENERATOR, "message_count": 1,
    }  # fmt: skip
    (message,) = document["messages"]
    assert list(message)[:3] == ["id", "role", "content"]
    assert (message["role"], message["content"]) == ("assistant", "I look.")
    call = message["blocks"][1]
    assert (call["name"], call["input"], call["result"]["blocks"][0]["text"]) == ("read_file", {"path": "a"}, "b")


def test_hfs_json_without_a_metadata_block_is_migrated_and_says_so() -> None:
    document = json.loads(b"".join(write(_traced(), "hfs-json")))
    del document["metadata"]
    notices = Notices()
    (session,) = read(json.dumps(document), notices=notices)
    assert [one.blocks for one in session.messages] == [one.blocks for one in _traced().messages]
    assert "migrated" in notices
