"""The short way with records of the usual shape gives what the long way gives, whatever a record holds."""

from __future__ import annotations

import os
import random
from pathlib import Path
from typing import Any

import pytest

import py_export
from py_export import Notices
from py_export.errors import ExportError
from py_export.model import Json
from py_export.readers.claude_code import usual
from py_export.schema import plain
from tests.unit.readers.drifted import drifted, records_of
from tests.unit.readers.transcripts import answer, lines, prompt, result, use

GOLDEN = Path(__file__).parents[2] / "golden" / "claude-code"
FILES = sorted(GOLDEN.glob("*.jsonl"))
ROUNDS = 400
OTHER_NAMES = (
    "parentUUID", "parent_uuid", "logicalParentUuid", "parentToolUseId", "parentToolUseID", "parent_tool_use_id",
    "agentId", "agent_id", "is_sidechain", "isMeta", "isCompactSummary", "isVisibleInTranscriptOnly", "session_id",
    "isApiErrorMessage", "tool_use_result", "toolDenialKind", "subtype", "permissionMode", "teamName", "inputTokens",
    "isError", "permissions", "output", "text", "thinking", "toolUseId", "cacheReadInputTokens", "title", "requestId",
)  # fmt: skip
"""What a record may say beside the usual, at any place in it."""

OTHER_VALUES: list[Json] = [None, False, True, 3, "u1", "c2", [], {"a": 1}]


def _usual() -> list[dict[str, Any]]:
    error = {"type": "tool_result", "tool_use_id": "c2", "is_error": True, "content": [{"type": "text", "text": "no"}]}
    blocks = [{"type": "thinking", "thinking": "hm", "signature": "s"}, use("c1", command="ls"), use("c2", "Read")]
    return [
        prompt("u1", "a", permissionMode="plan"),
        answer("u2", "a1", "b", parent="u1"),
        answer("u3", "a1", *blocks, parent="u2", out=7),
        result("u4", "c1", "x\ny", parent="u3", toolUseResult={"stdout": "x", "interrupted": False, "durationMs": 3}),
        prompt("u5", [error, {"type": "text", "text": "go on"}], parent="u4", isMeta=False),
        answer("u6", "a2", "Claude AI usage limit reached|1767323045", parent="u5"),
        prompt("u7", "<command-name>/clear</command-name>"),
        prompt("u8", [{"type": "text", "text": "<system-reminder>x</system-reminder>"}], parent="u7", isMeta=True),
    ]


def _both(data: bytes, monkeypatch: pytest.MonkeyPatch) -> tuple[Json, Json]:
    short = _told(data)
    with monkeypatch.context() as patched:
        patched.setattr(usual, "read", lambda _line: None)
        return short, _told(data)


def _told(data: bytes) -> Json:
    notices = Notices()
    try:
        sessions = py_export.read(data, "claude-code", notices=notices)
    except ExportError as error:
        return error.code, error.where
    told = [(notice.code, notice.count, notice.where, notice.params) for notice in notices]
    return [plain(session) for session in sessions], told


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_golden_files_are_read_the_same(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    short, long = _both(path.read_bytes(), monkeypatch)
    assert short == long


@pytest.mark.skipif("PY_EXPORT_SAMPLES" not in os.environ, reason="set PY_EXPORT_SAMPLES to a folder of real sessions")
def test_samples_are_read_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    paths = sorted(Path(os.environ["PY_EXPORT_SAMPLES"], "claude-code").rglob("*.jsonl"))
    assert paths
    for path in paths:
        short, long = _both(path.read_bytes(), monkeypatch)
        assert short == long, path.name


def test_records_that_drifted_are_read_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    chance = random.Random(5)  # noqa: S311 - the same documents in every run
    records = _usual() + [record for path in FILES for record in records_of(path)[:20]]
    for _ in range(ROUNDS):
        data = drifted(records, chance)
        short, long = _both(data, monkeypatch)
        assert short == long, data


def _places(record: dict[str, Any]) -> list[list[dict[str, Any]]]:
    """Return a record, its message, that one's figures and its blocks."""
    message = record["message"]
    content = message["content"]
    blocks = [block for block in content if isinstance(block, dict)] if isinstance(content, list) else []
    return [[record], [message], [message["usage"]] if "usage" in message else [], blocks]


@pytest.mark.parametrize("level", range(4))
def test_fields_of_other_names_are_read_the_same(level: int, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in OTHER_NAMES:
        for value in OTHER_VALUES:
            records = _usual()
            for record in records:
                for place in _places(record)[level]:
                    place[name] = value
            data = lines(*records)
            short, long = _both(data, monkeypatch)
            assert short == long, data


def test_usual_records_take_the_short_way_and_keep_their_text() -> None:
    data = lines(*_usual()).replace(b'"durationMs": 3', b'"durationMs": 3.0e0')
    assert all(usual.read(memoryview(line)) is not None for line in data.splitlines())
    assert b"".join(py_export.write(py_export.read(data)[0], "json")).count(b"3.0e0") == 1


def test_a_record_is_decoded_for_whoever_asks_for_it() -> None:
    (session,) = py_export.read(lines(*_usual()))
    assert session.messages[0].source == _usual()[0]
    assert [record["uuid"] for record in session.messages[1].source] == ["u2", "u3", "u4", "u5"]
