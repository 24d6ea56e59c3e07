"""Messages as nodes of a PDF, turn by turn, each sub-agent's below the call that started it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from py_export.model import Message, ToolCall
from py_export.writers.markdown_sections import task
from py_export.writers.pdf_blocks import block
from py_export.writers.pdf_sheet import Node, PdfSheet
from py_export.writers.pdf_tools import tool_call
from py_export.writers.turns import Turn, count_left_out, heading_of, leading, leading_text, meta, shows

_TURN, _SPEAKER, _DEEPEST = 1, 2, 6
_MOST_BELOW = 4
"""How far a sub-agent's messages are moved in; those of its own sub-agents stand below them, no further in."""


def turn(one: Turn, sheet: PdfSheet) -> Iterator[list[Node]]:
    """Yield a turn, message by message; the first begins with the turn's heading."""
    before: tuple[str, tuple[str, ...]] | None = None
    level = _TURN
    for at, message in one.messages:
        heading = heading_of(message, sheet, level)
        speaker = (heading.role, heading.more)
        same = before is not None and (before == speaker or message.role == "event")
        opened = [] if same else [_who(one, message, speaker, sheet, first=before is None)]
        if not same:
            level = _TURN if before is None else _SPEAKER
            before = speaker
        body = list(parts(message, sheet, f"messages[{at}]", level, 0))
        asks = not same and level == _TURN and message.role == "user"
        yield [*opened, {"t": "said", "asks": asks, "c": body}]


def note(message: Message, sheet: PdfSheet, where: str) -> list[Node]:
    """Return a note that stands beside the session."""
    return list(parts(message, sheet, where, _TURN, 0))


def parts(message: Message, sheet: PdfSheet, where: str, level: int, below: int) -> Iterator[Node]:
    """Yield a message's blocks; ``level`` is that of the heading above them, ``below`` how deep in sub-agents."""
    for place, one in sheet.shown.blocks(message, where):
        if isinstance(one, ToolCall):
            yield tool_call(one, sheet, place, message)
            if one.messages:
                yield from _thread(one, sheet, place, level, below)
        else:
            yield from block(one, sheet, place, message, level)


def _who(one: Turn, message: Message, speaker: tuple[str, tuple[str, ...]], sheet: PdfSheet, *, first: bool) -> Node:
    """Return the line that says who speaks: of a turn's first message a heading that the contents list."""
    at = sheet.shown.time(message.created_at)
    role, more = speaker
    node: dict[str, Any] = {
        "t": "who",
        "role": role,
        "more": list(more),
        "time": "" if at is None else sheet.time(at, day=first),
        "meta": meta(message, sheet),
    }
    if first:
        begins = leading(leading_text(message), sheet) if sheet.options.messages else ""
        node |= {"n": _TURN, "number": one.number, "begins": begins or role}
    else:
        node |= {"n": _SPEAKER}
    return node


def _thread(call: ToolCall, sheet: PdfSheet, where: str, level: int, below: int) -> Iterator[Node]:
    """Yield a sub-agent's messages; nothing where none of them is shown."""
    count_left_out(call.messages, sheet, where)
    shown = [(at, message) for at, message in enumerate(call.messages) if shows(message, sheet)]
    if not shown:
        return
    inside: list[Node] = []
    before: tuple[str, tuple[str, ...]] | None = None
    lower = min(level + 1, _DEEPEST)
    for at, message in shown:
        heading = heading_of(message, sheet, lower, below=True)
        if (heading.role, heading.more) != before:
            before = (heading.role, heading.more)
            said = sheet.word("markdown.comma").join((heading.role, *heading.more))
            inside.append({"t": "label", "x": said})
        inside += parts(message, sheet, f"{where}.messages[{at}]", lower, below + 1)
    title = sheet.word("markdown.sub-agent", what=sheet.shortened(task(call)))
    if below < _MOST_BELOW:
        yield {"t": "thread", "n": lower, "title": title, "c": inside}
    else:
        yield from ({"t": "label", "x": title}, *inside)
