"""Whatever a SQLite file holds, only its tables are read, within a bound, and every failure is ours."""

from __future__ import annotations

import re
import sqlite3
import sys
from collections.abc import Iterator
from contextlib import closing, suppress
from random import Random
from time import monotonic
from typing import Any

import pytest

from py_export import ExportError, Notices
from py_export.errors import NotRecognised, PackageMissing, Unreadable
from py_export.readers import READERS, Input, sqlite
from py_export.readers.input import DATABASE
from tests.golden.database_cases import CASES, contents, database
from tests.unit.readers.databases import HUB_SCHEMA, codes, read

TABLE = "CREATE TABLE t (id TEXT PRIMARY KEY, v BLOB);"
ENDLESS = "WITH RECURSIVE r(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM r) SELECT i AS key, i AS value FROM r"


def _rows(data: bytes, table: str, *columns: str, notices: Notices | None = None) -> list[tuple[object, ...]]:
    with sqlite.opened(Input(data)) as opened:
        return list(opened.rows(table, columns, notices=Notices() if notices is None else notices))


def test_values_come_as_they_are_stored() -> None:
    data = _table(("é", b"\x00\xff"), ("n", 7), (None, None), ("f", 1.5))
    assert sorted(_rows(data, "t", "id", "v"), key=repr) == sorted(
        [("é".encode(), b"\x00\xff"), (b"n", 7), (None, None), (b"f", 1.5)], key=repr
    )


def test_a_column_that_is_not_there_is_none_and_a_table_that_is_not_there_is_empty() -> None:
    data = _table(("a", 1))
    assert _rows(data, "t", "id", "later") == [(b"a", None)]
    notices = Notices()
    assert _rows(data, "other", "id", notices=notices) == []
    with sqlite.opened(Input(data)) as opened:
        assert list(opened.rows("t", ["id"], ("later", "=", "x"), notices=notices)) == []
    assert not len(notices)


def test_a_prefix_finds_what_begins_so_and_nothing_else() -> None:
    data = _table(("a:", 1), ("a:b", 2), ("a;", 3), ("a:\U0001f600", 4), ("A:b", 5))
    with sqlite.opened(Input(data)) as opened:
        found = opened.rows("t", ["v"], *sqlite.prefixed("id", "a:"), notices=Notices())
        assert sorted(value for (value,) in found) == [1, 2, 4]


def test_a_database_that_uses_a_log_is_read_from_memory() -> None:
    data = bytearray(_table(("a", 1)))
    data[18:20] = b"\x02\x02"
    assert _rows(bytes(data), "t", "id") == [(b"a",)]


@pytest.mark.parametrize(
    "schema",
    [
        f"CREATE VIEW cursorDiskKV AS {ENDLESS};",
        f"CREATE VIEW sessions AS SELECT 1 id, 2 created_at, 3 metadata, 4 agent_state; {HUB_SCHEMA.split(';')[1]};",
        "CREATE VIRTUAL TABLE cursorDiskKV USING fts5(key, value);",
    ],
)
def test_what_is_no_table_is_not_read(schema: str) -> None:
    with pytest.raises(NotRecognised):
        read(database(schema))


def test_no_function_of_the_files_schema_runs() -> None:
    data = database(
        """CREATE TABLE cursorDiskKV (key TEXT, value AS (hex(zeroblob(1000000))));
        INSERT INTO cursorDiskKV VALUES ('composerData:a');"""
    )
    start = monotonic()
    with pytest.raises(ExportError):
        read(data)
    assert monotonic() - start < 5


@pytest.mark.parametrize(
    "statement",
    ["ATTACH ':memory:' AS other", "SELECT hex(id) FROM t", ENDLESS, "PRAGMA user_version", "DELETE FROM t", "VACUUM"],
)
def test_an_open_database_can_be_asked_for_columns_and_nothing_else(statement: str) -> None:
    with sqlite.opened(Input(_table(("a", 1)))) as opened, pytest.raises(sqlite3.DatabaseError):
        opened._connection.execute(statement).fetchmany(3)


