"""Claude Code's files: sub-agents below the call that started them, folders, zips, sessions that went on elsewhere."""

from __future__ import annotations

import zipfile
from io import BytesIO
from typing import Any

import pytest

import py_export
from py_export import Notices, Session
from py_export.errors import NotRecognised
from py_export.model import ToolCall, Usage
from tests.unit.readers.transcripts import SESSION, answer, claude, lines, one, prompt, result, said, told, use

AGENT = "aa11"


def _side(*records: dict[str, Any], agent: str | None = AGENT) -> list[dict[str, Any]]:
    return [record | {"isSidechain": True} | ({} if agent is None else {"agentId": agent}) for record in records]


def _task(session: Session) -> ToolCall:
    return next(
        block
        for message in session.messages
        for block in message.blocks
        if isinstance(block, ToolCall) and block.kind == "task"
    )


MAIN = (
    prompt("u1", "go"),
    answer("u2", "m1", use("t1", "Task", prompt="Count", description="d"), parent="u1", out=3),
    result("u9", "t1", "3", "u2", toolUseResult={"agentId": AGENT, "status": "completed"}),
    answer("u10", "m2", "Three.", parent="u9", out=4),
)
CHILD = _side(prompt("c3", "Count"), answer("c4", "n1", "3 files", parent="c3", out=5))


@pytest.mark.parametrize(
    "name", [f"{SESSION}/subagents/agent-aa11.jsonl", "agent-aa11.jsonl", "subagents/agent-aa11.jsonl", "renamed.jsonl"]
)
def test_a_sub_agents_file_stands_below_the_call_that_started_it(name: str) -> None:
    session = one(*MAIN, files={name: lines(*CHILD)})
    assert told(session) == [("user", "go"), ("assistant", "3 files"), ("assistant", "Three.")]
    assert said(_task(session).messages) == [("assistant", "3 files")]
    assert session.usage == Usage(input_tokens=6, output_tokens=12)
    assert [message.parent_id for message in _task(session).messages] == [None, "c3"]


def test_a_file_of_another_sessions_agent_is_left_alone() -> None:
    foreign = [record | {"sessionId": "other"} for record in CHILD]
    assert told(one(*MAIN, files={"agent-aa11.jsonl": lines(*foreign)})) == [("user", "go"), ("assistant", "Three.")]


def test_the_note_beside_a_sub_agents_file_names_its_call() -> None:
    main = [record for record in MAIN if record["uuid"] != "u9"] + [result("u9", "t1", "3", "u2")]
    child = _side(prompt("c3", "Another prompt"), answer("c4", "n1", "3 files", parent="c3"))
    files = {"agent-aa11.jsonl": lines(*child), "agent-aa11.meta.json": b'{"toolUseId": "t1"}'}
    assert said(_task(one(*main, files=files)).messages) == [("user", "Another prompt"), ("assistant", "3 files")]


def test_a_sub_agent_whose_call_is_not_known_stands_where_it_began_and_is_reported() -> None:
    notices = Notices()
    stray = _side(prompt("c3", "Warm up"), answer("c4", "n1", "Ready", parent="c3"), agent="zz")
    session = one(*MAIN, files={"agent-zz.jsonl": lines(*stray)}, notices=notices)
    assert told(session) == [("user", "go"), ("user", "Warm up"), ("assistant", "Ready"), ("assistant", "Three.")]
    assert ("sub_agent_unlinked", 2) in [(notice.code, notice.count) for notice in notices]


def test_sub_agents_in_the_sessions_own_file_are_told_apart_by_their_prompts() -> None:
    first, second = use("t1", "Task", prompt="Docs"), use("t2", "Task", prompt="Tests")
    session = one(
        prompt("u1", "go"),
        answer("u2", "m1", first, parent="u1"),
        answer("u3", "m1", second, parent="u2"),
        *_side(prompt("c4", "Docs"), prompt("d5", "Tests"), agent=None),
        *_side(answer("c6", "n1", "docs", parent="c4"), answer("d7", "n2", "tests", parent="d5"), agent=None),
        result("u8", "t1", "docs", "u2"),
        result("u9", "t2", "tests", "u3"),
    )
    calls = [block for block in session.messages[1].blocks if isinstance(block, ToolCall)]
    assert [said(call.messages) for call in calls] == [[("assistant", "docs")], [("assistant", "tests")]]


