"""Opens other programs' SQLite files where they lie, with what their logs hold, and writes to none of them."""

from __future__ import annotations

import shutil
import sqlite3
import tempfile
from collections.abc import Callable
from pathlib import Path

_ENDINGS = ("", "-wal", "-journal")
_TRIES = 5


def opener(path: Path) -> Callable[[], sqlite3.Connection]:
    """
    Return a function that opens a database for reading.

    A program that has it open is neither waited for nor held up. Where the file alone is out of date - a log lies
    beside it and no index of the log, or a transaction was broken off - a copy of both is put right and read.
    """
    return lambda: _opened(path)


def _opened(path: Path) -> sqlite3.Connection:
    log, index, journal = (path.with_name(path.name + ending) for ending in ("-wal", "-shm", "-journal"))
    if _size(journal):
        return _copied(path)
    if log.exists() and index.exists():
        try:
            return _checked(_connect(path, "mode=ro&readonly_shm=1"))
        except sqlite3.OperationalError:
            return _copied(path)
    return _copied(path) if _size(log) else _connect(path, "mode=ro&immutable=1")


def _connect(path: Path, how: str, kind: type[sqlite3.Connection] = sqlite3.Connection) -> sqlite3.Connection:
    address = f"{path.resolve().as_uri()}?{how}"
    return sqlite3.connect(address, uri=True, isolation_level=None, check_same_thread=False, factory=kind)


def _checked(connection: sqlite3.Connection) -> sqlite3.Connection:
    """Return the connection where it can be read from."""
    try:
        connection.execute("SELECT 1 FROM sqlite_master LIMIT 1").fetchall()
    except sqlite3.Error:
        connection.close()
        raise
    return connection


class _Copy(sqlite3.Connection):
    """A connection to a copy, which goes when it is closed."""

    folder: tempfile.TemporaryDirectory[str] | None = None

    def close(self) -> None:
        super().close()
        if self.folder is not None:
            self.folder.cleanup()


def _copied(path: Path) -> sqlite3.Connection:
    folder = tempfile.TemporaryDirectory(prefix="py-export-")
    copy = Path(folder.name, "copy")
    for _ in range(_TRIES):
        before = _state(path)
        for ending in _ENDINGS:
            source, target = path.with_name(path.name + ending), copy.with_name(copy.name + ending)
            target.unlink(missing_ok=True)
            if source.exists():
                shutil.copyfile(source, target)
        if _state(path) == before:  # nobody wrote meanwhile
            break
    connection = _connect(copy, "mode=rw", _Copy)
    assert isinstance(connection, _Copy)  # noqa: S101 - as it was asked for
    connection.folder = folder
    return connection


def _state(path: Path) -> list[tuple[int, int]]:
    found = (path.with_name(path.name + ending) for ending in _ENDINGS)
    return [(one.stat().st_size, one.stat().st_mtime_ns) if one.exists() else (0, 0) for one in found]


def _size(path: Path) -> int:
    return path.stat().st_size if path.exists() else 0
