"""From sessions to what they took, in one pass: sessions are let go once their events are counted."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

import msgspec

from py_export import jsontext
from py_export.analytics_options import AnalyticsOptions
from py_export.errors import InvalidPayload, NewerVersion
from py_export.model import Session
from py_export.notices import Notices
from py_export.transforms.analytics.adding import Adder, ToolAdder
from py_export.transforms.analytics.events import Called, calls, events, facts
from py_export.transforms.analytics.figures import (
    DayTotal,
    ModelTotal,
    SessionTotal,
    Sums,
    ToolCount,
    Totals,
    tokens,
)
from py_export.transforms.analytics.period import Period
from py_export.transforms.analytics.pricing import PriceSource
from py_export.transforms.analytics.records import Figure, ToolUse, UsageEvent

VERSION = 1
"""The version of the document that ``analytics-json`` writes and the function answers."""


class Analytics(Figure, frozen=True, kw_only=True, omit_defaults=False):
    """
    What sessions took within a period.

    Attributes:
        models: The models that were asked for; empty is every one.
        prices: Where estimated costs come from; None where none is estimated.
        by_day: In order of time; days without anything are not there.
        by_model: The model that took most tokens first.
        by_session: The session that took most tokens first.
        by_tool: The tool that was called most first.
        events: Each usage event, session by session; None where they were not asked for.
        calls: Each call of a tool, session by session; None where they were not asked for.
    """

    period: Period
    models: tuple[str, ...] = ()
    totals: Totals
    prices: PriceSource | None = None
    by_day: list[DayTotal] | None = None
    by_model: list[ModelTotal] | None = None
    by_session: list[SessionTotal] | None = None
    by_tool: list[ToolCount] | None = None
    events: list[UsageEvent] | None = None
    calls: list[ToolUse] | None = None


class Taken(NamedTuple):
    """What one session took within a period."""

    events: list[UsageEvent]
    calls: list[Called]


def analyse(
    sessions: Iterable[Session], options: AnalyticsOptions, notices: Notices, *, keep_events: bool = False
) -> Analytics:
    """Return what sessions took, within the period and by the models that the options name."""
    analysis = Analysis(options, notices, keep_events=keep_events)
    for session in sessions:
        analysis.add(session)
    return analysis.result()


def taken(session: Session, options: AnalyticsOptions, notices: Notices) -> Taken:
    """Return what a session took within the period; what is left out because it has no time is noticed."""
    priced = options.price_table.estimated(events(session))
    return Taken(
        [one for one in priced if is_wanted(one.timestamp, one.model, options, notices)],
        [one for one in calls(session) if is_wanted(one.use.timestamp, one.use.model, options, notices)],
    )


def is_wanted(at: int | None, model: str | None, options: AnalyticsOptions, notices: Notices) -> bool:
    """Return whether what a model did at a time counts; what a period leaves out for want of a time is noticed."""
    if options.chosen_models and model not in options.chosen_models:
        return False
    if at is None and not options.period.is_open:
        notices.add("time_unknown")
        return False
    return options.period.holds(at)


def is_open(options: AnalyticsOptions) -> bool:
    """Return whether everything counts."""
    return options.period.is_open and not options.chosen_models


def from_json(data: bytes) -> Analytics:
    """
    Return what a document of ``analytics-json`` says, or an answer of the function's ``/api/analytics/summary``.

    Raises:
        InvalidPayload: It is none.
        NewerVersion: It was written by a newer program.
        TooDeep: It nests deeper than any figures do.
    """
    jsontext.raise_if_deep(data)
    try:
        version = msgspec.json.decode(data, type=_Versioned).schema_version
        if version > VERSION:
            raise NewerVersion(found=version, known=VERSION)
        return msgspec.json.decode(data, type=Analytics)
    except msgspec.DecodeError as error:
        raise InvalidPayload(reason=str(error).partition(" - at ")[0]) from None


class _Versioned(Figure, frozen=True, kw_only=True):
    schema_version: int


class Analysis:
    """
    The sums as they grow, session by session. Of a session nothing is kept but its line, and its events if asked for.

    A writer that has a session to add yields to whoever may want to stop; ``analyse`` is the same in one call.
    """

    def __init__(self, options: AnalyticsOptions, notices: Notices, *, keep_events: bool = False) -> None:
        self._options = options
        self._notices = notices
        self._number = 0
        self._all = Adder()
        self._days: dict[str | None, Adder] = {}
        self._models: dict[str | None, Adder] = {}
        self._tools: dict[str, ToolAdder] = {}
        self._sessions: list[SessionTotal] = []
        self._events: list[UsageEvent] | None = [] if keep_events else None
        self._calls: list[ToolUse] | None = [] if keep_events else None

    def add(self, session: Session) -> None:
        """Add a session."""
        self._number += 1
        own = Adder()
        found = taken(session, self._options, self._notices)
        for event in found.events:
            for adder in (self._all, own, *self._groups(event)):
                adder.event(event, self._number)
        for use, _, _ in found.calls:
            for adder in (self._all, own, *self._groups(use)):
                adder.call(use, self._number)
            self._tools.setdefault(use.name, ToolAdder(use)).call(use, self._number)
        if self._events is not None and self._calls is not None:
            self._events += found.events
            self._calls += (one.use for one in found.calls)
        if found.events or found.calls:
            self._sessions.append(SessionTotal(**facts(session), **own.times, **own.sums()))

    def result(self) -> Analytics:
        """Return what all of them took."""
        options, everything = self._options, self._all
        sums = everything.sums()
        return Analytics(
            period=options.period,
            models=options.chosen_models,
            totals=Totals(
                sessions=len(everything.sessions), failed_tool_calls=everything.failed, **everything.times, **sums
            ),
            prices=None if sums["estimated_cost_usd"] is None else options.price_table.source,
            by_day=[
                DayTotal(day=day, **adder.sums())
                for day, adder in sorted(self._days.items(), key=lambda one: (one[0] is not None, one[0] or ""))
            ],
            by_model=sorted(
                (
                    ModelTotal(model=model, sessions=len(adder.sessions), **adder.sums())
                    for model, adder in self._models.items()
                ),
                key=lambda one: (_most_first(one), one.model or ""),
            ),
            by_session=sorted(self._sessions, key=_most_first),
            by_tool=sorted((one.count() for one in self._tools.values()), key=lambda one: (-one.calls, one.name)),
            events=self._events,
            calls=self._calls,
        )

    def _groups(self, one: UsageEvent | ToolUse) -> tuple[Adder, Adder]:
        """Return the sums of its day and of its model."""
        return (
            self._days.setdefault(self._options.period.day(one.timestamp), Adder()),
            self._models.setdefault(one.model, Adder()),
        )


def _most_first(sums: Sums) -> tuple[int, int]:
    """Return what sorts whoever took most tokens first."""
    return -(tokens(sums.usage) or 0), -sums.requests
