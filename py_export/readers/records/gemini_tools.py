"""Gemini's tool calls: how they ended, what they gave back to the model, and what the person was shown of that."""

from __future__ import annotations

import re
from typing import Any

from py_export.model import File, Image, Json, ResultBlock, Text, ToolCall, ToolResult, ToolStatus, Unknown
from py_export.notices import Notices
from py_export.readers.records import media, results, tools, values

_STATUS: dict[str, ToolStatus] = {
    "success": "completed",
    "error": "error",
    "cancelled": "cancelled",
    "executing": "running",
    "validating": "pending",
    "scheduled": "pending",
    "awaiting_approval": "pending",
}
_ABOUT = frozenset(
    """
    id name args status timestamp displayName description renderOutputAsMarkdown agentId result resultDisplay
    correlationId parentCallId approvalMode durationMs outcome prompt_id
    """.split()  # noqa: SIM905 - a list of words is easier to read
)
"""What the record of a call says; what a later version adds, it was given or gave back."""

_ANSWER = frozenset({"id", "name", "parts", "willContinue", "scheduling"})
_EXIT_CODE = re.compile(r"^Exit Code: (-?[0-9]{1,10})$", re.MULTILINE)


def call(record: dict[str, Any], started_at: int | None) -> ToolCall:
    """Return the call that a record of it, or the API's ``functionCall``, asks for."""
    name = values.string(record.get("name")) or "unknown"
    given = record.get("args")
    if given is None:
        given = values.beside(record, _ABOUT) or None
    return tools.describe(ToolCall(values.identifier(record.get("id")), name, input=given, started_at=started_at))


def finish(made: ToolCall, record: dict[str, Any], notices: Notices, where: str) -> None:
    """Add to a call what its record says of its end; the API's ``functionCall`` says nothing of that."""
    if "result" not in record and "status" not in record and "resultDisplay" not in record:
        return
    display = record.get("resultDisplay")
    given = record.get("result")
    if given is None and record.get("args") is not None:
        given = values.beside(record, _ABOUT) or None
    if given is not None:
        answer(made, given, notices, where)
    if display not in (None, "", [], {}):
        _show(made, display)
    status = _STATUS.get(values.string(record.get("status")) or "")
    made.status = status or made.status
    if status == "error":
        made.result = made.result or ToolResult()
        made.result.is_error = True


def answer(made: ToolCall, parts: Json, notices: Notices, where: str) -> None:
    """Give a call what the model saw of its result."""
    found = ToolResult()
    for part in values.items(parts):
        _add(found, part)
    for block in found.blocks:
        if isinstance(block, Unknown):
            notices.add("unknown_type", where, type=block.name or "object")
    if made.kind == "shell":
        codes = [
            match for block in found.blocks if isinstance(block, Text) for match in _EXIT_CODE.finditer(block.text)
        ]
        found.exit_code = int(codes[-1][1]) if codes else None
    made.result = found
    made.status = "error" if found.is_error else "completed"


def attached(part: dict[str, Any]) -> Image | File:
    """Return a part's data, inline or by address, as an image or a file."""
    holder = values.mapping(values.first(part, "inlineData", "fileData"))
    found = media.image({"source": holder, "displayName": None})
    found.name = found.name or values.string(holder.get("displayName"))
    if (found.media_type or "").startswith("image/"):
        return found
    return File(name=found.name, media_type=found.media_type, size=found.size, url=found.url, data=found.data)


def _add(result: ToolResult, part: Json) -> None:
    record = values.mapping(part)
    if isinstance(part, str) or isinstance(record.get("text"), str):
        _say(result, part if isinstance(part, str) else record["text"])
    elif "inlineData" in record or "fileData" in record:
        result.blocks.append(attached(record))
    elif isinstance(record.get("functionResponse"), dict):
        given = record["functionResponse"]
        response = given.get("response")
        _respond(result, values.beside(given, _ANSWER) or None if response is None else response)
        for inner in values.items(given.get("parts")):
            _add(result, inner)
    elif part is not None:
        result.blocks.append(Unknown(part, name=values.type_name(part)))


def _respond(result: ToolResult, response: Json) -> None:
    """Add a response: what its members ``output`` and ``error`` say, or all of it where it has neither."""
    record = values.mapping(response)
    told = [record[name] for name in ("output", "error") if record.get(name) is not None]
    if record.get("error") is not None:
        result.is_error = True
    for value in told if record.keys() & {"output", "error"} else [response]:
        if isinstance(value, str):
            _say(result, value)
        else:
            blocks: list[ResultBlock] = results.shown(value)
            result.blocks += blocks


def _say(result: ToolResult, text: str) -> None:
    if text:
        result.blocks.append(Text(text))


def _show(made: ToolCall, display: Json) -> None:
    """Keep what the person was shown: a file's difference, a plan, a terminal's screen; a text if it says more."""
    result = made.result = made.result or ToolResult()
    said = display if isinstance(display, str) else _screen(display)
    if not result.blocks and said:
        _say(result, said)
    if not isinstance(display, str) or said not in {block.text for block in result.blocks if isinstance(block, Text)}:
        result.data = display


def _screen(display: Json) -> str | None:
    """Return the text of a terminal's screen: lines of pieces, each with its colours."""
    if not isinstance(display, list) or not all(isinstance(line, list) for line in display):
        return None
    lines = ("".join(values.text(values.mapping(piece).get("text")) or "" for piece in line) for line in display)
    return "\n".join(line.rstrip() for line in lines).rstrip()
