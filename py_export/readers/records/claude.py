"""Claude's transcript records, as its own files and HAPI's hub keep them: turns, tool results, summaries."""

from __future__ import annotations

from typing import Any

from py_export.model import Error, Json, Permission, Text, Thinking, ToolCall, ToolResult
from py_export.readers.records import claude_notes, claude_system, media, results, said, tagged, tools, usage, values
from py_export.readers.records.draft import Draft, Result

_CALLS = frozenset({"tool_use", "server_tool_use", "mcp_tool_use"})
_ENVELOPE = frozenset({"id", "type", "role", "model", "usage", "stop_reason", "stop_sequence"})
"""What a message of the API says of itself, beside what it says."""

_TEXT = frozenset({"type", "text", "citations", "cache_control"})
_THOUGHT = frozenset({"type", "thinking", "text", "signature", "cache_control"})
_CALL = frozenset({"type", "id", "name", "input", "caller", "cache_control"})
_RESULT = frozenset({"type", "id", "tool_use_id", "toolUseId", "is_error", "isError", "permissions", "cache_control"})
"""What blocks say of themselves, and where they say what they say; a later version may say it under other names."""

_RECORD = frozenset({"uuid", "sessionId"})
_HIDDEN = frozenset({"redacted_thinking"})
_SYNTHETIC = "<synthetic>"
_REFUSED = (
    "The user doesn't want to proceed with this tool use",
    "The user doesn't want to take this action right now",
)


def decode(draft: Draft, record: dict[str, Any]) -> None:
    """Decode one transcript record into its draft."""
    _links(draft, record)
    kind = record.get("type")
    message = record.get("message")
    if kind == "assistant" and isinstance(message, (dict, str)):
        _assistant(draft, record, message if isinstance(message, dict) else {"content": message})
    elif kind == "user" and isinstance(message, (dict, str)):
        _user(draft, record, message if isinstance(message, dict) else {"content": message})
    elif kind == "summary":
        draft.event_saying("summary", values.first(record, "summary", "text"))
    elif kind == "attachment" and values.mapping(record.get("attachment")).get("type") == "queued_command":
        _queued(draft, record, record["attachment"].get("prompt"))
    elif is_block(record):  # as some versions wrote what others put into a message
        draft.message.role = "assistant"
        content(draft, record)
    elif not (claude_system.decode(draft, record) or claude_notes.decode(draft, record)):
        draft.unknown(record)


def content(draft: Draft, blocks: Json) -> None:
    """Add the blocks of an API message's content, its own words being an agent's."""
    for block in values.items(blocks):
        if block is None:
            continue
        if not isinstance(block, dict):
            if not said.agent_text(draft, block):
                draft.unknown(block)
        elif not _block(draft, block):
            draft.unknown(block)


def model(named: Json) -> str | None:
    """Return the model that an answer names, unless the application wrote it."""
    found = values.string(named)
    return None if found == _SYNTHETIC else found


def given_back(draft: Draft, call_id: str, given: str | list[Any], twin: Json, *, is_error: bool | None) -> None:
    """Add what a tool gave back."""
    found = _told(draft, call_id, given, twin, is_error=is_error)
    if is_error:
        found.permission = _refused(None, found.result)
    draft.results.append(found)


def turns(draft: Draft, texts: list[str]) -> None:
    """Add what stands among the user's turns."""
    injected: list[str] = []
    for text in texts:
        if tagged.may_be(text):
            _turn(draft, text, injected)
        elif text.strip(values.JS_SPACE):
            draft.message.blocks.append(Text(text))
    _inject(draft, injected)


def is_block(value: Json) -> bool:
    """Return whether a value is a block of an API message's content."""
    kind = values.mapping(value).get("type")
    return isinstance(kind, str) and (
        kind in {"text", "thinking", "image", "document"} | _CALLS | _HIDDEN or kind.endswith("tool_result")
    )


def _links(draft: Draft, record: dict[str, Any]) -> None:
    draft.transcript = True
    draft.uuid = values.identifier(record.get("uuid"))
    draft.parent_uuid = values.identifier(values.first(record, "parentUuid", "parentUUID", "parent_uuid"))
    draft.parent_call = values.identifier(
        values.first(record, "parentToolUseId", "parentToolUseID", "parent_tool_use_id")
    )
    draft.agent_id = values.identifier(values.first(record, "agentId", "agent_id"))
    aside = values.first(record, "isSidechain", "is_sidechain")
    draft.side = (aside is not False and values.flag(aside)) or draft.parent_call is not None
    if draft.message.created_at is None:
        draft.message.created_at = values.moment(record.get("timestamp"))
    if any(values.truthy(record[key]) for key in ("isMeta", "isCompactSummary") if key in record):
        draft.message.hidden = draft.injected = True


def _assistant(draft: Draft, record: dict[str, Any], message: dict[str, Any]) -> None:
    draft.message.role = "assistant"
    draft.message.model = model(message.get("model"))
    draft.message.usage = usage.claude(message.get("usage"))
    draft.message.api_id = values.identifier(message.get("id"))
    content(draft, message.get("content"))
    _without_content(draft, record, message)
    if values.truthy(record.get("isApiErrorMessage")):
        _failed(draft, record)


def _failed(draft: Draft, record: dict[str, Any]) -> None:
    """Take for what it is an answer that the application made up, to say that there was none."""
    code = values.string(record.get("error"))
    draft.message.blocks = [Error(block.text, code) if isinstance(block, Text) else block for block in draft.blocks]
    draft.message.role = "event"


