"""A session's usage events and tool calls as rows of the store, and whether they stand there."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import msgspec
from sqlalchemy import Connection, Row, delete, insert

from py_export import jsontext
from py_export.model import Counts, Session, Usage
from py_export.times import LAST
from py_export.transforms.analytics.events import calls, events, facts
from py_export.transforms.analytics.records import ToolUse, UsageEvent

from .tables import tool_calls, usage_events, usage_sessions

COUNTED = 1
"""The version of the way to count: sessions that were counted by another are counted anew."""

FIGURES = Usage.__struct_fields__

_BATCH = 500
_MOST = 10**12
"""Tokens, milliseconds or dollars: more says nothing, and a sum of them must fit into 63 bits."""


@dataclass(slots=True, frozen=True)
class UsageRows:
    """What is stored of one session beside the session itself, but for its key and its owner."""

    events: Sequence[dict[str, Any]] = ()
    tools: Sequence[dict[str, Any]] = ()
    facts: str | None = None


NO_USAGE = UsageRows()


def usage_rows(session: Session) -> UsageRows:
    """Return the rows of a session."""
    return UsageRows(
        [
            {
                "number": one.number,
                "at": _time(one.timestamp),
                "sorted_at": _time(one.timestamp) or 0,
                "type": one.type,
                "model": _text(one.model),
                "provider": _text(one.provider),
                "message_id": _text(one.message_id),
                "sub_agent": one.sub_agent,
                **{name: _figure(getattr(one.usage, name)) for name in FIGURES},
            }
            for one in events(session)
        ],
        [
            {
                "number": one.number,
                "at": _time(one.timestamp),
                "name": _text(one.name),
                "kind": one.kind,
                "status": one.status,
                "failed": one.failed,
                "duration_ms": _figure(one.duration_ms),
                "model": _text(one.model),
                "message_id": _text(one.message_id),
                "sub_agent": one.sub_agent,
            }
            for one, _, _ in calls(session)
        ],
        jsontext.encode(facts(session)).decode("utf-8"),
    )


def known_facts(text: str | None) -> dict[str, Any]:
    """Return what is known of a session as a whole, by the names that ``SessionTotal`` has for it."""
    if text is None:
        return {}
    known: dict[str, Any] = jsontext.decode(text.encode("utf-8"))
    return known | {"counts": msgspec.convert(known["counts"], Counts)}


def usage_event(row: Row[Any]) -> UsageEvent:
    """Return the event that a row is, with its session's id and its estimated cost."""
    return UsageEvent(
        session_id=row.id,
        number=row.number,
        timestamp=row.at,
        type=row.type,
        model=row.model,
        provider=row.provider,
        message_id=row.message_id,
        sub_agent=row.sub_agent,
        usage=Usage(**{name: getattr(row, name) for name in FIGURES}),
        estimated_cost_usd=row.estimate,
    )


def tool_use(row: Row[Any]) -> ToolUse:
    """Return the call that a row is, with its session's id."""
    return ToolUse(
        session_id=row.id,
        number=row.number,
        timestamp=row.at,
        name=row.name,
        kind=row.kind,
        status=row.status,
        duration_ms=row.duration_ms,
        model=row.model,
        message_id=row.message_id,
        sub_agent=row.sub_agent,
    )


def replace_usage(connection: Connection, key: int, owner: str, rows: UsageRows) -> None:
    """Put a session's rows in place of what stands there."""
    for table in (usage_events, tool_calls, usage_sessions):
        connection.execute(delete(table).where(table.c.session == key))
    for table, made in ((usage_events, rows.events), (tool_calls, rows.tools)):
        whole = [row | {"session": key, "owner": owner} for row in made]
        for start in range(0, len(whole), _BATCH):
            connection.execute(insert(table), whole[start : start + _BATCH])
    connection.execute(insert(usage_sessions).values(session=key, version=COUNTED, facts=rows.facts))


def _time(at: int | None) -> int | None:
    return None if at is None or abs(at) > LAST else at


def _figure(value: float | None) -> float | None:
    return None if value is None or abs(value) > _MOST else value


def _text(text: str | None) -> str | None:
    """No lone surrogate reaches a database."""
    return None if text is None else text.encode("utf-8", "replace").decode("utf-8")
