"""Folders and zips of anything: every file is read by its own reader, one at a time, and none stops another."""

from __future__ import annotations

import gc
import json
import zipfile
from collections.abc import Iterator, Mapping
from io import BytesIO

import pytest

import py_export
from py_export import Notices
from py_export.errors import NewerVersion, ReadError, UnknownSource, Unreadable
from py_export.model import ToolCall
from py_export.readers import Input
from py_export.readers.container import read_parts
from tests.unit.readers.transcripts import answer, item, lines, meta, prompt, result, said, spoken, told, use

CLAUDE, CODEX = lines(prompt("u1", "to Claude")), lines(meta(), spoken("user", "to Codex"))
CURSOR = b'{"actor": "user", "content": "to Cursor"}\n'
NEWER = json.dumps({"schemaVersion": 99, "generator": "py-export 99", "session": {"id": "x"}, "messages": []}).encode()


def _zip(files: Mapping[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    packed = BytesIO()
    with zipfile.ZipFile(packed, "w", method) as archive:
        archive.mkdir("folder")
        for name, data in files.items():
            archive.writestr(name, data)
    return packed.getvalue()


def test_files_of_several_agents_are_each_read_by_their_reader() -> None:
    sessions = py_export.read(files={"c": CURSOR, "b.jsonl": CODEX, "a.jsonl": CLAUDE})
    assert [session.source.format for session in sessions] == ["claude-code", "codex", "cursor-jsonl"]


def test_a_reader_that_is_named_reads_only_its_own_files() -> None:
    notices = Notices()
    (session,) = py_export.read(source="codex", files={"b.jsonl": CODEX, "a.jsonl": CLAUDE}, notices=notices)
    assert told(session) == [("user", "to Codex")]
    assert ("files_skipped", 1) in [(notice.code, notice.count) for notice in notices]
    with pytest.raises(UnknownSource):
        py_export.read(source="nobody", files={"a.jsonl": CLAUDE})


def test_one_file_that_cannot_be_read_stops_no_other() -> None:
    notices = Notices()
    files = {"a.json": NEWER, "b.jsonl": CODEX}
    assert len(py_export.read(files=files, notices=notices)) == 1
    assert ("file_unreadable", "a.json") in [(notice.code, notice.where) for notice in notices]
    with pytest.raises(NewerVersion):
        py_export.read(files={"a.json": NEWER})


def test_a_notice_says_which_file_it_is_about() -> None:
    notices = Notices()
    py_export.read(files={"a.jsonl": CLAUDE + b'{"cut', "b.jsonl": CODEX}, notices=notices)
    assert next(notice.where for notice in notices if notice.code == "line_cut") == "a.jsonl: line 2"


class _Watched(Mapping[str, bytes]):
    """Files that count how many of them are in use."""

    def __init__(self, files: Mapping[str, bytes]) -> None:
        self.files = files
        self.looked_up: list[str] = []

    def __getitem__(self, name: str) -> bytes:
        self.looked_up.append(name)
        return self.files[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self.files)

    def __len__(self) -> int:
        return len(self.files)

    def head(self, name: str) -> bytes:
        return self.files[name][:64]


def test_files_are_read_when_their_turn_comes_and_pictures_not_at_all() -> None:
    files = _Watched({"a": CURSOR, "b": CURSOR, "c.png": b"\x89PNG\0"})
    parts = read_parts(Input(files=files), None, Notices())
    next(parts)
    assert files.looked_up == ["a"]
    list(parts)
    assert files.looked_up == ["a", "b"]


@pytest.mark.parametrize("looking", [True, False])
def test_the_search_for_garbage_is_as_it_was_whatever_was_read(looking: bool) -> None:  # noqa: FBT001 - a parameter
    before = gc.isenabled()
    try:
        (gc.enable if looking else gc.disable)()
        parts = read_parts(Input(files={"a": CLAUDE, "b": NEWER, "c": CODEX}), None, Notices())
        next(parts)  # and nobody asks for the rest
        assert gc.isenabled() == looking
        with pytest.raises(ReadError):
            py_export.read(b"[" * 999, "claude-code")
        assert gc.isenabled() == looking
    finally:
        (gc.enable if before else gc.disable)()


def test_a_zip_of_anything_is_read_whatever_its_packing() -> None:
    for method in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA):
        assert len(py_export.read(_zip({"x/a.jsonl": CLAUDE, "b.jsonl": CODEX}, method))) == 2


def test_a_zip_that_would_fill_the_memory_is_refused() -> None:
    bomb = _zip({"a.jsonl": b"\n" * (300 << 20)})
    with pytest.raises(Unreadable):
        py_export.read(bomb)


def test_a_damaged_zip_is_refused_and_a_damaged_file_in_it_stops_no_other() -> None:
    whole = _zip({"a.jsonl": CLAUDE * 50, "b.jsonl": CODEX}, zipfile.ZIP_STORED)
    with pytest.raises(Unreadable):
        py_export.read(whole[: len(whole) // 2])
    damaged = whole.replace(b"to Claude", b"to Nobody", 1)
    notices = Notices()
    assert len(py_export.read(damaged, notices=notices)) == 1
    assert "file_unreadable" in notices


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_what_powershell_wrote_into_a_file_is_read(encoding: str) -> None:
    data = ("\ufeff" + CODEX.decode()).encode(encoding)
    (session,) = py_export.read(data)
    assert told(session) == [("user", "to Codex")]
    assert len(py_export.read(files={"a.jsonl": data, "b.jsonl": CLAUDE})) == 2


def _sub_agents() -> dict[str, bytes]:
    """Return a session with a sub-agent's file of each agent whose files say whose they are."""
    claude = lines(
        prompt("u1", "go"),
        answer("u2", "m1", use("t1", "Task", prompt="Count"), parent="u1"),
        result("u3", "t1", "3", "u2", toolUseResult={"agentId": "aa11"}),
    )
    below = {**answer("c1", "n1", "counted"), "isSidechain": True, "agentId": "aa11"}
    call = item("function_call", name="spawn_agent", arguments="{}", call_id="s")
    output = item("function_call_output", call_id="s", output=json.dumps({"agent_id": "0199bbbb"}))
    spawned = meta("0199bbbb")
    parent = {"parent_thread_id": meta()["payload"]["id"], "depth": 1}
    spawned["payload"]["source"] = {"subagent": {"thread_spawn": parent}}
    header = {"projectHash": "h", "startTime": "2026-01-02T03:04:05Z"}
    made = [{"id": "c", "name": "codebase_investigator", "args": {}, "agentId": "child"}]
    gemini = lines({**header, "sessionId": "s"}, {"id": "b", "type": "gemini", "content": "", "toolCalls": made})
    child = {**header, "sessionId": "child", "kind": "subagent"}
    return {
        "claude/a.jsonl": claude,
        "claude/a/subagents/agent-aa11.jsonl": lines(below),
        "codex/a.jsonl": lines(meta(), spoken("user", "go"), call, output),
        "codex/b.jsonl": lines(spawned, spoken("assistant", "counted")),
        "gemini/chats/s.jsonl": gemini,
        "gemini/chats/s/child.jsonl": lines(child, {"id": "x", "type": "gemini", "content": "counted"}),
    }


def test_files_are_told_and_put_together_by_what_they_say_and_not_by_name() -> None:
    files = _sub_agents()
    renamed = {f"{number % 3}/{9 - number}": data for number, data in enumerate(files.values())}
    for given in (files, renamed):
        sessions = py_export.read(files=given)
        assert sorted(session.source.format or "" for session in sessions) == ["claude-code", "codex", "gemini-cli"]
        for session in sessions:
            calls = [block for message in session.messages for block in message.blocks if isinstance(block, ToolCall)]
            assert [said(call.messages) for call in calls] == [[("assistant", "counted")]]


@pytest.mark.parametrize("damage", [b"\0\0\0\n%s", b"%s\0\0\0", b"\0%s"])
def test_what_a_machine_that_lost_power_left_is_read(damage: bytes) -> None:
    document = json.dumps({"loglines": [prompt("u1", "to Claude")]}).encode()
    for data in (CLAUDE, CODEX, document):
        damaged = damage % data.replace(b"\n", b"\0\0\n")
        assert [told(session) for session in py_export.read(damaged)] == [
            told(session) for session in py_export.read(data)
        ]
        assert len(py_export.read(files={"a": damaged})) == 1
