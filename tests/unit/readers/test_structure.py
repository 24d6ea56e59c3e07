"""An input that no reader knows is described by its structure, and by nothing that it says."""

from __future__ import annotations

import json
from time import perf_counter

import pytest

from py_export.readers import Input

SAID = "elderberry"


@pytest.mark.parametrize(
    ("data", "structure"),
    [
        (b"", "empty"),
        (b"one", "3 bytes in 1 line, not JSON"),
        (f"{SAID}\nand more".encode(), "19 bytes in 2 lines, not JSON"),
        (f'{{"b": "{SAID}", "a": 1}}'.encode(), "JSON object with 2 keys: a, b"),
        (f'["{SAID}"]'.encode(), "JSON list of 1 items"),
        (b'"%s"' % SAID.encode(), "JSON str"),
        (b'{"a": 1}\n{"a": 2}', "2 lines of JSON, the first with the keys a"),
        (b"\xff\xfe\x00\x01", "4 bytes in 1 line, not JSON"),
    ],
)
def test_keys_and_counts_are_told_and_no_content(data: bytes, structure: str) -> None:
    assert Input(data).structure() == structure


def test_a_key_that_is_no_name_is_counted_and_cannot_play_tricks_with_a_terminal_or_a_page() -> None:
    told = Input(json.dumps({"k" * 100: 1, "\x1b[31m": 2, "\u202egnp.exe": 3, "name": 4}).encode()).structure()
    assert told == "JSON object with 4 keys: name, 3 that are no names"


def test_a_large_file_that_is_no_text_is_told_at_once() -> None:
    begun = perf_counter()
    assert Input(b"\x00\x9f\x92\x96" * 2_000_000).structure() == "8000000 bytes in 1 line, not JSON"
    assert perf_counter() - begun < 1
