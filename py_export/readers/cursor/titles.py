"""What a conversation is called that has no name."""

from __future__ import annotations

from collections.abc import Iterable

from py_export.model import Message, Text
from py_export.readers.records import values


def first_words(messages: Iterable[Message]) -> str | None:
    """Return the first line of what the person said first."""
    for message in messages:
        if message.role != "user" or message.hidden or message.sub_agent is not None:
            continue
        for block in message.blocks:
            if isinstance(block, Text):
                line = next(filter(None, (line.strip(values.JS_SPACE) for line in block.text.split("\n"))), None)
                if line is not None:
                    return line
    return None