def test_a_users_own_words_that_equal_a_prompt_stay_the_users() -> None:
    assert told(one(*MAIN, prompt("u11", "Count", "u10")))[-1] == ("user", "Count")
    assert said(one(*MAIN, prompt("u11", "Count", "u10")).messages)[-1] == ("user", "Count")


def test_reports_of_progress_tell_of_a_sub_agent_without_a_file() -> None:
    def report(uuid: str, inner: dict[str, Any]) -> dict[str, Any]:
        data = {"type": "agent_progress", "agentId": AGENT, "message": inner}
        return claude("progress", uuid, "u2", data=data, parentToolUseID="t1", toolUseID="x")

    inner = answer("c4", "n1", "3 files", out=5)
    reports = [report("p5", inner), report("p6", inner)]
    alone = one(*MAIN[:2], *reports, *MAIN[2:])
    assert said(_task(alone).messages) == [("assistant", "3 files")]
    assert alone.messages[-1].parent_id == "u2"
    beside = one(*MAIN[:2], *reports, *MAIN[2:], files={"agent-aa11.jsonl": lines(*CHILD)})
    assert said(_task(beside).messages) == [("assistant", "3 files")]
    assert alone.usage == beside.usage


def test_a_sub_agents_file_alone_is_a_session_of_that_agents() -> None:
    session = one(*CHILD)
    assert (session.id, session.title) == ("agent-aa11", "Count")
    assert session.metadata["sessionId"] == SESSION


OTHER = "5f0c0000-0000-4000-8000-000000000002"


def _folder() -> dict[str, bytes]:
    began = [prompt("a1", "first", sessionId="old"), answer("a2", "k1", "one", parent="a1", sessionId="old")]
    went_on = [*began, prompt("a3", "second", "a2"), answer("a4", "k2", "two", parent="a3")]
    return {
        f"p/{SESSION}.jsonl": lines(*MAIN),
        f"p/{SESSION}/subagents/agent-aa11.jsonl": lines(*CHILD),
        "p/old.jsonl": lines(*began),
        f"p/{OTHER}.jsonl": lines(*({**record, "sessionId": OTHER} for record in went_on)),
        "p/notes.md": b"# Notes\n",
        "p/picture.png": b"\x89PNG\r\n\x1a\n\0\0\0",
    }


def test_a_folder_is_every_session_in_it_with_its_own_sub_agents() -> None:
    notices = Notices()
    sessions = py_export.read(files=_folder(), notices=notices)
    assert {session.id: len(told(session)) for session in sessions} == {SESSION: 3, OTHER: 4}
    assert [session.metadata.get("resumedFrom") for session in sessions] == [None, ["old"]]
    told_of = {notice.code: notice.count for notice in notices}
    assert told_of["sessions_resumed"] == 1
    assert told_of["files_skipped"] == 2


def test_sessions_that_share_their_beginning_and_end_differently_stay_two() -> None:
    shared = [prompt("a1", "first"), answer("a2", "k1", "one", parent="a1")]
    files = {
        f"{name}.jsonl": lines(*({**record, "sessionId": name} for record in [*shared, prompt(f"{name}3", name, "a2")]))
        for name in ("x", "y")
    }
    assert [told(session)[-1] for session in py_export.read(files=files)] == [("user", "x"), ("user", "y")]


def test_a_zip_is_read_as_the_folder_is() -> None:
    packed = BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in _folder().items():
            archive.writestr(name, data)
    found = py_export.read(packed.getvalue())
    assert [told(session) for session in found] == [told(session) for session in py_export.read(files=_folder())]


def test_a_folder_without_a_session_is_not_recognised() -> None:
    with pytest.raises(NotRecognised) as refused:
        py_export.read(files={"a.md": b"# Notes", "b.md": b"", "c.png": b"\x89PNG\0"})
    assert refused.value.params["structure"] == "3 files: 2 md, 1 png"


@pytest.mark.parametrize(("agents", "below"), [(["aa11"], 1), (["aa11", "bb22"], 0)])
def test_the_only_sub_agent_is_that_of_the_only_call_that_names_none(agents: list[str], below: int) -> None:
    task = {"type": "tool_use", "name": "Task", "input": {"description": "count"}}
    files = {
        f"subagents/agent-{name}.jsonl": lines(*_side(answer(f"c{name}", name, "3"), agent=name)) for name in agents
    }
    session = one(prompt("u1", "go"), answer("u2", "m1", task), files=files)
    assert len(_task(session).messages) == below
    assert sum(message.sub_agent is not None for message in session.messages) == len(agents) - below
