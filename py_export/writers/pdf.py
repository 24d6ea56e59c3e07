"""
Analytics as a PDF: the report that one hands on. What sessions took in all, over time, by model, tool and session.

Cover figures, then charts, each with its description for those who do not see it and its data as a table beside it;
they read in black and white. A sum that holds estimates is marked by ≈, and the report says by which price table.
Set by Typst from data that is never markup: tagged (PDF/UA-1), all fonts in it, the same bytes everywhere. Days are of
the time zone of the options.

Several sessions are one report. Lost: what was said, and of tables what is beyond their first rows; `analytics-json`
and the CSV tables have all of them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from py_export import times, typesetting
from py_export.analytics_options import PdfOptions
from py_export.l10n import translate
from py_export.model import Session
from py_export.notices import Notices
from py_export.transforms.analytics.analysis import Analysis, Analytics
from py_export.version import GENERATOR
from py_export.writers.pdf_figures import Report


def write(session: Session, options: PdfOptions, notices: Notices) -> Iterator[bytes]:
    """Yield the report of one session."""
    yield from write_several((session,), options, notices, session.exported_at)


def write_several(
    sessions: Iterable[Session], options: PdfOptions, notices: Notices, exported_at: int | None
) -> Iterator[bytes]:
    """Yield the report of several sessions, after an empty chunk for each that is counted."""
    typesetting.require()
    analysis = Analysis(options, notices)
    for session in sessions:
        analysis.add(session)
        yield b""
    found = analysis.result()
    report = Report(found, options)
    body = typesetting.Body()
    body.add(report.sections())
    title = translate("pdf.title", options.locale)
    head = {
        "title": title,
        "locale": options.locale,
        "paper": options.paper,
        "generator": GENERATOR,
        "date": None if exported_at is None else times.iso(exported_at, "UTC")[:10],
        "period": _period(found, options),
        "totals": list(report.totals()),
        "notes": list(report.notes()),
        "empty": translate("pdf.nothing", options.locale),
    }
    yield typesetting.typeset("report", head, body, {}, notices)


def _period(found: Analytics, options: PdfOptions) -> str:
    """Return from when to when, in days of the zone; empty where that is not known."""
    known = [at for at in (found.totals.first_at, found.totals.last_at) if at is not None]
    days = dict.fromkeys(times.iso(at, options.timezone)[:10] for at in known)
    between = " \u2013 ".join(days)
    return f"{between} ({options.timezone})" if days else ""
