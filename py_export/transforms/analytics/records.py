"""The records that everything is counted from: what one API message took, and one call of a tool."""

from __future__ import annotations

from typing import Literal

from msgspec import Struct, field

from py_export.model import ToolKind, ToolStatus, Usage, camel

EventType = Literal["message", "session"]

FAILED: frozenset[ToolStatus] = frozenset({"error", "denied", "cancelled"})
"""How a call ends that did not do what it was to do."""


class Figure(Struct, rename=camel, omit_defaults=True, frozen=True):
    """A part of what is counted: names and defaults in JSON as the model has them, and unchangeable."""


class UsageEvent(Figure, frozen=True, kw_only=True):
    """
    What one API message took.

    Attributes:
        number: Its place among the events of its session, from 1.
        timestamp: When its last record was written.
        type: ``message``; ``session`` is what the session's own total says beyond its messages (below, where it is
            less), at the session's end.
        provider: As the session names it.
        message_id: The message that holds its last record.
        sub_agent: Whether a sub-agent wrote it.
        usage: Its figures, the cost as it was recorded.
        estimated_cost_usd: What it cost by a price table; only where no cost was recorded.
    """

    session_id: str
    number: int
    timestamp: int | None = None
    type: EventType = field(default_factory=lambda: "message")
    model: str | None = None
    provider: str | None = None
    message_id: str | None = None
    sub_agent: bool = False
    usage: Usage = field(default_factory=Usage)
    estimated_cost_usd: float | None = None

    @property
    def prompt_tokens(self) -> int | None:
        """Return all that the model was given: fresh input, cache reads and writes; None where none is known."""
        return prompt_tokens(self.usage)


class ToolUse(Figure, frozen=True, kw_only=True):
    """
    One call of a tool.

    Attributes:
        number: Its place among the calls of its session, from 1.
        timestamp: When it was called, else when the message that calls it was written.
        message_id: The message that calls it.
        model: The model that called it.
    """

    session_id: str
    number: int
    timestamp: int | None = None
    name: str
    kind: ToolKind
    status: ToolStatus
    duration_ms: int | None = None
    model: str | None = None
    message_id: str | None = None
    sub_agent: bool = False

    @property
    def failed(self) -> bool:
        """Return whether it failed, was denied or was cancelled."""
        return self.status in FAILED


def prompt_tokens(usage: Usage) -> int | None:
    """Return all that a model was given: fresh input, cache reads and writes; None where none is known."""
    parts = (usage.input_tokens, usage.cache_read_tokens, usage.cache_write_tokens)
    known = [part for part in parts if part is not None]
    return sum(known) if known else None
