"""The report: head, figures, notes, and the conversation, a chunk per message."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import chain

from markupsafe import Markup

from py_export.markdown import one_line
from py_export.model import Session
from py_export.version import GENERATOR
from py_export.writers.apart import Apart
from py_export.writers.html_figures import charts, facts, totals
from py_export.writers.html_messages import note, turn
from py_export.writers.html_page import Page, asset, lazily, policy, stylesheet
from py_export.writers.turns import count_left_out, leading, leading_text, turns

_SHEETS = ("base", "frame", "figures", "conversation", "folded", "code", "code-dark", "wide", "print")

_CHUNK = 1 << 16
"""Characters that a chunk does not grow far beyond: a message with sub-agents may be as long as a document."""


def write(session: Session, page: Page) -> Iterator[str | Apart]:
    """Yield the document; its messages are parts."""
    style, script = stylesheet(*_SHEETS), asset("report.js")
    title = one_line(session.title or "") or page.word("markdown.untitled")
    count_left_out(session.messages, page)
    yield from joined(
        lazily(
            "report_head",
            page=page,
            title=title,
            generator=GENERATOR,
            policy=policy(style, script),
            style=style,
            facts=facts(session, page),
            totals=totals(session, page),
            charts=charts(session, page) if page.options.charts else (),
            contents=_contents(session, page),
            notes=(note(one, page, f"notes[{at}]") for at, one in enumerate(session.notes)),
        )
    )
    between = ""  # what closes a turn and opens the next goes with the message that follows
    for one in turns(session.messages, page):
        between += f'<section class="turn" id="turn-{one.number}" aria-labelledby="who-{one.number}">\n'
        for message in turn(one, page):
            yield Apart(joined(chain([between], message)))
            between = ""
        between = "</section>\n"
    foot = lazily("report_foot", page=page, empty=not between, generator=GENERATOR, script=script)
    yield from joined(chain([between], foot))


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


def _contents(session: Session, page: Page) -> Iterator[tuple[int, str | Markup]]:
    """Yield each turn's number and how its question begins."""
    for one in turns(session.messages, page):
        begins = leading(leading_text(one.question), page) if page.options.messages else ""
        yield one.number, begins or page.word(f"markdown.role.{one.question.role}")
