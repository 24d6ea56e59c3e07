"""Agents' transcripts are read to what the golden files say, and their words are all there, once."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest

from tests.golden.transcript_cases import CASES, FOLDER, paths, written


@pytest.mark.parametrize("case", CASES)
def test_a_transcript_is_read_as_its_golden_files_say(case: str) -> None:
    for path, text in zip(paths(case), written(case), strict=True):
        assert path.read_text(encoding="utf-8") == text, path.name


def _records(value: Any) -> Iterator[str]:  # noqa: ANN401 - a JSON value
    for message in value["messages"]:
        sources = message["source"] if isinstance(message["source"], list) else [message["source"]]
        yield from (json.dumps(source, sort_keys=True) for source in sources)
        for block in message["blocks"]:
            if block["type"] == "tool_call":
                yield from _records({"messages": block.get("messages", [])})


@pytest.mark.parametrize("case", [case for case in CASES if case.endswith(".jsonl")])
def test_every_record_is_the_source_of_one_message(case: str) -> None:
    (session,) = json.loads(paths(case)[0].read_text(encoding="utf-8"))["sessions"]
    whole = []
    for line in (FOLDER / case).read_bytes().split(b"\n")[:-1]:
        try:
            whole.append(json.dumps(json.loads(line.decode().replace("\\ud83d", "\\ufffd")), sort_keys=True))
        except ValueError:
            whole.append(json.dumps(line.decode()))
    found = list(_records(session))
    assert sorted(found) == sorted(whole)
