"""
JSON Lines: one message per line, ``{"timestamp", "actor", "content"}`` in this order, compact, UTF-8, LF.

``timestamp`` is local to the UTC offset that its source kept, and left out where the time is unknown. ``content`` is
the message's texts, verbatim and apart by a blank line; events, errors and attachments stand beside them as quoted
lines, and so do thinking and tools where the options ask for them. What a sub-agent said stands among the other
messages, after the one that started it.

Lost: titles, ids, models, figures, branches, and (reading back) what was text and what was said of it.
"""

from __future__ import annotations

from collections.abc import Iterator

from py_export import jsontext
from py_export.model import Message, Session, ToolCall
from py_export.notices import Notices
from py_export.options import JsonlOptions
from py_export.times import LAST
from py_export.writers.content import content, page_for
from py_export.writers.hidden import report_hidden
from py_export.writers.markdown_page import Page
from py_export.writers.runs import Run, Runs


def write(session: Session, options: JsonlOptions, notices: Notices) -> Iterator[bytes]:
    """Yield the lines, one by one."""
    report_hidden(session, notices)
    if session.notes:
        notices.add("part_left_out", "notes", len(session.notes), type="note")
    if isinstance(session.messages, Runs):
        yield from session.messages.chunks()
        notices.take(session.messages.notices)
    else:
        yield from _Run(options).write(session.messages, 0, notices)


def run(_session: Session, options: JsonlOptions) -> Run:
    """Return what writes some of a session's messages."""
    return _Run(options)


class _Run(Run):
    def __init__(self, options: JsonlOptions) -> None:
        self._options = options

    def write(self, messages: list[Message], first: int, notices: Notices) -> Iterator[bytes]:
        """Yield the lines."""
        page = page_for(messages, self._options, notices)
        for at, message in enumerate(messages, first):
            yield from _lines(message, page, f"messages[{at}]")


def _lines(message: Message, page: Page, where: str) -> Iterator[bytes]:
    if message.hidden:
        return
    created_at = page.shown.time(message.created_at)
    line = (
        {}
        if created_at is None or abs(created_at) > LAST
        else {"timestamp": page.brief(created_at, message.utc_offset)}
    )
    said = content(message, page, where)
    # msgspec leaves UTF-8 with a string for as long as that lives: a session's would be there twice, a copy goes.
    line |= {"actor": message.role, "content": said if said.isascii() else said[:1] + said[1:]}
    yield jsontext.encode(line) + b"\n"
    if page.options.tools == "none":
        return
    for block in message.blocks:
        if isinstance(block, ToolCall) and block.messages:
            page.notices.add("sub_agent_unmarked", where, len(block.messages))
            for at, one in enumerate(block.messages):
                yield from _lines(one, page, f"{where}.messages[{at}]")
