"""Whatever stands in whichever field, a document keeps its own structure: every format and style but HTML's."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from functools import partial
from time import monotonic
from typing import Any

import pytest
import yaml
from markdown_it import MarkdownIt
from markdown_it.token import Token

from py_export import filename, read
from py_export.convert import write
from py_export.guard import fold
from py_export.jsontext import without_surrogates
from py_export.markdown import one_line
from py_export.model import Block, Message, Session, Text, ToolCall, ToolResult
from py_export.options import parse
from py_export.writers import OF_SESSIONS, find_writer
from tests.unit.headings import by_commonmark, by_markdown_it
from tests.unit.writers import hostile
from tests.unit.writers.hostile import HOSTILE
from tests.unit.writers.style_headings import ROLES, SUB_AGENT, own

Parser = Callable[[str], list[tuple[int, str]]]

STYLES = ("hapi", "sidepanel", "trace", "cursor")
MARKDOWN = [*(("markdown", style) for style in STYLES), ("pairs", None)]
JSON = ("json", "jsonl", "sidepanel-json", "hfs-json", "maichat-json")
HARMLESS = "harmless"
everywhere = partial(hostile.everywhere, roles=("user", "assistant"))
_RUN = re.compile("https?:|mailto:", re.IGNORECASE)
_UNSEEN = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f]")


def _written(session: Session, to: str, style: str | None = None, **options: Any) -> str:  # noqa: ANN401 - options
    chosen = {"tools": "full", "thinking": True, **({} if style is None else {"style": style}), **options}
    return b"".join(write(session, to, options=chosen if to != "json" else {})).decode()


def _tokens(document: str) -> list[Token]:
    tokens = MarkdownIt("commonmark").parse(document)
    return [*tokens, *(child for token in tokens for child in token.children or [])]


@pytest.mark.parametrize("said", HOSTILE)
@pytest.mark.parametrize(("to", "style"), MARKDOWN)
def test_no_field_but_a_text_makes_markup(to: str, style: str | None, said: str) -> None:
    document = _written(everywhere(said, HARMLESS), to, style, **({} if style is None else {"front_matter": False}))
    tokens = _tokens(document)
    assert [one.content for one in tokens if one.type in ("html_inline", "html_block")] == []
    assert [one.attrs.get("src") for one in tokens if one.type == "image"] == []
    links = [str(one.attrs.get("href")) for one in tokens if one.type == "link_open"]
    assert [link for link in links if not _RUN.match(link)] == []
    assert [one.content for one in tokens if one.type in ("text", "code_inline") and _UNSEEN.search(one.content)] == []
    assert [one.type for one in tokens if one.type == "hr"] == ["hr"] * {"sidepanel": 2, "cursor": 1}.get(
        style or "", 0
    )


@pytest.mark.parametrize("parser", [by_markdown_it, by_commonmark])
@pytest.mark.parametrize("said", HOSTILE)
@pytest.mark.parametrize(("to", "style"), MARKDOWN)
def test_the_headings_are_those_of_a_harmless_document(to: str, style: str | None, said: str, parser: Parser) -> None:
    harmless = _own(everywhere(HARMLESS), to, style, parser)
    for session in (everywhere(said), everywhere(said, HARMLESS), everywhere(HARMLESS, said)):
        assert _own(session, to, style, parser) == harmless


def _own(session: Session, to: str, style: str | None, parser: Parser) -> list[tuple[int, str]]:
    """Return the headings that are the document's own; of one that names something, only what it is."""
    headings = parser(_written(session, to, style))
    session.id, session.title = without_surrogates(session.id), without_surrogates(session.title or "")
    if style in ("sidepanel", "trace", "cursor"):
        return own(style, session, headings)
    if to == "pairs":
        return [(level, "" if level == 2 else text) for level, text in headings]
    title = fold(one_line(session.title or ""))
    named = [(level, "title" if (level, fold(text)) == (1, title) else fold(text)) for level, text in headings]
    named = [(level, text.partition(":")[0] + ":" if text.startswith(SUB_AGENT) else text) for level, text in named]
    return [one for one in named if one[1] in ("title", "Notes", "Note", SUB_AGENT, *ROLES.values())]


