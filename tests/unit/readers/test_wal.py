"""A write-ahead log puts into its database exactly what SQLite itself would."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from py_export.notices import Notices
from py_export.readers import Input, wal
from py_export.readers.container import read_parts
from tests.unit.readers.databases import CURSOR_SCHEMA


@pytest.fixture
def pair(tmp_path: Path) -> tuple[bytes, bytes, bytes]:
    """Return a database, its log, and the database as SQLite itself brings the log into it."""
    path = tmp_path / "state.vscdb"
    with closing(sqlite3.connect(path)) as writer:
        writer.execute("PRAGMA page_size = 1024")
        writer.execute("PRAGMA journal_mode = WAL")
        writer.executescript(CURSOR_SCHEMA)
        writer.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        writer.execute("PRAGMA wal_autocheckpoint = 0")
        for number in range(30):
            writer.execute("INSERT INTO cursorDiskKV VALUES (?, ?)", (f"k{number}", b"x" * 3000))
            writer.commit()
        writer.execute("DELETE FROM cursorDiskKV WHERE key > 'k2'")
        writer.commit()
        writer.execute("VACUUM")
        before, log = path.read_bytes(), Path(f"{path}-wal").read_bytes()
        writer.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        return before, log, path.read_bytes()


def test_the_result_is_what_sqlite_writes(pair: tuple[bytes, bytes, bytes]) -> None:
    before, log, after = pair
    assert wal.merged(before, log) == after != before


def test_a_transaction_that_was_cut_off_changes_nothing(pair: tuple[bytes, bytes, bytes]) -> None:
    before, log, _ = pair
    assert wal.merged(before, log[: 32 + 24 + 1000]) == before
    broken = bytearray(log)
    broken[32 + 24 + 5] ^= 1
    assert wal.merged(before, bytes(broken)) == before


def test_frames_of_an_earlier_log_are_left_out(pair: tuple[bytes, bytes, bytes]) -> None:
    before, log, _ = pair
    frame = 24 + 1024
    stale = bytearray(log)
    stale[-frame + 8] ^= 1  # its salt
    assert wal.merged(before, bytes(stale)) == wal.merged(before, log[:-frame])


@pytest.mark.parametrize("log", [b"", b"x" * 31, b"x" * 5000, b"\x37\x7f\x06\x82" + b"\0" * 2000])
def test_what_is_no_log_changes_nothing(log: bytes) -> None:
    assert wal.merged(b"as it was", log) == b"as it was"


def test_a_database_in_a_folder_is_read_with_its_log(tmp_path: Path) -> None:
    path = tmp_path / "state.vscdb"
    with closing(sqlite3.connect(path)) as writer:
        writer.execute("PRAGMA journal_mode = WAL")
        writer.executescript(CURSOR_SCHEMA)
        writer.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        head = '{"fullConversationHeadersOnly": [{"bubbleId": "b", "type": 1}]}'
        row = '{"type": 1, "text": "in the log"}'
        writer.executemany("INSERT INTO cursorDiskKV VALUES (?, ?)", [("composerData:c", head), ("bubbleId:c:b", row)])
        writer.commit()
        files = {f"Cursor/{file.name}": file.read_bytes() for file in tmp_path.iterdir()}
    files["Cursor/state.vscdb.backup"] = files["Cursor/state.vscdb"]
    assert len(files) == 4
    notices = Notices()
    (part,) = read_parts(Input(files=files), None, notices)
    assert part.sessions[0].title == "in the log"
    assert not len(notices)
