"""opencode's exports are read in both versions: figures once, sub-agents below their calls, nothing added is shown."""

from __future__ import annotations

import json
from typing import Any

import pytest

from py_export import Notices, Session, read
from py_export.errors import NotRecognised, Unreadable
from py_export.model import Error, File, Image, Json, Text, ToolCall, Usage
from py_export.transforms.select import Selection, select

AT = 1_767_323_045_006
TOKENS = {"input": 10, "output": 5, "reasoning": 3, "cache": {"read": 7, "write": 2}}


def _message(identity: str, role: str, *parts: Json, **info: Json) -> Json:
    return {"info": {"id": identity, "role": role, "time": {"created": 1767323045000}, **info}, "parts": list(parts)}


def _text(text: str, **more: Json) -> Json:
    return {"type": "text", "text": text, **more}


def _task(child: str, identity: str = "c") -> Json:
    state = {"status": "completed", "input": {"description": "look"}, "output": "", "metadata": {"sessionId": child}}
    return {"type": "tool", "callID": identity, "tool": "task", "state": state}


def _export(*messages: Json, identity: str = "ses_1", **info: Json) -> Json:
    return {
        "info": {"id": identity, "title": "A title", "time": {"created": 1, "updated": 2}, **info},
        "messages": list(messages),
    }


def _read(*messages: Json, **info: Json) -> Session:
    return read(json.dumps(_export(*messages, **info)))[0]


def _call(**state: Json) -> ToolCall:
    part = {"type": "tool", "callID": "c", "tool": "bash", "state": {"input": {"command": "ls"}, **state}}
    (block,) = _read(_message("m", "assistant", part)).messages[0].blocks
    assert isinstance(block, ToolCall)
    return block


def test_a_message_takes_what_its_steps_take() -> None:
    steps = [{"type": "step-finish", "tokens": TOKENS, "cost": 0.25}] * 2
    session = _read(_message("m", "assistant", *steps, tokens=TOKENS, cost=0.5))
    assert session.usage == Usage(20, 16, 14, 4, 6, 0.5)


def test_a_message_without_steps_takes_what_it_says() -> None:
    assert _read(_message("m", "assistant", tokens=TOKENS, cost=0.5)).usage == Usage(10, 8, 7, 2, 3, 0.5)


def test_output_that_holds_the_reasoning_already_is_told_by_the_total() -> None:
    assert (_read(_message("m", "assistant", tokens=TOKENS | {"total": 24})).usage or Usage()).output_tokens == 5
    assert (_read(_message("m", "assistant", tokens=TOKENS | {"total": 27})).usage or Usage()).output_tokens == 8


def test_what_the_application_added_to_a_prompt_is_hidden() -> None:
    session = _read(_message("m", "user", _text("typed"), _text("added", synthetic=True), _text("shown", ignored=True)))
    assert [
        (one.hidden, [block.text for block in one.blocks if isinstance(block, Text)]) for one in session.messages
    ] == [
        (False, ["typed", "shown"]),
        (True, ["added"]),
    ]


def test_what_was_undone_stands_behind_the_leaf() -> None:
    messages = [_message(name, "user", _text(name)) for name in ("a", "b", "c")]
    session = _read(*messages, revert={"messageID": "b"})
    assert len(session.messages) == 3
    assert [one.id for one in select(session, Selection(branch="current")).messages] == ["a"]
    assert _read(*messages, revert={"messageID": "b", "partID": "p"}).leaf_id == "b"
    assert _read(*messages).leaf_id == "c"
    assert _read(*messages, revert={"messageID": "a"}).leaf_id is None


@pytest.mark.parametrize(
    ("error", "status"),
    [
        ("The user rejected permission to use this specific tool call.", "denied"),
        ("Tool execution aborted", "cancelled"),
        ("No such file", "error"),
    ],
)
def test_a_call_that_failed_says_why(error: str, status: str) -> None:
    call = _call(status="error", error=error)
    assert call.status == status
    assert call.result is not None
    assert (call.result.is_error, call.result.blocks) == (True, [Text(error)])


@pytest.mark.parametrize("at", [AT, str(AT), AT / 1000, "2026-01-02T03:04:05.006Z", "2026-01-02T03:04:05.006"])
def test_a_time_is_read_in_every_way_it_is_written(at: Json) -> None:
    info = {"id": "ses_1", "directory": "/w", "time": {"created": at, "updated": at}}
    asked = {"info": {"id": "a", "role": "user", "time": {"created": at}}, "parts": [{"type": "text", "text": "Hi"}]}
    (session,) = read(json.dumps({"info": info, "messages": [asked]}))
    assert (session.created_at, session.updated_at, session.messages[0].created_at) == (AT, AT, AT)


def test_a_call_has_its_times_and_its_exit_code() -> None:
    call = _call(status="completed", output="x", metadata={"exit": 3}, time={"start": AT, "end": AT + 250})
    assert (call.started_at, call.ended_at, call.duration_ms) == (AT, AT + 250, 250)
    assert call.result is not None
    assert call.result.exit_code == 3


def test_attached_files_have_their_bytes_where_the_address_holds_them() -> None:
    image = {"type": "file", "mime": "image/png", "filename": "a.png", "url": "data:image/png;base64,QUJD"}
    file = {"type": "file", "mime": "text/plain", "filename": "a.py", "url": "file:///w/a.py"}
    assert _read(_message("m", "user", image, file)).messages[0].blocks == [
        Image(name="a.png", media_type="image/png", size=3, data="QUJD"),
        File(name="a.py", media_type="text/plain", url="file:///w/a.py"),
    ]


