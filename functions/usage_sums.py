"""Sums of an owner's usage, made by the database: in all, by day, by model, by session and by tool."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection, Row, Subquery, and_, case, distinct, func, literal, or_, select

from py_export import times
from py_export.model import Usage
from py_export.transforms.analytics.analysis import Analytics
from py_export.transforms.analytics.figures import DayTotal, ModelTotal, SessionTotal, ToolCount, Totals, tokens

from .tables import sessions, tool_calls, usage_sessions
from .usage_facts import Wanted, facts, within
from .usage_rows import FIGURES, known_facts

GROUPS = ("day", "model", "session", "tool")

_DAY = 86_400_000
_PAST = times.LAST // _DAY
"""Days that are added before a division and taken away after it: SQL cuts towards nought, and 1969 lies below it."""

_SUMMED = ("requests", "tool_calls", *FIGURES, "estimate", "unpriced")


def summary(  # noqa: PLR0913, PLR0917 - the whole question
    connection: Connection, owner: str, wanted: Wanted, by: Sequence[str], limit: int | None, cursor: str | None
) -> tuple[Analytics, str | None]:
    """
    Return the sums of everything and those that are asked for, and where the sessions after these begin.

    Without a limit, all sessions are there.

    Raises:
        ValueError: The cursor is none of ours.
    """
    all_facts = facts(connection, owner, wanted)
    whole = connection.execute(
        select(
            func.count(distinct(all_facts.c.session)).label("sessions"),
            func.sum(all_facts.c.failed).label("failed"),
            func.min(all_facts.c.at).label("first_at"),
            func.max(all_facts.c.at).label("last_at"),
            *_sums(all_facts),
        )
    ).one()
    totals = Totals(
        sessions=whole.sessions,
        failed_tool_calls=int(whole.failed or 0),
        first_at=whole.first_at,
        last_at=whole.last_at,
        **_figures(whole),
    )
    listed, following = (None, None)
    if "session" in by:
        listed, following = _by_session(connection, all_facts, limit, cursor)
    found = Analytics(
        period=wanted.period,
        models=tuple(wanted.models),
        totals=totals,
        prices=None if totals.estimated_cost_usd is None else wanted.prices.source,
        by_day=_by_day(connection, all_facts, wanted, totals) if "day" in by else None,
        by_model=_by_model(connection, all_facts) if "model" in by else None,
        by_session=listed,
        by_tool=_by_tool(connection, owner, wanted) if "tool" in by else None,
    )
    return found, following


def _by_day(connection: Connection, all_facts: Subquery, wanted: Wanted, totals: Totals) -> list[DayTotal]:
    at = all_facts.c.at
    zone = wanted.period.timezone
    offset = _offset(at, zone, totals.first_at, totals.last_at)
    number = (at + offset + _PAST * _DAY) // _DAY - _PAST
    asked = select(number.label("day"), *_sums(all_facts)).group_by(number).order_by(number)
    rows = sorted(connection.execute(asked).all(), key=lambda row: (row.day is not None, row.day or 0))
    return [DayTotal(day=None if row.day is None else times.day(int(row.day) * _DAY), **_figures(row)) for row in rows]


def _by_model(connection: Connection, all_facts: Subquery) -> list[ModelTotal]:
    model = all_facts.c.model
    asked = select(model, func.count(distinct(all_facts.c.session)).label("sessions"), *_sums(all_facts))
    rows = connection.execute(asked.group_by(model))
    found = [ModelTotal(model=row.model, sessions=row.sessions, **_figures(row)) for row in rows]
    # Here, and not in the database: each has an order of its own for letters.
    return sorted(found, key=lambda one: (-(tokens(one.usage) or 0), -one.requests, one.model or ""))


def _by_session(
    connection: Connection, all_facts: Subquery, limit: int | None, cursor: str | None
) -> tuple[list[SessionTotal], str | None]:
    columns = all_facts.c
    sums = (
        select(
            columns.session,
            func.min(columns.at).label("first_at"),
            func.max(columns.at).label("last_at"),
            _tokens(all_facts).label("tokens"),
            *_sums(all_facts),
        )
        .group_by(columns.session)
        .subquery("sums")
    )
    known = (sessions.c[name] for name in ("id", "title", "source_app", "created_at", "updated_at"))
    asked = (
        select(sums, *known, usage_sessions.c.facts)
        .join(sessions, sessions.c.key == sums.c.session)
        .join(usage_sessions, usage_sessions.c.session == sums.c.session)
    )
    if cursor:
        tokens, requests, key = _place(cursor)
        fewer = or_(sums.c.requests < requests, and_(sums.c.requests == requests, sums.c.session > key))
        asked = asked.where(or_(sums.c.tokens < tokens, and_(sums.c.tokens == tokens, fewer)))
    ordered = asked.order_by(sums.c.tokens.desc(), sums.c.requests.desc(), sums.c.session)
    rows = connection.execute(ordered if limit is None else ordered.limit(limit + 1)).all()
    if limit is None:
        return [_session(row) for row in rows], None
    following = _cursor(rows[limit - 1]) if len(rows) > limit else None
    return [_session(row) for row in rows[:limit]], following


def _by_tool(connection: Connection, owner: str, wanted: Wanted) -> list[ToolCount]:
    use = tool_calls.c
    calls = func.count()
    asked = (
        select(
            use.name,
            func.min(use.kind).label("kind"),
            calls.label("calls"),
            func.sum(case((use.failed, 1), else_=0)).label("failed"),
            func.count(distinct(use.session)).label("sessions"),
            func.sum(use.duration_ms).label("duration_ms"),
        )
        .where(within(tool_calls, owner, wanted))
        .group_by(use.name)
    )
    found = [
        ToolCount(
            name=row.name,
            kind=row.kind,
            calls=row.calls,
            failed=int(row.failed),
            sessions=row.sessions,
            duration_ms=None if row.duration_ms is None else int(row.duration_ms),
        )
        for row in connection.execute(asked)
    ]
    return sorted(found, key=lambda one: (-one.calls, one.name))  # as above


def _session(row: Row[Any]) -> SessionTotal:
    return SessionTotal(
        **known_facts(row.facts)
        | {"id": row.id, "title": row.title, "app": row.source_app}
        | {"created_at": row.created_at, "updated_at": row.updated_at},
        first_at=row.first_at,
        last_at=row.last_at,
        **_figures(row),
    )


def _sums(all_facts: Subquery) -> list[Any]:
    return [func.sum(all_facts.c[name]).label(name) for name in _SUMMED]


def _tokens(all_facts: Subquery) -> Any:  # noqa: ANN401 - SQLAlchemy's own type is longer than the clause
    """Return all tokens of a group together, the cache's included."""
    counted = ("input_tokens", "output_tokens", "cache_read_tokens", "cache_write_tokens")
    first, *others = (func.coalesce(func.sum(all_facts.c[name]), 0) for name in counted)
    return sum(others, start=first)


