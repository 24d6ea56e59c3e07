"""Tool calls as nodes of a PDF: one line that says what was done and how it ended, or input and result in full."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from py_export import times
from py_export.markdown import one_line
from py_export.model import Code, File, Image, Json, Message, Text, ToolCall, ToolResult
from py_export.transforms.reason import reason
from py_export.transforms.shown import duration
from py_export.writers.markdown_tools import FAILED, MARKS
from py_export.writers.pdf_blocks import attachment, block, extension, outline
from py_export.writers.pdf_markdown import inline_text
from py_export.writers.pdf_sheet import Node, PdfSheet, paragraph, verbatim

_NOTHING: tuple[Json, ...] = (None, "", {}, [])


def tool_call(call: ToolCall, sheet: PdfSheet, where: str, message: Message) -> Node:
    """Return a tool call, as much of it as the options ask for."""
    full = sheet.options.tools == "full"
    subject = sheet.shortened(call.subject or call.description or "", None if full else where)
    steps = [[f"{MARKS[step.status]} ", *inline_text(one_line(step.text))] for step in call.steps]
    return {
        "t": "tool",
        "name": one_line(call.name) or sheet.word("markdown.unnamed"),
        **({"subject": subject} if subject else {}),
        "how": inline_text(_how(call, sheet, None if full else where)),
        "failed": call.status in FAILED,
        "c": [paragraph(*step) for step in steps] + (list(_details(call, sheet, where, message)) if full else []),
    }


def _how(call: ToolCall, sheet: PdfSheet, where: str | None) -> str:
    """Return how a call ended: ``failed, exit code 1, 1.2 s: reason``."""
    parts = [sheet.word(f"markdown.status.{call.status}")]
    if call.result is not None and call.result.exit_code is not None:
        parts.append(sheet.word("markdown.exit-code", code=call.result.exit_code))
    taken = duration(call)
    if taken is not None:
        parts.append(times.duration(taken).replace(" ", "\u00a0"))
    ended = sheet.word("markdown.comma").join(parts)
    why = sheet.shortened(reason(call), where) if call.status in FAILED else ""
    return sheet.word("markdown.because", what=ended, why=why) if why else ended


def _details(call: ToolCall, sheet: PdfSheet, where: str, message: Message) -> Iterator[Node]:
    path = call.paths[0] if call.paths and call.kind in ("read", "write", "edit") else None
    subject = one_line(call.subject or "")
    if call.description and one_line(call.description) != subject:
        yield paragraph(*inline_text(call.description))
    if call.subject and sheet.shortened(call.subject) != subject:
        yield verbatim(call.subject)
    if call.input not in _NOTHING:
        yield _label("markdown.input", sheet)
        yield from outline(call.input, sheet, where, extension(path))
    if call.permission is not None and call.permission.answers:
        yield _label("markdown.answers", sheet)
        yield from outline(call.permission.answers, sheet, where)
    if call.result is not None:
        yield from _result(call.result, sheet, where, message, extension(path))


def _result(result: ToolResult, sheet: PdfSheet, where: str, message: Message, language: str | None) -> Iterator[Node]:
    shown = [one for one in result.blocks if not isinstance(one, Text | Code) or one.text]
    if shown or result.data not in _NOTHING:
        yield _label("markdown.result", sheet)
    if not shown and result.data not in _NOTHING:
        yield from outline(result.data, sheet, where, language)
    for at, one in enumerate(shown):
        place = f"{where}.result.blocks[{at}]"
        if isinstance(one, Text):
            yield verbatim(one.text)
        elif isinstance(one, Image | File):
            yield from attachment(one, sheet, place)
        else:
            yield from block(one, sheet, place, message, 6)


def _label(key: str, sheet: PdfSheet) -> Node:
    label: dict[str, Any] = {"t": "label", "x": sheet.word(key)}
    return label
