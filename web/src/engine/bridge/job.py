"""An export in steps, so that an abort is seen between them."""

from __future__ import annotations

import json
from collections.abc import Generator, Iterator
from time import monotonic
from typing import Any

from py_export.convert import written
from py_export.errors import ExportError
from py_export.writers import messages_in
from py_export_bridge.file import File
from py_export_bridge.prepared import Prepared
from py_export_bridge.reports import described, failure

STEP = 0.012
"""Seconds of writing between two looks at the worker's messages: below a frame, far above the cost of looking."""

MOST = 1 << 19
"""Bytes that are handed over at a time: they are there twice while they are joined, and memory never shrinks again."""


class Job:
    """
    One export of an open file, done by calling ``step`` until it returns None; then ``report`` says how it ended.

    Attributes:
        done: Messages written.
        total: Messages in the session; 0 until it is selected.
        report: ``{filename, mediaType, messages, notices}``, of several sessions ``failed`` too, else
            ``{failure: {code, where, params}}``, as JSON.
    """

    def __init__(self, file: File, request: str) -> None:
        self.done = self.total = 0
        self.report = ""
        self._steps = self._run(file, json.loads(request))

    def step(self) -> bytes | None:
        """Work for a short while and return the next bytes of the document, perhaps none; None is the end."""
        try:
            return next(self._steps, None)
        except ExportError as error:
            self.report = json.dumps({"failure": failure(error)})
            return None

    def close(self) -> None:
        """Drop the work that is left, and what it holds."""
        self._steps.close()

    def _run(self, file: File, request: dict[str, Any]) -> Generator[bytes]:
        numbers = request.get("sessions") or [None]
        return self._several(file, request, numbers) if len(numbers) > 1 else self._one(file, request, numbers[0])

    def _one(self, file: File, request: dict[str, Any], number: int | None) -> Generator[bytes]:
        prepared = file.prepare(request, number)
        self.total = len(prepared.session.messages)
        yield b""
        yield from self._sliced(prepared)
        self.done = self.total
        self.report = json.dumps(described(prepared, request.get("pattern")))

    def _several(self, file: File, request: dict[str, Any], numbers: list[int]) -> Generator[bytes]:
        from py_export_bridge.several import Several  # noqa: PLC0415 - few exports are of several, and zips take a while

        several = Several(file, request, numbers)
        self.total = several.total
        yield b""
        held: list[bytes] = []
        end = monotonic() + STEP
        for chunk in several.written():
            held.append(chunk)
            if monotonic() > end:
                self.done = several.done
                yield b"".join(held)
                held.clear()
                end = monotonic() + STEP
        yield b"".join(held)
        self.done = self.total
        self.report = json.dumps(several.report())

    def _sliced(self, prepared: Prepared) -> Iterator[bytes]:
        """Join what is written within a step."""
        session, writer, options, notices = prepared
        size, units = prepared.source_size, max(prepared.units, 1)
        held: list[bytes] = []
        number = length = told = 0
        end = monotonic() + STEP
        for chunk in written(session, writer, options, notices):
            held.append(chunk)
            number += messages_in(chunk)
            length += len(chunk)
            # What comes after the last message may take a while.
            if length - told > MOST or monotonic() > end or number == units:
                done = self.total * length // size if size else self.total * number // units
                self.done = min(done, self.total)
                yield b"".join(held)
                held.clear()
                told = length
                end = monotonic() + STEP
        yield b"".join(held)
