"""Gemini CLI's logs are replayed as the command line does, and what it forgets is kept."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from py_export import Notices, Session, read
from py_export.errors import NotRecognised
from py_export.model import Counts, Event, Json, Message, Text, Thinking, ToolCall, Usage
from py_export.transforms.select import Selection, select
from tests.golden.log_cases import FOLDER

HEAD = {"sessionId": "s", "projectHash": "h", "startTime": "2026-01-02T03:04:05Z"}


def _user(identity: str, text: str, **more: Json) -> dict[str, Json]:
    return {"id": identity, "type": "user", "timestamp": "2026-01-02T03:04:06Z", "content": [{"text": text}], **more}


def _gemini(identity: str, text: str, **more: Json) -> dict[str, Json]:
    return {"id": identity, "type": "gemini", "timestamp": "2026-01-02T03:04:07Z", "content": text, **more}


def _log(*records: Json) -> str:
    return "\n".join(json.dumps(record) for record in (HEAD, *records)) + "\n"


def _read(*records: Json) -> Session:
    return read(_log(*records))[0]


def _texts(messages: list[Message]) -> list[str]:
    return [block.text for message in messages for block in message.blocks if isinstance(block, Text)]


def _current(session: Session) -> list[str]:
    return _texts(select(session, Selection(branch="current")).messages)


def test_a_later_record_of_a_turn_takes_the_place_of_the_earlier() -> None:
    session = _read(_user("a", "one"), _gemini("b", "two"), _user("c", "three"), _gemini("b", "two, better"))
    assert _texts(session.messages) == ["one", "two, better", "three"]


def test_what_an_earlier_record_says_otherwise_is_kept_in_the_source() -> None:
    once, again = _gemini("b", "two"), _gemini("b", "two, better")
    assert _read(once, again).messages[0].source == [once, again]


def test_a_turn_that_only_grew_is_kept_once() -> None:
    once, again = _gemini("b", "two"), _gemini("b", "two", tokens={"input": 1}, toolCalls=[{"name": "glob"}])
    assert _read(once, again).messages[0].source == again


def test_turns_that_were_taken_back_are_a_branch() -> None:
    records = [_user("a", "one"), _gemini("b", "two"), _user("c", "three"), {"$rewindTo": "b"}, _gemini("d", "other")]
    session = _read(*records)
    assert _texts(session.messages) == ["one", "two", "three", "other"]
    assert [message.parent_id for message in session.messages] == [None, "a", "b", "a"]
    assert session.leaf_id == "d"
    assert _current(session) == ["one", "other"]


def test_going_back_to_an_unknown_turn_takes_all_back() -> None:
    session = _read(_user("a", "one"), _gemini("b", "two"), {"$rewindTo": "gone"}, _user("c", "three"))
    assert _current(session) == ["three"]
    assert session.messages[2].parent_id is None


def test_an_id_that_was_taken_back_may_come_again() -> None:
    session = _read(_user("a", "one"), {"$rewindTo": "a"}, _user("a", "two"))
    assert [message.id for message in session.messages] == ["a", "a:2"]
    assert session.leaf_id == "a:2"


def test_what_a_summary_replaced_stands_before_it() -> None:
    snapshot = _user("s", "<state_snapshot>all of it</state_snapshot>")
    kept = _gemini("b", "two")
    session = _read(_user("a", "one"), kept, {"$set": {"messages": [snapshot, kept]}}, _user("c", "three"))
    assert [message.id for message in session.messages] == ["a", "compaction-2", "s", "b", "c"]
    events = [block for message in session.messages for block in message.blocks if isinstance(block, Event)]
    assert [event.name for event in events] == ["compact", "compact-summary"]
    assert _current(session) == ["one", "two", "three"]


def test_a_list_without_the_applications_remarks_is_no_compaction() -> None:
    talk = [_user("a", "one"), _gemini("b", "two")]
    remark = {"id": "i", "type": "info", "content": "Cancelled."}
    session = _read(talk[0], remark, talk[1], {"$set": {"messages": [*talk, _user("n", "three")]}})
    assert [message.id for message in session.messages] == ["a", "i", "b", "n"]


def test_a_turn_that_is_listed_under_a_new_id_is_not_said_twice() -> None:
    call: dict[str, Json] = {"id": "c", "name": "glob", "args": {}, "result": None, "status": "executing"}
    records = [_user("a", "yes"), _gemini("b", "", toolCalls=[call]), _user("d", "yes")]
    asked = _gemini("y", "") | {"content": [{"functionCall": {"id": "c", "name": "glob", "args": {}}}]}
    again = [_user("x", "yes"), asked, _user("z", "yes"), _user("n", "new")]
    session = _read(*records, {"$set": {"messages": again}})
    assert [message.id for message in session.messages] == ["a", "b", "d", "n"]


def test_a_context_that_a_list_begins_with_comes_first() -> None:
    context = _user("c", "<session_context>x</session_context>")
    session = _read({"$set": {"messages": [context]}}, _user("a", "one"))
    assert [(message.id, message.hidden) for message in session.messages] == [("c", True), ("a", False)]


def test_figures_count_the_cache_apart_and_thoughts_with_the_output() -> None:
    tokens = {"input": 100, "output": 10, "cached": 60, "thoughts": 5, "tool": 3, "total": 118}
    once = _gemini("b", "two", tokens=tokens)
    session = _read(once, once, _gemini("c", "three", tokens=None))
    assert session.usage == Usage(input_tokens=43, output_tokens=15, cache_read_tokens=60, reasoning_tokens=5)


def test_the_context_before_a_chat_and_the_thanks_for_it_are_hidden() -> None:
    session = _read(_user("c", "<session_context>x</session_context>"), _gemini("t", "Got it. Thanks for the context!"))
    assert [message.hidden for message in session.messages] == [True, True]
    assert not _read(_user("c", "hi"), _gemini("t", "Got it. Thanks for the context!")).messages[1].hidden


def test_a_result_in_the_next_turn_belongs_to_its_call() -> None:
    call = {"functionCall": {"id": "c", "name": "run_shell_command", "args": {"command": "ls"}}}
    result = {"functionResponse": {"id": "c", "name": "run_shell_command", "response": {"output": "a\nExit Code: 2"}}}
    answered = _user("r", "") | {"content": [result]}
    session = _read(_gemini("b", "") | {"content": [call]}, answered)
    (message,) = session.messages
    (block,) = message.blocks
    assert isinstance(block, ToolCall)
    assert block.result is not None
    assert (block.kind, block.status, block.result.exit_code) == ("shell", "completed", 2)
    assert message.source == [_gemini("b", "") | {"content": [call]}, answered]


def test_a_call_with_an_id_that_comes_again_is_a_call_of_its_own() -> None:
    calls = [{"id": "c", "name": "glob", "args": {"pattern": name}, "status": "success"} for name in ("a", "b")]
    session = _read(*(_gemini(f"g{number}", "", toolCalls=[call]) for number, call in enumerate(calls)))
    assert [block.input for message in session.messages for block in message.blocks] == [  # type: ignore[union-attr]
        {"pattern": "a"},
        {"pattern": "b"},
    ]


def test_a_sub_agents_log_stands_below_the_call_that_started_it() -> None:
    call = {"id": "c", "name": "codebase_investigator", "args": {"objective": "look"}, "agentId": "child"}
    head = {"sessionId": "child", "projectHash": "h", "kind": "subagent"}
    told = _gemini("x", "found it", tokens={"input": 7, "output": 1, "cached": 0, "total": 8})
    child = "\n".join(json.dumps(record) for record in (head, _user("w", "look"), told))
    files = {"chats/session-1.jsonl": _log(_user("a", "go"), _gemini("b", "", toolCalls=[call])).encode()}
    other_log = _log(_user("o", "x")).replace('"s"', '"other"', 1)
    files |= {"chats/s/child.jsonl": child.encode(), "chats/other.jsonl": other_log.encode()}
    first, other = sorted(read(files=files), key=lambda session: -len(session.messages))
    assert len(other.messages) == 1
    (block,) = first.messages[1].blocks
    assert isinstance(block, ToolCall)
    assert block.kind == "task"
    assert _texts(block.messages) == ["look", "found it"]
    assert block.messages[1].sub_agent is not None
    assert (first.usage or Usage()).input_tokens == 7
    assert first.counts is not None
    assert (first.counts.messages, first.counts.user_messages) == (4, 1)


def test_a_session_that_went_on_in_a_log_is_read_there() -> None:
    document = json.dumps(HEAD | {"messages": [_user("a", "one")]})
    files = {"s.json": document.encode(), "s.jsonl": _log(_user("a", "one"), _gemini("b", "two")).encode()}
    notices = Notices()
    (session,) = read(files=files, notices=notices)
    assert _texts(session.messages) == ["one", "two"]
    assert "sessions_resumed" in notices


def test_a_sub_agent_that_no_call_names_stays_marked() -> None:
    head = {"sessionId": "child", "projectHash": "h", "kind": "subagent"}
    child = "\n".join(json.dumps(record) for record in (head, _user("a", "look")))
    notices = Notices()
    files = {"s.jsonl": _log(_user("a", "go")).encode(), "s/child.jsonl": child.encode()}
    (session,) = read(files=files, notices=notices)
    assert [message.sub_agent is not None for message in session.messages] == [False, True]
    assert "sub_agent_unlinked" in notices


def test_the_title_is_the_summary_else_what_was_typed_first() -> None:
    assert _read(_user("a", "/help"), _user("b", "\n do  this\nthen that")).title == "do this"
    assert _read(_user("a", "hi"), {"$set": {"summary": "A greeting"}}).title == "A greeting"
    assert _read(_user("a", "/help")).title == "/help"


def test_adjacent_parts_are_one_text_and_thoughts_are_not_told_twice() -> None:
    content = [{"text": "**Plan** Go on.", "thought": True}, {"text": "a"}, "b", {"text": "c"}]
    thoughts = [{"subject": "Plan", "description": "Go on."}]
    blocks = _read(_gemini("b", "") | {"content": content, "thoughts": thoughts}).messages[0].blocks
    assert blocks == [Thinking("**Plan**\n\nGo on."), Thinking("**Plan** Go on."), Text("abc")][::2]


@pytest.mark.parametrize(
    "document",
    [
        [],
        [{"role": "user"}],
        [{"parts": [{"text": "x"}]}],
        [{"role": "tool", "parts": []}],
        {"history": []},
        {"sessionId": "s"},
    ],
)
def test_what_is_no_form_of_these_is_not_recognised(document: Json) -> None:
    with pytest.raises(NotRecognised):
        read(json.dumps(document))


def test_markdown_that_a_chat_was_shared_as_reads_as_its_json_does() -> None:
    parts: list[dict[str, Any]] = [
        {"text": "Look.\n\n---\n"},
        {"functionCall": {"id": "c", "name": "glob", "args": {}}},
    ]
    contents = [{"role": "user", "parts": [{"text": "hi"}]}, {"role": "model", "parts": parts}]
    command = json.dumps(parts[1]["functionCall"], indent=2)
    page = f"## USER 🧑‍💻\n\nhi\n\n---\n\n## MODEL ✨\n\nLook.\n\n---\n**Tool Command**:\n```json\n{command}\n```"
    as_json, as_page = read(json.dumps(contents))[0], read(page)[0]
    assert as_json.messages == as_page.messages


def test_real_sessions_have_what_a_count_of_their_own_finds(samples: Path) -> None:
    files = sorted((samples / "gemini-cli").glob("*.json"))
    assert files
    for path in files:
        notices = Notices()
        (session,) = read(path.read_bytes(), notices=notices)
        records = json.loads(path.read_text(encoding="utf-8"))["messages"]
        figures = [record["tokens"] for record in records if record.get("tokens")]
        assert not list(notices)
        assert session.counts is not None
        assert session.usage is not None
        assert session.counts.messages == len(records)
        assert session.counts.user_messages == sum(record["type"] == "user" for record in records)
        assert session.counts.tool_calls == sum(len(record.get("toolCalls", [])) for record in records)
        assert session.usage.output_tokens == sum(one["output"] + one["thoughts"] for one in figures)
        assert session.usage.input_tokens == sum(one["input"] - one["cached"] + one["tool"] for one in figures)
        assert session.usage.cache_read_tokens == sum(one["cached"] for one in figures)
        thoughts = [block for message in session.messages for block in message.blocks if isinstance(block, Thinking)]
        assert len(thoughts) == sum(len(record.get("thoughts", [])) for record in records)
        for message, record in zip(session.messages, records, strict=True):
            assert "".join(_texts([message])) == record["content"].strip() or _texts([message]) == [record["content"]]
            assert message.source == record


def test_the_golden_log_keeps_every_turn() -> None:
    (session,) = read((FOLDER / "gemini-cli" / "log.jsonl").read_bytes())
    assert _current(session)[-1].startswith("Thanks")
    assert len(session.messages) == len(select(session, Selection(branch="current")).messages) + 2


def test_reading_takes_time_in_proportion_to_the_length() -> None:
    call: dict[str, Json] = {"functionCall": {"name": "glob", "args": {}}}
    answer: dict[str, Json] = {"functionResponse": {"name": "glob", "response": {"output": "x"}}}
    parts: list[Json] = [{"thought": True, "text": f"thought {number}"} for number in range(8_000)]
    contents: list[Json] = [{"role": "model", "parts": [*parts, *[{"text": "x"}] * 8_000, *[call] * 8_000]}]
    (session,) = read(json.dumps([*contents, {"role": "user", "parts": [answer] * 8_000}]))
    assert (session.counts or Counts()).tool_calls == 8_000
    rewinds: list[Json] = [
        record for number in range(8_000) for record in (_user(str(number), "x"), {"$rewindTo": "1"})
    ]
    assert _read(*rewinds).messages