def _user(draft: Draft, record: dict[str, Any], message: dict[str, Any]) -> None:
    draft.message.role = "user"
    given = message.get("content")
    structured = values.first(record, "toolUseResult", "tool_use_result")
    found = [block for block in values.items(given) if _is_result(block)]
    for number, block in enumerate(found):
        result = _result(draft, block, twin(structured, number, len(found)))
        result.permission = result.permission or _refused(values.string(record.get("toolDenialKind")), result.result)
        draft.results.append(result)
    injected: list[str] = []
    for block in values.items(given):
        if _is_result(block) or block is None:
            continue
        if isinstance(block, dict) and block.get("type") != "text":
            if not _block(draft, block):
                draft.unknown(block)
        else:
            _turn(draft, block, injected)
    _without_content(draft, record, message)
    _inject(draft, injected)


def _queued(draft: Draft, record: dict[str, Any], prompt: Json) -> None:
    """Decode what the user typed while the agent was at work."""
    _user(draft, record, {"content": prompt})
    if prompt is None:
        draft.unknown(record)


def _without_content(draft: Draft, record: dict[str, Any], message: dict[str, Any]) -> None:
    """Keep a record whose message says what it says under another name than ``content``."""
    if "content" not in message and not message.keys() <= _ENVELOPE:
        draft.unknown(record)


def _turn(draft: Draft, block: Json, injected: list[str]) -> None:
    """Decode text among the user's turns; much of it is the application's, for a prompt may come another way."""
    value = block.get("text") if isinstance(block, dict) else block
    text = values.text(value)
    if text is None:
        if value is not None or values.beside(values.mapping(block), _TEXT):
            draft.unknown(block)
    elif not tagged.may_be(text):
        draft.say(text)
    elif tagged.is_injected(text):
        injected.append(text)
    elif not (tagged.notification(draft, text) or tagged.console(draft, text)):
        draft.say(text)


def _inject(draft: Draft, injected: list[str]) -> None:
    """Keep, and hide, what the application said in a turn in which nobody else said anything."""
    if injected and not draft.blocks:
        draft.say(injected)
        draft.message.hidden = draft.injected = True


def _block(draft: Draft, block: dict[str, Any]) -> bool:
    kind = block.get("type")
    if kind is not None and not isinstance(kind, str):
        return False
    if kind in _HIDDEN:
        return True
    if kind in ("text", None) and "text" in block:
        return said.agent_text(draft, block["text"]) or block["text"] is None
    if kind == "thinking":
        return _thinking(draft, block)
    if kind in _CALLS:
        draft.add(_call(draft, block))
    elif kind == "image":
        draft.add(media.image(block))
    elif kind == "document":
        draft.add(media.document(block))
    elif kind is not None and kind.endswith("tool_result"):
        draft.results.append(_result(draft, block, None))
    else:
        return False
    return True


def _thinking(draft: Draft, block: dict[str, Any]) -> bool:
    value = values.first(block, "thinking", "text")
    text = values.text(value)
    if text is not None and text.strip(values.JS_SPACE):
        draft.add(Thinking(text))
    return text is not None or (value is None and not values.beside(block, _THOUGHT))


def _call(draft: Draft, block: dict[str, Any]) -> ToolCall:
    name = values.string(block.get("name")) or "unknown"
    given = block.get("input")
    if given is None and _RECORD.isdisjoint(block):
        given = values.beside(block, _CALL) or None
    return tools.describe(
        ToolCall(values.identifier(block.get("id")), name, input=given, started_at=draft.message.created_at)
    )


def _result(draft: Draft, block: dict[str, Any], twin: Json) -> Result:
    stated = values.first(block, "is_error", "isError")
    given = values.first(block, "content", "output", "text")
    if given is None and _RECORD.isdisjoint(block):
        given = values.beside(block, _RESULT) or None
    call_id = values.identifier(values.first(block, "tool_use_id", "toolUseId", "id"))
    found = _told(draft, call_id, given, twin, is_error=None if stated is None else values.flag(stated))
    found.permission = _permission(block.get("permissions"))
    return found


def _told(draft: Draft, call_id: str | None, given: Json, twin: Json, *, is_error: bool | None) -> Result:
    found = results.result(given, twin, is_error=is_error)
    results.report_unknown(found, draft.notices, draft.where)
    spent = None if twin is None else values.count(values.first(values.mapping(twin), "totalDurationMs", "durationMs"))
    return Result(call_id, found, duration_ms=spent)


def _permission(value: Json) -> Permission | None:
    record = values.mapping(value)
    status = values.string(values.first(record, "result", "status"))
    if status is None:
        return None
    return Permission(
        status,
        reason=values.string(record.get("reason")),
        mode=values.string(record.get("mode")),
        decision=values.string(record.get("decision")),
        answers=record.get("answers"),
    )


def _refused(kind: str | None, result: ToolResult) -> Permission | None:
    """Return the user's refusal, as the record names it or as the model was told of it."""
    first = result.blocks[0] if result.is_error and result.blocks else None
    if kind is None and not (isinstance(first, Text) and first.text.startswith(_REFUSED)):
        return None
    return Permission("denied", decision=kind)


def twin(structured: Json, number: int, of: int) -> Json:
    """Return the structured result that belongs to a record's nth result: a record has one of each, as a rule."""
    if of == 1:
        return structured
    if isinstance(structured, list) and len(structured) == of:
        return structured[number]
    return structured if number == 0 else None


def _is_result(block: Json) -> bool:
    kind = values.mapping(block).get("type")
    return isinstance(kind, str) and kind.endswith("tool_result")
