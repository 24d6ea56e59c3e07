"""Claude Code's records: what is one message, what is hidden, who follows whom, what is counted once."""

from __future__ import annotations

from typing import Any

import pytest

import py_export
from py_export import Notices, Session
from py_export.errors import NotRecognised
from py_export.model import Code, Error, Event, Image, Thinking, ToolCall, Unknown, Usage
from tests.unit.readers.transcripts import answer, claude, lines, one, prompt, result, told, use


def _calls(session: Session) -> list[ToolCall]:
    return [block for message in session.messages for block in message.blocks if isinstance(block, ToolCall)]


def _parents(session: Session) -> dict[str, str | None]:
    return {message.id: message.parent_id for message in session.messages}


def test_the_records_of_an_api_message_are_one_message_with_the_last_ones_figures() -> None:
    session = one(
        prompt("u1", "go"),
        answer("u2", "msg", {"type": "thinking", "thinking": "hm", "signature": "s"}, parent="u1", out=1),
        answer("u3", "msg", "Looking.", parent="u2", out=1),
        answer("u4", "msg", use("t1"), parent="u3", out=1),
        result("u5", "t1", "ok", "u4"),
        answer("u6", "msg", use("t2"), parent="u5", out=70),
        result("u7", "t2", "ok", "u6"),
    )
    assert [len(message.blocks) for message in session.messages] == [1, 4]
    assert [block.type for block in session.messages[1].blocks] == ["thinking", "text", "tool_call", "tool_call"]
    assert session.messages[1].usage == Usage(input_tokens=2, output_tokens=70)
    assert session.usage == Usage(input_tokens=2, output_tokens=70)
    assert isinstance(session.messages[1].source, list)
    assert len(session.messages[1].source) == 6


def test_an_answer_after_the_user_spoke_is_a_message_of_its_own_and_counts_once() -> None:
    session = one(
        answer("u1", "msg", "a", out=5),
        prompt("u2", "more", "u1"),
        answer("u3", "msg", "b", parent="u2", out=9),
    )
    assert told(session) == [("assistant", "a"), ("user", "more"), ("assistant", "b")]
    assert session.usage == Usage(input_tokens=2, output_tokens=9)


def test_two_requests_that_a_proxy_gave_one_id_count_twice() -> None:
    session = one(answer("u1", "x", "a", requestId="r1", out=5), answer("u2", "x", "b", requestId="r2", out=7))
    assert session.usage == Usage(input_tokens=4, output_tokens=12)
    assert len(session.messages) == 2


def test_without_a_request_the_messages_id_decides() -> None:
    session = one(answer("u1", "x", "a", requestId=None, out=5), answer("u2", "x", "b", requestId=None, out=7))
    assert session.usage == Usage(input_tokens=2, output_tokens=7)
    assert len(session.messages) == 1


def test_a_record_that_stands_there_twice_is_read_once() -> None:
    notices = Notices()
    first = prompt("u1", "hello")
    session = one(first, first | {"sessionId": "another"}, answer("u2", "m", "hi", parent="u1"), notices=notices)
    assert told(session) == [("user", "hello"), ("assistant", "hi")]
    assert [(notice.code, notice.count) for notice in notices] == [("duplicates_merged", 1)]


def test_records_of_one_uuid_that_say_two_things_are_both_kept() -> None:
    session = one(prompt("u1", "hello"), prompt("u1", "other"))
    assert told(session) == [("user", "hello"), ("user", "other")]
    assert len({message.id for message in session.messages}) == 2


def test_what_was_rewound_is_a_branch_and_the_leaf_is_the_last_records() -> None:
    session = one(
        prompt("u1", "a"),
        answer("u2", "m1", "b", parent="u1"),
        prompt("u3", "c", "u2"),
        answer("u4", "m2", "d", parent="u3"),
        prompt("u5", "c again", "u2"),
        answer("u6", "m3", "e", parent="u5"),
    )
    assert _parents(session) == {"u1": None, "u2": "u1", "u3": "u2", "u4": "u3", "u5": "u2", "u6": "u5"}
    assert session.leaf_id == "u6"


def test_parallel_calls_and_their_results_are_no_branches() -> None:
    session = one(
        prompt("u1", "a"),
        answer("u2", "m1", use("t1"), parent="u1"),
        answer("u3", "m1", use("t2"), parent="u2"),
        result("u4", "t1", "1", "u2"),
        result("u5", "t2", "2", "u3"),
        answer("u6", "m2", "done", parent="u5"),
    )
    assert _parents(session) == {"u1": None, "u2": "u1", "u6": "u2"}


