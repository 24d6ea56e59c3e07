"""Whatever a hub may send: only an error of ours is raised, no word is lost, and reading twice is the same."""

from __future__ import annotations

import copy
import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec import convert

from py_export.errors import ExportError
from py_export.model import Header, Json, Message, Unknown
from py_export.notices import Notices
from py_export.readers import Input, hapi
from py_export.schema import plain
from py_export.transforms.measure import walk
from tests.unit.readers.hapi_payloads import agent, assistant, codex, event, output, payload, read, row, turn, user


def _places(value: Json) -> Iterator[tuple[Any, Any]]:
    keys = value.keys() if isinstance(value, dict) else range(len(value)) if isinstance(value, list) else ()
    for key in list(keys):
        yield value, key
        yield from _places(value[key])


def _keys(_holder: Any, key: Any) -> list[str]:  # noqa: ANN401
    return [key] if isinstance(key, str) else []


def _words(holder: Any, key: Any) -> list[str]:  # noqa: ANN401
    return [holder[key]] if isinstance(holder[key], str) else []


TABLE = Path(__file__).parents[2] / "golden" / "hapi" / "variants.jsonl"
KNOWN = [json.loads(line)["content"] for line in TABLE.read_text(encoding="utf-8").splitlines()]
KEYS, WORDS = (
    sorted({str(part) for content in KNOWN for holder, key in _places(content) for part in parts(holder, key)})
    for parts in (_keys, _words)
)
scalars = (
    st.none() | st.booleans() | st.integers() | st.sampled_from(WORDS) | st.text() | st.floats(allow_nan=False)
).filter(lambda value: value not in (float("inf"), float("-inf")))
anything = st.recursive(
    scalars,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.sampled_from(KEYS) | st.text(), inner, max_size=6),
    max_leaves=25,
)
shells = st.sampled_from([lambda value: value, agent, output, codex, event, turn, user])


@given(st.lists(st.tuples(shells, anything), max_size=5), anything)
def test_any_content_is_read(parts: list[tuple[Any, Json]], extra: Json) -> None:
    rows = [row(shell(content), number) for number, (shell, content) in enumerate(parts)]
    session = read(payload(*rows, extra))
    for message in session.messages:
        convert(plain(message), Message)
    json.dumps(plain(session.messages), allow_nan=False).encode()


@given(anything, anything, anything)
def test_any_session_and_envelope_is_read_or_refused(session: Json, state: Json, document: Json) -> None:
    for candidate in (
        document,
        {"session": session, "messages": document},
        payload(row("a")) | {"session": session, "scratchlist": document, "exportedAt": state},
        payload(row("a"), metadata=session, agentState=state, range=document, createdAt=state),
    ):
        given_input = Input(json.dumps(candidate))
        hapi.matches(given_input)
        try:
            (found,) = hapi.read(given_input, Notices())
        except ExportError:
            continue
        found.messages, found.notes, found.document = [], [], None
        convert(plain(found), Header)


@settings(max_examples=500)
@given(st.sampled_from(KNOWN), st.data())
def test_a_neighbour_of_a_known_row_is_read(content: Json, data: st.DataObject) -> None:
    mutated = copy.deepcopy(content)
    places = list(_places(mutated))
    if not places:
        return
    holder, key = data.draw(st.sampled_from(places))
    if isinstance(holder, dict) and data.draw(st.booleans()):
        del holder[key]
    else:
        holder[key] = data.draw(anything)
    messages = read(payload(row(mutated))).messages
    assert messages
    for message in messages:
        convert(plain(message), Message)
        assert message.role != "assistant" or not any(isinstance(block, Unknown) for block in message.blocks)


SHOWN: dict[str, Callable[[str], Any]] = {
    "prompt": lambda word: user({"type": "text", "text": word, "attachments": [{"filename": word + ".txt"}]}),
    "agent": agent,
    "text": lambda word: assistant({"type": "text", "text": word}),
    "thinking": lambda word: assistant({"type": "thinking", "thinking": word}),
    "message": lambda word: codex({"type": "message", "message": word, "id": "s"}),
    "reasoning": lambda word: codex({"type": "reasoning", "message": word, "id": "s"}),
    "call": lambda word: codex({"type": "tool-call", "callId": "c", "name": word + "x", "input": {"a": [word]}}),
    "result": lambda word: codex(
        {"type": "tool-call-result", "callId": "c", "output": [{"type": "text", "text": word}]}
    ),
    "review": lambda word: codex(
        {"type": "message", "message": json.dumps({"findings": [{"title": word, "body": word}], "overall_x": [word]})},
    ),
    "user": lambda word: turn([{"type": "text", "text": word}, {"type": "image", "source": {"data": "QUJD"}}]),
    "error": lambda word: codex({"type": "error", "message": word}),
    "recap": lambda word: output({"type": "system", "subtype": "away_summary", "content": word}),
    "summary": lambda word: output({"type": "summary", "summary": word}),
    "plan": lambda word: codex({"type": "plan", "entries": [word, {"content": word}]}),
    "agy": lambda word: output({"type": "agy_message", "content": word}),
    "event": lambda word: event({"type": "message", "message": word}),
    "title": lambda word: event({"type": "title-changed", "title": word}),
    "compact": lambda word: codex({"type": "compact-summary", "summary": word}),
}
words = st.text(st.characters(categories=["L", "N"]), min_size=1).map(lambda text: f"«{text}»")


@given(st.lists(st.tuples(st.sampled_from(sorted(SHOWN)), words), min_size=1, max_size=8))
def test_no_word_of_a_known_row_is_lost(parts: list[tuple[str, str]]) -> None:
    rows = [row(SHOWN[name](word), number) for number, (name, word) in enumerate(parts)]
    notices = Notices()
    messages = read(payload(*rows), notices).messages
    for message in walk(messages):
        message.source = None
        assert not any(isinstance(block, Unknown) for block in message.blocks)
    kept = json.dumps(plain(messages), ensure_ascii=False)
    for _, word in parts:
        assert word in kept


@given(st.lists(st.tuples(shells, anything), max_size=4))
def test_reading_is_deterministic(parts: list[tuple[Any, Json]]) -> None:
    document = payload(*(row(shell(content), number) for number, (shell, content) in enumerate(parts)))
    once, again = Notices(), Notices()
    assert plain(read(document, once).messages) == plain(read(document, again).messages)
    assert list(once) == list(again)
