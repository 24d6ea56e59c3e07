"""What a later or an odd version writes in another place is shown, or kept as unknown and counted: never dropped."""

from __future__ import annotations

import json
from typing import Any

import pytest

from py_export import Notices, Session, read
from py_export.errors import Unreadable
from py_export.model import Json, ToolCall, Unknown
from py_export.schema import plain
from py_export.transforms.measure import walk
from tests.unit.readers.transcripts import (
    SESSION,
    answer,
    claude,
    event,
    item,
    lines,
    meta,
    one,
    prompt,
    rollout,
    spoken,
    told,
    use,
)

WORD = "«what was said»"


def calls(session: Session) -> list[ToolCall]:
    """Return every tool call."""
    return [block for message in walk(session.messages) for block in message.blocks if isinstance(block, ToolCall)]


def shown(session: Session) -> int:
    """Return how often the word stands in what people read or in what is kept as unknown, not in sources."""
    found = 0
    for message in walk(session.messages):
        for block in message.blocks:
            told: Any = plain(block)
            if isinstance(block, ToolCall):
                told = [told.get("input"), (told.get("result") or {}).get("blocks")]
            readable = not message.hidden or isinstance(block, Unknown)
            found += readable and json.dumps(told, ensure_ascii=False).count(WORD)
    return found


def _loose(kind: str, **more: Json) -> dict[str, Any]:
    return {"type": kind, "sessionId": SESSION, "uuid": f"{kind}-9", "timestamp": "2026-01-02T03:00:09.000Z", **more}


CLAUDE: dict[str, list[Json]] = {
    "a text of the user's": [prompt("u1", [{"type": "text", "words": WORD}])],
    "a text of the model's": [answer("u1", "m", {"type": "text", "words": WORD})],
    "a thought": [answer("u1", "m", {"type": "thinking", "thought": WORD, "signature": "s"})],
    "a call's input": [answer("u1", "m", {"type": "tool_use", "id": "t", "name": "Bash", "arguments": {"a": WORD}})],
    "a result": [
        answer("u1", "m", use("t")),
        prompt("u2", [{"type": "tool_result", "tool_use_id": "t", "said": WORD}]),
    ],
    "a result's text": [
        answer("u1", "m", use("t")),
        prompt("u2", [{"type": "tool_result", "tool_use_id": "t", "content": [{"type": "text", "words": WORD}]}]),
    ],
    "what was typed meanwhile": [claude("attachment", "u1", attachment={"type": "queued_command", "words": WORD})],
    "a call outside of messages": [_loose("tool_use", name="bash", input={"command": WORD})],
    "a result outside of messages": [_loose("tool_use", name="bash"), _loose("tool_result", name="bash", output=WORD)],
}


@pytest.mark.parametrize("name", CLAUDE)
def test_nothing_of_claude_codes_is_dropped(name: str) -> None:
    session = one(prompt("u0", "begin"), *CLAUDE[name])
    assert shown(session) == 1
    assert len(calls(session)) == ("call" in name or "result" in name)


def test_a_result_without_an_id_is_that_of_the_first_call_without_one() -> None:
    made = [{"type": "tool_use", "name": "Bash", "input": {"command": command}} for command in ("ls", "pwd")]
    told: list[Json] = [{"type": "tool_result", "content": said} for said in ("a.py", "/w")]
    notices = Notices()
    session = one(prompt("u0", "go"), answer("u1", "m", *made), prompt("u2", told), notices=notices)
    found = [
        (call.subject, [plain(block)["text"] for block in call.result.blocks]) for call in calls(session) if call.result
    ]
    assert found == [("ls", ["a.py"]), ("pwd", ["/w"])]
    assert "tool_result_without_call" not in notices


@pytest.mark.parametrize(("kind", "counted"), [("hook_success", False), ("nested_memory", False), ("novelty", True)])
def test_an_attachment_of_no_known_kind_is_counted(kind: str, counted: bool) -> None:  # noqa: FBT001 - a parameter
    notices = Notices()
    one(prompt("u0", "go"), claude("attachment", "u1", attachment={"type": kind, "content": "x"}), notices=notices)
    assert [notice.params for notice in notices if notice.code == "unknown_type"] == [{"type": kind}] * counted


def _run(kind: str, **more: Json) -> dict[str, Any]:
    return {"type": "item.completed", "item": {"type": kind, **more}}


