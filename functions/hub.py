"""A HAPI hub's database as the store: its sessions, read where they lie. Nothing is ever written to it."""

from __future__ import annotations

import base64
import binascii
from collections import OrderedDict
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from threading import Lock
from typing import Any

from py_export import payload
from py_export.commands.databases import opener
from py_export.errors import ReadError
from py_export.model import Header, Range
from py_export.notices import Notices
from py_export.readers import hapi_db, hapi_header
from py_export.readers.input import DATABASE, Input

from .auth import LOCAL_OWNER
from .database import StoreUnavailable
from .importing import record
from .store import Page, Record

_WHOLE = 8
"""Sessions kept as they are sent; of every other the figures alone."""

_MOST_ROWS = 5000
"""Rows that are read to list sessions, a second's work; the figures of those beyond are their rows' until opened."""


def is_hub(path: Path) -> bool:
    """Return whether a file is a hub's database. It is told by its tables, never by its name."""
    try:
        with path.open("rb") as file:
            return file.read(len(DATABASE)) == DATABASE and hapi_db.matches(_input(path))
    except OSError:
        return False


@dataclass(slots=True, frozen=True)
class Listed:
    """A row of the list, named as the store's own rows are; ``view_count`` is not known before a session is read."""

    id: str
    title: str | None
    source_app: str | None
    source_format: str | None
    created_at: int | None
    updated_at: int | None
    message_count: int
    view_count: int | None
    bytes: int


@dataclass(slots=True, frozen=True)
class _Figures:
    """How much a session holds in one state of it; ``known`` where it did not have to be read to say so."""

    state: str
    messages: int
    views: int | None
    bytes: int
    known: bool = False


class HubStore:
    """
    A hub's sessions, asked in an owner's name: an owner sees the namespace of that name, the local owner every one.

    A session is read anew when its rows have changed.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._records: OrderedDict[tuple[str, str], Record] = OrderedDict()
        self._figures: dict[str, _Figures] = {}
        self._lock = Lock()

    def check(self) -> None:
        """Return when the database answers and is a hub's, else raise ``StoreUnavailable``."""
        if not is_hub(self._path):
            raise StoreUnavailable("NotAHub")

    def close(self) -> None:
        """Forget what was read; no connection is kept."""
        self._records.clear()

    def list(self, owner: str, limit: int, cursor: str | None = None, title: str | None = None) -> Page:
        """
        Return the owner's sessions, the latest first.

        Raises:
            ValueError: The cursor is none of ours.
        """
        after = None if not cursor else _place(cursor)
        wanted = (title or "").casefold()
        with self._opened() as hub:
            found = [
                (_order(head), head, about)
                for head, about in _owned(hub, owner)
                if wanted in (head.title or "").casefold()
            ]
            found.sort(key=lambda one: one[0])
            left = [one for one in found if after is None or one[0] > after]
            rows, patience = [], _MOST_ROWS
            for _, head, about in left[:limit]:
                held = hub.rows(about)
                figures = self._figured(hub, head, about, held, patience)
                patience -= 0 if figures.known else len(held.messages)
                rows.append(_listed(head, figures))
        return Page(rows, _cursor(left[limit - 1][0]) if len(left) > limit else None)

    def view(self, owner: str, session_id: str) -> str | None:
        """Return the JSON text of a session's header as the page shows it."""
        found = self._record(owner, session_id)
        return None if found is None else str(found.columns["view"])

    def views(self, owner: str, session_id: str, first: int, last: int) -> tuple[Sequence[str], int] | None:
        """Return the JSON texts of the messages that the page shows, both numbers included, and how many there are."""
        found = self._record(owner, session_id)
        return None if found is None else (found.views[first - 1 : last], len(found.views))

    def snapshot(self, owner: str, session_id: str) -> HubSnapshot | None:
        """Return one session as it stands now; None where the owner has none such."""
        found = self._record(owner, session_id)
        return None if found is None else HubSnapshot(found)

    @contextmanager
    def _opened(self) -> Iterator[hapi_db.Hub]:
        try:
            with hapi_db.opened(_input(self._path), Notices()) as hub:
                yield hub
        except (ReadError, OSError) as error:
            raise StoreUnavailable(type(error).__name__) from None

    def _record(self, owner: str, session_id: str) -> Record | None:
        with self._opened() as hub:
            found = next((about for head, about in _owned(hub, owner) if head.id == session_id), None)
            return None if found is None else self._read(hub, session_id, found, hub.rows(found))

    def _read(self, hub: hapi_db.Hub, session_id: str, about: dict[str, Any], rows: hapi_db.Rows) -> Record:
        state = (session_id, rows.digest(about))
        with self._lock:
            known = self._records.get(state)
            if known is not None:
                self._records.move_to_end(state)
                return known
        made = record(hub.session(about, rows))
        with self._lock:
            self._records[state] = made
            self._figures[session_id] = _Figures(state[1], sum(made.visible), len(made.views), made.columns["bytes"])
            while len(self._records) > _WHOLE:
                self._records.popitem(last=False)
        return made

    def _figured(
        self, hub: hapi_db.Hub, head: Header, about: dict[str, Any], rows: hapi_db.Rows, patience: int
    ) -> _Figures:
        """Return what the list says of a session; it is read for that only where it is small enough."""
        state = rows.digest(about)
        found = self._figures.get(head.id)
        if found is not None and found.state == state:
            return replace(found, known=True)
        if len(rows.messages) > patience:
            return _Figures(state, len(rows.messages), None, rows.size, known=True)
        self._read(hub, head.id, about, rows)
        return self._figures[head.id]