def test_a_system_prompt_that_repeats_itself_stands_once() -> None:
    prompts = [["Be brief."], ["Be brief."], ["Be long."]]
    told = [_message(f"m{number}", "assistant", _text("x"), system=prompt) for number, prompt in enumerate(prompts)]
    assert [one.id for one in _read(*told).messages if one.role == "system"] == ["m0:system", "m2:system"]


def test_the_title_that_opencode_makes_up_is_none() -> None:
    asked = _message("m", "user", _text("do this"))
    assert _read(asked, title="New session - 2026-01-02T03:04:05.000Z").title == "do this"
    assert _read(asked, title="New session - later").title == "New session - later"


def test_sessions_of_sub_agents_stand_below_their_calls_and_their_calls() -> None:
    parent = _export(_message("a", "assistant", _task("ses_2"), tokens=TOKENS))
    child = _export(_message("b", "assistant", _task("ses_3"), tokens=TOKENS), identity="ses_2", parentID="ses_1")
    last = _export(_message("c", "assistant", _text("deep"), tokens=TOKENS), identity="ses_3", parentID="ses_2")
    (session,) = read(json.dumps([last, child, parent]))
    assert session.id == "ses_1"
    (first,) = session.messages[0].blocks
    assert isinstance(first, ToolCall)
    (second,) = first.messages[0].blocks
    assert isinstance(second, ToolCall)
    assert second.messages[0].blocks == [Text("deep")]
    assert (session.usage or Usage()).input_tokens == 30
    assert {info["id"] for info in session.metadata["subAgents"]} == {"ses_2", "ses_3"}


def test_sessions_that_start_each_other_are_all_read() -> None:
    one = _export(_message("a", "assistant", _task("ses_2")))
    two = _export(_message("b", "assistant", _task("ses_1")), identity="ses_2")
    (session,) = read(json.dumps([one, two]))
    (call,) = session.messages[0].blocks
    assert isinstance(call, ToolCall)
    assert len(call.messages) == 1


def test_exports_of_sub_agents_are_found_among_the_files() -> None:
    parent = _export(_message("a", "assistant", _task("ses_2")))
    child = _export(_message("b", "assistant", _text("deep")), identity="ses_2", parentID="ses_1")
    other = _export(_message("d", "user", _text("other")), identity="ses_9")
    files = {
        f"{name}.json": json.dumps(one, indent=1).encode() for name, one in (("x", child), ("y", parent), ("z", other))
    }
    sessions: dict[str, Any] = {session.id: session for session in read(files=files)}
    assert sorted(sessions) == ["ses_1", "ses_9"]
    assert sessions["ses_1"].messages[0].blocks[0].messages[0].blocks == [Text("deep")]
    beside = read(json.dumps(parent), files={"x.json": files["x.json"], "z.json": files["z.json"]})
    assert [session.id for session in beside] == ["ses_1"]
    assert beside[0].counts == sessions["ses_1"].counts


def test_an_error_that_ends_a_message_is_told() -> None:
    error = {"name": "ProviderAuthError", "data": {"providerID": "p", "message": "No key"}}
    assert _read(_message("m", "assistant", error=error)).messages[0].blocks == [Error("No key", "ProviderAuthError")]


@pytest.mark.parametrize(
    ("cut", "texts", "where"),
    [
        ('"three"', [["one"], ["two"]], "messages[1].parts[1]"),
        ('"two"', [["one"], []], "messages[1].parts[0]"),
        ('"parts": [{"type": "text", "text": "two"', [["one"]], "messages[1]"),
        ('"b"', [["one"]], "messages[1]"),
        ("}]}]", [["one"], ["two"]], "messages[1].parts[1]"),
        ("]}]", [["one"], ["two", "three"]], "messages[1].parts[2]"),
        ("]", [["one"], ["two", "three"]], "messages[2]"),
    ],
)
def test_of_an_export_that_was_cut_off_what_is_whole_is_read(cut: str, texts: list[list[str]], where: str) -> None:
    whole = json.dumps(
        _export(_message("a", "user", _text("one")), _message("b", "user", _text("two"), _text("three")))
    )
    notices = Notices()
    (session,) = read(whole[: whole.rindex(cut)], notices=notices)
    assert [[block.text for block in one.blocks if isinstance(block, Text)] for one in session.messages] == texts
    assert [(one.code, one.where) for one in notices] == [("export_cut", where)]


@pytest.mark.parametrize("end", ['"messages": [', '{"info": {"id": "a"', '"parts"'])
def test_an_export_that_was_cut_off_before_anything_was_said_says_where(end: str) -> None:
    whole = json.dumps(_export(_message("a", "user", _text("one"))), indent=None)
    with pytest.raises(Unreadable) as caught:
        read(whole[: whole.index(end) + len(end)])
    assert caught.value.where.startswith("line ")


def test_an_export_that_is_damaged_before_its_end_is_no_cut_one() -> None:
    whole = json.dumps(_export(_message("a", "user", _text("one")), _message("b", "user", _text("two"))))
    with pytest.raises(Unreadable):
        read(whole.replace('"one"', '"one')[:-10])


def test_a_message_that_no_version_knows_is_kept_and_counted() -> None:
    notices = Notices()
    (session,) = read(json.dumps(_export({"id": "m", "type": "hologram"}, None, 7)), notices=notices)
    assert [message.source for message in session.messages] == [{"id": "m", "type": "hologram"}, None, 7]
    assert sum(notice.count for notice in notices) == 3


@pytest.mark.parametrize(
    "document",
    [
        {"info": {"id": "x"}, "messages": []},
        {"info": [], "messages": []},
        {"info": {"id": "x"}, "messages": [{}]},
        [{"info": {}}],
    ],
)
def test_what_is_no_export_is_not_recognised(document: Json) -> None:
    with pytest.raises(NotRecognised):
        read(json.dumps(document))
