"""What an owner's sessions took, as the store knows it: events page by page, sums by the database."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Row, and_, func, or_, select
from sqlalchemy.exc import SQLAlchemyError

from py_export.transforms.analytics.analysis import Analytics
from py_export.transforms.analytics.records import UsageEvent

from .backfill import Backfill
from .database import Database, StoreUnavailable
from .tables import sessions, usage_events
from .usage_document import UsageDocument
from .usage_facts import Wanted, estimates, within
from .usage_rows import usage_event
from .usage_sums import summary

_ROWS = 500  # fetched at once


@dataclass(slots=True, frozen=True)
class State:
    """What an answer depends on beside its question: a tag of what is counted, and how much is not counted yet."""

    tag: str
    pending: int


class UsageStore:
    """The usage of many owners' sessions, every question asked in an owner's name."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._backfill = Backfill(database)

    def catch_up(self, owner: str | None = None, seconds: float | None = None) -> None:
        """Count what was stored before usage was, of one owner or of all, for a while or until it is done."""
        self._backfill.run(owner, seconds)

    def stop(self) -> None:
        """Let ``catch_up`` end soon."""
        self._backfill.stop()

    def state(self, owner: str) -> State:
        """Return what an owner's answers depend on."""
        columns = sessions.c
        asked = select(
            func.count(), func.sum(columns.revision), func.max(columns.key), func.min(columns.digest),
            func.max(columns.digest),
        ).where(columns.owner == owner)  # fmt: skip
        with self._database.reading() as connection:
            row = connection.execute(asked).one()
        pending = self._backfill.pending(owner)
        return State(hashlib.sha256(repr((*row, pending)).encode()).hexdigest()[:16], pending)

    def summary(self, owner: str, wanted: Wanted, by: Sequence[str], limit: int, cursor: str | None) -> Summary:
        """
        Return the sums of everything, and those by what is asked for; of sessions ``limit``, and where more begin.

        Raises:
            ValueError: The cursor is none of ours.
        """
        with self._database.reading() as connection:
            return Summary(*summary(connection, owner, wanted, by, limit, cursor))

    def events(self, owner: str, wanted: Wanted, limit: int, after: tuple[int, int, int] | None) -> Events:
        """Return usage events in order of time, to be streamed and then closed."""
        with ExitStack() as stack:
            connection = stack.enter_context(self._database.reading())
            return Events(connection, owner, wanted, limit, after, stack.pop_all())

    def document(self, owner: str, wanted: Wanted) -> UsageDocument:
        """Return everything that is wanted, as it stands now, to be streamed and then closed."""
        with ExitStack() as stack:
            connection = stack.enter_context(self._database.reading())
            return UsageDocument(connection, owner, wanted, stack.pop_all())


@dataclass(slots=True, frozen=True)
class Summary:
    """Sums, and where the next sessions begin."""

    analytics: Analytics
    next_cursor: str | None


class Events:
    """Some usage events inside an open read transaction, taken one by one. Close it."""

    def __init__(  # noqa: PLR0913, PLR0917 - made in one place
        self,
        connection: Connection,
        owner: str,
        wanted: Wanted,
        limit: int,
        after: tuple[int, int, int] | None,
        stack: ExitStack,
    ) -> None:
        self._connection = connection
        self._limit = limit
        self._stack = stack
        self.next: tuple[int, int, int] | None = None
        columns = usage_events.c
        price = estimates(connection, owner, wanted)
        asked = (
            select(usage_events, sessions.c.id, price.label("estimate"))
            .join(sessions, sessions.c.key == columns.session)
            .where(within(usage_events, owner, wanted))
        )
        if after is not None:
            at, session, number = after
            same = columns.sorted_at == at
            later = or_(columns.session > session, and_(columns.session == session, columns.number > number))
            asked = asked.where(or_(columns.sorted_at > at, and_(same, later)))
        self._asked = asked.order_by(columns.sorted_at, columns.session, columns.number).limit(limit + 1)

    def __iter__(self) -> Iterator[UsageEvent]:
        """Yield the events; afterwards ``next`` is the place after which more follow, or None."""
        try:
            streamed = self._connection.execution_options(stream_results=True, yield_per=_ROWS)
            rows = streamed.execute(self._asked)
            self._stack.callback(rows.close)
            last: Row[Any] | None = None
            for number, row in enumerate(rows):
                if number == self._limit:
                    assert last is not None  # noqa: S101 - a limit is 1 at least
                    self.next = (last.sorted_at, last.session, last.number)
                    return
                last = row
                yield usage_event(row)
        except SQLAlchemyError as error:
            raise StoreUnavailable(type(error).__name__) from None

    def close(self) -> None:
        """End the transaction and give the connection back."""
        self._stack.close()
