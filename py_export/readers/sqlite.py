"""
SQLite files that other programs wrote, read without trusting them.

Only tables are read, by plain comparisons of columns: no view, no trigger, no virtual table and no function of the
file's schema runs. How long that may take, and how much may come out, is bound by how large the file is. Nothing is
written: bytes are opened in memory, a file as whoever opened it made sure.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from typing import TYPE_CHECKING, Any

from py_export.errors import PackageMissing, Unreadable
from py_export.model import Json
from py_export.notices import Notices
from py_export.readers import wal
from py_export.readers.files import Group, head
from py_export.readers.input import DATABASE, Input

if TYPE_CHECKING:  # imported when a database is opened
    from sqlite3 import Connection

Condition = tuple[str, str, str | int]
"""A column, an operator, and what it is compared with."""

_OPERATORS = frozenset({"=", ">=", "<"})
_FAILURES = (ValueError, OverflowError)
"""What the driver raises beside its own errors: names and messages of a damaged file need not be UTF-8."""

_STEP = 100_000  # instructions of SQLite's machine between two looks at how many it took
_SMALL = 1 << 20
_LOG = "-wal"
_BESIDE = (_LOG, "-shm", "-journal", ".backup")
"""The log, its index, the journal of a transaction, and the older copy that Visual Studio Code and its kin keep."""

_VERSIONS = slice(18, 20)  # of the file format, by which a file says that it uses a write-ahead log


class Database:
    """
    An open database.

    Attributes:
        tables: The columns of each table, by its name.
    """

    def __init__(self, connection: Connection, size: int) -> None:
        self._connection = connection
        self._left = 8 * size + _SMALL
        self.tables: Mapping[str, frozenset[str]] = _tables(connection)

    def rows(
        self, table: str, columns: Sequence[str], *conditions: Condition, notices: Notices
    ) -> Iterator[tuple[Any, ...]]:
        """
        Yield rows in no order, text as UTF-8 bytes; a column that the table does not have is None.

        Of a damaged table what can be reached from either end is read, with a notice.

        Raises:
            Unreadable: More comes out than a file of this size holds.
        """
        import sqlite3  # noqa: PLC0415 - as above

        known = self.tables.get(table, frozenset())
        if not known or not all(column in known for column, _, _ in conditions):
            return
        listed = ", ".join(["rowid", *(_quoted(column) if column in known else "NULL" for column in columns)])
        asked = " AND ".join(f"{_quoted(column)} {_checked(operator)} ?" for column, operator, _ in conditions)
        query = f"SELECT {listed} FROM {_quoted(table)}" + (f" WHERE {asked}" if asked else "")  # noqa: S608 - quoted
        bounds = [bound for _, _, bound in conditions]
        seen: set[int] = set()
        for attempt in (query, f"{query} ORDER BY rowid DESC"):
            try:
                for rowid, *row in self._connection.execute(attempt, bounds):
                    if rowid not in seen:
                        seen.add(rowid)
                        self._count(row)
                        yield tuple(row)
            except (sqlite3.Error, *_FAILURES):
                if attempt == query:
                    notices.add("database_damaged", table)
            else:
                return

    def _count(self, row: Sequence[Any]) -> None:
        self._left -= sum(len(one) if isinstance(one, bytes) else 8 for one in row)
        if self._left < 0:
            raise Unreadable(reason="more comes out of the database than it can hold")


@contextmanager
def opened(given: Input) -> Iterator[Database]:
    """
    Open a database, and close it.

    Raises:
        Unreadable: It is damaged where everything begins, or no database.
        PackageMissing: This Python was built without SQLite.
    """
    try:
        import sqlite3  # noqa: PLC0415 - as above
    except ModuleNotFoundError:
        raise PackageMissing(name="sqlite3") from None

    try:
        connection = given.connect() if given.connect is not None else _in_memory(given)
    except (sqlite3.Error, OSError, *_FAILURES):
        raise Unreadable(reason="not a database, or damaged") from None
    with closing(connection):
        try:
            _distrust(connection, given.size)
            database = Database(connection, given.size)
            connection.set_authorizer(_allowed)
        except (sqlite3.Error, *_FAILURES):
            raise Unreadable(reason="not a database, or damaged") from None
        yield database


def prefixed(column: str, prefix: str) -> tuple[Condition, Condition]:
    """Return the conditions of a text that begins so; an index of the column serves them."""
    return (column, ">=", prefix), (column, "<", prefix[:-1] + chr(ord(prefix[-1]) + 1))


def gather(files: Mapping[str, bytes]) -> Iterator[Group]:
    """Yield each database with its write-ahead log, which holds what was written last, and what else goes with it."""
    for name in files:
        beside = {ending: f"{name}{ending}" for ending in _BESIDE if f"{name}{ending}" in files}
        if beside and head(files, name).startswith(DATABASE):
            yield Group(name, beside)


def text(stored: Any) -> str:  # noqa: ANN401 - whatever a column holds
    """Return a stored value as text."""
    found = value(stored)
    return found if isinstance(found, str) else str(found)


def value(stored: Any) -> Json:  # noqa: ANN401 - whatever a column holds
    """Return a stored value as JSON has it: text that is not UTF-8, or bytes, with U+FFFD for what is none."""
    return stored.decode("utf-8", "replace") if isinstance(stored, bytes) else stored


def _in_memory(given: Input) -> Connection:
    import sqlite3  # noqa: PLC0415 - as above

    connection = sqlite3.connect(":memory:", isolation_level=None)
    # A database in memory has no log beside it, and SQLite refuses one that says it has.
    own = wal.merged(given.raw, given.files[_LOG]) if _LOG in given.files else bytearray(given.raw)
    own[_VERSIONS] = b"\x01\x01"
    connection.deserialize(own)
    return connection


def _distrust(connection: Connection, size: int) -> None:
    """Bound what a hostile file can do: no value is larger than the file, and no query runs for ever."""
    import sqlite3  # noqa: PLC0415 - as above

    connection.text_factory = bytes
    connection.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, max(size, _SMALL))
    for pragma in ("trusted_schema = OFF", "cell_size_check = ON", "query_only = ON", "mmap_size = 0"):
        connection.execute(f"PRAGMA {pragma}")
    left = 500 + size // 1000

    def tick() -> bool:
        nonlocal left
        left -= 1
        return left < 0

    connection.set_progress_handler(tick, _STEP)


def _tables(connection: Connection) -> Mapping[str, frozenset[str]]:
    """Return what is a table indeed: views and virtual tables have no page of their own."""
    names = connection.execute("SELECT name FROM sqlite_master WHERE type = 'table' AND rootpage > 0").fetchall()
    return {
        table: frozenset(
            value(column)
            for _, column, _, _, _, _, hidden in connection.execute(f"PRAGMA table_xinfo({_quoted(table)})")
            if not hidden
        )
        for table in (value(name) for (name,) in names)
        if isinstance(table, str)
    }


def _allowed(action: int, _first: str | None, _second: str | None, _database: str | None, _source: str | None) -> int:
    import sqlite3  # noqa: PLC0415 - as above

    return sqlite3.SQLITE_OK if action in (sqlite3.SQLITE_SELECT, sqlite3.SQLITE_READ) else sqlite3.SQLITE_DENY


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


def _checked(operator: str) -> str:
    if operator not in _OPERATORS:
        raise ValueError(operator)
    return operator
