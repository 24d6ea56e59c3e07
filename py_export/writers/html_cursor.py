"""The plain page of Cursor's exporter: a heading, a few facts, and each message in a box of its own."""

from __future__ import annotations

from collections.abc import Iterator

from py_export import times
from py_export.markdown import one_line
from py_export.model import Message, Session
from py_export.version import GENERATOR
from py_export.writers.html_messages import parts
from py_export.writers.html_page import Page, lazily, policy, stylesheet
from py_export.writers.html_report import joined
from py_export.writers.turns import count_left_out, meta, shows

_SHEETS = ("cursor", "code", "code-dark")
_LEVEL = 1
"""Messages have no headings here; their own texts' stand below the document's."""


def write(session: Session, page: Page) -> Iterator[str]:
    """Yield the document, a chunk per message."""
    style = stylesheet(*_SHEETS)
    count_left_out(session.messages, page)
    yield from joined(
        lazily(
            "cursor_head",
            page=page,
            title=page.word("html.session", id=one_line(session.id)),
            generator=GENERATOR,
            policy=policy(style),
            style=style,
            facts=_facts(session, page),
        )
    )
    empty = True
    for at, message in enumerate(session.messages):
        if shows(message, page):
            empty = False
            yield from joined(_message(message, page, f"messages[{at}]"))
    yield from joined(lazily("cursor_foot", page=page, empty=empty))


def _message(message: Message, page: Page, where: str) -> Iterator[str]:
    at = page.shown.time(message.created_at)
    return lazily(
        "cursor_message",
        role=message.role,
        name=page.word(f"markdown.role.{message.role}"),  # which the page shows by colour and side alone
        time=None if at is None else times.rfc3339(at, page.options.timezone),
        meta=meta(message, page),
        parts=parts(message, page, where, _LEVEL),
    )


def _facts(session: Session, page: Page) -> Iterator[tuple[str, str]]:
    shown = sum(shows(message, page) for message in session.messages)
    for name, value in (
        ("html.cursor-workspace", session.workspace),
        ("html.cursor-source", session.source.app),
        ("html.cursor-messages", str(shown)),
    ):
        if value:
            yield page.word(name), value
