"""The store itself, over a real SQLite file."""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest

from py_export.convert import read
from py_export.model import Message, Range, Session, Text
from py_export.notices import Notices
from py_export_functions.database import Database, StoreUnavailable, parse_url
from py_export_functions.importing import import_files, record
from py_export_functions.store import Store
from tests.functions.serving import compact, payload


@pytest.fixture
def store(backend: Callable[[], str]) -> Iterator[Store]:
    made = Store(Database(backend()))
    yield made
    made.close()


def put(store: Store, document: dict[str, object]) -> None:
    import_files(store, "me", [compact(document)], Notices())


def test_a_snapshot_is_of_one_moment(store: Store) -> None:
    put(store, payload("one", 30, text="before"))
    snapshot = store.snapshot("me", "one")
    assert snapshot
    put(store, payload("one", 2, text="after"))
    part = Range(1, 30, 30)
    assert b"".join(snapshot.chunks(None)) == compact(payload("one", 30, text="before"))
    assert len(b"".join(snapshot.chunks(part))) == snapshot.size(part)
    snapshot.close()
    later = store.snapshot("me", "one")
    assert later
    assert b"".join(later.chunks(None)) == compact(payload("one", 2, text="after"))
    later.close()


def test_a_session_that_came_as_no_payload_is_stored_as_one_and_stays_the_same(store: Store) -> None:
    messages = [Message(id="a", role="user", blocks=[Text("hi")]), Message(id="b", role="event", hidden=True)]
    session = Session(id="foreign", title="T\0", updated_at=5, messages=messages)
    assert [store.save("me", record(session)) for _ in range(2)] == ["new", "same"]
    snapshot = store.snapshot("me", "foreign")
    assert snapshot
    (back,) = read(b"".join(snapshot.chunks(None)))
    snapshot.close()
    assert (snapshot.count, back.id, [message.id for message in back.messages]) == (1, "foreign", ["a", "b"])
    found = store.views("me", "foreign", 1, 10)
    assert found
    assert (len(found[0]), found[1]) == (1, 1)


def test_a_snapshot_that_was_half_read_leaves_nothing_open(tmp_path: Path) -> None:
    store = Store(Database(str(tmp_path / "store.sqlite3")))
    put(store, payload("one", 500, text="x" * 2000))
    snapshot = store.snapshot("me", "one")
    assert snapshot
    chunks = snapshot.chunks(None)
    assert next(chunks)
    put(store, payload("two", 1))
    snapshot.close()
    with sqlite3.connect(tmp_path / "store.sqlite3") as connection:
        busy, *_ = connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
    connection.close()
    assert not busy


def test_writers_at_the_same_time_wait_for_each_other(store: Store) -> None:
    failed: list[Exception] = []

    def write(number: int) -> None:
        try:
            for turn in range(5):
                put(store, payload("shared" if turn % 2 else f"own-{number}", 50, text=f"{number} {turn}"))
        except StoreUnavailable as error:
            failed.append(error)

    writers = [threading.Thread(target=write, args=(number,)) for number in range(6)]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()
    assert failed == []
    assert len(store.list("me", 100).rows) == 7
    snapshot = store.snapshot("me", "shared")
    assert snapshot
    assert len(read(b"".join(snapshot.chunks(None)))[0].messages) == 50
    snapshot.close()


def test_a_failed_import_leaves_what_was(store: Store) -> None:
    put(store, payload("kept", 3))
    (session,) = read(compact(payload("kept", 4)))
    broken = record(session)
    broken.columns["bytes"] = None
    with pytest.raises(StoreUnavailable):
        store.save("me", broken)
    snapshot = store.snapshot("me", "kept")
    assert snapshot
    assert b"".join(snapshot.chunks(None)) == compact(payload("kept", 3))
    snapshot.close()


@pytest.mark.parametrize("name", ["a b.sqlite3", "100%.sqlite3", "q?x=1#y.sqlite3", "数据.sqlite3"])
def test_any_path_may_name_the_file(tmp_path: Path, name: str) -> None:
    database = Database(str(tmp_path / name))
    database.prepare()
    database.close()
    assert (tmp_path / name).stat().st_size > 0


@pytest.mark.parametrize("url", ["", "sqlite://", "sqlite:///:memory:", ":memory:", "://x"])
def test_an_address_that_keeps_nothing_is_refused(url: str) -> None:
    with pytest.raises(ValueError, match=r"SQLite needs a file|not a database URL"):
        parse_url(url)


def test_a_server_that_begins_waits_for_one_that_is_about_to_write_the_first_page(tmp_path: Path) -> None:
    path = tmp_path / "new.sqlite3"
    with closing(sqlite3.connect(path, isolation_level=None, check_same_thread=False)) as other:
        other.execute("BEGIN IMMEDIATE")
        ending = threading.Timer(0.3, other.execute, ["COMMIT"])
        ending.start()
        database = Database(f"sqlite:///{path}")
        database.prepare()
        ending.join()
        database.close()
