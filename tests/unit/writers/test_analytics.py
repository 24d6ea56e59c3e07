"""The tables and the document of what sessions took: their shape, their options, and what they refuse to hold."""

from __future__ import annotations

import csv
import io
import json
from importlib.resources import files
from typing import Any

import jsonschema
import pytest

from py_export import Notices, jsonlayout, write
from py_export.model import Message, Session, SubAgent, Text, Thinking, ToolCall, ToolResult, Usage
from py_export.options import parse
from py_export.times import rfc3339
from py_export.together import together
from py_export.transforms.analytics.analysis import from_json
from py_export.writers import WRITERS, find_writer
from tests.unit.writers.hostile import HOSTILE, everywhere

AT = 1_736_944_200_000  # 2025-01-15T12:30:00Z
DAY = 86_400_000
DOCUMENTED = ["timestamp", "type", "model", "prompt_tokens", "completion_tokens", "cost_diem", "session_id"]
ANALYTICS = [writer.id for writer in WRITERS if writer.kind == "analytics" and writer.extension in ("csv", "json")]
TABLES = [to for to in ANALYTICS if to.endswith("csv")]
PRICES = json.dumps(
    {"version": 1, "date": "2026-01-01", "source": "x", "prices": [{"models": ["large"], "input": 1, "output": 2}]}
)


def _session(name: str = "s", at: int = AT) -> Session:
    below = Message(
        id="b", role="assistant", created_at=at + 2, model="small", usage=Usage(3, 4), sub_agent=SubAgent("agent"),
        blocks=[Text("BELOW")],
    )  # fmt: skip
    call = ToolCall(
        id="c", name="Task", kind="task", subject="look", status="completed", started_at=at, ended_at=at + 7,
        result=ToolResult(exit_code=2), messages=[below],
    )  # fmt: skip
    blocks: list[Any] = [Thinking("PONDERED"), Text("SAID"), call]
    messages = [
        Message(id="q", role="user", created_at=at, blocks=[Text("ASKED")]),
        Message(
            id="a", parent_id="q", role="assistant", created_at=at + 1, model="large",
            usage=Usage(1000, 20, 100, 11, 5, 1e-05), blocks=blocks,
        ),
        Message(id="z", role="assistant", created_at=at + DAY, model="large", usage=Usage(2_000_000, 1_000_000)),
    ]  # fmt: skip
    return Session(id=name, title="T", created_at=at, provider="p", messages=messages)


def _written(to: str, session: Session | None = None, **options: Any) -> str:  # noqa: ANN401 - options
    return b"".join(write(session or _session(), to, options=options)).decode()


def _rows(to: str, session: Session | None = None, **options: Any) -> list[dict[str, str]]:  # noqa: ANN401 - options
    return list(csv.DictReader(io.StringIO(_written(to, session, **options), newline=""), strict=True))


def test_usage_events_have_the_documents_columns_first_and_in_its_order() -> None:
    text = _written("csv")
    assert text.split("\r\n")[0].split(",")[:7] == DOCUMENTED
    assert "\n" not in text.replace("\r\n", "")
    assert text.split("\r\n")[1].startswith(
        "2025-01-15T12:30:00.001Z,message,large,1111,20,0.00001,s,p,,100,11,5,,false,a"
    )


def test_a_row_says_what_is_known_and_leaves_open_what_is_not() -> None:
    _, small, last = _rows("csv", prices=PRICES)
    assert small["sub_agent"] == "true"
    assert (small["prompt_tokens"], small["cost_diem"], small["estimated_cost_diem"]) == ("3", "", "")
    assert (last["cost_diem"], last["estimated_cost_diem"]) == ("", "4.0")
    assert last["timestamp"] == rfc3339(AT + DAY)


def test_the_table_of_messages_has_figures_once_and_says_who_called_what() -> None:
    rows = _rows("messages-csv")
    assert [(row["number"], row["message_id"], row["text"], row["sub_agent"]) for row in rows] == [
        ("1", "q", "ASKED", "false"),
        ("2", "a", "SAID", "false"),
        ("3", "b", "BELOW", "true"),
        ("4", "z", "", "false"),
    ]
    assert [(row["tools"], row["tool_calls"], row["prompt_tokens"]) for row in rows] == [
        ("", "0", ""),
        ("Task", "1", "1111"),
        ("", "0", "3"),
        ("", "0", "2000000"),
    ]
    assert "PONDERED" in _rows("messages-csv", thinking=True)[1]["text"]


def test_the_table_of_tool_calls_says_what_was_done_and_how_it_ended() -> None:
    [row] = _rows("tool-calls-csv")
    assert {name: value for name, value in row.items() if value} == {
        "timestamp": "2025-01-15T12:30:00Z",
        "session_id": "s",
        "number": "1",
        "tool": "Task",
        "kind": "task",
        "subject": "look",
        "status": "completed",
        "failed": "false",
        "exit_code": "2",
        "duration_ms": "7",
        "model": "large",
        "sub_agent": "false",
        "message_id": "a",
        "call_id": "c",
    }


