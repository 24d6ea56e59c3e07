"""opencode's tool calls in either version, and the files that it attaches to prompts and results."""

from __future__ import annotations

from typing import Any

from py_export.model import File, Image, Json, Permission, Text, ToolCall, ToolResult, ToolStatus, Unknown
from py_export.notices import Notices
from py_export.readers.records import media, results, tools, values

_STATUS: dict[str, ToolStatus] = {
    "pending": "pending",
    "streaming": "pending",
    "running": "running",
    "completed": "completed",
    "error": "error",
}
_CALL = frozenset({"id", "sessionID", "messageID", "type", "callID", "tool", "name", "metadata", "time"})
_STATE = frozenset(
    """
    status input raw title metadata error time attachments compacted structured provider executed
    """.split()  # noqa: SIM905 - a list of words is easier to read
)
"""What a call and its state say of themselves; what stands in their place under other names is what they say."""

_REFUSED = "The user rejected permission"
_ABORTED = "Tool execution aborted"


def call(part: dict[str, Any], where: str, notices: Notices) -> ToolCall:
    """Return a tool part: the call, how it ended, and what it gave back."""
    state = values.mapping(part.get("state")) or values.beside(part, _CALL)
    name = values.string(values.first(part, "tool", "name")) or "unknown"
    made = ToolCall(values.identifier(values.first(part, "callID", "id")), name, input=_input(state))
    time = values.mapping(values.first(state, "time")) or values.mapping(part.get("time"))
    made.started_at = values.moment(values.first(time, "start", "ran", "created"))
    made.ended_at = values.moment(values.first(time, "end", "completed"))
    if made.started_at is not None and made.ended_at is not None:
        made.duration_ms = max(0, made.ended_at - made.started_at)
    tools.describe(made)
    _name(made, values.string(state.get("title")))
    made.status = _STATUS.get(values.string(state.get("status")) or "", "pending")
    made.result = _result(state, where, notices)
    _judge(made)
    return made


def session_of(metadata: Json) -> str | None:
    """Return the id of the session in which a sub-agent did what a call asked for, by the result's metadata."""
    return values.identifier(values.first(values.mapping(metadata), "sessionId", "sessionID"))


def attached(part: dict[str, Any]) -> Image | File:
    """Return an attached file as an image or a file; its bytes where the address holds them."""
    url = values.string(values.first(part, "url", "uri"))
    found = media.from_address(url)
    source = values.mapping(part.get("source"))
    found.name = values.string(values.first(part, "filename", "name"))
    found.media_type = values.string(values.first(part, "mime", "mediaType")) or found.media_type
    found.path = values.string(source.get("path"))
    if (found.media_type or "").startswith("image/"):
        return found
    return File(found.name, found.media_type, found.size, found.path, found.url, found.data)


def _input(state: dict[str, Any]) -> Json:
    given = state.get("input")
    if "input" not in state and "raw" not in state:
        return values.beside(state, _STATE.union(("output", "content"))) or None
    return given if given not in (None, {}) else values.string(state.get("raw")) or given


def _name(made: ToolCall, title: str | None) -> None:
    """Take the title that the chat shows where the input says less."""
    if title is None or (made.subject or "").endswith(values.one_line(title)):  # a path, cut at the project
        return
    if made.subject is None:
        made.subject = values.one_line(title)
    elif made.description is None:
        made.description = title


def _result(state: dict[str, Any], where: str, notices: Notices) -> ToolResult | None:
    metadata = state.get("metadata")
    found = ToolResult(data=metadata if metadata not in (None, {}) else None)
    told = [state.get("output"), *values.items(state.get("content"))]
    if "input" in state and state.get("status") in (None, "completed") and all(one is None for one in told):
        told = [values.beside(state, _STATE) or None]
    for given in told:
        _add(found, given, where, notices)
    found.blocks += [attached(one) for one in map(values.mapping, values.items(state.get("attachments"))) if one]
    error = state.get("error")
    said = values.string(error) or values.string(values.mapping(error).get("message"))
    if not found.blocks and state.get("status") in ("error", "running"):
        _add(found, values.mapping(metadata).get("output"), where, notices)
    if said is not None:
        found.blocks.append(Text(said))
    elif error is not None:
        _add(found, error, where, notices)
    if state.get("status") == "error":
        found.is_error = True
    found.exit_code = results.exit_code(metadata)
    return None if found == ToolResult() and state.get("status") != "completed" else found


def _add(found: ToolResult, given: Json, where: str, notices: Notices) -> None:
    record = values.mapping(given)
    if isinstance(given, str):
        found.blocks += [Text(given)] if given else []
    elif record.get("type") == "file":
        found.blocks.append(attached(record))
    elif isinstance(record.get("text"), str):
        found.blocks += [Text(record["text"])] if record["text"] else []
    elif isinstance(record.get("type"), str):
        notices.add("unknown_type", where, type=values.type_name(given))
        found.blocks.append(Unknown(given, name=values.type_name(given)))
    else:
        found.blocks += results.shown(given)


def _judge(made: ToolCall) -> None:
    """Tell a call that a person refused or stopped from one that failed; only the words say it."""
    texts = [block.text for block in made.result.blocks if isinstance(block, Text)] if made.result else []
    if made.status != "error" or not texts:
        return
    if texts[-1].startswith(_REFUSED):
        made.status, made.permission = "denied", Permission("denied")
    elif texts[-1].startswith(_ABORTED):
        made.status = "cancelled"