def _listed(head: Header, figures: _Figures) -> Listed:
    times = head.created_at, head.updated_at
    return Listed(
        head.id, head.title, head.source.app, "hapi-db", *times, figures.messages, figures.views, figures.bytes
    )


class HubSnapshot:
    """A session as it was read."""

    def __init__(self, made: Record) -> None:
        self._record = made
        self._numbers = payload.numbers(made.visible)

    @property
    def count(self) -> int:
        """How many visible messages the session holds."""
        return sum(self._record.visible)

    def etag(self, part: Range | None) -> str:
        """Return the weak entity tag of the payload, or of a part of it."""
        span = f"-{part.from_}-{part.to}" if part else ""
        return f'W/"{self._record.columns["digest"][:32]}{span}"'

    def size(self, part: Range | None) -> int:
        """Return the bytes of the payload, or of a part of it, before any content coding."""
        return sum(map(len, self.chunks(part)))

    def chunks(self, part: Range | None) -> Iterator[bytes]:
        """Yield the payload's bytes."""
        before, after = payload.frame(self._record.columns["head"], part)
        yield before.encode()
        comma = b""
        for number, text in zip(self._numbers, self._record.messages, strict=True):
            if part is None or part.from_ <= number <= part.to:
                yield comma + text.encode()
                comma = b","
        yield after.encode()

    def close(self) -> None:
        """Hold nothing open, as it never did."""


def _input(path: Path) -> Input:
    return Input(DATABASE, connect=opener(path), size=path.stat().st_size)


def _owned(hub: hapi_db.Hub, owner: str) -> Iterator[tuple[Header, dict[str, Any]]]:
    for about in hub.sessions():
        if owner in (LOCAL_OWNER, about.get("namespace")):
            yield hapi_header.header(about, hapi_db.nameless(about), Notices()), about


def _order(head: Header) -> tuple[int, str]:
    """Return what the list is ordered by: the latest first, then by id."""
    return -(head.updated_at or head.created_at or 0), head.id


def _cursor(order: tuple[int, str]) -> str:
    return base64.urlsafe_b64encode(f"{order[0]}.{order[1]}".encode("utf-8", "replace")).decode().rstrip("=")


def _place(cursor: str) -> tuple[int, str]:
    try:
        padded = cursor + "=" * (-len(cursor) % 4)
        at, _, identity = base64.urlsafe_b64decode(padded.encode("ascii")).decode().partition(".")
        return int(at), identity
    except (ValueError, binascii.Error):
        message = "not a cursor"
        raise ValueError(message) from None
