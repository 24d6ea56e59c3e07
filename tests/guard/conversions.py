"""The hot paths of Python, each on made-up sessions that are the same every time."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import py_export
from py_export.cli import main
from tests.benchmarks import data
from tests.engine.bridging import Handles, opened
from tests.guard.counts import Counts, counted

from py_export_bridge import Job  # isort: skip - importable since the line before the last

MESSAGES = 240
BYTES = 360_000


def conversions(folder: Path) -> Iterator[tuple[str, Counts]]:
    """Yield each path's name with what it costs; files are written into a folder."""
    for name, work in _paths(folder).items():
        yield name, counted(work)


def _paths(folder: Path) -> dict[str, Callable[[], object]]:
    payload = b"".join(data.payload(MESSAGES, BYTES))
    transcript = b"".join(data.claude_code(MESSAGES, BYTES))
    file = folder / "transcript.jsonl"
    file.write_bytes(transcript)
    paths: dict[str, Callable[[], object]] = {"read: claude-code": partial(_read, transcript)}
    for to in ("markdown", "json", "jsonl", "html"):
        paths[f"page: {to}"] = partial(_in_the_page, payload, to)
        paths[f"command: {to}"] = partial(_by_command, file, to)
    return paths


def _read(transcript: bytes) -> object:
    """Read as a program does that uses the library."""
    return [len(session.messages) for session in py_export.read(transcript)]


def _in_the_page(payload: bytes, to: str) -> None:
    """Export as the worker does."""
    job = Job(opened(Handles({"": payload})), json.dumps({"to": to, "options": {"timezone": "UTC"}}))
    size = 0
    while (slice_ := job.step()) is not None:
        size += len(slice_)
    assert size > BYTES // 2, job.report


def _by_command(file: Path, to: str) -> None:
    """Convert as a person does on the command line."""
    assert main(["convert", str(file), "--to", to, "-o", os.devnull]) == 0
