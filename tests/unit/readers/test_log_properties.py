"""Whatever an agent's log holds: only an error of ours is raised, no word is lost or said twice, ids are distinct."""

from __future__ import annotations

import copy
import json
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec import convert

from py_export import ExportError, Notices, Session, read
from py_export.model import Header, Json, Message, Unknown
from py_export.schema import plain
from py_export.transforms.measure import walk
from tests.golden.log_cases import CASES, FOLDER


def _places(value: Json) -> Iterator[tuple[Any, Any]]:
    keys = value.keys() if isinstance(value, dict) else range(len(value)) if isinstance(value, list) else ()
    for key in list(keys):
        yield value, key
        yield from _places(value[key])


def _strings(value: Json) -> set[str]:
    return {holder[key] for holder, key in _places(value) if isinstance(holder[key], str)}


def _text(source: str, name: str) -> str:
    return (FOLDER / source / name).read_text(encoding="utf-8")


FILES = [(source, name) for source, names in CASES.items() for name in names]
JSON_FILES = [(source, name) for source, name in FILES if name.endswith(".json")]
DOCUMENTS = [(source, json.loads(_text(source, name))) for source, name in JSON_FILES]
LOG = [
    json.loads(line) for line in _text("gemini-cli", "log.jsonl").split("\n") if line[:2] == '{"' and line[-1] == "}"
]
KEYS = sorted({key for _, document in DOCUMENTS for _, key in _places(document) if isinstance(key, str)})
WORDS = sorted({word for _, document in DOCUMENTS for word in _strings(document)})
scalars = st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False)
anything = st.recursive(
    scalars | st.sampled_from(WORDS) | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.sampled_from(KEYS) | st.text(), inner, max_size=6),
    max_leaves=20,
)


def _valid(sessions: list[Session]) -> None:
    assert sessions
    for session in sessions:
        for message in walk(session.messages):
            assert message.source is not None or isinstance(message.blocks[0], Unknown)
        ids = [message.id for message in walk(session.messages)]
        assert len(set(ids)) == len(ids)
        for message in session.messages:
            convert(plain(message), Message)
        session.messages = []
        convert(plain(session), Header)


@settings(max_examples=150)
@given(st.sampled_from(DOCUMENTS), st.data())
def test_a_document_that_has_drifted_is_read_or_refused_in_words_of_ours(
    case: tuple[str, Json], data: st.DataObject
) -> None:
    source, document = case
    mutated = copy.deepcopy(document)
    for _ in range(data.draw(st.integers(1, 3))):
        places = list(_places(mutated))
        if not places:
            break  # nothing is left of it
        holder, key = data.draw(st.sampled_from(places))
        if isinstance(holder, dict) and data.draw(st.booleans()):
            del holder[key]
        else:
            holder[key] = data.draw(anything)
    for wanted in (source, None):
        try:
            _valid(read(json.dumps(mutated), wanted))
        except ExportError:
            continue


@settings(max_examples=100)
@given(st.lists(st.sampled_from(LOG) | anything, max_size=12), st.data())
def test_a_log_that_has_drifted_is_read_or_refused_in_words_of_ours(records: list[Json], data: st.DataObject) -> None:
    mutated = copy.deepcopy(records)
    places = list(_places(mutated))
    if places:
        holder, key = data.draw(st.sampled_from(places))
        holder[key] = data.draw(anything)
    try:
        _valid(read("\n".join(json.dumps(record) for record in mutated), "gemini-cli"))
    except ExportError:
        return


LINES = [
    "#### a  ",
    "#### b",
    "####  ",
    "> c  ",
    "> d",
    ">  ",
    "```",
    "~~~",
    "e",
    "",
    "# aider chat started at 2026-01-02 03:04:05",
]


@settings(max_examples=150)
@given(st.lists(st.sampled_from(LINES) | st.text(max_size=9), max_size=30), st.sampled_from(["\n", "\r\n"]))
def test_no_line_of_a_history_is_lost(lines: list[str], ending: str) -> None:
    numbered = [f"{line[:-2]}{number}  " if line.endswith("  ") else line for number, line in enumerate(lines)]
    try:
        sessions = read(ending.join([LINES[-1], "", *numbered]), "aider")
    except ExportError:
        return
    kept = json.dumps([plain(message) for session in sessions for message in session.messages], ensure_ascii=False)
    for number, line in enumerate(lines):
        if line.endswith("  ") and line[0] in "#>":
            assert f"{line[:-2]}{number}".strip("#> ") in kept
    _valid(sessions)


