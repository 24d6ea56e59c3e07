"""Antigravity's records as HAPI keeps them: messages, and tool actions that carry their result."""

from __future__ import annotations

import re
from typing import Any

from py_export.model import Error, Json, Text, ToolCall
from py_export.readers.records import results, said, tools, values
from py_export.readers.records.draft import Draft, Result

_NAMES = {
    "run_command": "Bash",
    "view_file": "Read",
    "write_to_file": "Write",
    "replace_file_content": "Edit",
    "multi_replace_file_content": "MultiEdit",
    "grep_search": "Grep",
    "list_dir": "LS",
}
_TASK_LOG = re.compile(r"Inside the (task-[\w-]+) log")
_TAIL = re.compile(r"(?:\A|\n)\[Message\] timestamp=")


def decode(draft: Draft, record: dict[str, Any]) -> bool:
    """Decode one of Antigravity's records; return whether it is one."""
    kind = record.get("type")
    if kind == "agy_message":
        _message(draft, record)
    elif kind == "agy_tool_action":
        _action(draft, record)
    else:
        return False
    draft.message.model = values.string(record.get("model"))
    draft.uuid = values.identifier(record.get("uuid"))
    if draft.message.created_at is None:
        draft.message.created_at = values.moment(record.get("timestamp"))
    return True


def _message(draft: Draft, record: dict[str, Any]) -> None:
    value = values.first(record, "content", "message", "text")
    text = values.text(value)
    if text is None:
        if value is not None:
            draft.unknown(record)
        return
    body = text[: tail.start()] if (tail := _TAIL.search(text)) else text
    log = _TASK_LOG.match(body.lstrip(values.JS_SPACE))
    if log is not None:
        call = ToolCall(
            f"{draft.message.id}-log", "AgyTaskLog", kind="shell", subject=log[1], started_at=draft.message.created_at
        )
        draft.add(call)
        draft.results.append(Result(call.id, results.result(body)))
    elif body.strip(values.JS_SPACE):
        said.agent_text(draft, body)
    elif text.strip(values.JS_SPACE):
        draft.add(Text(text))
        draft.message.hidden = True


def _action(draft: Draft, record: dict[str, Any]) -> None:
    names = [name for key in ("toolName", "tool_name", "name") if (name := values.string(record.get(key)))]
    content = values.first(record, "content", "output", "result")
    if "error_message" in (name.lower() for name in names):
        text = values.string(values.text(content))
        draft.add(
            Error(text or "") if text else _call(draft, record, "AgyError", content), role="event" if text else None
        )
        return
    if "system_message" in (name.lower() for name in names):
        draft.add(_call(draft, record, "AgyAsyncTask", content))
        return
    name = next((_NAMES[name.lower()] for name in names if name.lower() in _NAMES), None)
    draft.add(_call(draft, record, name or (names or ["unknown"])[0], content))


def _call(draft: Draft, record: dict[str, Any], name: str, content: Json) -> ToolCall:
    given = values.first(record, "input", "args", "arguments")
    identity = values.identifier(values.first(record, "toolUseId", "tool_use_id", "id")) or f"{draft.message.id}-action"
    call = tools.describe(ToolCall(identity, name, input=given, started_at=draft.message.created_at))
    stated = values.first(record, "isError", "is_error")
    failed = name == "AgyError" or (None if stated is None else values.flag(stated))
    found = results.result(content, is_error=failed or None)
    results.report_unknown(found, draft.notices, draft.where)
    draft.results.append(Result(identity, found))
    if call.subject is None and isinstance(content, str) and name == "AgyAsyncTask":
        call.subject = values.one_line(content.strip(values.JS_SPACE).partition("\n")[0]) or None
    return call
