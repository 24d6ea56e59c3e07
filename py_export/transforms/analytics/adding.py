"""Adds up usage events and tool calls."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from py_export.model import Usage
from py_export.transforms.analytics.figures import ToolCount
from py_export.transforms.analytics.records import ToolUse, UsageEvent


class Adder:
    """Adds up events and calls; costs as the decimals that they were written as, so that 0.1 and 0.2 are 0.3."""

    def __init__(self) -> None:
        self._requests = self._calls = self._unpriced = 0
        self._usage = Usage()
        self._cost: Decimal | None = None
        self._estimate: Decimal | None = None
        self._first: int | None = None
        self._last: int | None = None
        self.failed = 0
        self.sessions: set[int] = set()

    def event(self, event: UsageEvent, session: int) -> None:
        """Add what an API message took; ``session`` tells sessions apart, whose ids may be the same."""
        self.sessions.add(session)
        self._at(event.timestamp)
        for name in Usage.__struct_fields__[:-1]:
            value = getattr(event.usage, name)
            if value is not None:
                setattr(self._usage, name, (getattr(self._usage, name) or 0) + value)
        if event.usage.cost_usd is not None:
            self._cost = (self._cost or 0) + Decimal(repr(event.usage.cost_usd))
        elif event.estimated_cost_usd is not None:
            self._estimate = (self._estimate or 0) + Decimal(repr(event.estimated_cost_usd))
        if event.type == "message":
            self._requests += 1
            self._unpriced += event.usage.cost_usd is None and event.estimated_cost_usd is None

    def call(self, use: ToolUse, session: int) -> None:
        """Add a call of a tool."""
        self.sessions.add(session)
        self._at(use.timestamp)
        self._calls += 1
        self.failed += use.failed

    @property
    def times(self) -> dict[str, Any]:
        """Return the first and the last time."""
        return {"first_at": self._first, "last_at": self._last}

    def sums(self) -> dict[str, Any]:
        """Return what every sum holds."""
        usage = self._usage
        usage.cost_usd = None if self._cost is None else float(self._cost)
        return {
            "requests": self._requests,
            "tool_calls": self._calls,
            "usage": usage,
            "estimated_cost_usd": None if self._estimate is None else float(self._estimate),
            "unpriced": self._unpriced,
        }

    def _at(self, at: int | None) -> None:
        if at is None:
            return
        self._first = at if self._first is None else min(self._first, at)
        self._last = at if self._last is None else max(self._last, at)


class ToolAdder:
    """Counts the calls of one tool."""

    def __init__(self, first: ToolUse) -> None:
        self._name, self._kind = first.name, first.kind
        self._calls = self._failed = 0
        self._took: int | None = None
        self._sessions: set[int] = set()

    def call(self, use: ToolUse, session: int) -> None:
        """Add a call."""
        self._sessions.add(session)
        self._calls += 1
        self._failed += use.failed
        if use.duration_ms is not None:
            self._took = (self._took or 0) + use.duration_ms

    def count(self) -> ToolCount:
        """Return what was counted."""
        return ToolCount(
            name=self._name,
            kind=self._kind,
            calls=self._calls,
            failed=self._failed,
            sessions=len(self._sessions),
            duration_ms=self._took,
        )
