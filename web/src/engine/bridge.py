"""The worker's side of Python: an export in steps, so that an abort is seen between them, and the table of formats."""

# ruff: noqa: INP001 - no package: the engine's archive holds it as py_export_bridge

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from importlib.machinery import ModuleSpec, PathFinder
from time import monotonic
from types import ModuleType
from typing import Any, Protocol


class _ArchivedExtensions:
    """Finds the shared library of an archived package in lib-dynload: it must be a file, the archive cannot hold it."""

    @staticmethod
    def find_spec(name: str, path: list[str] | None = None, _target: ModuleType | None = None) -> ModuleSpec | None:
        in_archive = path is not None and any(".zip" in place for place in path)
        return PathFinder.find_spec(name, [each for each in sys.path if "lib-dynload" in each]) if in_archive else None


sys.meta_path.append(_ArchivedExtensions)

import py_export  # noqa: E402 - pydantic_core is found by the line above
from py_export.convert import read, write  # noqa: E402
from py_export.errors import ExportError, UsageError  # noqa: E402
from py_export.notices import Notices  # noqa: E402
from py_export.options import parse  # noqa: E402
from py_export.writers import WRITERS, find_writer  # noqa: E402

STEP = 0.012
"""Seconds of writing between two looks at the worker's messages: below a frame, far above the cost of looking."""


class Buffer(Protocol):
    """A JavaScript Uint8Array, as Pyodide hands it over."""

    def to_bytes(self) -> bytes:
        """Copy it into Python's memory."""


class Job:
    """
    One export, done by calling ``step`` until it returns None; then ``report`` says how it ended, as JSON.

    Attributes:
        done: Messages written.
        total: Messages in the session; 0 until it is read.
        report: ``{filename, mediaType, messages, notices}``, or ``{failure: {code, where, params}}``.
    """

    def __init__(self, data: Buffer, request: str) -> None:
        self.done = self.total = 0
        self.report = ""
        self._steps = self._run(data.to_bytes(), json.loads(request))

    def step(self) -> bytes | None:
        """Work for a short while and return the next bytes of the file, perhaps none; None is the end."""
        try:
            return next(self._steps, None)
        except ExportError as error:
            self.report = json.dumps({"failure": {"code": error.code, "where": error.where, "params": error.params}})
            return None

    def close(self) -> None:
        """Drop the work that is left, and what it holds."""
        self._steps.close()

    def _run(self, data: bytes, request: dict[str, Any]) -> Iterator[bytes]:
        notices = Notices()
        writer = find_writer(request["to"])
        sessions = read(data, request.get("source"), exported_at=request.get("exportedAt"), notices=notices)
        if len(sessions) != 1:
            raise UsageError(reason="several_sessions", count=len(sessions))
        session = sessions[0]
        self.total = len(session.messages)
        yield b""
        # The JSON writer gives a payload back as it came, by size and not by message.
        size = len(session.document.data) if writer.id == "json" and session.document is not None else 0
        options = parse(writer.options, request.get("options"))
        yield from self._sliced(write(session, writer.id, options=options, notices=notices), size)
        self.done = self.total
        self.report = json.dumps(
            {
                "filename": py_export.filename(session, writer, options),
                "mediaType": writer.media_type,
                "messages": self.total,
                "notices": [
                    {"code": each.code, "count": each.count, "where": each.where, "params": each.params}
                    for each in notices
                ],
            }
        )

    def _sliced(self, chunks: Iterator[bytes], size: int) -> Iterator[bytes]:
        """Join what is written within a step. A chunk is a message's, or else a share of ``size`` bytes."""
        held: list[bytes] = []
        written = 0
        end = monotonic() + STEP
        for number, chunk in enumerate(chunks, 1):
            held.append(chunk)
            written += len(chunk)
            if monotonic() > end:
                self.done = min(self.total * written // size if size else number, self.total)
                yield b"".join(held)
                held.clear()
                end = monotonic() + STEP
        yield b"".join(held)


def formats() -> str:
    """Return the table of writers as JSON, each with the JSON Schema of its options."""
    return json.dumps(
        [
            {
                "id": writer.id,
                "extension": writer.extension,
                "mediaType": writer.media_type,
                "kind": writer.kind,
                "options": writer.options.model_json_schema(),
            }
            for writer in WRITERS
        ]
    )
