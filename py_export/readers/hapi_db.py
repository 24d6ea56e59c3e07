"""
A HAPI hub's database (``hapi.db``, SQLite), every session of it, as the hub's own export would hold it.

Rows go through the code that reads a hub's export; those that the hub packed with Zstandard are unpacked first. A row
that cannot be read is kept as it is, with a notice. Messages whose session is gone stand in a session that has nothing
but its id. What belongs to no conversation is left out: machines, users, push subscriptions, usage events, work graph.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import count
from typing import Any

from py_export import jsontext
from py_export.errors import PackageMissing, ReadError, Unreadable
from py_export.model import Json, Session, camel
from py_export.notices import Notices
from py_export.readers import hapi, sqlite, zstd
from py_export.readers.input import Input
from py_export.readers.sqlite import Database

_SESSIONS = frozenset({"id", "created_at", "metadata", "agent_state"})
_MESSAGES = frozenset({"id", "session_id", "content", "created_at", "seq"})
_DOCUMENTS = frozenset({"metadata", "agent_state", "todos", "team_state", "attachments"})
_FLAGS = frozenset({"pinned", "global_pinned", "active"})
_ROW = 64 << 20
"""The most bytes that may come out of one row: a hub cuts what is longer than 64 KiB, but for what a person sent."""

_GROWTH = 1000
_SMALL = 1 << 20
_ALL = 256 << 20


def matches(given: Input) -> bool:
    """Return whether this is a database with a hub's sessions and messages."""
    return (
        given.tables.get("sessions", frozenset()) >= _SESSIONS
        and given.tables.get("messages", frozenset()) >= _MESSAGES
    )


def read(given: Input, notices: Notices) -> list[Session]:
    """
    Read every session, the oldest first.

    Raises:
        Unreadable: The database is damaged, or holds no session.
        PackageMissing: Rows are packed, and nothing that unpacks them is installed.
    """
    with opened(given, notices) as hub:
        found = [hub.session(about, hub.rows(about)) for about in hub.sessions()]
    if not found:
        raise Unreadable(reason="no session in the database")
    return sorted(found, key=lambda session: (session.created_at or 0, session.id))


@contextmanager
def opened(given: Input, notices: Notices) -> Iterator[Hub]:
    """Open a hub's database, to ask it session by session; raises what ``sqlite.opened`` does."""
    with sqlite.opened(given) as database:
        yield Hub(database, given.size, notices)


@dataclass(slots=True)
class Rows:
    """What belongs to a session, as it lies in the database."""

    messages: list[dict[str, Any]]
    notes: list[dict[str, Any]]

    @property
    def size(self) -> int:
        """Return the bytes that the messages take as they are stored."""
        return sum(len(row["content"]) for row in self.messages if isinstance(row.get("content"), bytes))

    def digest(self, about: dict[str, Any]) -> str:
        """Return a name for this state of the session: another one where anything has changed."""
        found = hashlib.blake2b(digest_size=16)
        for row in ([about], self.messages, self.notes):
            found.update(repr(row).encode("utf-8", "surrogatepass"))
        return found.hexdigest()


def nameless(about: dict[str, Any]) -> str:
    """Return the id of a session that has none: of what is known of it, so that two of them have two."""
    return hashlib.blake2b(repr(about).encode("utf-8", "surrogatepass"), digest_size=8).hexdigest()


class Hub:
    """A hub's tables as the hub's export has them."""

    def __init__(self, database: Database, size: int, notices: Notices) -> None:
        self._database = database
        self._notices = notices
        self._left = _ALL + 64 * size

    def sessions(self) -> list[dict[str, Any]]:
        """Return what is known of each session; of one that is gone, its id."""
        found = [_named(row) for row in self._rows("sessions")]
        known = {about.get("id") for about in found}
        held = {sqlite.value(one) for (one,) in self._database.rows("messages", ["session_id"], notices=self._notices)}
        for gone in sorted(str(one) for one in held - known if isinstance(one, str)):
            self._notices.add("session_row_missing")
            found.append({"id": gone})
        return found

    def rows(self, about: dict[str, Any]) -> Rows:
        """Return what belongs to a session."""
        identity = about.get("id")
        belongs = ("session_id", "=", identity if isinstance(identity, str) else "")
        return Rows(self._rows("messages", belongs), self._rows("session_scratchlist", belongs))

    def session(self, about: dict[str, Any], rows: Rows) -> Session:
        """Return one session with its messages and notes."""
        places = (f"{about.get('id')}: messages[{number}]" for number in count())
        document = {
            "session": about,
            "messages": list(map(self._message, rows.messages, places)),
            "scratchlist": [_named(row) for row in rows.notes],
        }
        heard = Notices()
        session, _ = hapi.decode(document, nameless(about), heard)
        session.source.format = "hapi-db"
        for notice in heard:
            self._notices.add(notice.code, f"{session.id}: {notice.where}".rstrip(": "), notice.count, **notice.params)
        return session

    def _rows(self, table: str, *conditions: sqlite.Condition) -> list[dict[str, Any]]:
        columns = sorted(self._database.tables.get(table, ()))
        rows = self._database.rows(table, columns, *conditions, notices=self._notices)
        return [dict(zip(columns, row, strict=True)) for row in rows]

    def _message(self, row: dict[str, Any], where: str) -> dict[str, Any]:
        kept = {name: value for name, value in row.items() if name not in ("content", "session_id")}
        return _named(kept) | {"content": self._content(row.get("content"), where)}

    def _content(self, value: Any, where: str) -> Json:  # noqa: ANN401 - of a column that may hold anything
        """Return what a message says; what cannot be read is kept as it is, in a form that JSON holds."""
        if not isinstance(value, bytes):
            return value
        packed = value.startswith(zstd.MAGIC)
        try:
            return jsontext.decode(self._unpacked(value) if packed else value)
        except PackageMissing:
            raise
        except ReadError:
            self._notices.add("record_unreadable", where)
            return {"unreadable": base64.b64encode(value).decode("ascii") if packed else sqlite.value(value)}

    def _unpacked(self, value: bytes) -> bytes:
        found = zstd.unpacked(value, min(_ROW, _SMALL + _GROWTH * len(value), self._left))
        self._left -= len(found)
        return found


def _named(row: dict[str, Any]) -> dict[str, Any]:
    """Return a row's values under the names that the hub gives them, JSON decoded."""
    found = {}
    for name, value in row.items():
        told = _decoded(value) if name in _DOCUMENTS else sqlite.value(value)
        found[camel(name)] = bool(told) if name in _FLAGS and told in (0, 1) else told
    return found


def _decoded(value: Any) -> Json:  # noqa: ANN401 - of a column that may hold anything
    if isinstance(value, bytes):
        try:
            return jsontext.decode(value)
        except ReadError:
            pass
    return sqlite.value(value)
