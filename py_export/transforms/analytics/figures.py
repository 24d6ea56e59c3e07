"""Sums of usage events and tool calls."""

from __future__ import annotations

from typing import Protocol

from msgspec import field

from py_export.model import Counts, ToolKind, Usage
from py_export.transforms.analytics.records import Figure, prompt_tokens


class Sums(Protocol):
    """
    What several API messages took; every sum below holds these, after what it is the sum of.

    Attributes:
        requests: How many API messages.
        tool_calls: How many calls of tools.
        usage: The sum of what was recorded; in it what none of them says is left out.
        estimated_cost_usd: The sum of what a price table says of those whose cost was not recorded; None where that
            is none of them.
        unpriced: Of how many requests neither is known.
    """

    @property
    def requests(self) -> int:
        """Return how many."""
        ...

    @property
    def tool_calls(self) -> int:
        """Return how many."""
        ...

    @property
    def usage(self) -> Usage:
        """Return the sum."""
        ...

    @property
    def estimated_cost_usd(self) -> float | None:
        """Return the sum."""
        ...

    @property
    def unpriced(self) -> int:
        """Return how many."""
        ...


class Totals(Figure, frozen=True, kw_only=True, omit_defaults=False):
    """The sum of everything. ``first_at`` and ``last_at`` are the first and the last time that is known."""

    sessions: int = 0
    requests: int = 0
    tool_calls: int = 0
    usage: Usage = field(default_factory=Usage)
    estimated_cost_usd: float | None = None
    unpriced: int = 0
    failed_tool_calls: int = 0
    first_at: int | None = None
    last_at: int | None = None


class DayTotal(Figure, frozen=True, kw_only=True, omit_defaults=False):
    """One day, ``2026-01-31`` in the period's zone; None is what has no time."""

    day: str | None
    requests: int = 0
    tool_calls: int = 0
    usage: Usage = field(default_factory=Usage)
    estimated_cost_usd: float | None = None
    unpriced: int = 0


class ModelTotal(Figure, frozen=True, kw_only=True, omit_defaults=False):
    """One model; None is what names none. Its tool calls are those that it made."""

    model: str | None
    sessions: int = 0
    requests: int = 0
    tool_calls: int = 0
    usage: Usage = field(default_factory=Usage)
    estimated_cost_usd: float | None = None
    unpriced: int = 0


class SessionTotal(Figure, frozen=True, kw_only=True, omit_defaults=False):
    """One session: what is known of it as a whole, and what it took, as far as that lies within the period."""

    id: str
    title: str | None = None
    app: str | None = None
    app_version: str | None = None
    provider: str | None = None
    model: str | None = None
    workspace: str | None = None
    created_at: int | None = None
    updated_at: int | None = None
    duration_ms: int | None = None
    counts: Counts | None = None
    requests: int = 0
    tool_calls: int = 0
    usage: Usage = field(default_factory=Usage)
    estimated_cost_usd: float | None = None
    unpriced: int = 0
    first_at: int | None = None
    last_at: int | None = None


class ToolCount(Figure, frozen=True, kw_only=True, omit_defaults=False):
    """
    One tool, by its name.

    Attributes:
        failed: How often it failed, was denied or was cancelled.
        sessions: In how many sessions it was called.
        duration_ms: How long those calls took together whose duration is known; None where that is none.
    """

    name: str
    kind: ToolKind
    calls: int = 0
    failed: int = 0
    sessions: int = 0
    duration_ms: int | None = None


def tokens(usage: Usage) -> int | None:
    """Return all tokens together, the cache's included; None where none is known."""
    known = [count for count in (prompt_tokens(usage), usage.output_tokens) if count is not None]
    return sum(known) if known else None