@pytest.mark.parametrize(("source", "name"), JSON_FILES)
def test_every_text_of_a_file_is_in_the_json(source: str, name: str) -> None:
    text = _text(source, name)
    sessions = read(text)
    kept = {string for session in sessions for string in _strings([plain(session), plain(session.messages)])}
    wanted = {string.replace("\ud83d", "\ufffd") for string in _strings(json.loads(text))}
    assert wanted - kept <= {"record"}  # which stands beside sessions, in none


@pytest.mark.parametrize(("source", "name"), FILES)
def test_reading_twice_gives_the_same(source: str, name: str) -> None:
    data = (FOLDER / source / name).read_bytes()
    once, again = Notices(), Notices()
    assert plain(read(data, notices=once)) == plain(read(data, notices=again))
    assert list(once) == list(again)


words = st.text(st.characters(categories=["L", "N"]), min_size=1).map(lambda text: f"«{text}»")


def _gemini(word: str) -> Json:
    call: Json = {"id": "c", "name": "glob", "args": {"pattern": f"{word}2"}, "status": "success"}
    call["result"] = [{"functionResponse": {"id": "c", "name": "glob", "response": {"output": f"{word}3"}}}]
    thoughts = [{"subject": f"{word}4", "description": f"{word}5"}]
    asked = {"id": "a", "type": "user", "content": [{"text": f"{word}0"}]}
    told = {"id": "b", "type": "gemini", "content": f"{word}1", "thoughts": thoughts, "toolCalls": [call]}
    return {"sessionId": "s", "projectHash": "h", "messages": [asked, told]}


def _checkpoint(word: str) -> Json:
    call: Json = {"functionCall": {"name": "glob", "args": {"pattern": f"{word}2"}}}
    result = {"functionResponse": {"name": "glob", "response": {"output": f"{word}3"}}}
    thought: Json = {"thought": True, "text": f"{word}4 {word}5"}
    return [
        {"role": "user", "parts": [{"text": f"{word}0"}]},
        {"role": "model", "parts": [thought, {"text": f"{word}1"}, call]},
        {"role": "user", "parts": [result]},
    ]


def _opencode(word: str) -> Json:
    state: Json = {"status": "completed", "input": {"pattern": f"{word}2"}, "output": f"{word}3"}
    tool = {"type": "tool", "callID": "c", "tool": "glob", "state": state}
    thought = {"type": "reasoning", "text": f"{word}4 {word}5"}
    asked = {"info": {"id": "a", "role": "user"}, "parts": [{"type": "text", "text": f"{word}0"}]}
    said = {"type": "text", "text": f"{word}1"}
    told = {"info": {"id": "b", "role": "assistant"}, "parts": [thought, said, tool]}
    return {"info": {"id": "ses_1", "title": "t"}, "messages": [asked, told]}


def _flat(word: str) -> Json:
    state: Json = {
        "status": "completed",
        "input": {"pattern": f"{word}2"},
        "content": [{"type": "text", "text": f"{word}3"}],
    }
    tool = {"type": "tool", "id": "c", "name": "glob", "state": state}
    content = [{"type": "reasoning", "text": f"{word}4 {word}5"}, {"type": "text", "text": f"{word}1"}, tool]
    asked = {"id": "a", "type": "user", "text": f"{word}0"}
    return {
        "info": {"id": "ses_1", "title": "t"},
        "messages": [asked, {"id": "b", "type": "assistant", "content": content}],
    }


@pytest.mark.parametrize("form", [_gemini, _checkpoint, _opencode, _flat])
@given(word=words)
def test_what_was_said_is_shown_once(form: Any, word: str) -> None:  # noqa: ANN401 - one of the forms above
    (session,) = read(json.dumps(form(word)))
    for message in session.messages:
        message.source = None
        for block in message.blocks:
            if block.type == "tool_call":
                block.subject = None  # made from the input
    kept = json.dumps(plain(session.messages), ensure_ascii=False)
    assert [kept.count(f"{word}{number}") for number in range(6)] == [1] * 6
    assert session.counts is not None
    assert (session.counts.user_messages, session.counts.assistant_messages, session.counts.tool_calls) == (1, 1, 1)
