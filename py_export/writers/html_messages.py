"""Messages as HTML, one by one, each sub-agent's below the call that started it."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from markupsafe import Markup

from py_export.model import Message, ToolCall
from py_export.writers import html_parts
from py_export.writers.html_blocks import block
from py_export.writers.html_page import Page, lazily, within
from py_export.writers.html_tools import tool_call
from py_export.writers.markdown_sections import task
from py_export.writers.turns import (
    DEEPEST,
    SECTION,
    TURN,
    Heading,
    count_left_out,
    heading_of,
    meta,
    shows,
)


def note(message: Message, page: Page, where: str) -> Iterator[Markup]:
    """Yield a note that stands beside the session."""
    return within(framed(message, page, where, None, SECTION))


def parts(message: Message, page: Page, where: str, level: int) -> Iterator[Markup]:
    """Yield a message's blocks; ``level`` is that of the heading above them."""
    for place, one in page.shown.blocks(message, where):
        if isinstance(one, ToolCall):
            below = partial(_thread, page=page, level=min(level + 1, DEEPEST), where=place) if one.messages else None
            yield from tool_call(one, page, place, message, below)
        else:
            yield block(one, page, place, message, level)


def framed(message: Message, page: Page, where: str, heading: Heading | None, level: int) -> Iterator[str]:
    """Yield a message: who speaks, where ``heading`` says that, when, what it took, and its blocks."""
    at = page.shown.time(message.created_at)
    time = None if at is None else page.time(at, day=level <= TURN)
    who = (
        ""
        if heading is None
        else html_parts.who(heading.level, html_parts.speaker(heading.role, heading.more), heading.number)
    )
    yield html_parts.body_begin(message.role, who, time, meta(message, page))
    yield from parts(message, page, where, level)
    yield html_parts.BODY_END


def _thread(call: ToolCall, page: Page, level: int, where: str) -> Iterator[Markup]:
    """Yield a sub-agent's messages; nothing where none of them is shown."""
    count_left_out(call.messages, page, where)
    shown = [(at, message) for at, message in enumerate(call.messages) if shows(message, page)]
    if shown:
        title = page.word("markdown.sub-agent", what=page.shortened(task(call)))
        yield from within(lazily("thread", level=level, title=title, parts=_below(shown, page, level, where)))


def _below(shown: list[tuple[int, Message]], page: Page, level: int, where: str) -> Iterator[Markup]:
    before: Heading | None = None
    for at, message in shown:
        heading = heading_of(message, page, min(level + 1, DEEPEST), below=True)
        place = f"{where}.messages[{at}]"
        yield from within(framed(message, page, place, None if heading == before else heading, heading.level))
        before = heading