def test_the_leaf_that_the_file_names_after_its_last_record_stands() -> None:
    records = [prompt("u1", "a"), answer("u2", "m1", "b", parent="u1"), answer("u3", "m2", "c", parent="u1")]
    assert one(*records, {"type": "last-prompt", "lastPrompt": "a", "leafUuid": "u2"}).leaf_id == "u2"
    assert one(*records, {"type": "last-prompt", "lastPrompt": "a", "leafUuid": "gone"}).leaf_id == "u3"


def test_a_conversation_goes_on_behind_a_compaction() -> None:
    boundary = claude(
        "system", "u3", subtype="compact_boundary", logicalParentUuid="u2", content="Conversation compacted"
    )
    summary = prompt("u4", "This session is being continued", "u3", isCompactSummary=True)
    session = one(prompt("u1", "a"), answer("u2", "m", "b", parent="u1"), boundary, summary, prompt("u5", "c", "u4"))
    assert _parents(session) == {"u1": None, "u2": "u1", "u3": "u2", "u4": "u3", "u5": "u4"}
    assert told(session) == [("user", "a"), ("assistant", "b"), ("user", "c")]
    assert [message.hidden for message in session.messages] == [False, False, False, True, False]


def test_a_parent_that_is_not_there_is_the_record_before() -> None:
    session = one(prompt("u1", "a"), prompt("u2", "b", "lost"), prompt("u3", "c", "u2"))
    assert _parents(session) == {"u1": None, "u2": "u1", "u3": "u2"}


def test_parents_in_a_circle_are_walked_once() -> None:
    session = one(prompt("u1", "a", "u2"), prompt("u2", "b", "u1"))
    assert _parents(session) == {"u1": "u2", "u2": "u1"}


def test_a_result_keeps_its_structured_twin() -> None:
    twin = {"filePath": "/w/a", "structuredPatch": [{"oldStart": 1, "lines": ["-a", "+b"]}], "originalFile": "a"}
    (call,) = _calls(
        one(answer("u1", "m", use("t", "Edit", file_path="/w/a")), result("u2", "t", "ok", toolUseResult=twin))
    )
    assert call.result is not None
    assert call.result.data == twin
    assert (call.kind, call.paths, call.status) == ("edit", ["/w/a"], "completed")


@pytest.mark.parametrize(
    "more",
    [
        {"toolDenialKind": "user-rejected"},
        {"text": "The user doesn't want to proceed with this tool use. The tool use was rejected."},
    ],
)
def test_a_call_that_the_user_refused_is_denied(more: dict[str, Any]) -> None:
    block = {"type": "tool_result", "tool_use_id": "t", "content": more.pop("text", "no"), "is_error": True}
    (call,) = _calls(one(answer("u1", "m", use("t")), prompt("u2", [block], "u1", **more)))
    assert (call.status, call.permission and call.permission.status) == ("denied", "denied")


def test_what_the_application_says_in_the_users_name_is_hidden() -> None:
    session = one(
        prompt("u1", "Caveat: The messages below were generated", isMeta=True),
        prompt("u2", "<system-reminder>Be good</system-reminder>", "u1"),
        prompt("u3", [{"type": "text", "text": "[Image: source: /x]"}], "u2", isMeta=True),
        prompt("u4", "Hello", "u3"),
    )
    assert told(session) == [("user", "Hello")]
    assert session.title == "Hello"


def test_a_command_and_what_it_printed_are_one_event() -> None:
    session = one(
        prompt("u1", "<command-name>/model</command-name>\n<command-args>opus</command-args>"),
        prompt("u2", "<local-command-stdout>Set model</local-command-stdout>", "u1"),
    )
    (message,) = session.messages
    assert message.blocks == [Event("command", data={"command": "/model opus"}), Code("Set model")]
    assert session.title == "/model opus"


def test_an_answer_that_says_there_was_none_is_an_error() -> None:
    session = one(prompt("u1", "a"), answer("u2", "x", "API Error: 529", isApiErrorMessage=True, error="overloaded"))
    assert session.messages[1].role == "event"
    assert session.messages[1].blocks == [Error("API Error: 529", "overloaded")]


def test_images_travel_with_the_prompt() -> None:
    source = {"type": "base64", "media_type": "image/png", "data": "QUJD"}
    (message,) = one(prompt("u1", [{"type": "text", "text": "see"}, {"type": "image", "source": source}])).messages
    assert message.blocks[1] == Image(media_type="image/png", size=3, data="QUJD")


