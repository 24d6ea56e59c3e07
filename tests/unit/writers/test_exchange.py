"""JSON Lines, the sidepanel's JSON and HFS's: hostile texts, options, names."""

from __future__ import annotations

import json
import re
import sys
from typing import Any

import pytest
from hypothesis import given, settings

from py_export import Notices, Session, filename, read, write
from py_export.model import Message, Range, Text, Thinking, ToolCall, ToolResult, Usage
from py_export.writers import find_writer
from tests.unit.sessions import SESSIONS

FORMATS = ("jsonl", "sidepanel-json", "hfs-json")

HOSTILE = [
    *(
        "<script>alert(1)</script>",
        '"},{"actor":"user","content":"forged',
        "\x1b[31mred\x1b[0m",
        "\u202egnp.exe",
        "\x00",
    ),
    *(
        "javascript:alert(1)",
        "</pre>",
        "---\ntitle: x\n---",
        "``````",
        "\u2028\u2029\x85",
        "\r\n\r",
        "\\u0041",
        "{{7*7}}",
    ),
]


def _written(session: Session, to: str, notices: Notices | None = None, **options: Any) -> bytes:  # noqa: ANN401
    return b"".join(write(session, to, options=options, notices=notices))


def _laid_out(data: bytes, **how: Any) -> str:  # noqa: ANN401 - as json.dumps takes it
    """Lay out JSON as Python does, each number as it is written."""
    value = json.loads(data, parse_float=lambda number: f"as written: {number}")
    return re.sub(r'"as written: ([^"]+)"', r"\1", json.dumps(value, ensure_ascii=False, **how))


def _said(*texts: str) -> Session:
    return Session(
        id="s", messages=[Message(id=str(n), role="user", blocks=[Text(one)]) for n, one in enumerate(texts)]
    )


@pytest.mark.parametrize("to", FORMATS)
def test_no_text_is_anything_but_text(to: str) -> None:
    session = read(_written(_said(*HOSTILE), to))[0]
    assert [one.blocks for one in session.messages] == [[Text(text)] for text in HOSTILE]


@pytest.mark.parametrize("to", FORMATS)
def test_a_lone_surrogate_is_replaced(to: str) -> None:
    assert read(_written(_said("a\ud800b"), to))[0].messages[0].blocks == [Text("a\ufffdb")]


@pytest.mark.parametrize("to", FORMATS)
def test_a_megabyte_on_one_line_is_written_and_read(to: str) -> None:
    text = "x`*_<&\\" * (1 << 17)
    assert read(_written(_said(text), to))[0].messages[0].blocks == [Text(text)]


@settings(max_examples=20)
@given(SESSIONS)
@pytest.mark.parametrize("to", FORMATS)
def test_whatever_a_session_holds_the_document_is_json_of_its_layout(to: str, session: Session) -> None:
    data = _written(session, to)
    assert data == _written(session, to)
    if to == "jsonl":
        lines = data.split(b"\n")
        assert lines.pop() == b""
        for line in lines:
            keys = list(json.loads(line))
            assert keys in (["timestamp", "actor", "content"], ["actor", "content"])
            assert line.decode() == _laid_out(line, separators=(",", ":"))
    else:
        assert data.endswith(b"}\n")
        assert data.decode() == _laid_out(data, indent=2) + "\n"


def _everything() -> Session:
    call = ToolCall(
        id="c", name="Write", kind="write", paths=["a.py"], status="completed", duration_ms=3,
        input={"file_path": "a.py", "content": "SECRET"}, result=ToolResult([Text("RESULT")]),
    )  # fmt: skip
    message = Message(
        id="m",
        role="assistant",
        created_at=0,
        usage=Usage(11, 13, cost_usd=0.017),
        blocks=[Thinking("HMM"), Text("SAID"), call],
    )
    return Session(id="s", messages=[message], created_at=0)


SIGNS = {
    "messages": "SAID",
    "timestamps": "1970-01-01",
    "token_counts": "13",
    "cost": "0.017",
    "thinking": "HMM",
    "file_contents": "SECRET",
}
HELD = {
    "jsonl": ("messages", "timestamps", "thinking", "file_contents"),
    "sidepanel-json": tuple(SIGNS),
    "hfs-json": tuple(SIGNS),
}


@pytest.mark.parametrize(("to", "option"), [(to, option) for to, options in HELD.items() for option in options])
def test_every_option_that_a_format_has_is_real(to: str, option: str) -> None:
    chosen: dict[str, Any] = dict.fromkeys(HELD[to], True) | {"tools": "full"}
    assert SIGNS[option] in _written(_everything(), to, **chosen).decode()
    assert SIGNS[option] not in _written(_everything(), to, **chosen | {option: False}).decode()


