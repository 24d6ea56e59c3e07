"""Whatever a transcript may hold: only an error of ours is raised, and no word is lost or said twice."""

from __future__ import annotations

import random
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec import convert

import py_export
from py_export import Session
from py_export.errors import ExportError
from py_export.model import Header, Json, Message, ToolCall
from py_export.schema import plain
from py_export.transforms.measure import walk
from tests.unit.readers.drifted import drifted, records_of
from tests.unit.readers.transcripts import (
    answer,
    claude,
    event,
    item,
    lines,
    meta,
    one,
    prompt,
    result,
    rollout,
    spoken,
    use,
)

GOLDEN = Path(__file__).parents[2] / "golden"
FILES = sorted((GOLDEN / "claude-code").glob("*.jsonl")) + sorted((GOLDEN / "codex").glob("*.jsonl"))
MUTATED = 300


def _check(session: Session) -> None:
    messages = list(walk(session.messages))
    ids = [message.id for message in messages]
    assert len(set(ids)) == len(ids)
    assert all(message.parent_id is None or message.parent_id in ids for message in messages)
    for message in messages:
        convert(plain(message), Message)
    session.messages, session.document = [], None
    convert(plain(session), Header)


@pytest.mark.parametrize("path", FILES, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_drifted_records_are_read_or_refused_in_words_of_ours(path: Path) -> None:
    records = records_of(path)
    chance = random.Random(path.name)  # noqa: S311 - the same documents in every run
    read = 0
    for _ in range(MUTATED // 4 if len(records) < 20 else MUTATED):
        data = drifted(records, chance)
        try:
            sessions = py_export.read(data, path.parent.name)
        except ExportError:
            continue
        read += 1
        for session in sessions:
            assert b"".join(py_export.write(session, "markdown"))
            assert b"".join(py_export.write(session, "json"))
            _check(session)
    assert read


values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text() | st.sampled_from(["type", "user", "message"]),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text() | st.just("type"), inner, max_size=5),
    max_leaves=20,
)


@given(st.lists(values, max_size=4), st.sampled_from(["claude-code", "codex"]), st.binary(max_size=40))
def test_any_lines_are_read_or_refused(records: list[Json], source: str, tail: bytes) -> None:
    data = lines(*records, prompt("u1", "a") if source == "claude-code" else spoken("user", "a")) + tail
    _check(py_export.read(data, source)[0])
    try:
        py_export.read(lines(*records) + tail)
    except ExportError:
        return


words = st.text(st.characters(categories=["L", "N"]), min_size=1).map(lambda text: f"«{text}»")


def _steered(word: str, at: int) -> list[dict[str, Any]]:
    return [claude("attachment", f"u{at}", attachment={"type": "queued_command", "prompt": word})]


SAID: dict[str, Callable[[str, int], list[dict[str, Any]]]] = {
    "user": lambda word, at: [prompt(f"u{at}", word)],
    "answer": lambda word, at: [answer(f"u{at}", f"m{at}", word)],
    "thought": lambda word, at: [answer(f"u{at}", f"m{at}", {"type": "thinking", "thinking": word})],
    "call": lambda word, at: [answer(f"u{at}", f"m{at}", use(f"t{at}", word)), result(f"v{at}", f"t{at}", "x")],
    "result": lambda word, at: [answer(f"u{at}", f"m{at}", use(f"t{at}")), result(f"v{at}", f"t{at}", word)],
    "steered": _steered,
}
TYPED: dict[str, Callable[[str], list[dict[str, Any]]]] = {
    "user": lambda word: [spoken("user", word), event("user_message", message=word)],
    "answer": lambda word: [event("agent_message", message=word), spoken("assistant", word)],
    "thought": lambda word: [event("agent_reasoning", text=word), item("reasoning", summary=[{"text": word}])],
    "summary": lambda word: [rollout("compacted", message=word), event("context_compacted")],
}


def _times_said(session: Session, word: str) -> int:
    found = 0
    for message in walk(session.messages):
        for block in message.blocks:
            found += word == getattr(block, "text", None)
            if isinstance(block, ToolCall):
                found += word == block.name
                found += block.result is not None and any(
                    word == getattr(one, "text", None) for one in block.result.blocks
                )
    return found


@given(
    st.lists(st.tuples(st.sampled_from(sorted(SAID)), words), min_size=1, max_size=8, unique_by=lambda part: part[1])
)
def test_no_word_of_claude_codes_is_lost_or_said_twice(parts: list[tuple[str, str]]) -> None:
    session = one(
        prompt("u0", "begin"), *(record for at, (name, word) in enumerate(parts, 1) for record in SAID[name](word, at))
    )
    for _, word in parts:
        assert _times_said(session, word) == 1


@given(
    st.lists(st.tuples(st.sampled_from(sorted(TYPED)), words), min_size=1, max_size=8, unique_by=lambda part: part[1])
)
def test_no_word_of_codexs_is_lost_or_said_twice(parts: list[tuple[str, str]]) -> None:
    session = one(
        meta(),
        spoken("user", "begin"),
        event("user_message", message="begin"),
        *(record for name, word in parts for record in TYPED[name](word)),
    )
    for _, word in parts:
        assert _times_said(session, word) == 1
