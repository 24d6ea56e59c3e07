"""What is of no known kind is described by names and counts: nothing that could be content is printed."""

from __future__ import annotations

import json
import sqlite3

import pytest

import py_export
from py_export.errors import NotRecognised, ReadError

SECRETS = [
    "my password is hunter",
    "sk-ant-api03-0123456789abcdefghij",
    "5f0c0000-0000-4000-8000-000000000001",
    "somebody@example.org",
    "w" * 41,
    "+49 30 123456",
    "",
]


def _described(data: bytes, files: dict[str, bytes] | None = None) -> str:
    with pytest.raises(NotRecognised) as refused:
        py_export.read(data, files=files)
    return str(refused.value)


def _database(names: list[str]) -> bytes:
    database = sqlite3.connect(":memory:")
    for name in names:
        database.execute(f'CREATE TABLE "{name}" (id)')
    return database.serialize()


@pytest.mark.parametrize("secret", SECRETS)
def test_a_key_that_is_no_name_is_counted_and_not_printed(secret: str) -> None:
    record = json.dumps({"turns": [], secret: secret}).encode()
    for data in (record, record + b"\n" + record + b"\n", _database(["turns", secret or "to whom"])):
        said = _described(data)
        assert "turns" in said
        assert "1 that are no names" in said
        assert not secret or secret not in said


def test_an_ending_that_is_none_is_not_printed() -> None:
    said = _described(b"", {"a.my password": b"x", "b.0123456789": b"y", "c.txt": b"z"})
    assert "2 without extension" in said
    assert "1 txt" in said
    assert "password" not in said


@pytest.mark.parametrize("data", [b"", b"{}", b"[]", b"null", b"\0" * 99, b'{"a"', b"hello", b"[1, 2]", b"\xff\xfe"])
def test_no_input_is_no_session_and_no_success(data: bytes) -> None:
    with pytest.raises(ReadError):
        py_export.read(data)
