"""The stream that HAPI keeps of Codex, and of every agent that it speaks to in Codex's manner."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from py_export import jsontext
from py_export.errors import ReadError
from py_export.model import Event, Json, Thinking, ToolCall, ToolResult
from py_export.readers.records import events, media, results, said, tools, usage, values
from py_export.readers.records.draft import Draft, Result

_MUTE = frozenset(
    """
    id streamId stream_id itemId callId call_id toolCallId tool_call_id parentToolUseId parent_tool_use_id model
    timestamp live isSidechain is_sidechain phase
    """.split()  # noqa: SIM905 - a list of words is easier to read
)
"""What a message says of itself, and nobody says in it."""

_RESULT = _MUTE | {"type", "name", "toolName", "is_error", "isError", "status", "output", "result", "content"}
_CALL = _MUTE | {
    *("type", "name", "toolName", "tool", "input", "arguments", "args"),
    *("nativeTitle", "native_title", "title", "kind", "status"),
}
_SAID_BY_RUNS = ("title", "description", "prompt", "text", "message", "summary", "result", "error")
"""Where an agent's run says something, in the order in which it is read."""


def decode(draft: Draft, data: dict[str, Any]) -> None:
    """Decode one message of the stream; what is not known is kept, hidden, as the chat passes over it."""
    kind = data.get("type")
    known = _KINDS.get(kind.replace("_", "-").lower()) if isinstance(kind, str) else None
    if known is not None:
        draft.parent_call = values.identifier(values.first(data, "parentToolUseId", "parent_tool_use_id"))
        draft.side = draft.parent_call is not None or values.flag(values.first(data, "isSidechain", "is_sidechain"))
        known(draft, data)
    else:
        draft.unknown(data)
        draft.message.hidden = True


def _message(draft: Draft, data: dict[str, Any]) -> None:
    _stream(draft, "message", data)
    value = values.first(data, "message", "text", "content")
    text = values.text(value)
    found = None if text is None else said.review(text)
    if found is not None:
        draft.add(*found)
    elif (value is not None or values.says(data, _MUTE)) and not said.agent_text(draft, value):
        draft.unknown(data)


def _reasoning(draft: Draft, data: dict[str, Any]) -> None:
    _stream(draft, "reasoning", data)
    value = values.first(data, "message", "text", "content", "summary")
    text = values.text(value)
    if text is not None and text.strip(values.JS_SPACE):
        draft.add(Thinking(text))
    elif text is None and (value is not None or values.says(data, _MUTE)):
        draft.unknown(data)


def _error(draft: Draft, data: dict[str, Any]) -> None:
    events.failure(draft, values.first(data, "message", "error", "text"))


def _call(draft: Draft, data: dict[str, Any]) -> None:
    given = values.first(data, "input", "arguments", "args")
    if given is None:
        given = values.beside(data, _CALL) or None
    if isinstance(given, str) and given.lstrip().startswith("{"):
        given = _parsed(given)
    call = ToolCall(
        _call_id(data), values.string(values.first(data, "name", "toolName", "tool")) or "unknown", input=given
    )
    call.started_at = draft.message.created_at
    tools.describe(call)
    title = values.string(values.first(data, "nativeTitle", "native_title", "title"))
    if title is not None and call.subject is None:
        call.subject = values.one_line(title)
    elif title is not None and call.description is None and values.one_line(title) != call.subject:
        call.description = title
    draft.add(call)


def _result(draft: Draft, data: dict[str, Any]) -> None:
    stated = values.first(data, "is_error", "isError")
    failed = None if stated is None else values.flag(stated)
    output = values.first(data, "output", "result", "content")
    if output is None:
        output = values.beside(data, _RESULT) or None
    found = results.result(output, is_error=failed)
    results.report_unknown(found, draft.notices, draft.where)
    draft.results.append(Result(_call_id(data), found, duration_ms=results.duration(output)))