CODEX: dict[str, list[Json]] = {
    "an answer": [item("message", role="assistant", words=[{"text": WORD}])],
    "a prompt": [item("message", role="user", content=[{"type": "input_text", "words": WORD}])],
    "a thought": [item("reasoning", summary={"parts": [WORD]}, content=None, encrypted_content="x")],
    "a thought's part": [item("reasoning", summary=[{"type": "summary_text", "words": WORD}])],
    "the screen's answer": [event("agent_message", words=WORD)],
    "the screen's thought": [event("agent_reasoning", text={"words": WORD})],
    "an error": [event("error", words=WORD)],
    "a compaction": [rollout("compacted", words=WORD, replacement_history=[])],
    "a call's input": [item("function_call", name="shell", call_id="c", given=WORD)],
    "a call of another kind": [item("tool_call", function={"name": "shell"}, arguments={"command": WORD})],
    "a result": [
        item("function_call", name="shell", call_id="c"),
        item("function_call_output", call_id="c", said=WORD),
    ],
    "a result of another kind": [
        item("tool_call", function={"name": "shell"}),
        item("tool_result", name="shell", result={"stdout": WORD, "exitCode": 0}),
    ],
    "a command's end, a call": [event("exec_command_end", call_id="c", script=WORD, exit_code=0)],
    "a printed answer": [_run("agent_message", id="i", words=WORD)],
    "a printed plan, a call": [_run("todo_list", id="i", items=[{"words": WORD}])],
    "a printed call beside a plan": [_run("todo_list", items=[]), _run("mcp_tool_call", arguments={"a": WORD})],
}


@pytest.mark.parametrize("name", CODEX)
def test_nothing_of_codexs_is_dropped(name: str) -> None:
    session = one(meta(), spoken("user", "begin"), *CODEX[name])
    assert shown(session) == 1
    assert bool(calls(session)) == ("call" in name or "result" in name)


def test_a_prompt_that_stands_alone_in_its_turn_was_typed() -> None:
    session = one(
        meta(),
        *(event("user_message", message="Start"), spoken("user", "Start"), spoken("user", "files that are open")),
        *(spoken("assistant", "Ready."), spoken("user", "Step 1"), spoken("assistant", "Ok")),
        *(
            spoken("user", "<hook_note>x</hook_note>"),
            spoken("user", "Warning: use the tool"),
            spoken("assistant", "Ok"),
        ),
    )
    assert [text for role, text in told(session) if role == "user"] == ["Start", "Step 1"]


def _turn(**more: Json) -> dict[str, Any]:
    return {"id": "b", "type": "gemini", "content": "Ok", **more}


def _made(**more: Json) -> dict[str, Any]:
    return _turn(toolCalls=[{"id": "c", "name": "glob", "args": {"a": 1}, "status": "success", **more}])


def _answered(**answer: Json) -> dict[str, Any]:
    return _made(result=[{"functionResponse": {"id": "c", "name": "glob", **answer}}])


GEMINI: dict[str, dict[str, Any]] = {
    "the API's parts": {"id": "b", "type": "model", "parts": [{"text": WORD}]},
    "an answer": {"id": "b", "type": "gemini", "words": WORD},
    "a prompt": {"id": "b", "type": "user", "words": [WORD]},
    "a remark": {"id": "b", "type": "info", "words": WORD},
    "thoughts": _turn(reasoning=[{"description": WORD}]),
    "a thought": _turn(thoughts=[{"subject": "x", "words": WORD}]),
    "a thought in parts": _turn(thoughts=[{"subject": "x", "description": [{"text": WORD}]}]),
    "a thought in a list": _turn(thoughts=[[{"description": WORD}]]),
    "calls under another name": _turn(toolUses=[{"id": "c", "name": "glob", "args": {"a": WORD}}]),
    "something in a call's place": _turn(toolCalls={"value": [WORD]}),
    "a call's input": _turn(toolCalls=[{"id": "c", "name": "glob", "given": {"a": WORD}, "result": []}]),
    "a call's result": _made(output=WORD),
    "a call's response": _answered(said={"output": WORD}),
}


@pytest.mark.parametrize("name", GEMINI)
def test_nothing_of_geminis_is_dropped(name: str) -> None:
    header: Json = {"sessionId": "s", "projectHash": "h", "startTime": "2026-01-02T03:04:05Z"}
    session = one(header, {"id": "a", "type": "user", "content": "begin"}, GEMINI[name])
    assert shown(session) == 1
    assert len(calls(session)) == name.startswith("a call's")


def test_turns_under_another_name_are_kept_and_counted() -> None:
    notices = Notices()
    session = one({"sessionId": "s", "projectHash": "h", "turns": [{"content": WORD}]}, notices=notices)
    assert shown(session) == 1
    assert "turns" not in session.metadata
    assert "unknown_record" in notices


