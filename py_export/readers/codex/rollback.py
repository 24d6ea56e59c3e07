"""Turns that the user took back: what follows them goes on from before them, so that they are a branch of their own."""

from __future__ import annotations

from collections.abc import Sequence

from py_export.model import Event, Message
from py_export.readers.records import values


def tie(messages: Sequence[Message]) -> None:
    """Set every message's parent, where turns were taken back; else each follows the one before it, unsaid."""
    if not any(_taken_back(message) for message in messages):
        return
    above: str | None = None
    begins: list[str | None] = []
    for message in messages:
        message.parent_id = above
        count = _taken_back(message)
        if count:
            kept = max(0, len(begins) - count)
            above = begins[kept] if kept < len(begins) else above
            del begins[kept:]
            continue
        if message.role == "user" and not message.hidden and message.sub_agent is None:
            begins.append(above)
        above = message.id


def _taken_back(message: Message) -> int:
    """Return how many of the user's turns a message takes back."""
    block = message.blocks[0] if len(message.blocks) == 1 else None
    if not isinstance(block, Event) or block.name != "turns-taken-back":
        return 0
    return values.count(block.data.get("turns")) or 0
