"""What tools gave back, in every shape that agents write it: as blocks for people, with the exit code if stated."""

from __future__ import annotations

import json
import re
from typing import Any

from py_export import jsontext
from py_export.errors import ReadError
from py_export.model import Code, File, Image, Json, Text, ToolResult, Unknown
from py_export.notices import Notices
from py_export.readers.records import media, values

Shown = Text | Image | File | Code | Unknown

_SPOKEN = (
    "stdout",
    "stderr",
    "output",
    "aggregated_output",
    "formatted_output",
    "content",
    "text",
    "result",
    "message",
    "error",
)
"""Where structured results keep what a person would read, in the order in which a terminal would show it."""

_EXIT_CODE = re.compile(r"(?:Exit code:? |Process exited with code )(-?\d{1,10})\b")
_HEAD = re.compile(
    r"""(?=Chunk\ ID:\ |Exit\ code:\ |Wall\ time:\ )
    (?:Chunk\ ID:\ .*\n)?
    (?:Exit\ code:\ -?\d{1,10}\n)?
    (?:Wall\ time:\ .*\n)?
    (?:Process\ (?:exited\ with\ code\ -?\d{1,10}|running\ with\ session\ ID\ .*)\n)?
    (?:(?:Original\ token\ count|Total\ output\ lines):\ .*\n){0,2}
    Output:\n""",
    re.VERBOSE,
)
"""What Codex writes before a command's output."""

_CODES = frozenset({"exit_code", "exitCode", "exit", "metadata"})
_HEADS = ("Chunk ID: ", "Exit code: ", "Wall time: ")
_STATING = (*_HEADS, "Exit code", "Process exited with code ")
_WALL_TIME = re.compile(r"^Wall time: (\d{1,9}(?:\.\d{1,9})?) seconds", re.MULTILINE)
_HEAD_LENGTH = 400
_YEAR = 366 * 24 * 3600
_TEXTS = frozenset({"text", "input_text", "output_text"})
_SILENT = frozenset({"type", "citations", "annotations", "cache_control", "_meta", "detail"})
"""What a text says beside what it says."""

_IMAGES = frozenset({"image", "input_image", "image_url"})
_NAMED = {"web_search_result": ("title", "url"), "tool_reference": ("tool_name",)}
_FILES = frozenset({"document", "file", "resource", "resource_link"})


def result(content: Json, twin: Json = None, *, is_error: bool | None = None) -> ToolResult:
    """
    Return a tool's result.

    Args:
        content: What the model saw.
        twin: The same as data, where the source keeps it.
        is_error: What the source says of it; None where it says nothing.
    """
    blocks = shown(content)
    if not blocks and content in (None, "", []):
        blocks = _image_of(twin) or shown(_spoken(twin))
    data = twin if twin is not None else (content if isinstance(content, dict) or _has_head(content) else None)
    code = exit_code(twin)
    if code is None:
        code = exit_code(content)
    if is_error is None and isinstance(content, dict):
        is_error = _failed(content)
    return ToolResult(blocks, data=data, is_error=is_error, exit_code=code)


def shown(content: Json) -> list[Shown]:
    """Return a result's content as blocks; data that is no text is laid out as code."""
    if isinstance(content, str):
        return _said(content)
    if isinstance(content, list):
        return _items(content)
    if isinstance(content, dict):
        return _object(content)
    return [] if content is None else [Text(json.dumps(content))]


def exit_code(value: Json) -> int | None:
    """Return a command's exit code, from data that has it or from the head of the text that states it."""
    if isinstance(value, dict):
        if _CODES.isdisjoint(value):
            return None
        found = values.integer(values.first(value, "exit_code", "exitCode", "exit"))
        return found if found is not None else values.integer(values.mapping(value.get("metadata")).get("exit_code"))
    if isinstance(value, str):
        return exit_code(_parsed(value)) if value.startswith("{") else _stated_code(value)
    if isinstance(value, list):
        texts = (item.get("text") for item in value if isinstance(item, dict))
        return next((code for text in texts if isinstance(text, str) and (code := exit_code(text)) is not None), None)
    return None


def _stated_code(text: str) -> int | None:
    if not text.startswith(_STATING):
        return None
    head = _head(text)
    match = _EXIT_CODE.search(head[0]) if head else _EXIT_CODE.match(text)
    return int(match[1]) if match else None


def duration(value: Json) -> int | None:
    """Return how many milliseconds a command ran, where its result states that."""
    if isinstance(value, str):
        if value.startswith("{"):
            return duration(_parsed(value))
        match = _WALL_TIME.search(value[:_HEAD_LENGTH])
        return round(float(match[1]) * 1000) if match else None
    metadata = values.mapping(values.mapping(value).get("metadata"))
    seconds = values.first(metadata, "duration_seconds", "durationSeconds")
    known = isinstance(seconds, (int, float)) and not isinstance(seconds, bool) and 0 <= seconds < _YEAR
    return round(seconds * 1000) if known else None