def _part(**part: Json) -> dict[str, Any]:
    return {"info": {"id": "msg_b", "role": "assistant"}, "parts": [part]}


def _told(**message: Json) -> dict[str, Any]:
    return {"id": "b", "type": "assistant", **message}


def _state(**state: Json) -> dict[str, Any]:
    return {"callID": "c", "tool": "bash", "state": {"status": "completed", **state}}


OPENCODE: dict[str, dict[str, Any]] = {
    "parts": {"info": {"id": "msg_b", "role": "user"}, "pieces": [{"type": "text", "text": WORD}]},
    "a thought": _part(type="reasoning", words=WORD),
    "a text": _part(type="text", text={"words": WORD}),
    "a call's state": _part(type="tool", callID="c", tool="bash", was={"input": {"command": WORD}}),
    "a call's input": _part(type="tool", **_state(given={"command": WORD}, output="ok")),
    "a call's output": _part(type="tool", **_state(input={}, said=WORD)),
    "a prompt, flat": {"id": "b", "type": "user", "words": WORD},
    "an answer, flat": _told(parts=[{"type": "text", "text": WORD}]),
    "a call's output, flat": _told(content=[{"type": "tool", **_state(input={}, said=[{"text": WORD}])}]),
}


@pytest.mark.parametrize("name", OPENCODE)
def test_nothing_of_opencodes_is_dropped(name: str) -> None:
    flat = name.endswith("flat")
    begins: Json = {"info": {"id": "msg_a", "role": "user"}, "parts": [{"type": "text", "text": "begin"}]}
    first: Json = {"id": "a", "type": "user", "text": "begin"} if flat else begins
    session = one({"info": {"id": "ses_1", "directory": "/w"}, "messages": [first, OPENCODE[name]]})
    assert shown(session) == 1
    assert len(calls(session)) == name.startswith("a call's")


def test_an_export_without_a_list_of_messages_is_refused() -> None:
    with pytest.raises(Unreadable):
        read(lines({"info": {"id": "ses_1", "directory": "/w"}, "messages": {"0": {}}}), "opencode")


def _row(role: str, content: Json) -> dict[str, Any]:
    return {"id": f"{role}-1", "createdAt": 1, "content": {"role": role, "content": content}}


def _stream(kind: str, **data: Json) -> dict[str, Any]:
    return _row("agent", {"type": "codex", "data": {"type": kind, **data}})


HAPI: dict[str, dict[str, Any]] = {
    "a prompt": _row("user", {"type": "text", "words": WORD}),
    "a message": _stream("message", words=WORD, id="i"),
    "a thought": _stream("reasoning", words=WORD, id="i"),
    "a plan": _stream("plan", steps=[WORD]),
    "an event": _row("agent", {"type": "event", "data": {"type": "message", "message": {"words": WORD}}}),
    "a call's input": _stream("tool-call", callId="c", name="CodexBash", given={"command": WORD}),
    "a call's result": _stream("tool-call-result", callId="c", said=WORD),
}


@pytest.mark.parametrize("name", HAPI)
def test_nothing_of_a_hubs_is_dropped(name: str) -> None:
    header = {"id": "s", "namespace": "n", "createdAt": 1}
    rows = [_row("user", "begin"), _stream("tool-call", callId="c", name="x", input={}), HAPI[name]]
    session = one({"schemaVersion": 1, "exportedAt": 1, "session": header, "messages": rows})
    assert shown(session) == 1


def test_turns_need_no_id_and_it_may_be_a_number() -> None:
    header: Json = {"sessionId": "s", "projectHash": "h"}
    turns: list[Json] = [
        {"id": 1, "type": "user", "content": "Begin"},
        {"id": 1, "type": "user", "content": "Begin, please"},
        {"type": "gemini", "content": "Ok"},
        {"$rewindTo": "1"},
    ]
    session = one(header, *turns)
    assert told(session) == [("user", "Begin, please"), ("assistant", "Ok")]
    assert session.leaf_id is None


@pytest.mark.parametrize(
    "counted",
    [
        event("token_count", info={"prompt": 5, "completion": 2}),
        event("turn.completed", usage={"input_tokens": "5", "output_tokens": 2.0}),
    ],
)
def test_a_counter_of_another_form_counts(counted: Json) -> None:
    usage = one(meta(), spoken("user", "a"), counted).usage
    assert usage is not None
    assert (usage.input_tokens, usage.output_tokens) == (5, 2)
