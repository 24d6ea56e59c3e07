"""Which events and calls count, and what an event costs by the price table: as SQL."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    Double,
    Integer,
    Subquery,
    Table,
    and_,
    case,
    cast,
    func,
    literal,
    null,
    or_,
    select,
    union_all,
)

from py_export.transforms.analytics.period import Period
from py_export.transforms.analytics.pricing import Price, Prices

from .tables import sessions, tool_calls, usage_events
from .usage_rows import FIGURES

_MILLION = 1_000_000.0


@dataclass(slots=True, frozen=True)
class Wanted:
    """What is asked for: of which time, by which models (none is all), in which sessions (none is all), priced how."""

    period: Period
    models: Sequence[str]
    sessions: Sequence[str]
    prices: Prices


def within(table: Table, owner: str, wanted: Wanted) -> ColumnElement[bool]:
    """Return whether a row of an owner's counts."""
    columns, period = table.c, wanted.period
    asked = [columns.owner == owner]
    if period.since is not None:
        asked.append(columns.at >= period.since)
    if period.until is not None:
        asked.append(columns.at < period.until)
    if wanted.models:
        asked.append(columns.model.in_(wanted.models))
    if wanted.sessions:
        named = select(sessions.c.key).where(sessions.c.owner == owner, sessions.c.id.in_(wanted.sessions))
        asked.append(columns.session.in_(named))
    return and_(*asked)


def estimates(connection: Connection, owner: str, wanted: Wanted) -> ColumnElement[Any]:
    """
    Return what an event cost by the first price that fits its model, time and prompt; NULL where none does.

    Nothing is estimated of a session whose own total says what it cost, nor where a cost was recorded.
    """
    columns = usage_events.c
    known = connection.execute(select(columns.model).distinct().where(columns.owner == owner)).scalars()
    priced = [(model, price) for model in known for price in wanted.prices.of(model)]
    if not priced:
        return cast(null(), Double)
    whole = select(columns.session).where(
        columns.owner == owner, columns.type == "session", columns.cost_usd.is_not(None)
    )
    prompt = sum(
        (func.coalesce(columns[name], 0) for name in ("cache_read_tokens", "cache_write_tokens")),
        start=func.coalesce(columns.input_tokens, 0),
    )
    fitting = case(*((_fits(model, price, prompt), _cost(price)) for model, price in priced), else_=null())
    asked = and_(
        columns.cost_usd.is_(None),
        columns.output_tokens >= 0,
        prompt >= 0,
        or_(*(columns[name].is_not(None) for name in ("input_tokens", "cache_read_tokens", "cache_write_tokens"))),
        columns.session.not_in(whole),
    )
    return case((asked, fitting), else_=null())


def facts(connection: Connection, owner: str, wanted: Wanted) -> Subquery:
    """Return one row per event and per call, with the same columns: whatever is summed up is summed over these."""
    event, use = usage_events.c, tool_calls.c
    price = estimates(connection, owner, wanted)
    message = event.type == "message"
    unpriced = and_(message, event.cost_usd.is_(None), price.is_(None))
    events = select(
        event.session,
        event.at,
        event.model,
        _one(message).label("requests"),
        literal(0).label("tool_calls"),
        literal(0).label("failed"),
        *(event[name] for name in FIGURES),
        price.label("estimate"),
        _one(unpriced).label("unpriced"),
    ).where(within(usage_events, owner, wanted))
    calls = select(
        use.session,
        use.at,
        use.model,
        literal(0).label("requests"),
        literal(1).label("tool_calls"),
        _one(use.failed).label("failed"),
        *(cast(null(), event[name].type).label(name) for name in FIGURES),
        cast(null(), Double).label("estimate"),
        literal(0).label("unpriced"),
    ).where(within(tool_calls, owner, wanted))
    return union_all(events, calls).subquery("facts")


def _one(condition: ColumnElement[bool]) -> ColumnElement[int]:
    return cast(case((condition, 1), else_=0), Integer)


def _fits(model: str, price: Price, prompt: ColumnElement[Any]) -> ColumnElement[bool]:
    columns = usage_events.c
    asked = [columns.model == model]
    if price.up_to is not None:
        asked.append(prompt <= price.up_to)
    if price.until is not None:
        asked.append(columns.at < price.until)
    if price.since is not None:  # of an unknown time, the price that holds last does
        asked.append(
            columns.at >= price.since
            if price.until is not None
            else or_(columns.at.is_(None), columns.at >= price.since)
        )
    return and_(*asked)


def _cost(price: Price) -> ColumnElement[Any]:
    """Return what an event costs by a price; NULL where a kind of its tokens has none."""
    columns = usage_events.c
    cost: ColumnElement[Any] = columns.output_tokens * literal(price.output / 1.0, Double)
    unknown = []
    for count, rate in (
        (columns.input_tokens, price.input),
        (columns.cache_read_tokens, price.cache_read),
        (columns.cache_write_tokens, price.cache_write),
    ):
        if rate is None:
            unknown.append(func.coalesce(count, 0) != 0)
        else:
            cost += func.coalesce(count, 0) * literal(float(rate), Double)
    found = cost / literal(_MILLION, Double)
    return case((or_(*unknown), null()), else_=found) if unknown else found
