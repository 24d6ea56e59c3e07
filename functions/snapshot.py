"""One session as it stands at one moment: its figures first, then its payload, streamed from the database's cursor."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack
from typing import Any

from sqlalchemy import Connection, Row, bindparam, func, select
from sqlalchemy.exc import SQLAlchemyError

from py_export import payload
from py_export.model import Range

from .database import StoreUnavailable
from .tables import messages

_CHUNK = 96 * 1024  # bytes; enough that a hop between threads costs nothing beside it
_FIRST = 4 * 1024  # bytes of the first: whoever waits for an answer sees that it has begun
_MOST_ROWS = 64  # fetched at once, fewer where messages are large: a chunk's worth

_OF = messages.c.session == bindparam("of")
_BETWEEN = messages.c.number.between(bindparam("first"), bindparam("last"))
_ALL = select(messages.c.record).where(_OF).order_by(messages.c.position)
_PART = _ALL.where(_BETWEEN)
_SIZE = select(func.count(), func.coalesce(func.sum(messages.c.size), 0)).where(_OF, _BETWEEN)
# Questions made once: to put one together takes as long as to ask it, and whoever exports waits for its first byte.


class Snapshot:
    """A session inside an open read transaction. Close it; memory does not grow with the session."""

    def __init__(self, connection: Connection, row: Row[Any], stack: ExitStack) -> None:
        self._connection = connection
        self._row = row
        self._stack = stack

    @property
    def count(self) -> int:
        """How many visible messages the session holds."""
        count: int = self._row.message_count
        return count

    def etag(self, part: Range | None) -> str:
        """
        Return the weak entity tag of the payload, or of a part of it.

        Weak, as one tag stands for every content coding. The digest keeps tags apart when a store is made anew.
        """
        span = f"-{part.from_}-{part.to}" if part else ""
        return f'W/"{self._row.revision}-{self._row.digest[:16]}{span}"'

    def size(self, part: Range | None) -> int:
        """Return the bytes of the payload, or of a part of it, before any content coding."""
        if part is None:
            size: int = self._row.bytes
            return size
        before, after = payload.frame(self._row.head, part)
        asked = {"of": self._row.key, "first": part.from_, "last": part.to}
        rows, total = self._connection.execute(_SIZE, asked).one()
        return len(before.encode()) + len(after.encode()) + int(total) + max(0, int(rows) - 1)

    def chunks(self, part: Range | None) -> Iterator[bytes]:
        """
        Yield the payload's bytes.

        Raises:
            StoreUnavailable: The database failed, or gave other than it had said; what was sent is no whole payload.
        """
        try:
            yield from self._chunks(part)
        except SQLAlchemyError as error:
            raise StoreUnavailable(type(error).__name__) from None

    def close(self) -> None:
        """End the transaction and give the connection back."""
        self._stack.close()

    def _chunks(self, part: Range | None) -> Iterator[bytes]:
        before, after = payload.frame(self._row.head, part)
        asked = {"of": self._row.key} | ({"first": part.from_, "last": part.to} if part else {})
        streamed = self._connection.execution_options(stream_results=True, yield_per=self._rows_at_once())
        waiting = [before.encode()]
        size = len(waiting[0])
        comma = b""
        sent, enough = 0, _FIRST
        rows = streamed.execute(_PART if part else _ALL, asked)
        # A reader that went away leaves it half read, and SQLite keeps a connection open as long as its cursor.
        self._stack.callback(rows.close)
        for record in rows.scalars():
            text = record.encode()
            waiting += (comma, text)
            size += len(comma) + len(text)
            comma = b","
            if size >= enough:
                yield b"".join(waiting)
                waiting.clear()
                sent += size
                size, enough = 0, _CHUNK
        waiting.append(after.encode())
        if sent + size + len(waiting[-1]) != self.size(part):
            raise StoreUnavailable("Incomplete")
        yield b"".join(waiting)

    def _rows_at_once(self) -> int:
        average: int = self._row.bytes // max(1, self._row.message_count)
        return max(1, min(_MOST_ROWS, _CHUNK // max(1, average)))