@pytest.mark.parametrize("said", HOSTILE)
@pytest.mark.parametrize("style", STYLES)
def test_front_matter_holds_each_value_as_it_is(style: str, said: str) -> None:
    document = _written(everywhere(said), "markdown", style, front_matter=True)
    head = document[4 : document.index("\n---\n", 4)]
    loaded = yaml.safe_load(head)
    kept = without_surrogates(said)
    assert (loaded["sessionId"], loaded["source"], loaded["workspace"]) == (kept, kept, kept)
    assert loaded["title"] in (kept, one_line(kept))


@pytest.mark.parametrize("said", HOSTILE)
@pytest.mark.parametrize("to", JSON)
def test_json_holds_each_text_and_no_field_more(to: str, said: str) -> None:
    records, harmless = _records(everywhere(said), to), _records(everywhere(HARMLESS), to)
    assert list(map(_shape, records)) == list(map(_shape, harmless))
    (session,) = read(_written(everywhere(said), to))
    texts = [block.text for one in session.messages for block in one.blocks if isinstance(block, Text)]
    assert [text for text in texts if without_surrogates(said) not in text] == []
    assert texts


def _records(session: Session, to: str) -> list[Any]:
    document = _written(session, to)
    return [json.loads(line) for line in (document.removesuffix("\n").split("\n") if to == "jsonl" else [document])]


def _shape(value: Any) -> Any:  # noqa: ANN401 - a JSON value
    """Return what is left of a JSON value without its texts, and without a tool's input, whose names are its own."""
    if isinstance(value, dict):
        return {key: _shape(item) for key, item in value.items() if key not in ("input", "args", "record", "data")}
    return [_shape(item) for item in value] if isinstance(value, list) else type(value).__name__


@pytest.mark.parametrize("said", HOSTILE)
def test_plain_text_keeps_what_is_no_text_on_its_line(said: str) -> None:
    session = everywhere(said, HARMLESS)
    session.filter_input = said
    heads = _written(session, "text").partition("\n[User]\n")[0].split("\n")
    assert [line.partition(" ")[0] for line in heads[:1] + heads[-5:]] == ["Meta:", "---", "", "#1", "Stars:", ""]
    assert len(heads) == 12
    assert not [line for line in heads if _UNSEEN.search(line) or "\u2028" in line]


@pytest.mark.parametrize("said", HOSTILE)
def test_no_file_name_leaves_its_folder(said: str) -> None:
    for writer in OF_SESSIONS:
        styles = STYLES if writer.id == "markdown" else ("report", "cursor") if writer.id == "html" else (None,)
        for style in styles:
            options = parse(writer.options, {} if style is None else {"style": style})
            name = filename(everywhere(said), writer, options)
            assert re.fullmatch(r"[\w.-]+", name), name
            assert not name.startswith((".", "-"))
            assert name.endswith(f".{find_writer(writer.id).extension}")


@pytest.mark.parametrize("unit", ["a", "[", "- ", "**"])
@pytest.mark.parametrize("style", STYLES)
def test_a_megabyte_on_one_line_is_found_whole_in_time(style: str, unit: str) -> None:
    said = unit * (1_000_000 // len(unit))
    call = ToolCall(id="c", name=said, subject=said, input=said, result=ToolResult([Text(said)]))
    blocks: list[Block] = [Text(f"x {said}"), call]
    session = Session(id="s", title=said, messages=[Message(id="m", role="assistant", model=said, blocks=blocks)])
    start = monotonic()
    document = _written(session, "markdown", style)
    assert monotonic() - start < 20
    assert f"x {said}\n" in document
    assert document.count(f"\n{said}\n```") >= 2  # what the tool was given, and what it gave back