def test_no_more_comes_out_than_the_file_can_hold(monkeypatch: pytest.MonkeyPatch) -> None:
    data = _table(("a", bytes(200_000)))
    monkeypatch.setattr(sqlite, "_SMALL", 1000)
    with sqlite.opened(Input(data)) as opened:
        for _ in range(8):
            assert list(opened.rows("t", ["v"], notices=Notices()))
        with pytest.raises(Unreadable):
            list(opened.rows("t", ["v"], notices=Notices()))


def test_an_endless_query_ends(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sqlite, "_STEP", 1)
    data = _table(*((str(number), 1) for number in range(500)))
    notices = Notices()
    assert len(_rows(data, "t", "id", notices=notices)) < 500
    assert codes(notices) == {"database_damaged": 1}


def test_of_a_damaged_table_what_lies_on_either_side_is_read() -> None:
    data = bytearray(_table(*((f"{number:04}", bytes(900)) for number in range(400))))
    middle = len(data) // 2 // 4096 * 4096
    data[middle : middle + 4096] = b"\xa5" * 4096
    notices = Notices()
    found = [value for value, _ in _rows(bytes(data), "t", "id", "v", notices=notices)]
    assert codes(notices) == {"database_damaged": 1}
    assert 380 < len(found) == len(set(found)) < 400
    assert {b"0000", b"0399"} <= set(found)


@pytest.mark.parametrize("data", [DATABASE, DATABASE + b"\0" * 84, DATABASE + b"\xff" * 5000, DATABASE + b"x"])
def test_what_only_begins_like_a_database_is_refused(data: bytes) -> None:
    given = Input(data)
    assert given.tables == {}
    with pytest.raises(Unreadable):
        read(data)


def test_an_unknown_database_is_described_by_its_tables_alone() -> None:
    with pytest.raises(NotRecognised) as caught:
        read(_table(("secret", 1)))
    assert caught.value.params["structure"] == "SQLite database with 1 tables: t"


def _broken(data: bytes, random: Random) -> Iterator[bytes]:
    yield data[: random.randrange(len(data))]
    for _ in range(3):
        changed = bytearray(data)
        for _ in range(random.choice((1, 3, 40))):
            changed[random.randrange(16, len(changed))] = random.randrange(256)
        yield bytes(changed)
    changed = bytearray(data)
    at, size = random.randrange(100, len(data)), random.choice((4, 100, 4096))
    changed[at : at + size] = random.randbytes(len(changed[at : at + size]))
    yield bytes(changed)


@pytest.mark.parametrize("name", [name for name in CASES if name.endswith(".sql")])
def test_a_damaged_database_is_read_or_refused_in_words_of_ours(name: str) -> None:
    whole = contents(name)
    for seed in range(40):
        for data in _broken(whole, Random(seed)):  # noqa: S311 - no secret
            with suppress(ExportError):  # any other error fails the test
                given = Input(data)
                for reader in READERS:
                    if reader.matches(given):
                        assert reader.read(given, Notices())


ODD = (None, 7, 1.5, float("inf"), b"\xff\x00", "", "{", "[[1]]", "x", 2**63 - 1, b"\x28\xb5\x2f\xfd")


def test_wrong_types_in_every_column_are_no_error() -> None:
    schema = re.sub(r" NOT NULL| PRIMARY KEY|, PRIMARY KEY \(.*?\)", "", HUB_SCHEMA.replace(" TEXT", " ANY"))
    with closing(sqlite3.connect(":memory:")) as connection:
        connection.executescript(schema)
        for table, columns in Input(database(schema)).tables.items():
            query = f"INSERT INTO {table} VALUES ({', '.join('?' * len(columns))})"  # noqa: S608 - our own
            connection.executemany(query, [(one,) * len(columns) for one in ODD])
        connection.commit()
        data = connection.serialize()
    sessions = read(data)
    assert len({session.id for session in sessions}) == len(sessions) >= len(ODD)


def test_a_python_without_sqlite_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "sqlite3", None)
    with pytest.raises(PackageMissing), sqlite.opened(Input(DATABASE)):
        pass


def _table(*rows: tuple[Any, Any]) -> bytes:
    with closing(sqlite3.connect(":memory:")) as connection:
        connection.executescript(TABLE)
        connection.executemany("INSERT INTO t VALUES (?, ?)", rows)
        connection.commit()
        return connection.serialize()