def _tokens(draft: Draft, data: dict[str, Any]) -> None:
    draft.tokens = usage.counter(data)
    info = values.mapping(data.get("info"))
    window = values.count(values.first(info, "modelContextWindow", "model_context_window"))
    draft.event(Event("token-count", data={} if window is None else {"contextWindow": window}), hidden=True)


def _image(draft: Draft, data: dict[str, Any]) -> None:
    found = media.image(data)
    found.name = found.name or values.identifier(values.first(data, "imageId", "image_id", "id"))
    if found.name or found.url or found.path or found.data:
        draft.add(found)


def _compact_summary(draft: Draft, data: dict[str, Any]) -> None:
    draft.event_saying("compact-summary", values.first(data, "summary", "message", "text"))


def _compacted(draft: Draft, _data: dict[str, Any]) -> None:
    draft.event(Event("compact"))


def _goal(draft: Draft, data: dict[str, Any]) -> None:
    goal = values.mapping(data.get("goal")) or {key: value for key, value in data.items() if key not in ("type", "id")}
    objective = values.string(values.text(goal.get("objective")))
    known = {key: value for key, value in goal.items() if key != "objective" and value is not None}
    status = values.string(goal.get("status"))
    draft.event(
        events.first_filled("goal-status", "goal", data=known | {"status": status}, text=objective), hidden=True
    )


def _goal_cleared(draft: Draft, data: dict[str, Any]) -> None:
    draft.event(Event("goal-cleared", data=events.rest(data)), hidden=True)


def _plan(draft: Draft, data: dict[str, Any]) -> None:
    entries = values.first(data, "entries", "plan", "todos")
    if not entries:
        draft.message.hidden = True
        if values.says(data, _MUTE):
            draft.unknown(data)
        return
    steps = entries if isinstance(entries, list) else [entries]
    given = {"entries": [{"content": step} if isinstance(step, str) else step for step in steps]}
    explanation = values.string(data.get("explanation"))
    if explanation is not None:
        given["explanation"] = explanation  # type: ignore[assignment]
    call = ToolCall(
        None, "update_plan", input=given, status="completed", result=ToolResult(), started_at=draft.message.created_at
    )
    draft.add(tools.describe(call))


def _agent_run(draft: Draft, data: dict[str, Any]) -> None:
    name = str(data["type"]).replace("_", "-").lower()
    words = {key: found for key in _SAID_BY_RUNS if (found := values.string(values.text(data.get(key)))) is not None}
    left = {key: value for key, value in events.rest(data).items() if key not in words}
    draft.event(
        Event(
            name,
            text="\n\n".join(dict.fromkeys(words.values())) or None,
            data={key: value for key, value in left.items() if not isinstance(value, (dict, list))},
        )
    )
    for value in left.values():  # a step of the run, in a shape of its own
        if isinstance(value, (dict, list)):
            draft.unread(value)


def _stream(draft: Draft, kind: str, data: dict[str, Any]) -> None:
    identity = values.identifier(values.first(data, "streamId", "stream_id", "id", "itemId"))
    draft.stream = None if identity is None else (kind, identity)


def _call_id(data: dict[str, Any]) -> str | None:
    return values.identifier(values.first(data, "callId", "call_id", "toolCallId", "tool_call_id"))


def _parsed(text: str) -> Json:
    try:
        return jsontext.decode(text.encode("utf-8", "replace"))
    except ReadError:
        return text


_KINDS: dict[str, Callable[[Draft, dict[str, Any]], None]] = {
    "message": _message,
    "reasoning": _reasoning,
    "error": _error,
    "tool-call": _call,
    "tool-call-result": _result,
    "token-count": _tokens,
    "generated-image": _image,
    "compact-summary": _compact_summary,
    "context-compacted": _compacted,
    "thread-goal-updated": _goal,
    "thread-goal-cleared": _goal_cleared,
    "plan": _plan,
    "plan-update": _plan,
    "agent-run-start": _agent_run,
    "agent-run-update": _agent_run,
    "agent-run-trace": _agent_run,
}
