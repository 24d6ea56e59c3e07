"""Counts what sessions took that were stored before there was a place for it, or counted otherwise."""

from __future__ import annotations

import time
from contextlib import ExitStack
from threading import Event
from typing import Any

import structlog
from sqlalchemy import and_, func, select
from sqlalchemy.sql import Select

from py_export.convert import read
from py_export.errors import ExportError

from .database import Database, StoreUnavailable
from .snapshot import Snapshot
from .tables import sessions, usage_sessions
from .usage_rows import COUNTED, UsageRows, replace_usage, usage_rows


class Backfill:
    """Catches a store up, one session at a time, each in a transaction of its own; more than one process may."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._stopped = Event()

    def pending(self, owner: str) -> int:
        """Return how many of an owner's sessions are not counted yet."""
        with self._database.reading() as connection:
            left = _left().where(sessions.c.owner == owner)
            return connection.execute(select(func.count()).select_from(left.subquery())).scalar_one()

    def run(self, owner: str | None = None, seconds: float | None = None) -> None:
        """
        Count what is left, of one owner or of all, until nothing is, the time is over or ``stop`` was called.

        Raises:
            StoreUnavailable: The database does not answer.
        """
        end = None if seconds is None else time.monotonic() + seconds
        after = -1
        while not self._stopped.is_set() and (end is None or time.monotonic() < end):
            found = self._count_next(owner, after)
            if found is None:
                return
            after = found

    def stop(self) -> None:
        """Let ``run`` end after the session that it is at."""
        self._stopped.set()

    def _count_next(self, owner: str | None, after: int) -> int | None:
        """Count the next session, and return its key; None where no more is left."""
        with self._database.reading() as connection:
            left = _left().where(sessions.c.key > after).order_by(sessions.c.key).limit(1)
            key = connection.execute(left if owner is None else left.where(sessions.c.owner == owner)).scalar()
            if key is None:
                return None
            row = connection.execute(select(sessions).where(sessions.c.key == key)).one()
            payload = b"".join(Snapshot(connection, row, ExitStack()).chunks(None))
        try:
            (session,) = read(payload)
            rows = usage_rows(session)
        except (ExportError, ValueError) as error:  # a payload of a version that is gone: it took what nobody knows
            structlog.get_logger("py_export").warning("usage_not_counted", kind=type(error).__name__)
            rows = UsageRows()
        try:
            with self._database.writing(row.owner) as connection:
                now = select(sessions.c.key).where(sessions.c.key == key, sessions.c.revision == row.revision)
                if connection.execute(now).first() is not None:  # else it was replaced or deleted meanwhile
                    replace_usage(connection, key, row.owner, rows)
        except StoreUnavailable:  # another process was faster, or the database is busy: the next time will tell
            structlog.get_logger("py_export").info("usage_not_counted", kind="Busy")
        return int(key)


def _left() -> Select[Any]:
    counted = and_(usage_sessions.c.session == sessions.c.key, usage_sessions.c.version == COUNTED)
    return select(sessions.c.key).outerjoin(usage_sessions, counted).where(usage_sessions.c.session.is_(None))
