"""
Analytics as JSON, for programs: what sessions took in all, by day, model, session and tool, each usage event and call.

``{"schemaVersion": 1, "generator", "exportedAt", "period", "models", "totals", "prices", "byDay", "byModel",
"bySession", "byTool", "events", "calls"}``; the JSON Schema stands beside the payload's as ``analytics.schema.json``.
It is the document that the function answers under ``/api/analytics/export``, and in parts under
``/api/analytics/summary`` (the ``by`` members) and ``/api/analytics/usage`` (``events``). It is read back: its tables
and the report can be made of it, too. Times are Unix milliseconds; days are of the time zone of the options, which
``period`` names. ``usage`` holds what was recorded, fresh input and the cache apart, and nothing where nothing is
known; ``estimatedCostUsd`` is what the price table says of the rest, and ``prices`` which table that was.

Several sessions are one document. Lost: what was said, and what tools were given.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from py_export import jsonlayout, jsontext
from py_export.analytics_options import AnalyticsJsonOptions
from py_export.model import Session
from py_export.notices import Notices
from py_export.transforms.analytics.analysis import VERSION, Analysis
from py_export.version import GENERATOR

_LISTS = ("byDay", "byModel", "bySession", "byTool", "events", "calls")


def write(session: Session, options: AnalyticsJsonOptions, notices: Notices) -> Iterator[bytes]:
    """Yield the document of one session: UTF-8, two spaces, LF, one newline at the end."""
    yield from write_several((session,), options, notices, session.exported_at)


def write_several(
    sessions: Iterable[Session], options: AnalyticsJsonOptions, notices: Notices, exported_at: int | None
) -> Iterator[bytes]:
    """Yield the document of several sessions, after an empty chunk for each that is counted."""
    analysis = Analysis(options, notices, keep_events=options.events)
    for session in sessions:
        analysis.add(session)
        yield b""
    found = analysis.result()
    head = {"schemaVersion": VERSION, "generator": GENERATOR, "exportedAt": exported_at}
    single = {"period": found.period, "models": found.models, "totals": found.totals, "prices": found.prices}
    yield jsontext.encode(head | single, indent=2).removesuffix(b"\n}")
    lists = (found.by_day, found.by_model, found.by_session, found.by_tool, found.events, found.calls)
    for name, values in zip(_LISTS, lists, strict=True):
        if values is not None:
            yield from jsonlayout.listed(name, values, 1)
    yield b"\n}\n"
