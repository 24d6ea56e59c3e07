"""Conversations in Cursor's global database: their order, what a bubble says, sub-agents, what is left of others."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from py_export import Notices
from py_export.errors import Unreadable
from py_export.model import Code, Text, ToolCall, Usage
from py_export.schema import plain
from tests.unit.readers.databases import codes, conversation, cursor, read


def _call(**data: Any) -> ToolCall:  # noqa: ANN401 - JSON values
    (session,) = read(conversation({"type": 2, "toolFormerData": data}))
    (block,) = session.messages[0].blocks
    assert isinstance(block, ToolCall)
    return block


def test_order_is_that_of_the_headers_not_of_the_keys() -> None:
    headers = [{"bubbleId": name, "type": 1} for name in ("z", "a", "m")]
    rows = {f"bubbleId:c:{name}": {"type": 1, "text": name} for name in ("a", "m", "z")}
    (session,) = read(cursor({"composerData:c": {"fullConversationHeadersOnly": headers}} | rows))
    assert [message.id for message in session.messages] == ["z", "a", "m"]


def test_without_headers_bubbles_stand_by_time() -> None:
    rows = {
        f"bubbleId:c:{n}": {"type": 1, "text": n, "createdAt": at} for n, at in (("a", 3000), ("b", 1000), ("c", 2000))
    }
    (session,) = read(cursor({"composerData:c": {"composerId": "c"}} | rows))
    assert [message.id for message in session.messages] == ["b", "c", "a"]


def test_what_is_missing_and_what_is_listed_no_more_is_counted() -> None:
    headers = [{"bubbleId": "a"}, {"bubbleId": "gone"}, {"bubbleId": "null"}, {}]
    notices = Notices()
    (session,) = read(
        cursor(
            {
                "composerData:c": {"fullConversationHeadersOnly": headers},
                "bubbleId:c:a": {"type": 1, "text": "a"},
                "bubbleId:c:null": None,
                "bubbleId:c:b": {"type": 1, "text": "taken back"},
                "bubbleId:deleted:d": {"type": 1, "text": "d"},
            }
        ),
        notices,
    )
    assert len(session.messages) == 1
    assert codes(notices) == {"message_missing": 3, "unlisted_left_out": 2}


@pytest.mark.parametrize("form", [lambda name: name, lambda name: {"id": name, "type": 1}, lambda name: [name]])
def test_headers_of_another_form_name_the_rows_that_are_left(form: Any) -> None:  # noqa: ANN401 - a function
    headers = [{"bubbleId": "a"}, form("c"), {"bubbleId": "b"}, form("d")]
    rows = {f"bubbleId:c:{n}": {"type": 1, "text": n, "createdAt": at} for at, n in enumerate("abcd", 1)}
    notices = Notices()
    (session,) = read(cursor({"composerData:c": {"fullConversationHeadersOnly": headers}} | rows), notices)
    assert [message.id for message in session.messages] == ["a", "c", "b", "d"]
    assert codes(notices) == {}


@pytest.mark.parametrize(
    "bubble",
    [
        {"type": 2, "words": "said"},
        {"type": 2, "text": "", "toolCall": {"name": "read_file", "params": "said"}},
        {"type": 2, "text": "", "toolFormerData": {"name": "x", "status": "completed", "output": "said"}},
    ],
)
def test_what_a_bubble_says_under_another_name_is_kept(bubble: Any) -> None:  # noqa: ANN401 - a JSON value
    (session,) = read(conversation({"type": 1, "text": "begin"}, bubble))
    (block,) = session.messages[1].blocks
    assert "said" in json.dumps(plain(block))


def test_a_colon_in_an_id_leads_to_no_other_conversation() -> None:
    sessions = read(
        cursor(
            {
                "composerData:c": {"fullConversationHeadersOnly": [{"bubbleId": "b", "type": 1}]},
                "composerData:c:d": {"fullConversationHeadersOnly": [{"bubbleId": "b", "type": 1}]},
                "bubbleId:c:b": {"text": "of c"},
                "bubbleId:c:d:b": {"text": "of c:d"},
            }
        )
    )
    assert [session.title for session in sessions] == ["of c", "of c:d"]


def test_a_database_of_drafts_alone_is_refused() -> None:
    with pytest.raises(Unreadable):
        read(cursor({"composerData:c": {"composerId": "c", "fullConversationHeadersOnly": []}}))


def test_the_title_is_the_name_else_the_first_line_that_was_typed() -> None:
    (named,) = read(conversation({"type": 1, "text": "ask"}, name="A name"))
    (unnamed,) = read(
        conversation({"type": 2, "text": "no"}, {"type": 1, "text": "\n \nFirst line " + "x" * 300 + "\nnext"})
    )
    assert named.title == "A name"
    assert unnamed.title == "First line " + "x" * 300


@pytest.mark.parametrize(
    ("bubble", "expected"),
    [
        ({"createdAt": "2026-01-02T03:04:05.006Z"}, 1767323045006),
        ({"createdAt": 1767323045006}, 1767323045006),
        ({"timingInfo": {"clientStartTime": 1767323045006.75}}, 1767323045006),
        ({"timingInfo": {"clientStartTime": 1234.5, "clientRpcSendTime": 1767323045006.2}}, 1767323045006),
        ({"timingInfo": {"clientStartTime": 1234.5}}, None),
        ({"timingInfo": {"clientStartTime": float("1e300")}}, None),
        ({}, None),
    ],
)
def test_a_time_is_the_bubbles_or_its_requests(bubble: dict[str, Any], expected: int | None) -> None:
    (session,) = read(conversation({"type": 1, "text": "x"} | bubble))
    assert session.messages[0].created_at == expected


def test_tokens_that_are_zero_are_unknown() -> None:
    (session,) = read(
        conversation(
            {"type": 1, "text": "x", "tokenCount": {"inputTokens": 0, "outputTokens": 0}},
            {"type": 2, "text": "x", "tokenCount": {"inputTokens": 3, "outputTokens": 0}},
            {"type": 2, "text": "x", "tokenCount": {"inputTokens": 4, "outputTokens": 5}},
            usageData={"m": {"costInCents": 7, "amount": 1}, "n": {"costInCents": 3.5}},
        )
    )
    assert session.messages[0].usage is None
    assert session.usage == Usage(input_tokens=7, output_tokens=5, cost_usd=0.105)


def test_a_model_called_default_is_none() -> None:
    (session,) = read(conversation({"type": 2, "text": "x", "modelInfo": {"modelName": "default"}}))
    assert session.model is None
    (session,) = read(conversation({"type": 2, "text": "x"}, modelConfig={"modelName": "m"}))
    assert session.model == "m"


def test_code_that_the_text_says_already_is_not_said_twice() -> None:
    bubble = {"type": 2, "text": "```\na = 1\n```", "codeBlocks": [{"content": "a = 1"}, {"content": "b = 2\n"}, {}]}
    (session,) = read(conversation(bubble))
    assert session.messages[0].blocks == [Text("```\na = 1\n```"), Code("b = 2\n")]


@pytest.mark.parametrize(
    ("status", "decision", "expected"),
    [
        ("completed", None, "completed"),
        ("error", None, "error"),
        ("cancelled", None, "cancelled"),
        ("completed", "rejected", "denied"),
        ("loading", None, "running"),
        (None, None, "completed"),
        ("later", "accepted", "completed"),
    ],
)
def test_a_call_stands_as_cursor_says(status: str | None, decision: str | None, expected: str) -> None:
    assert _call(name="read_file", result="x", status=status, userDecision=decision).status == expected


def test_a_call_that_was_not_answered_is_pending() -> None:
    assert _call(name="read_file", params="{}").status == "pending"


def test_the_input_is_what_the_model_wrote_where_that_is_whole() -> None:
    assert _call(name="x", rawArgs='{"a": 1}', params='{"b": 2}').input == {"a": 1}
    assert _call(name="x", rawArgs='{"a": ', params='{"b": 2}').input == {"b": 2}
    assert _call(name="x", rawArgs="plain").input == "plain"


@pytest.mark.parametrize(
    ("result", "text"),
    [
        ("plain words", "plain words"),
        ('{"contents": "a\\nb"}', "a\nb"),
        ('{"output": "done", "exitCodeV2": 3}', "done"),
        ('{"diff": {"chunks": [{"diffString": "-a"}, {"diffString": "+b"}]}}', "-a\n+b"),
        ("{not json", "{not json"),
    ],
)
def test_a_result_is_shown_as_a_person_would_read_it(result: str, text: str) -> None:
    call = _call(name="x", result=result)
    assert call.result is not None
    assert [block.text for block in call.result.blocks if isinstance(block, (Text, Code))] == [text]
    assert call.result.exit_code == (3 if "exitCodeV2" in result else None)


def test_a_tool_is_known_by_its_number_where_it_has_no_name() -> None:
    assert (_call(tool=5, params="{}").name, _call(tool=999, params="{}").name) == ("read_file", "unknown")
    assert _call(tool=48, params='{"description": "look"}').kind == "task"


def test_a_sub_agent_without_its_call_is_a_session_of_its_own() -> None:
    values = {
        "composerData:c": {
            "fullConversationHeadersOnly": [{"bubbleId": "b", "type": 1}],
            "subagentInfo": {"parentComposerId": "p"},
        },
        "bubbleId:c:b": {"text": "x"},
    }
    notices = Notices()
    (session,) = read(cursor(values), notices)
    assert session.id == "c"
    assert codes(notices) == {"sub_agent_unlinked": 1}


def test_sub_agents_in_a_circle_are_sessions_of_their_own() -> None:
    values: dict[str, Any] = {}
    for one, other in (("a", "b"), ("b", "a")):
        call = {"name": "task_v2", "toolCallId": f"call-{one}", "params": "{}"}
        head = {"bubbleId": "x", "type": 2}
        about = {"parentComposerId": other, "toolCallId": f"call-{other}"}
        values[f"composerData:{one}"] = {"fullConversationHeadersOnly": [head], "subagentInfo": about}
        values[f"bubbleId:{one}:x"] = {"type": 2, "toolFormerData": call}
    assert {session.id for session in read(cursor(values))} == {"a", "b"}


def test_what_a_newer_table_of_heads_says_completes_a_conversation() -> None:
    data = cursor(
        {
            "composerData:c": {"fullConversationHeadersOnly": [{"bubbleId": "b"}]},
            "bubbleId:c:b": {"type": 1, "text": "x"},
        }
    )
    with closing(sqlite3.connect(":memory:")) as connection:
        connection.deserialize(data)
        connection.execute("CREATE TABLE composerHeaders (composerId TEXT PRIMARY KEY, value TEXT)")
        connection.execute("INSERT INTO composerHeaders VALUES ('c', ?)", (json.dumps({"name": "Named there"}),))
        connection.commit()
        (session,) = read(connection.serialize())
    assert session.title == "Named there"


def test_the_real_sample_is_read_whole(samples: Path) -> None:
    path = samples / "cursor" / "composer-global-state.vscdb"
    with closing(sqlite3.connect(f"file:{path}?mode=ro&immutable=1", uri=True)) as connection:
        rows = dict(connection.execute("SELECT key, value FROM cursorDiskKV").fetchall())
    (head,) = (json.loads(value) for key, value in rows.items() if key.startswith("composerData:"))
    texts = {json.loads(value).get("text") for key, value in rows.items() if key.startswith("bubbleId:") and value}
    notices = Notices()
    (session,) = read(path.read_bytes(), notices)
    assert len(session.messages) == len(head["fullConversationHeadersOnly"]) - 1  # one row is NULL
    assert codes(notices) == {"message_missing": 1}
    said = {block.text for message in session.messages for block in message.blocks if isinstance(block, Text)}
    assert said == texts - {None}
    assert session.counts is not None
    assert session.counts.tool_calls == 2
