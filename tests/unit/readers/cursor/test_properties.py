"""Whatever Cursor's rows may hold: only an error of ours is raised, and no word is lost or said twice."""

from __future__ import annotations

import json
from contextlib import suppress
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec import convert

from py_export import ExportError, Notices
from py_export.model import Json, Message, Unknown
from py_export.readers import Input, cursor
from py_export.schema import plain
from py_export.transforms.measure import walk
from tests.golden.database_cases import contents
from tests.unit.readers.databases import conversation, read
from tests.unit.readers.databases import cursor as database
from tests.unit.readers.test_hapi_properties import _places, anything, words

ROWS: dict[str, Json] = {}
for _session in read(contents("cursor/global.sql")):
    for _message in walk(_session.messages):
        ROWS[_message.id] = _message.source
KNOWN = list(ROWS.values())
LINES = [json.loads(line) for line in contents("cursor/transcript.jsonl").split(b"\n") if line.endswith(b"}")]


def _mutated(data: st.DataObject, record: Json) -> Json:
    changed = json.loads(json.dumps(record))
    places = list(_places(changed))
    holder, key = data.draw(st.sampled_from(places))
    if isinstance(holder, dict) and data.draw(st.booleans()):
        del holder[key]
    else:
        holder[key] = data.draw(anything)
    return changed


@given(st.lists(anything, max_size=4), st.dictionaries(st.text(max_size=5), anything, max_size=4))
def test_any_bubble_and_any_composer_is_read(bubbles: list[Json], about: dict[str, Any]) -> None:
    with suppress(ExportError):
        for session in read(conversation(*bubbles, **about)):
            for message in session.messages:
                convert(plain(message), Message)


@settings(max_examples=300)
@given(st.sampled_from(KNOWN), st.data())
def test_a_neighbour_of_a_known_bubble_is_read(record: Json, data: st.DataObject) -> None:
    (session,) = read(conversation(_mutated(data, record), {"type": 1, "text": "after"}))
    for message in session.messages:
        convert(plain(message), Message)
    assert session.messages[-1].source == {"type": 1, "text": "after"}


@given(anything, anything)
def test_any_chat_and_any_list_of_composers_is_read_or_refused(tabs: Json, composers: Json) -> None:
    key = "workbench.panel.aichat.view.aichat.chatdata"
    for value in (tabs, {"tabs": tabs}, {"tabs": [{"bubbles": tabs}]}):
        with suppress(ExportError):
            read(
                database(
                    {key: json.dumps(value), "composer.composerData": json.dumps({"allComposers": composers})},
                    "ItemTable",
                )
            )


@settings(max_examples=300)
@given(st.lists(st.sampled_from(LINES), min_size=1, max_size=4), st.data())
def test_a_neighbour_of_a_known_transcript_is_read_or_refused(lines: list[Json], data: st.DataObject) -> None:
    changed = [_mutated(data, line) for line in lines]
    text = b"".join(json.dumps(line).encode() + b"\n" for line in changed)
    with suppress(ExportError):
        for message in cursor.read(Input(text), Notices())[0].messages:
            convert(plain(message), Message)


SHOWN: dict[str, Any] = {
    "text": lambda word: {"type": 1, "text": word},
    "thinking": lambda word: {"type": 2, "thinking": {"text": word}},
    "rich": lambda word: {"type": 1, "text": "", "richText": json.dumps({"root": {"children": [{"text": word}]}})},
    "input": lambda word: {"type": 2, "toolFormerData": {"name": "x", "rawArgs": json.dumps({"a": [word]})}},
    "params": lambda word: {"type": 2, "toolFormerData": {"name": "x", "params": json.dumps({"a": word})}},
    "result": lambda word: {"type": 2, "toolFormerData": {"name": "x", "result": json.dumps({"contents": word})}},
    "other result": lambda word: {"type": 2, "toolFormerData": {"name": "x", "result": json.dumps({"later": [word]})}},
    "failure": lambda word: {"type": 2, "toolFormerData": {"name": "x", "error": word, "status": "error"}},
    "code": lambda word: {"type": 2, "text": "see", "codeBlocks": [{"content": word}]},
    "selection": lambda word: {"type": 1, "text": "see", "context": {"selections": [{"text": word}]}},
    "error": lambda word: {"type": 2, "errorDetails": {"message": word}},
    "summary": lambda word: {"type": 2, "cachedConversationSummary": {"summary": word}},
}


@given(st.lists(st.tuples(st.sampled_from(sorted(SHOWN)), words), min_size=1, max_size=6))
def test_no_word_of_a_known_bubble_is_lost(parts: list[tuple[str, str]]) -> None:
    (session,) = read(conversation(*(SHOWN[name](word) for name, word in parts)))
    assert len(session.messages) == len(parts)
    for message, (name, word) in zip(session.messages, parts, strict=True):
        message.source = None
        assert not any(isinstance(block, Unknown) for block in message.blocks)
        assert not message.hidden or name == "summary"  # told again, it is not shown again
        assert word in json.dumps(plain(message.blocks), ensure_ascii=False)


@given(st.lists(st.tuples(st.sampled_from(["**User**", "**Cursor**"]), words), min_size=1, max_size=6))
def test_no_word_of_the_markdown_is_lost(turns: list[tuple[str, str]]) -> None:
    body = "\n\n---\n\n".join(f"{who}\n\n{word}" for who, word in turns)
    (session,) = read(f"# T\n_Exported on 1/2/2026 at 1:02:03 from Cursor (1.0)_\n\n---\n\n{body}\n".encode())
    assert [
        (message.role, message.blocks[0].text) for message in session.messages if message.blocks[0].type == "text"
    ] == [("user" if who == "**User**" else "assistant", word) for who, word in turns]