def test_thinking_that_came_as_a_signature_alone_shows_nothing() -> None:
    session = one(answer("u1", "m", {"type": "thinking", "thinking": "", "signature": "s"}), answer("u2", "m", "hi"))
    assert not any(isinstance(block, Thinking) for message in session.messages for block in message.blocks)
    assert '"signature": "s"' in b"".join(py_export.write(session, "json")).decode()


def test_what_the_user_typed_while_the_agent_worked_is_said_once() -> None:
    queued = {"type": "queued_command", "prompt": "And tests", "commandMode": "prompt"}
    session = one(
        prompt("u1", "a"),
        {"type": "queue-operation", "operation": "enqueue", "content": "And tests", "sessionId": "s"},
        claude("attachment", "u2", "u1", attachment=queued),
        {"type": "queue-operation", "operation": "remove", "sessionId": "s"},
        {"type": "queue-operation", "operation": "enqueue", "content": "Only here", "sessionId": "s"},
        {"type": "queue-operation", "operation": "remove", "content": "Only here", "sessionId": "s"},
        {"type": "queue-operation", "operation": "enqueue", "content": "Later", "sessionId": "s"},
        {"type": "queue-operation", "operation": "dequeue", "sessionId": "s"},
        prompt("u3", "Later", "u2"),
    )
    assert told(session) == [("user", "a"), ("user", "And tests"), ("user", "Only here"), ("user", "Later")]
    assert [message.parent_id for message in session.messages if not message.hidden][2:] == ["u2", "record-6"]


@pytest.mark.parametrize(
    ("records", "title"),
    [
        ([{"type": "custom-title", "customTitle": "Mine"}, {"type": "ai-title", "aiTitle": "Its"}], "Mine"),
        ([{"type": "ai-title", "aiTitle": "Old"}, {"type": "ai-title", "aiTitle": "New"}], "New"),
        ([{"type": "summary", "summary": "Of this", "leafUuid": "u1"}], "Of this"),
        ([{"type": "summary", "summary": "Of another", "leafUuid": "z"}], "First line"),
    ],
)
def test_the_title_is_the_users_else_the_models_else_the_first_words(records: list[Any], title: str) -> None:
    session = one(*records, prompt("u1", "\n First line \nsecond"))
    assert session.title == title
    assert told(session) == [("user", "\n First line \nsecond")]


def test_the_header_says_where_the_session_was() -> None:
    session = one(prompt("u1", "a", gitBranch="main"), prompt("u2", "b", "u1", cwd="/w/below", version="2.2.0"))
    assert (session.id, session.workspace) == ("5f0c0000-0000-4000-8000-000000000001", "/w")
    assert (session.source.app, session.source.version) == ("claude-code", "2.2.0")
    assert session.metadata | {"gitBranch": "main", "cwd": "/w/below"} == session.metadata


def test_records_of_no_known_kind_are_kept_and_counted() -> None:
    notices = Notices()
    session = one(
        prompt("u1", "a"), claude("new-kind", "u2", "u1", x=1), claude("new-kind", "u3", "u2", x=2), notices=notices
    )
    unknown = [block for message in session.messages for block in message.blocks if isinstance(block, Unknown)]
    assert [(block.name, block.record["x"]) for block in unknown] == [("new-kind", 1), ("new-kind", 2)]
    assert ("unknown_type", 2) in [(notice.code, notice.count) for notice in notices]


def test_a_damaged_line_is_reported_with_its_place_and_the_rest_is_read() -> None:
    notices = Notices()
    data = lines(prompt("u1", "a")) + b'{"type":"us\n' + lines(prompt("u2", "b", "u1")) + b'{"type":"ass'
    (session,) = py_export.read(data, notices=notices)
    assert told(session) == [("user", "a"), ("user", "b")]
    assert [(notice.code, notice.where) for notice in notices] == [("line_broken", "line 2"), ("line_cut", "line 4")]


def test_line_separators_and_lone_surrogates_in_strings_are_text() -> None:
    data = (
        b'{"type":"user","uuid":"u1","parentUuid":null,"sessionId":"s","message":{"content":"a\xe2\x80\xa8b\\ud83d"}}\n'
    )
    (session,) = py_export.read(data)
    assert told(session) == [("user", "a\u2028b\ufffd")]


def test_a_file_in_which_nobody_speaks_is_no_session() -> None:
    with pytest.raises(NotRecognised):
        py_export.read(lines({"type": "summary", "summary": "s", "leafUuid": "z"}))


def test_loglines_are_read_in_their_order() -> None:
    records = [{"type": kind, "message": {"content": text}} for kind, text in (("user", "a"), ("assistant", "b"))]
    session = one({"loglines": records, "title": "kept"})
    assert told(session) == [("user", "a"), ("assistant", "b")]
    assert session.metadata["title"] == "kept"
