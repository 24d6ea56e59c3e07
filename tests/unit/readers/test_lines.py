"""JSON Lines after what may happen to a file: cut, damaged, written by two at once, filled with zeros."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from py_export import Notices
from py_export.readers.lines import records


def _read(data: bytes) -> tuple[list[tuple[str, object]], list[tuple[str, str]]]:
    notices = Notices()
    found = list(records(data, notices, "a: "))
    return found, [(notice.code, notice.where) for notice in notices]


@pytest.mark.parametrize(
    ("data", "found", "noticed"),
    [
        (b'{"a":1}\n\n\r\n{"b":2}\r\n', [("a: line 1", {"a": 1}), ("a: line 4", {"b": 2})], []),
        (b'{"a":1}\n{"b"', [("a: line 1", {"a": 1})], [("line_cut", "a: line 2")]),
        (b'{"a":1}', [("a: line 1", {"a": 1})], []),
        (b'{"a":\n{"b":2}\n', [("a: line 1", '{"a":'), ("a: line 2", {"b": 2})], [("line_broken", "a: line 1")]),
        (
            b'{"a":1}{"b":2} {"c"\n',
            [("a: line 1", {"a": 1}), ("a: line 1", {"b": 2}), ("a: line 1", '{"c"')],
            [("line_broken", "a: line 1")],
        ),
        (b'\0\0\0\0\n{"a":1}\0\0', [("a: line 2", {"a": 1})], []),
        ('{"a":"x\u2028\x85y"}\n'.encode(), [("a: line 1", {"a": "x\u2028\x85y"})], []),
        (b'{"a":"\\ud83d"}\n', [("a: line 1", {"a": "\ufffd"})], []),
        (b"", [], []),
    ],
)
def test_a_line_is_read_or_reported_with_its_place(data: bytes, found: object, noticed: object) -> None:
    assert _read(data) == (found, noticed)


def test_many_records_in_one_line_are_read_in_linear_time() -> None:
    found, _ = _read(b'{"a":1}' * 50_000)
    assert len(found) == 50_000


@given(st.lists(st.binary(max_size=20)))
def test_any_bytes_are_read(parts: list[bytes]) -> None:
    _read(b"\n".join(parts))