def _figures(row: Row[Any]) -> dict[str, Any]:
    """Return what every sum holds."""
    usage = {name: None if (value := getattr(row, name)) is None else int(value) for name in FIGURES[:-1]}
    return {
        "requests": int(row.requests or 0),
        "tool_calls": int(row.tool_calls or 0),
        "usage": Usage(**usage, cost_usd=row.cost_usd),
        "estimated_cost_usd": row.estimate,
        "unpriced": int(row.unpriced or 0),
    }


def _offset(at: Any, zone: str, first: int | None, last: int | None) -> Any:  # noqa: ANN401 - as above
    """Return how far east of UTC a zone is at a time, in milliseconds."""
    if zone == "UTC" or first is None or last is None:
        return literal(0)
    *before, final = times.offsets(zone, first, last)
    if not before:
        return literal(final[1] * 60_000)
    return case(
        *((at < until, literal(minutes * 60_000)) for until, minutes in before), else_=literal(final[1] * 60_000)
    )


def _cursor(row: Row[Any]) -> str:
    return base64.urlsafe_b64encode(f"{row.tokens}.{row.requests}.{row.session}".encode()).decode().rstrip("=")


def _place(cursor: str) -> tuple[int, int, int]:
    message = "not a cursor"
    try:
        padded = cursor + "=" * (-len(cursor) % 4)
        tokens, requests, key = map(int, base64.urlsafe_b64decode(padded.encode("ascii")).decode().split("."))
    except (ValueError, binascii.Error):
        raise ValueError(message) from None
    if max(abs(tokens), abs(requests), abs(key)) > times.LAST:  # more than a database could compare with
        raise ValueError(message)
    return tokens, requests, key
