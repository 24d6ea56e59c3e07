"""Cursor's tool calls: what was asked, what came back and what the person decided, all in one record."""

from __future__ import annotations

from typing import Any

from py_export import jsontext
from py_export.errors import ReadError
from py_export.model import Code, Json, Permission, Text, ToolCall, ToolResult, ToolStatus
from py_export.readers.records import results, tools, values
from py_export.readers.records.draft import Draft
from py_export.readers.records.results import Shown

SAYS = frozenset({"name", "tool", "params", "rawArgs", "result"})
"""Where a call says what it is, what was asked and what came back."""

_ABOUT = SAYS | {
    *("toolCallId", "callId", "id", "toolIndex", "modelCallId", "status", "error", "userDecision", "additionalData"),
    *("isStreaming", "blockUntilSeconds", "startTime", "endTime"),
}
_NUMBERS = {
    1: "read_semsearch_files",
    3: "ripgrep_search",
    5: "read_file",
    6: "list_dir",
    7: "edit_file",
    8: "file_search",
    9: "codebase_search",
    11: "delete_file",
    12: "reapply",
    15: "run_terminal_cmd",
    16: "fetch_rules",
    18: "web_search",
    19: "mcp",
    35: "todo_write",
    38: "edit_file_v2",
    39: "list_dir_v2",
    40: "read_file_v2",
    41: "ripgrep_raw_search",
    42: "glob_file_search",
    48: "task_v2",
}
"""What older versions call a tool by its number alone."""

_STATUS: dict[str, ToolStatus] = {
    "completed": "completed",
    "success": "completed",
    "error": "error",
    "failed": "error",
    "cancelled": "cancelled",
    "canceled": "cancelled",
    "aborted": "cancelled",
    "rejected": "denied",
    "pending": "pending",
    "loading": "running",
    "running": "running",
    "in_progress": "running",
}
_DECISIONS = {"accepted": "approved", "approved": "approved", "rejected": "denied", "denied": "denied"}


def call(data: Json, draft: Draft) -> ToolCall | None:
    """Return the tool call that a bubble keeps in ``toolFormerData``, None where it keeps none."""
    record = values.mapping(data)
    if not record.keys() & SAYS:
        draft.unread(data if data not in (None, {}) and not record.get("additionalData") else None)
        return None
    found = ToolCall(
        values.identifier(values.first(record, "toolCallId", "callId", "id")),
        _name(record),
        input=_asked(record),
        started_at=draft.message.created_at,
    )
    tools.describe(found)
    found.result = _result(record)
    if found.result is not None:
        results.report_unknown(found.result, draft.notices, draft.where)
    found.permission = _permission(record)
    found.status = _status(record, found)
    return found


def told(call: ToolCall) -> str:
    """Return everything that a call says, its lines as they are."""
    texts: list[str] = []
    waiting: list[Json] = [call.input, None if call.result is None else call.result.data]
    while waiting:
        value = waiting.pop()
        if isinstance(value, str):
            texts.append(value)
        elif isinstance(value, (list, dict)):
            waiting += value if isinstance(value, list) else value.values()
    if call.result is not None:
        texts += [block.text for block in call.result.blocks if isinstance(block, (Text, Code))]
    return "\n".join(texts)


def _name(record: dict[str, Any]) -> str:
    stated = values.string(record.get("name"))
    number = record.get("tool")
    return stated or values.string(number) or _NUMBERS.get(values.integer(number) or 0) or "unknown"


def _asked(record: dict[str, Any]) -> Json:
    """Return the input: as the model wrote it where that is whole, else as Cursor understood it."""
    written, understood = _decoded(record.get("rawArgs")), _decoded(record.get("params"))
    if isinstance(written, dict) and written:
        return written
    if understood not in (None, "", {}):
        return understood
    return written if written not in ("", {}) else understood


def _result(record: dict[str, Any]) -> ToolResult | None:
    failure = _decoded(record.get("error"))
    given = _decoded(record.get("result"))
    if "result" not in record and _STATUS.get(_word(record.get("status"))) == "completed":
        given = values.beside(record, _ABOUT)
    failed = _STATUS.get(_word(record.get("status"))) == "error" or None
    if given in (None, "", {}) and failure in (None, "", {}):
        return None if failed is None else ToolResult(is_error=True)
    blocks = _shown(given) + ([] if failure in (None, "", {}) else _failure(failure))
    code = values.integer(values.mapping(given).get("exitCodeV2"))
    data = given if isinstance(given, dict) else None
    return ToolResult(blocks, data, failed, results.exit_code(given) if code is None else code)


def _shown(given: Json) -> list[Shown]:
    """Return a result as a person would read it: contents, the lines of a difference, what was told to the model."""
    record = values.mapping(given)
    if record.keys() == {"rejected"}:
        return []  # the call's status says it
    contents = record.get("contents")
    if isinstance(contents, str):
        return [Text(contents)] if contents else []
    chunks = values.sequence(values.mapping(record.get("diff")).get("chunks"))
    lines = [each for chunk in chunks if (each := values.string(values.mapping(chunk).get("diffString")))]
    if lines:
        said = values.string(record.get("resultForModel"))
        return [*([] if said is None else [Text(said)]), Code("\n".join(lines), language="diff")]
    return results.shown(given)


def _failure(failure: Json) -> list[Shown]:
    record = values.mapping(failure)
    said = values.string(values.first(record, "modelVisibleErrorMessage", "clientVisibleErrorMessage", "message"))
    return [Text(said)] if said is not None else results.shown(failure)


def _permission(record: dict[str, Any]) -> Permission | None:
    extra = values.mapping(record.get("additionalData"))
    decided = values.string(values.first(record, "userDecision")) or values.string(extra.get("userDecision"))
    return None if decided is None else Permission(_DECISIONS.get(decided, decided))


def _status(record: dict[str, Any], found: ToolCall) -> ToolStatus:
    if found.permission is not None and found.permission.status == "denied":
        return "denied"
    if values.mapping(_decoded(record.get("result"))).get("rejected") is True:
        return "denied"
    stated = _STATUS.get(_word(record.get("status")))
    return stated or ("pending" if found.result is None else "completed")


def _word(value: Json) -> str:
    return value.lower() if isinstance(value, str) else ""


def _decoded(value: Json) -> Json:
    """Return what a string of JSON holds where it holds an object or a list, else the value."""
    if not isinstance(value, str) or value.lstrip()[:1] not in ("{", "["):
        return value
    try:
        return jsontext.decode(value.encode("utf-8", "replace"))
    except ReadError:
        return value
