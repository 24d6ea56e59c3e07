"""Tool calls in a replay: each starts and ends, several side by side where their times say so."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from py_export.markdown import one_line
from py_export.model import ToolCall
from py_export.transforms.reason import reason
from py_export.transforms.replay.events import Event, FileChanged, ToolEnded, ToolStarted
from py_export.transforms.replay.pace import Pace
from py_export.transforms.replay.said import Said
from py_export.transforms.shown import Shown, duration

_FAILED = frozenset({"error", "denied", "cancelled"})
_HALF_A_SECOND = 500


@dataclass(slots=True)
class Running:
    """A call that has started: its number, and when it ends, where that is known."""

    call: ToolCall
    number: int
    where: str
    ends: int | None


@dataclass(slots=True)
class Calls:
    """The calls of a replay, numbered from 1 on, and those that run."""

    shown: Shown
    said: Said
    pace: Pace
    count: int = 0
    running: list[Running] = field(default_factory=list)

    def start(self, call: ToolCall, where: str) -> Iterator[Event]:
        """Yield the end of each call that is over by then, and the call's start."""
        yield from self.end(call.started_at)
        full = self.shown.options.tools == "full"
        self.pace.wait(call.started_at)
        self.count += 1
        subject = call.subject or call.description
        yield ToolStarted(
            at=self.pace.at,
            clock=self.shown.time(call.started_at),
            call=self.count,
            name=one_line(call.name) or self.said.word("markdown.unnamed"),
            kind=call.kind,
            subject=one_line(subject) if subject and subject.strip() else None,
            steps=tuple(call.steps),
            input=self.said.input(call, where) if full else None,
        )
        self.running.append(Running(call, self.count, where, _ends(call)))

    def end(self, by: int | None = None) -> Iterator[Event]:
        """Yield the end of each call that runs and is over at a time; without one, of all."""
        over = [one for one in self.running if by is None or one.ends is None or one.ends <= by]
        if not over:
            return
        self.running = [one for one in self.running if one not in over]
        if all(one.ends is not None for one in over):
            over.sort(key=lambda one: one.ends or 0)
        for one in over:
            yield from self._ended(one)

    def _ended(self, one: Running) -> Iterator[Event]:
        call = one.call
        took = duration(call)
        self.pace.wait(one.ends, otherwise=_HALF_A_SECOND if took is None else took)
        failed = call.status in _FAILED
        yield ToolEnded(
            at=self.pace.at,
            clock=self.shown.time(one.ends),
            call=one.number,
            status=call.status,
            took_ms=took,
            exit_code=call.result.exit_code if call.result is not None else None,
            reason=(reason(call) or None) if failed else None,
            output=self.said.output(call, one.where) if self.shown.options.tools == "full" else None,
        )
        if failed:
            return
        for path in call.paths:
            if call.kind in ("write", "edit"):
                yield FileChanged(at=self.pace.at, call=one.number, path=one_line(path), change=call.kind)


def _ends(call: ToolCall) -> int | None:
    if call.ended_at is not None or call.started_at is None or call.duration_ms is None:
        return call.ended_at
    return call.started_at + call.duration_ms
