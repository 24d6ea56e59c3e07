"""The database behind the store: SQLite in a file without set-up, or another that SQLAlchemy reaches."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from time import monotonic, sleep
from typing import Any

from sqlalchemy import URL, Connection, Engine, create_engine, event, func, literal, make_url, select, text
from sqlalchemy.exc import ArgumentError, SQLAlchemyError
from sqlalchemy.pool import NullPool

from .tables import SUPERSEDED, Words, metadata

_BUSY = 5.0  # seconds to wait for another writer
_PAUSE = 0.02  # seconds between two tries where SQLite itself does not wait
_WRITES = "writes"
_LOCK = 0x70797870  # keeps our locks apart from those of other programs in the same database


class StoreUnavailable(Exception):
    """The database did not answer. Carries the kind of failure, never a statement or its values."""


class Database:
    """
    Connections, each one transaction that sees one state of the data from its begin to its end.

    Raises:
        ValueError: The address is none, or of a database that no installed driver speaks to.
    """

    def __init__(self, url: str) -> None:
        self.url = parse_url(url)
        try:
            self._engine = _sqlite(self.url) if self.url.get_backend_name() == "sqlite" else _server(self.url)
        except (ArgumentError, ModuleNotFoundError):
            message = f"no driver for {self.url.drivername} is installed"
            raise ValueError(message) from None
        self._prepared = False

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """Open a transaction that only reads."""
        with _failures_named():
            self.prepare()
            with self._engine.connect() as connection:
                yield connection

    @contextmanager
    def writing(self, owner: str) -> Iterator[Connection]:
        """Open a transaction that writes what is an owner's; committed at the end, rolled back on any error."""
        with _failures_named():
            self.prepare()
            with self._begun(owner) as connection:
                yield connection

    def prepare(self) -> None:
        """Make the file and the tables where there are none. Cheap when done before."""
        if self._prepared:
            return
        with _failures_named():
            if self.url.get_backend_name() == "sqlite":
                _make_file(self.url)
            with self._begun("") as connection:
                for name in SUPERSEDED:
                    connection.execute(text(f"DROP TABLE IF EXISTS {name}"))
                metadata.create_all(connection)
        self._prepared = True

    def close(self) -> None:
        """Close the connections that are kept."""
        self._engine.dispose()

    @contextmanager
    def _begun(self, owner: str) -> Iterator[Connection]:
        """
        Begin to write when whoever writes for the same owner has ended: SQLite has one writer, PostgreSQL a lock.

        What is read under the lock must be what the one before has left: each statement sees the present.
        """
        is_server = self.url.get_backend_name() == "postgresql"
        chosen = {"isolation_level": "READ COMMITTED"} if is_server else {}
        with self._engine.connect().execution_options(**{_WRITES: True}, **chosen) as connection, connection.begin():
            if is_server:
                connection.execute(select(func.pg_advisory_xact_lock(_LOCK, func.hashtext(literal(owner, Words())))))
            yield connection


def parse_url(address: str) -> URL:
    """
    Return the database's URL; a bare path means SQLite in that file.

    Raises:
        ValueError: It is neither, or SQLite without a file.
    """
    try:
        url = make_url(address) if "://" in address else URL.create("sqlite", database=address)
    except ArgumentError:
        message = "not a database URL"
        raise ValueError(message) from None
    if url.get_backend_name() == "sqlite" and url.database in (None, "", ":memory:"):
        message = "SQLite needs a file"
        raise ValueError(message)
    return url


@contextmanager
def _failures_named() -> Iterator[None]:
    try:
        yield
    except (SQLAlchemyError, sqlite3.Error, OSError) as error:
        raise StoreUnavailable(type(error).__name__) from None


def _server(url: URL) -> Engine:
    # A server that does not answer is an answer too, and must come before the reader has left.
    timeout = {"connect_timeout": int(_BUSY)} if url.get_driver_name().startswith("psycopg") else {}
    # One export holds a connection while it streams: many slow readers must not lock the others out.
    return create_engine(
        url,
        isolation_level="REPEATABLE READ",
        hide_parameters=True,
        pool_pre_ping=True,
        pool_size=16,
        max_overflow=48,
        pool_timeout=_BUSY,
        connect_args=timeout,
    )


def _sqlite(url: URL) -> Engine:
    # A file is opened anew for each request (0.1 ms), never created: a store that is gone is noticed, not replaced.
    address = f"{_path(url).resolve().as_uri()}?mode=rw"

    def connect() -> sqlite3.Connection:
        connection = sqlite3.connect(address, uri=True, timeout=_BUSY, isolation_level=None, check_same_thread=False)
        connection.execute("PRAGMA foreign_keys = ON")
        connection.execute("PRAGMA synchronous = NORMAL")
        return connection

    engine = create_engine("sqlite://", creator=connect, poolclass=NullPool, hide_parameters=True)
    event.listen(engine, "begin", _begin)
    return engine


def _begin(connection: Connection) -> None:
    # The driver begins on its own only before a write: two reads could see two states, and a transaction that reads
    # first and then writes would fail at once where another writes, instead of waiting.
    writes: Any = connection.get_execution_options().get(_WRITES)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


def _make_file(url: URL) -> None:
    path = _path(url)
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    if not path.exists():
        path.touch(mode=0o600)  # conversations are for their owner's eyes
    with sqlite3.connect(path, timeout=_BUSY) as connection:
        _keep_a_log(connection)
    connection.close()


def _keep_a_log(connection: sqlite3.Connection) -> None:
    """Have readers and a writer not wait for each other. Of several who ask at once, SQLite tells all but one to go."""
    until = monotonic() + _BUSY
    while True:
        try:
            connection.execute("PRAGMA journal_mode = WAL")
        except sqlite3.OperationalError:
            if monotonic() > until:
                raise
            sleep(_PAUSE)
        else:
            return


def _path(url: URL) -> Path:
    assert url.database is not None  # noqa: S101 - parse_url has seen to it
    return Path(url.database)
