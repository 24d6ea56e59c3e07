"""The report: head, figures, notes, and the conversation, a chunk per message."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import chain
from typing import TYPE_CHECKING

from markupsafe import Markup

from py_export.markdown import one_line
from py_export.model import Session
from py_export.version import GENERATOR
from py_export.writers.apart import Apart
from py_export.writers.figures import session_counts
from py_export.writers.html_figures import Known, charts, facts, totals
from py_export.writers.html_messages import note, turn
from py_export.writers.html_page import Page, asset, lazily, policy, stylesheet
from py_export.writers.runs import Runs
from py_export.writers.turns import Turn, count_left_out, leading, leading_text, turns

if TYPE_CHECKING:  # which imports this
    from py_export.writers.html_runs import Overview

_SHEETS = ("base", "frame", "figures", "conversation", "folded", "code", "code-dark", "wide", "print")

END = "</section>\n"
"""What closes a turn."""

_CHUNK = 1 << 16
"""Characters that a chunk does not grow far beyond: a message with sub-agents may be as long as a document."""


def write(session: Session, page: Page) -> Iterator[str | bytes | Apart]:
    """Yield the document; its messages are parts."""
    style, script = stylesheet(*_SHEETS), asset("report.js")
    yield from joined(_head(session, page, style, script))
    between = ""
    if isinstance(session.messages, Runs):
        yield from session.messages.chunks()
        page.notices.take(session.messages.notices)
        empty = False
    else:
        empty = True
        for part in each(turns(session.messages, page), page):
            empty, between = False, END
            yield part
    foot = lazily("report_foot", page=page, empty=empty, generator=GENERATOR, script=script)
    yield from joined(chain([between], foot))


def _head(session: Session, page: Page, style: Markup, script: Markup) -> Iterator[str]:
    """Yield what stands above the messages; nothing of it is held while they are written."""
    messages = session.messages
    if isinstance(messages, Runs):
        page.notices.take(messages.looked)
        found: Overview = messages.overview
        known, contents = replace(found.known, counts=session_counts(session)), iter(found.contents)
    else:
        count_left_out(messages, page)
        known, contents = Known.of(messages), beginnings(turns(messages, page), page)
    yield from lazily(
        "report_head",
        page=page,
        title=one_line(session.title or "") or page.word("markdown.untitled"),
        generator=GENERATOR,
        policy=policy(style, script),
        style=style,
        facts=facts(session, page),
        totals=totals(session, known, page),
        charts=charts(known, page) if page.options.charts else (),
        contents=enumerate(contents, 1),
        notes=(note(one, page, f"notes[{at}]") for at, one in enumerate(session.notes)),
    )


def each(found: Iterable[Turn], page: Page) -> Iterator[Apart]:
    """Yield turns, message by message: what closes one goes with the message that follows, or is left to the caller."""
    between = ""
    for one in found:
        between += f'<section class="turn" id="turn-{one.number}" aria-labelledby="who-{one.number}">\n'
        for message in turn(one, page):
            yield Apart(joined(chain([between], message)))
            between = ""
        between = END


def beginnings(found: Iterable[Turn], page: Page) -> Iterator[str | Markup]:
    """Yield how the question of each turn begins."""
    for one in found:
        begins = leading(leading_text(one.question), page) if page.options.messages else ""
        yield begins or page.word(f"markdown.role.{one.question.role}")


def joined(parts: Iterable[str]) -> Iterator[str]:
    """Yield the parts of a message as one chunk, or as several where it is very long."""
    held: list[str] = []
    size = 0
    for part in parts:
        held.append(part)
        size += len(part)
        if size > _CHUNK:
            yield "".join(held)
            held.clear()
            size = 0
    if held:
        yield "".join(held)
