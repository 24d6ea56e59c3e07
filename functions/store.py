"""The store: sessions of many owners, each the payload's text it came as. Only here is SQL written."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from typing import Any, Literal

from sqlalchemy import BindParameter, Connection, Row, and_, bindparam, delete, insert, or_, select, update
from sqlalchemy.sql import Select

from py_export import payload

from .database import Database
from .settings_store import SettingsStore
from .snapshot import Snapshot
from .tables import messages, sessions, views
from .usage_rows import NO_USAGE, UsageRows, replace_usage
from .usage_store import UsageStore

Status = Literal["new", "same", "updated"]

_BIG = 1 << 63
_BATCH = 500  # rows per INSERT: enough to be quick, few enough to stay small


@dataclass(slots=True, frozen=True)
class Record:
    """
    A session ready to be stored.

    Attributes:
        columns: Values of ``tables.sessions`` but ``owner``, ``revision`` and the counted ones.
        messages: The compact JSON text of each of the payload's messages.
        visible: One flag per message.
        views: The JSON text of each message as the page shows it.
        usage: What its API messages took, and its tool calls.
    """

    columns: dict[str, Any]
    messages: Sequence[str]
    visible: Sequence[bool]
    views: Sequence[str]
    usage: UsageRows = NO_USAGE


@dataclass(slots=True, frozen=True)
class Page:
    """Some rows of a list, and where the next ones begin."""

    rows: Sequence[Any]
    next_cursor: str | None


class Store:
    """Sessions in a database, every question asked in an owner's name."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self.usage = UsageStore(database)
        self.settings = SettingsStore(database)

    def check(self) -> None:
        """Return when the database answers and holds the tables, else raise ``StoreUnavailable``."""
        with self._database.reading() as connection:
            connection.execute(select(sessions.c.key).limit(1)).first()

    def close(self) -> None:
        """Close the connections that are kept."""
        self.usage.stop()
        self._database.close()

    def list(self, owner: str, limit: int, cursor: str | None = None, title: str | None = None) -> Page:
        """
        Return the owner's sessions, the latest first.

        Raises:
            ValueError: The cursor is none of ours.
        """
        listed = select(
            *(sessions.c[name] for name in ("key", "id", "title", "source_app", "source_format", "created_at")),
            *(sessions.c[name] for name in ("updated_at", "sorted_at", "message_count", "view_count", "bytes")),
        ).where(sessions.c.owner == owner)
        if title:
            listed = listed.where(sessions.c.title_folded.contains(title.casefold(), autoescape=True))
        if cursor:
            listed = _after(listed, cursor)
        ordered = listed.order_by(sessions.c.sorted_at.desc(), sessions.c.key.desc()).limit(limit + 1)
        with self._database.reading() as connection:
            rows = connection.execute(ordered).all()
        return Page(rows[:limit], _cursor(rows[limit - 1]) if len(rows) > limit else None)

    def view(self, owner: str, session_id: str) -> str | None:
        """Return the JSON text of a session's header as the page shows it."""
        with self._database.reading() as connection:
            found: str | None = connection.execute(select(sessions.c.view).where(_named(owner, session_id))).scalar()
            return found

    def views(self, owner: str, session_id: str, first: int, last: int) -> tuple[Sequence[str], int] | None:
        """Return the JSON texts of the messages that the page shows, both numbers included, and how many there are."""
        with self._database.reading() as connection:
            found = connection.execute(
                select(sessions.c.key, sessions.c.view_count).where(_named(owner, session_id))
            ).first()
            if found is None:
                return None
            wanted = select(views.c.record).where(views.c.session == found.key, views.c.number.between(first, last))
            return connection.execute(wanted.order_by(views.c.number)).scalars().all(), found.view_count

    def snapshot(self, owner: str, session_id: str) -> Snapshot | None:
        """Return one session as it stands now, to be streamed and then closed; None where the owner has none such."""
        with ExitStack() as stack:
            connection = stack.enter_context(self._database.reading())
            found = connection.execute(_SESSION, {"of": owner, "named": session_id}).first()
            return None if found is None else Snapshot(connection, found, stack.pop_all())

    def save(self, owner: str, record: Record) -> Status:
        """Store a session: new, the same as stored, or in place of what was stored, with the next revision."""
        with self._database.writing(owner) as connection:
            known = connection.execute(
                select(sessions.c.key, sessions.c.revision, sessions.c.digest).where(
                    _named(owner, record.columns["id"])
                )
            ).first()
            if known is not None and known.digest == record.columns["digest"]:
                return "same"
            counted = record.columns | {"message_count": sum(record.visible), "view_count": len(record.views)}
            if known is None:
                key = connection.execute(
                    insert(sessions).values(counted | {"owner": owner, "revision": 1}).returning(sessions.c.key)
                ).scalar_one()
                _fill(connection, key, record)
                replace_usage(connection, key, owner, record.usage)
                return "new"
            connection.execute(
                update(sessions).where(sessions.c.key == known.key).values(counted | {"revision": known.revision + 1})
            )
            connection.execute(delete(messages).where(messages.c.session == known.key))
            connection.execute(delete(views).where(views.c.session == known.key))
            _fill(connection, known.key, record)
            replace_usage(connection, known.key, owner, record.usage)
            return "updated"


def _named(owner: str | BindParameter[str], session_id: str | BindParameter[str]) -> Any:  # noqa: ANN401 - SQLAlchemy's own type is longer than the clause
    return and_(sessions.c.owner == owner, sessions.c.id == session_id)


_SESSION = select(sessions).where(_named(bindparam("of"), bindparam("named")))
"""Made once: to put a question together takes as long as to ask it, and whoever exports waits for this one."""


def _fill(connection: Connection, key: int, record: Record) -> None:
    rows = [
        {
            "session": key,
            "position": position,
            "number": number,
            "visible": shown,
            "size": len(text.encode()),
            "record": text,
        }
        for position, (number, shown, text) in enumerate(
            zip(payload.numbers(record.visible), record.visible, record.messages, strict=True)
        )
    ]
    for start in range(0, len(rows), _BATCH):
        connection.execute(insert(messages), rows[start : start + _BATCH])
    shown_rows = [{"session": key, "number": number, "record": text} for number, text in enumerate(record.views, 1)]
    for start in range(0, len(shown_rows), _BATCH):
        connection.execute(insert(views), shown_rows[start : start + _BATCH])


def _cursor(row: Row[Any]) -> str:
    return base64.urlsafe_b64encode(f"{row.sorted_at}.{row.key}".encode()).decode().rstrip("=")


def _big_integer(text: str) -> int:
    """Return a number that the database can hold."""
    number = int(text)
    if not -_BIG <= number < _BIG:
        raise ValueError
    return number


def _after(listed: Select[Any], cursor: str) -> Select[Any]:
    try:
        padded = cursor + "=" * (-len(cursor) % 4)
        sorted_at, key = map(_big_integer, base64.urlsafe_b64decode(padded.encode("ascii")).decode().split("."))
    except (ValueError, binascii.Error):
        message = "not a cursor"
        raise ValueError(message) from None
    earlier = and_(sessions.c.sorted_at == sorted_at, sessions.c.key < key)
    return listed.where(or_(sessions.c.sorted_at < sorted_at, earlier))