def test_the_options_of_a_format_are_those_that_it_can_hold() -> None:
    for to, options in HELD.items():
        fields = set(find_writer(to).options.__struct_fields__)
        assert fields == {"locale", "timezone", "tools", *options}, to


@pytest.mark.parametrize(
    ("to", "tools", "shown"),
    [
        ("jsonl", "none", ()),
        ("jsonl", "summary", ("Write",)),
        ("jsonl", "full", ("Write", "SECRET", "RESULT")),
        ("sidepanel-json", "none", ()),
        ("sidepanel-json", "summary", ("Write",)),
        ("sidepanel-json", "full", ("Write", "SECRET")),  # the format has no place for a result
        ("hfs-json", "none", ()),
        ("hfs-json", "summary", ("Write",)),
        ("hfs-json", "full", ("Write", "SECRET", "RESULT")),
    ],
)
def test_tools_are_left_out_in_short_or_in_full(to: str, tools: str, shown: tuple[str, ...]) -> None:
    document = _written(_everything(), to, tools=tools).decode()
    assert tuple(word for word in ("Write", "SECRET", "RESULT") if word in document) == shown


@pytest.mark.parametrize(("to", "key"), [("jsonl", "timestamp"), ("sidepanel-json", "timestamp")])
def test_a_time_is_local_to_the_offset_that_its_source_kept_else_to_the_zone_asked_for(to: str, key: str) -> None:
    at = 1_736_944_200_000
    messages = [Message(id="m", role="user", created_at=at, utc_offset=offset) for offset in (180, 0, None)]
    document = _written(Session(id="s", messages=messages), to, timezone="Asia/Kathmandu").decode()
    stated = re.findall(rf'"{key}": ?"(2025[^"]+)"', document)
    assert stated == ["2025-01-15T15:30:00+03:00", "2025-01-15T12:30:00+00:00", "2025-01-15T18:15:00+05:45"]


@pytest.mark.parametrize("text", ["plain", "prose — and more", "潮汐", "🌊"])
def test_no_second_copy_of_a_text_stays_with_the_session(text: str) -> None:
    session = _said(text * 50)
    [message] = session.messages
    [said] = message.blocks
    assert isinstance(said, Text)
    before = sys.getsizeof(said.text)
    assert json.loads(_written(session, "jsonl"))["content"] == said.text
    assert sys.getsizeof(said.text) == before


def test_what_a_session_does_not_say_is_left_out() -> None:
    document = json.loads(_written(Session(id="s", messages=[Message(id="m", role="user")]), "sidepanel-json"))
    assert document == {
        "version": "1.0",
        "session": {
            "id": "s",
            "metrics": {"messageCount": 1, "toolCalls": 0},
            "messages": [{"id": "m", "role": "user", "content": ""}],
        },
    }


@pytest.mark.parametrize("to", FORMATS)
def test_a_hidden_message_is_left_out_where_people_read_and_marked_where_nothing_is(to: str) -> None:
    notices = Notices()
    session = Session(id="s", messages=[Message(id="m", role="user", hidden=True, blocks=[Text("HIDDEN")])])
    document = _written(session, to, notices).decode()
    assert ("HIDDEN" in document) == (to == "hfs-json") == ('"hidden": true' in document)
    assert ("hidden_messages" in notices) == (to != "hfs-json")


@pytest.mark.parametrize(
    ("to", "session", "name"),
    [
        ("jsonl", Session(id="sess_abc123"), "session_sess_abc123.jsonl"),
        ("jsonl", Session(id="../../etc/passwd"), "session_etc-passwd.jsonl"),
        ("jsonl", Session(id='a:b*c?"d'), "session_a-b-c-d.jsonl"),
        ("jsonl", Session(id="", created_at=1_762_525_381_000), "session_2025-11-07T14-23-01Z.jsonl"),
        ("jsonl", Session(id="/"), "session.jsonl"),
        ("jsonl", Session(id="é" * 200), f"session_{'é' * 56}.jsonl"),
        ("jsonl", Session(id="a", range=Range(3, 4, 12)), "session_a-3-4.jsonl"),
        (
            "sidepanel-json",
            Session(id="s", title="Debug Auth", created_at=1_736_944_200_000),
            "debug-auth-20250115.json",
        ),
        ("sidepanel-json", Session(id="s", title="Debug Auth"), "debug-auth.json"),
        ("sidepanel-json", Session(id="s", title="CON"), "session-con.json"),
        ("hfs-json", Session(id="0123456789", title="T", exported_at=1_736_944_200_000), "t-01234567-2025-01-15.json"),
    ],
)
def test_files_are_named_as_each_specification_has_it(to: str, session: Session, name: str) -> None:
    assert filename(session, find_writer(to)) == name
