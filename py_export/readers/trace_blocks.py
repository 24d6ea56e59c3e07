"""The blocks of a trace: what is fenced below their headings, made what it was."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from markdown_it import MarkdownIt

from py_export import jsontext
from py_export.errors import ReadError
from py_export.l10n import translate
from py_export.model import (
    Block,
    Code,
    Error,
    Json,
    Permission,
    ResultBlock,
    Text,
    Thinking,
    ToolCall,
    ToolResult,
    Unknown,
)
from py_export.notices import Notices
from py_export.readers import trace_facts, validated
from py_export.readers.records import tools, values

_PART = re.compile(
    r"^(?:\*\*(?P<label>[^*\n]+)\*\*$|(?P<marks>`{3,})(?P<info>[^\s`]*)\n(?P<text>.*?)\n(?P=marks)$)",
    re.MULTILINE | re.DOTALL,
)
_BLOCK = "block"
_DATA = "json"
_LABELS = ("input", "permission", "result")


@dataclass(slots=True)
class Fence:
    """A fenced text, its info string, and the bold word above it."""

    text: str
    info: str
    label: str = ""


def block(kind: str, body: str, where: str, notices: Notices) -> Block:
    """Return any block but a text or a tool call; an unknown one where it is not what its heading says."""
    spans, _, rest = trace_facts.split(body)
    fences = list(_fences(rest))
    if not fences:
        notices.add("unknown_record", where)
        return Unknown(body.strip("\n"), kind)
    text = fences[0].text
    if kind == "thinking":
        return Thinking(text)
    if kind == "error":
        return Error(text, spans[0] if spans else None)
    if kind == "code":
        return Code(text, fences[0].info or None, spans[0] if spans else None)
    return validated.block(_decoded(text), where, notices)


def tool_call(name: str, body: str, locale: str, where: str, notices: Notices) -> ToolCall:
    """Return a tool call with what it was given and gave back."""
    spans, words, rest = trace_facts.split(body)
    fences: dict[str, list[Fence]] = {}
    for each in _fences(rest):
        fences.setdefault(each.label, []).append(each)
    given, permission, result = (fences.get(translate(f"markdown.{label}", locale), []) for label in _LABELS)
    call = ToolCall(id=spans[0] if spans else None, name=_unescaped(name))
    ended = trace_facts.statuses(locale)
    call.status = next((ended[word] for word in words if word in ended), "pending")
    call.duration_ms = trace_facts.milliseconds(words)
    if given:
        call.input = _decoded(given[0].text) if given[0].info == _DATA else given[0].text
    call.permission = _permission(permission)
    call.result = _result(result, trace_facts.exit_code(words, locale), where, notices)
    return tools.describe(call)


def _result(fences: list[Fence], code: int | None, where: str, notices: Notices) -> ToolResult | None:
    if not fences:
        return None if code is None else ToolResult(exit_code=code)
    result = ToolResult(exit_code=code)
    for at, each in enumerate(fences):
        if each.info == _DATA:
            result.data = _decoded(each.text)
        else:
            result.blocks.append(_given_back(each, f"{where}.result.blocks[{at}]", notices))
    return result


def _given_back(each: Fence, where: str, notices: Notices) -> ResultBlock:
    if each.info != _BLOCK:
        return Text(each.text)
    found = validated.block(_decoded(each.text), where, notices)
    return found if isinstance(found, ResultBlock) else Unknown(_decoded(each.text))


def _permission(fences: list[Fence]) -> Permission | None:
    about = values.mapping(_decoded(fences[0].text)) if fences else {}
    status = values.string(about.get("status"))
    if status is None:
        return None
    stated = {name: values.string(about.get(name)) for name in ("reason", "mode", "decision")}
    return Permission(status, **stated, answers=about.get("answers"))


def _fences(text: str) -> Iterator[Fence]:
    label = ""
    for match in _PART.finditer(text):
        if match["label"] is not None:
            label = match["label"]
        else:
            yield Fence(match["text"], match["info"], label)


def _decoded(text: str) -> Json:
    """Return a fence's JSON; its text where somebody has changed it so that it is none."""
    try:
        return jsontext.decode(text.encode("utf-8"))
    except ReadError:
        return text


def _unescaped(text: str) -> str:
    """Return a heading's words without the backslashes that kept them from being markup."""
    tokens: list[Any] = MarkdownIt("commonmark").parseInline(text)[0].children or []
    return "".join(token.content for token in tokens)