def report_unknown(found: ToolResult, notices: Notices, where: str) -> None:
    """Report the blocks of a result that nothing here knows."""
    for block in found.blocks:
        if isinstance(block, Unknown):
            notices.add("unknown_type", where, type=block.name or "object")


def _has_head(content: Json) -> bool:
    return isinstance(content, str) and (_head(content) is not None or content.startswith('{"output"'))


def _head(text: str) -> re.Match[str] | None:
    return _HEAD.match(text[:_HEAD_LENGTH]) if text.startswith(_HEADS) else None


def _said(text: str) -> list[Shown]:
    head = _head(text)
    if head:
        text = text[head.end() :]
    if not text:
        return []
    if media.inline(text) is not None:
        found = media.from_address(text)
        kind = found.media_type or ""
        return [
            found if kind.startswith("image/") or not kind else File(media_type=kind, data=found.data, size=found.size)
        ]
    wrapped = _parsed(text) if text.startswith('{"output"') else None
    if isinstance(wrapped, dict) and isinstance(wrapped.get("output"), str) and set(wrapped) <= {"output", "metadata"}:
        return _said(wrapped["output"])
    return [Text(text)]


def _items(content: list[Any]) -> list[Shown]:
    if not content:
        return []
    if not any(isinstance(item, dict) and ("type" in item or "text" in item) for item in content):
        said = values.text(content)
        return [_code(content)] if said is None else _said(said)
    return [block for item in content for block in (_block(item) if isinstance(item, dict) else shown(item))]


def _object(content: dict[str, Any]) -> list[Shown]:
    read = values.mapping(content.get("file")).get("content")
    if isinstance(read, str):
        return _said(read)
    if isinstance(content.get("type"), str):
        known = _typed(content)
        if known is not None:
            return known
    if set(content) == {"Ok"} or set(content) == {"Err"}:
        return shown(next(iter(content.values())))
    if isinstance(content.get("content"), list) and set(content) <= {
        "content",
        "isError",
        "is_error",
        "structuredContent",
        "_meta",
    }:
        return _items(content["content"])
    picture = _image_of(content)
    if picture:
        return picture
    spoken = _spoken(content)
    return [_code(content)] if spoken is None and content else shown(spoken)


def _block(item: dict[str, Any]) -> list[Shown]:
    known = _typed(item)
    if known is not None:
        return known
    if isinstance(item.get("text"), str) and "type" not in item:
        return _said(item["text"])
    return [Unknown(item, name=values.type_name(item))]


def _typed(item: dict[str, Any]) -> list[Shown] | None:
    """Return a block that says its type as blocks of ours; None where the type is not known here."""
    kind = item.get("type")
    if not isinstance(kind, str):
        return None
    if kind in _TEXTS:
        said = values.text(item.get("text"))
        unread: list[Shown] = [Unknown(item, name=kind)] if values.beside(item, _SILENT) else []
        return unread if said is None else _said(said)
    if kind in _IMAGES:
        return [media.image(item)]
    if kind in _FILES:
        return [media.document(item)]
    named = [values.string(item.get(key)) for key in _NAMED.get(kind, ())]
    return [Text("\n".join(part for part in named if part))] if any(named) else None


def _spoken(data: Json) -> Json:
    """Return what structured data says in words, or None."""
    if not isinstance(data, dict):
        return data if isinstance(data, (str, list)) else None
    read = values.mapping(data.get("file")).get("content")
    if isinstance(read, str):
        return read
    streams = [data[key] for key in ("stdout", "stderr") if isinstance(data.get(key), str)]
    if streams:
        return "\n".join(stream for stream in streams if stream)
    return next(
        (data[key] for key in _SPOKEN if isinstance(data.get(key), (str, list)) and values.text(data[key]) is not None),
        None,
    )


def _image_of(data: Json) -> list[Shown]:
    holder = values.mapping(values.mapping(data).get("file"))
    return [media.image({"file": holder, **holder})] if isinstance(holder.get("base64"), str) else []


def _code(data: Json) -> Code:
    return Code(json.dumps(data, ensure_ascii=False, indent=2), language="json")


def _failed(content: dict[str, Any]) -> bool | None:
    if "Err" in content:
        return True
    stated = values.first(content, "isError", "is_error")
    return None if stated is None else values.flag(stated)


def _parsed(text: str) -> Json:
    try:
        return jsontext.decode(text.encode("utf-8", "replace"))
    except ReadError:
        return None
