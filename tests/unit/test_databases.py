"""The program reads other programs' databases with what their logs hold, and leaves no trace beside them."""

from __future__ import annotations

import hashlib
import json
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from py_export.commands import databases
from tests.unit.program import run
from tests.unit.readers.databases import CURSOR_SCHEMA, conversation

WRITER = """
import os, sqlite3, sys
writer = sqlite3.connect(sys.argv[1])
writer.execute("PRAGMA journal_mode = " + sys.argv[2])
writer.execute("PRAGMA wal_autocheckpoint = 0")
writer.execute("PRAGMA cache_size = 1")  # so that pages reach the file before the commit
writer.execute("INSERT INTO cursorDiskKV VALUES ('bubbleId:c:b1', ?)", ['{"type": 2, "text": "written last"}'])
if sys.argv[2] == "WAL":
    writer.commit()
row = '{"type": 2, "text": "' + "never " * 90000 + '"}'
writer.execute("INSERT INTO cursorDiskKV VALUES ('bubbleId:c:b2', ?)", [row])
print("ready", flush=True)
sys.stdin.readline()
os._exit(0)
"""


@contextmanager
def _writing(path: Path, mode: str) -> Iterator[None]:
    """Let another process write to the database while the block runs; at its end it breaks off."""
    command = [sys.executable, "-c", WRITER, str(path), mode]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as writer:  # noqa: S603
        assert writer.stdout
        assert writer.stdin
        assert writer.stdout.readline() == "ready\n"
        yield
        writer.stdin.write("\n")


@pytest.fixture
def state(tmp_path: Path) -> Path:
    path = tmp_path / "Cursor" / "state.vscdb"
    path.parent.mkdir()
    headers = [{"bubbleId": name} for name in ("b0", "b1")]
    path.write_bytes(conversation({"type": 1, "text": "asked"}, fullConversationHeadersOnly=headers))
    return path


def _texts(path: Path) -> list[str]:
    done = run("convert", path, "--to", "json")
    assert done.returncode == 0, done.stderr
    return [block["text"] for message in json.loads(done.stdout)["messages"] for block in message["blocks"]]


def _traces(path: Path) -> dict[str, tuple[str, int]]:
    return {
        file.name: (hashlib.sha256(file.read_bytes()).hexdigest(), file.stat().st_mtime_ns)
        for file in path.parent.iterdir()
    }


def test_a_database_that_another_program_writes_to_is_read_with_its_log(state: Path) -> None:
    with _writing(state, "WAL"):
        before = _traces(state)
        assert before.keys() == {"state.vscdb", "state.vscdb-wal", "state.vscdb-shm"}
        assert _texts(state) == ["asked", "written last"]
        assert _traces(state) == before


def test_a_log_that_a_program_left_behind_is_read(state: Path) -> None:
    with _writing(state, "WAL"):
        pass
    for index in (True, False):
        if not index:
            Path(f"{state}-shm").unlink()
        before = _traces(state)
        assert _texts(state) == ["asked", "written last"]
        assert _traces(state) == before


def test_a_transaction_that_was_broken_off_is_taken_back_in_a_copy(state: Path) -> None:
    with _writing(state, "DELETE"):
        pass
    before = _traces(state)
    assert before.keys() == {"state.vscdb", "state.vscdb-journal"}
    assert state.stat().st_size > 400_000
    assert _texts(state) == ["asked"]
    assert _traces(state) == before


def test_a_database_of_a_closed_program_is_read_where_it_lies(state: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with closing(sqlite3.connect(state)) as connection:
        connection.execute("PRAGMA journal_mode = WAL")
    before = _traces(state)
    assert before.keys() == {"state.vscdb"}
    assert _texts(state) == ["asked"]
    assert _traces(state) == before
    monkeypatch.setattr(databases, "_copied", None)
    databases.opener(state)().close()


def test_a_copy_goes_with_its_connection(state: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    Path(f"{state}-journal").write_bytes(b"\0" * 600)
    folder = tmp_path / "temporary"
    folder.mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(folder))
    connection = databases.opener(state)()
    assert len(list(folder.iterdir())) == 1
    assert connection.execute("SELECT count(*) FROM cursorDiskKV").fetchone() == (2,)
    connection.close()
    assert list(folder.iterdir()) == []


def test_what_is_inspected_tells_the_files_size(state: Path) -> None:
    (held,) = json.loads(run("inspect", state, "--json").stdout)
    assert (held["source"], held["bytes"]) == ("cursor", state.stat().st_size)


def test_an_empty_database_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "state.vscdb"
    with closing(sqlite3.connect(path)) as connection:
        connection.executescript(CURSOR_SCHEMA)
    assert run("convert", path, "--to", "json").returncode == 3
