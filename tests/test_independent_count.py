"""
Totals against an independent count: logs of three agents, added up by a few lines that know nothing of this program.

The count reads the files as their own programs wrote them; what is compared with it was read, converted to CSV and
added up from the cells, as a person would in a spreadsheet.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest

import py_export
from tests.checkout import ROOT

Count = tuple[int, int]
"""Tokens that models were given, the cache's included, and tokens that they wrote."""


def claude_code(text: str) -> Count:
    """Add up the answers: each has an id, and repeats its figures on every line that holds a part of it."""
    answers: dict[tuple[Any, Any], dict[str, int]] = {}
    for record in _records(text):
        message = record.get("message")
        if record.get("type") == "assistant" and isinstance(message, dict) and message.get("usage"):
            answers[message.get("id"), record.get("requestId")] = message["usage"]
    given = ("input_tokens", "cache_read_input_tokens", "cache_creation_input_tokens")
    return (
        sum(one.get(name) or 0 for one in answers.values() for name in given),
        sum(one.get("output_tokens") or 0 for one in answers.values()),
    )


def codex(text: str) -> Count:
    """Take the last reading of the counter that runs along: it is the total."""
    total: dict[str, int] = {}
    for record in _records(text):
        payload = record.get("payload")
        if isinstance(payload, dict) and payload.get("type") == "token_count" and payload.get("info"):
            total = payload["info"]["total_token_usage"]
    return total.get("input_tokens", 0), total.get("output_tokens", 0)


def gemini(text: str) -> Count:
    """Add up the answers; thoughts and tools' prompts are told apart from output and input."""
    tokens = [one["tokens"] for one in json.loads(text)["messages"] if one.get("tokens")]
    return (
        sum(one.get("input", 0) + one.get("tool", 0) for one in tokens),
        sum(one.get("output", 0) + one.get("thoughts", 0) for one in tokens),
    )


COUNTS: dict[str, Callable[[str], Count]] = {"claude-code": claude_code, "codex": codex, "gemini-cli": gemini}


def _records(text: str) -> Iterator[dict[str, Any]]:
    for line in text.split("\n"):
        with suppress(ValueError):
            record = json.loads(line)
            if isinstance(record, dict):
                yield record


def _by_the_table(path: Path) -> Count | None:
    """Return the sums of the table's cells; None of a file that is none of one agent's whole logs."""
    try:
        [session] = py_export.read(path.read_bytes())
    except (py_export.ExportError, ValueError):
        return None
    rows = list(csv.DictReader(io.StringIO(b"".join(py_export.write(session, "csv")).decode(), newline="")))
    return tuple(sum(int(row[name] or 0) for row in rows) for name in ("prompt_tokens", "completion_tokens"))  # type: ignore[return-value]


def _compared(folder: Path) -> tuple[int, list[str]]:
    """Return how many files hold figures, and which of them are counted otherwise."""
    compared, different = 0, []
    for name, count in COUNTS.items():
        for path in sorted((folder / name).rglob("*.json*")):
            if path.suffix not in (".json", ".jsonl"):
                continue
            with suppress(ValueError, KeyError, TypeError):
                expected = count(path.read_text(encoding="utf-8"))
                found = _by_the_table(path) if any(expected) else None
                if found is not None:
                    compared += 1
                    different += [f"{path.name}: {found} and not {expected}"] if found != expected else []
    return compared, different


def test_the_sums_of_real_logs_are_those_of_an_independent_count(samples: Path) -> None:
    compared, different = _compared(samples)
    assert compared > 5
    assert different == []


@pytest.mark.parametrize("name", sorted(COUNTS))
def test_the_sums_of_the_tests_own_logs_are_those_of_an_independent_count(name: str) -> None:
    compared = 0
    for path in sorted((ROOT / "tests" / "golden" / name).rglob("*.json*")):
        with suppress(ValueError, KeyError, TypeError):
            expected = COUNTS[name](path.read_text(encoding="utf-8"))
            if any(expected) and (found := _by_the_table(path)) is not None:
                compared += 1
                assert found == expected, path.name
    assert compared
