"""The report: head, figures, notes, and the conversation, a chunk per message."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import chain, islice, starmap
from typing import TYPE_CHECKING

from markupsafe import Markup

from py_export.markdown import one_line
from py_export.model import Session
from py_export.version import GENERATOR
from py_export.writers import html_parts
from py_export.writers.apart import Apart
from py_export.writers.figures import session_counts
from py_export.writers.html_batch import Batches
from py_export.writers.html_figures import Known, charts, facts, totals
from py_export.writers.html_messages import note
from py_export.writers.html_page import Page, asset, lazily, policy, stylesheet
from py_export.writers.html_turns import Turns
from py_export.writers.runs import Runs
from py_export.writers.turns import Turn, leading, leading_text

if TYPE_CHECKING:  # which imports this
    from py_export.writers.html_runs import Overview

_SHEETS = ("base", "frame", "figures", "conversation", "folded", "code", "code-dark", "wide", "print")

_ENTRIES = 16

END = "</section>\n"
"""What closes a turn."""

_CHUNK = 1 << 16
"""Characters that a chunk does not grow far beyond: a message with sub-agents may be as long as a document."""


def write(session: Session, page: Page) -> Iterator[str | bytes | Apart]:
    """Yield the document; its messages are parts."""
    style, script = stylesheet(*_SHEETS), asset("report.js")
    found = Turns(session.messages, page)
    yield from joined(_head(session, found, page, style, script))
    between = ""
    if isinstance(session.messages, Runs):
        yield from session.messages.chunks()
        page.notices.take(session.messages.notices)
        empty = False
    else:
        empty = True
        for part in each(found, page):
            empty, between = False, END
            yield part
    foot = lazily("report_foot", page=page, empty=empty, generator=GENERATOR, script=script)
    yield from joined(chain([between], foot))


def _head(session: Session, found: Turns, page: Page, style: Markup, script: Markup) -> Iterator[str]:
    """Yield what stands above the messages; nothing of it is held while they are written."""
    messages = session.messages
    if isinstance(messages, Runs):
        page.notices.take(messages.looked)
        overview: Overview = messages.overview
        known, contents = replace(overview.known, counts=session_counts(session)), iter(overview.contents)
    else:
        found.count_left_out()
        known, contents = Known.of(messages), beginnings(found, page)
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
        contents=_entries(contents),
        notes=(note(one, page, f"notes[{at}]") for at, one in enumerate(session.notes)),
    )


def each(found: Iterable[Turn], page: Page) -> Iterator[Apart]:
    """Yield turns, many messages at a time: what closes one goes with what follows, or is left to the caller."""
    batches = Batches(page)
    for batch in batches.of(found, END):
        yield Apart(batches.write(batch), len(batch))


def beginnings(found: Turns, page: Page) -> Iterator[str]:
    """Yield how the question of each turn begins."""
    for question in found.questions():
        begins = leading(leading_text(question), page) if page.options.messages else ""
        yield begins or page.word(f"markdown.role.{question.role}")


def _entries(contents: Iterable[str]) -> Iterator[Markup]:
    """Yield the contents, many at a time: a template takes longer for each of them than all else does."""
    entries = starmap(html_parts.entry, enumerate(contents, 1))
    while some := "".join(islice(entries, _ENTRIES)):
        yield html_parts.markup(some)


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
