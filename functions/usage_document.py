"""Everything that an owner's sessions took, as one document: the sums first, then each event and each call."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from typing import Any

import msgspec
from sqlalchemy import Connection, Row, Select, Table, func, select
from sqlalchemy.exc import SQLAlchemyError

from py_export import jsontext
from py_export.transforms.analytics.analysis import VERSION
from py_export.transforms.analytics.records import Figure
from py_export.version import GENERATOR

from .database import StoreUnavailable
from .tables import sessions, tool_calls, usage_events
from .usage_facts import Wanted, estimates, within
from .usage_rows import tool_use, usage_event
from .usage_sums import GROUPS, summary

_ROWS = 500  # fetched at once, and sent as one chunk


class UsageDocument:
    """
    The document that ``analytics-json`` writes, inside an open read transaction. Close it.

    Memory grows with the sessions, each of which is a line of the sums, and not with what they took.
    """

    def __init__(self, connection: Connection, owner: str, wanted: Wanted, stack: ExitStack) -> None:
        self._connection = connection
        self._owner = owner
        self._wanted = wanted
        self._stack = stack

    @property
    def count(self) -> int:
        """How many events and calls it holds."""
        tables = (usage_events, tool_calls)
        asked = (select(func.count()).where(within(table, self._owner, self._wanted)) for table in tables)
        return sum(self._connection.execute(one).scalar_one() for one in asked)

    def chunks(self, exported_at: int) -> Iterator[bytes]:
        """
        Yield its bytes, compact.

        Raises:
            StoreUnavailable: The database does not answer any more.
        """
        try:
            yield self._head(exported_at)
            price = estimates(self._connection, self._owner, self._wanted)
            events = select(usage_events, sessions.c.id, price.label("estimate"))
            yield from self._listed("events", events, usage_events, usage_event)
            yield from self._listed("calls", select(tool_calls, sessions.c.id), tool_calls, tool_use)
            yield b"}"
        except SQLAlchemyError as error:
            raise StoreUnavailable(type(error).__name__) from None

    def close(self) -> None:
        """End the transaction and give the connection back."""
        self._stack.close()

    def _head(self, exported_at: int) -> bytes:
        found, _ = summary(self._connection, self._owner, self._wanted, GROUPS, None, None)
        told = {name: value for name, value in msgspec.to_builtins(found).items() if value is not None}
        head = {"schemaVersion": VERSION, "generator": GENERATOR, "exportedAt": exported_at}
        return jsontext.encode(head | told).removesuffix(b"}")

    def _listed(
        self,
        name: str,
        asked: Select[Any],
        table: Table,
        made: Callable[[Row[Any]], Figure],
    ) -> Iterator[bytes]:
        """Yield a member that lists what is asked for, session by session, the oldest first."""
        columns = table.c
        ordered = (
            asked.join(sessions, sessions.c.key == columns.session)
            .where(within(table, self._owner, self._wanted))
            .order_by(func.coalesce(sessions.c.created_at, 0), columns.session, columns.number)
        )
        streamed = self._connection.execution_options(stream_results=True, yield_per=_ROWS)
        rows = streamed.execute(ordered)
        self._stack.callback(rows.close)
        yield b',"%b":[' % name.encode()
        between = b""
        for some in rows.partitions():
            yield between + b",".join(jsontext.encode(made(row)) for row in some)
            between = b","
        yield b"]"