def test_the_table_of_sessions_sums_up() -> None:
    [row] = _rows("sessions-csv", prices=PRICES)
    expected = {"title": "T", "messages": "4", "requests": "3", "tool_calls": "1", "prompt_tokens": "2001114"}
    expected |= {
        "cost_diem": "0.00001",
        "estimated_cost_diem": "4.0",
        "unpriced_requests": "1",
        "failed_tool_calls": "0",
    }
    assert {name: row[name] for name in expected} == expected


@pytest.mark.parametrize("to", TABLES)
def test_a_mark_for_excel_stands_once_at_the_very_beginning(to: str) -> None:
    options = parse(find_writer(to).options, {"bom": True})
    text = b"".join(together([_session(), _session("t")], find_writer(to), options, Notices(), None)).decode()
    assert text.startswith("\ufeff")
    assert text.count("\ufeff") == 1
    assert (
        text[1:]
        == b"".join(
            together([_session(), _session("t")], find_writer(to), parse(find_writer(to).options, {}), Notices(), None)
        ).decode()
    )


@pytest.mark.parametrize("to", TABLES)
def test_several_sessions_are_one_table_with_one_head(to: str) -> None:
    writer = find_writer(to)
    sessions = (_session(name) for name in "abc")
    found = b"".join(together(sessions, writer, parse(writer.options, {}), Notices(), None)).decode()
    head, *_ = found.split("\r\n")
    alone = [_written(to, _session(name)).removeprefix(f"{head}\r\n") for name in "abc"]
    assert found == f"{head}\r\n{''.join(alone)}"


def test_several_sessions_are_one_document_of_analytics() -> None:
    writer = find_writer("analytics-json")
    found = b"".join(together(map(_session, "abc"), writer, parse(writer.options, {}), Notices(), 7))
    document = json.loads(found)
    assert (document["totals"]["sessions"], document["totals"]["requests"], document["exportedAt"]) == (3, 9, 7)
    assert [one["sessionId"] for one in document["events"]] == [*"aaabbbccc"]
    assert found == b"".join(jsonlayout.indent(jsonlayout.compact(found))) + b"\n"


@pytest.mark.parametrize(
    ("chosen", "messages", "calls", "prompt"),
    [
        ({"since": "2025-01-16", "until": "2025-01-16"}, ["z"], 0, "2000000"),
        ({"until": "2025-01-15"}, ["q", "a", "b"], 1, "1114"),
        ({"since": "2025-01-16T18:15:00.001", "timezone": "Asia/Kathmandu"}, [], 0, None),
        ({"models": "small"}, ["b"], 0, "3"),
        ({"models": "large, other"}, ["a", "z"], 1, "2001111"),
    ],
)
def test_a_period_and_models_take_what_lies_within(
    chosen: dict[str, Any], messages: list[str], calls: int, prompt: str | None
) -> None:
    assert [row["message_id"] for row in _rows("messages-csv", **chosen)] == messages
    assert [row["message_id"] for row in _rows("csv", **chosen)] == [one for one in messages if one != "q"]
    assert len(_rows("tool-calls-csv", **chosen)) == calls
    assert [row["prompt_tokens"] for row in _rows("sessions-csv", **chosen)] == ([prompt] if prompt else [])
    document = json.loads(_written("analytics-json", **chosen))
    assert [one["messageId"] for one in document["events"]] == [one for one in messages if one != "q"]
    assert document["totals"]["toolCalls"] == calls


def test_events_can_be_left_out_of_the_document() -> None:
    document = json.loads(_written("analytics-json", events=False))
    assert not {"events", "calls"} & document.keys()
    whole = json.loads(_written("analytics-json"))
    assert document == {name: value for name, value in whole.items() if name not in ("events", "calls")}


@pytest.mark.parametrize("options", [{}, {"since": "2025-01-16"}, {"prices": PRICES}, {"events": False}])
def test_the_document_is_as_its_schema_says_and_comes_back(options: dict[str, Any]) -> None:
    schema = json.loads(files("py_export").joinpath("analytics.schema.json").read_bytes())
    text = _written("analytics-json", **options)
    jsonschema.Draft202012Validator(schema).validate(json.loads(text))
    assert from_json(text.encode()).totals.requests == json.loads(text)["totals"]["requests"]


@pytest.mark.parametrize("said", HOSTILE)
@pytest.mark.parametrize("to", TABLES)
def test_no_field_of_a_session_makes_a_cell_or_a_row_of_its_own(to: str, said: str) -> None:
    harmless, rows = (_rows(to, everywhere(each)) for each in ("harmless", said))
    assert len(rows) == len(harmless)
    for row in rows:
        assert None not in row
        assert None not in row.values()
        assert not [cell for cell in row.values() if cell[:1] in set("=+-@\t\r\uff1d\uff0b\uff0d\uff20") and cell]
