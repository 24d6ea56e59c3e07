"""A rollout's items, brought to the messages of the stream that ``codex.decode`` knows: one decoder for both."""

from __future__ import annotations

import re
from typing import Any

from py_export.model import Json
from py_export.readers.records import values

_PASSED = ("status", "metadata", "internal_chat_message_metadata_passthrough")
_ABOUT = frozenset({"type", "id", "call_id", "name", "namespace", "function", "execution", "success", *_PASSED})
"""What a call or a result says of itself; what it holds beside that, under whatever name, is what it says."""

_MUTE = frozenset(
    {"id", "role", "author", "recipient", "phase", "end_turn", "encrypted_content", "timestamp", "turn_id", *_PASSED}
)
"""What a record says of itself, and nobody says in it."""

_PLACES = ("message", "content", "text", "summary")
_WORD = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")


def streamed(item: dict[str, Any]) -> dict[str, Any] | None:
    """Return an item of the model's conversation as a message of the stream; None of one that the stream has not."""
    kind = name(item)
    found: dict[str, Any] | None = None
    if kind in ("function_call", "custom_tool_call", "tool_search_call", "tool_call"):
        function = values.mapping(item.get("function"))
        tool = values.string(item.get("name")) or values.string(function.get("name")) or kind.removesuffix("_call")
        given = values.first({**function, **item}, "arguments", "input")
        found = _call(item, tool, values.beside(item, _ABOUT) or None if given is None else given)
    elif kind in ("function_call_output", "custom_tool_call_output", "tool_search_output", "tool_result"):
        output = values.first(item, "output", "tools", "result", "content")
        output = values.beside(item, _ABOUT) or None if output is None else output
        failed = values.mapping(output).get("success") is False or item.get("success") is False
        found = {"type": "tool-call-result", "callId": _id(item), "output": output, "isError": failed or None}
    elif kind == "local_shell_call":
        found = _call(item, "local_shell", item.get("action"))
    elif kind == "web_search_call":
        found = _call(item, "web_search", item.get("action"))
    elif kind == "image_generation_call":
        image = {"imageId": item.get("id"), "data": item.get("result"), "mimeType": "image/png"}
        found = {"type": "generated-image"} | image
    return found


def name(item: dict[str, Any]) -> str:
    """Return an item's type as rollouts write it, ``command_execution`` for ``CommandExecution``."""
    kind = item.get("type")
    return _WORD.sub("_", kind).lower() if isinstance(kind, str) else ""


def reasoning(item: dict[str, Any]) -> str:
    """Return what a reasoning item says: its summary's parts, else its own."""
    for key in ("summary", "summary_text", "content", "raw_content", "text"):
        parts = [_text(part) for part in values.items(item.get(key))]
        said = "\n\n".join(part for part in parts if part.strip())
        if said:
            return said
    return ""


def says(item: dict[str, Any]) -> bool:
    """Return whether a text stands where an item says something; where it has no such place, anywhere in it."""
    places = [item[key] for key in _PLACES if item.get(key) is not None]
    return values.says(places or item, _MUTE)


def message(item: dict[str, Any]) -> Json:
    """Return what an error or a warning says, else what stands in its place."""
    said = item.get("message")
    return values.beside(item, _ABOUT) or None if said is None else said


def summaries(item: dict[str, Any]) -> list[str]:
    """Return each part that a reasoning item says, and the whole."""
    parts = [_text(part) for key in ("summary", "summary_text", "content") for part in values.items(item.get(key))]
    return [*parts, reasoning(item)]


def _text(part: Json) -> str:
    said = part if isinstance(part, str) else values.mapping(part).get("text")
    return said if isinstance(said, str) else ""


def _call(item: dict[str, Any], tool: str, given: Json) -> dict[str, Any]:
    space = values.string(item.get("namespace"))
    if space is not None and space.startswith("mcp"):
        tool = f"{space.rstrip('_')}__{tool}"
    return {"type": "tool-call", "callId": _id(item), "name": tool, "input": given}


def _id(item: dict[str, Any]) -> str | None:
    return values.identifier(values.first(item, "call_id", "id"))
