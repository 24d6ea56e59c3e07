"""A payload read slice by slice holds what it holds read whole."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from py_export import Notices, Session, jsonlayout, jsontext, read, write
from py_export.errors import TooDeep
from py_export.jsontext import MAX_DEPTH
from py_export.model import Message, Permission, Text, ToolCall, ToolResult, Unknown
from py_export.readers import json as reader
from py_export.readers import slices
from py_export.readers.slices import sliced
from tests.unit.sessions import SESSIONS


def payload(*messages: Message, **more: Any) -> bytes:  # noqa: ANN401 - members of JSON
    """Return a payload of ours, compact, as the function sends it, with further members after its messages."""
    document = json.loads(b"".join(write(Session(id="s", messages=list(messages)), "json")))
    return json.dumps(document | more, ensure_ascii=False, separators=(",", ":")).encode()


def text(number: int, said: str = 'He said: }, {"id": \\ ]}') -> Message:
    return Message(id=str(number), role="user", blocks=[Text(said)])


@settings(max_examples=60)
@given(session=SESSIONS, size=st.integers(1, 400), compact=st.booleans())
def test_both_ways_read_the_same(session: Session, size: int, compact: bool) -> None:  # noqa: FBT001
    data = b"".join(write(session, "json"))
    if compact:
        data = json.dumps(json.loads(data), separators=(",", ":")).encode()
    told, others = Notices(), Notices()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(slices, "_SLICE", size)
        patch.setattr(jsonlayout, "SLICE", 2 * size)
        (found,) = read(data, "json", notices=told)
        patch.setattr(reader, "sliced", lambda _: None)
        (expected,) = read(data, "json", notices=others)
        assert b"".join(write(found, "json")) == b"".join(write(expected, "json"))
    assert found.document is not None
    found.document.slices = []
    assert found == expected
    assert list(told) == list(others)


def test_what_this_program_writes_is_read_slice_by_slice(monkeypatch: pytest.MonkeyPatch) -> None:
    call = ToolCall(messages=[text(7), text(8), text(9)])
    messages = [text(1), Message(id="2", role="assistant", blocks=[call, Text("a")]), text(3)]
    for size in (1, 40, 300, 10_000):
        monkeypatch.setattr(slices, "_SLICE", size)
        for data in (payload(*messages), b"".join(write(Session(id="s", messages=messages), "json"))):
            found = sliced(data)
            assert found is not None
            assert found.messages == messages
            assert "session" in found.members


@pytest.mark.parametrize(
    "data",
    [
        payload(text(1), more=[1]),
        payload(text(1)).replace(b'"messages":', b'"messages":[],"messages":'),
        payload(text(1)).replace(b'"role":"user"', b'"role":7'),
        payload(text(1))[:-2],
        payload(text(1)) + b"}",
        payload(),
        b'{"session":{"messages":[{"id":"1"}]}}',
        b"",
    ],
)
def test_what_lies_otherwise_takes_another_way(data: bytes) -> None:
    assert sliced(data) is None


def test_nothing_goes_through_the_whole_of_a_long_payload_to_lay_it_out(monkeypatch: pytest.MonkeyPatch) -> None:
    data = payload(*(text(number, "\\n" * 400) for number in range(600)), text(7, "潮"))
    (session,) = read(data)
    looked: list[int] = []
    lay_out = jsonlayout._laid_out

    def noted(part: bytes) -> bytes:
        looked.append(len(part))
        return lay_out(part)

    monkeypatch.setattr(jsonlayout, "_laid_out", noted)
    monkeypatch.setattr(jsonlayout, "members", noted)
    assert json.loads(b"".join(write(session, "json"))) == json.loads(data)
    assert len(looked) > 5
    assert max(looked) < 2 * jsontext.SLICE


def test_bytes_that_are_no_utf8_are_replaced_wherever_they_stand() -> None:
    data = payload(text(1, "a")).replace(b'"text":"a"', b'"text":"a\xff","more":"\xfe"')
    (found,) = read(data)
    assert found.messages[0].blocks == [Text("a\ufffd")]
    assert "\ufffd" in b"".join(write(found, "json")).decode()
    hidden = payload(text(1, "a")).replace(b'"text":"a"', b'"text":"a","more":"\xfe"')
    assert json.loads(b"".join(write(read(hidden)[0], "json")))["messages"][0]["blocks"][0]["more"] == "\ufffd"


def test_a_message_that_is_too_deep_is_refused() -> None:
    record: Any = []
    for _ in range(MAX_DEPTH):
        record = [record]
    data = payload(text(1), Message(id="2", role="event", blocks=[Unknown(record)]), text(3))
    with pytest.raises(TooDeep):
        read(data)


def deep() -> Any:  # noqa: ANN401 - a JSON value
    record: Any = []
    for _ in range(MAX_DEPTH):
        record = [record]
    return record


@pytest.mark.parametrize(
    "call",
    [
        ToolCall(input={"a": deep()}),
        ToolCall(input=deep()),
        ToolCall(result=ToolResult(data=deep())),
        ToolCall(result=ToolResult(blocks=[Unknown(deep())])),
        ToolCall(permission=Permission("approved", answers=deep())),
        ToolCall(messages=[Message(id="3", role="user", source=deep())]),
    ],
)
def test_a_call_that_nests_too_deep_is_refused_wherever_it_does(call: ToolCall) -> None:
    with pytest.raises(TooDeep):
        read(payload(text(1), Message(id="2", role="assistant", blocks=[call])))


def test_a_record_that_nests_too_deep_is_refused() -> None:
    with pytest.raises(TooDeep):
        read(payload(text(1), Message(id="2", role="user", blocks=[], source=deep())))


def test_what_nests_too_deep_in_a_member_that_nobody_knows_is_refused_where_it_would_be_written() -> None:
    data = payload(text(1, "a")).replace(b'"text":"a"', b'"text":"a","more":%b' % json.dumps(deep()).encode())
    (session,) = read(data)
    assert b"".join(write(session, "markdown")).endswith(b"\n\na\n")
    with pytest.raises(TooDeep):
        list(write(session, "json"))


@pytest.mark.parametrize("nested", [("[", "]"), ('{"a":[', "]}")])
def test_a_member_that_nobody_knows_is_written_up_to_the_limit(nested: tuple[str, str]) -> None:
    before, after = nested
    pairs = before.count("[") + before.count("{")
    inside = MAX_DEPTH - 3  # a message, its blocks, one of these
    for depth in (inside, inside + 1):
        times, rest = divmod(depth, pairs)
        value = before * times + "[" * rest + "]" * rest + after * times
        data = payload(text(1, "a")).replace(b'"text":"a"', f'"text":"a","more":{value}'.encode())
        (session,) = read(data)
        if depth == inside:
            assert json.loads(b"".join(write(session, "json"))) == json.loads(data)
        else:
            with pytest.raises(TooDeep):
                list(write(session, "json"))


def test_what_only_looks_as_if_it_nested_deep_is_written() -> None:
    data = payload(text(1, "a" + " " * 4 * MAX_DEPTH), text(2, "[{" * MAX_DEPTH))
    assert json.loads(b"".join(write(read(data)[0], "json"))) == json.loads(data)


def test_sub_agents_of_sub_agents_are_read_slice_by_slice_as_far_as_they_go(monkeypatch: pytest.MonkeyPatch) -> None:
    message = text(9)
    for number in range(8, 0, -1):
        call = ToolCall(messages=[message, text(number * 100), text(number * 100 + 1)])
        message = Message(id=str(number), role="assistant", blocks=[call])
    messages = [message, text(10), text(11)]
    for size in (10, 100, 1000):
        monkeypatch.setattr(slices, "_SLICE", size)
        found = sliced(payload(*messages))
        assert found is not None
        assert found.messages == messages
