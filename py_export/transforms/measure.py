"""A session's figures, from its messages: tokens, counts, duration, model. Sub-agents' messages are part of them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from py_export.model import Counts, Message, ToolCall, Usage

_FAILED = frozenset({"error", "denied", "cancelled"})


def usage(messages: list[Message]) -> Usage | None:
    """Return the tokens and cost of all messages, hidden ones too; an API message counts once, by its last record."""
    last: dict[str, Usage] = {}
    alone: list[Usage] = []
    for message in walk(messages):
        if message.usage is None:
            continue
        if message.api_id is not None:
            last[message.api_id] = message.usage
        else:
            alone.append(message.usage)
    return total((*last.values(), *alone))


def total(usages: Iterable[Usage]) -> Usage | None:
    """Return the sum of figures; what none of them knows is unknown, and nothing known is None."""
    found = Usage()
    for one in usages:
        for name in Usage.__struct_fields__:
            value = getattr(one, name)
            if value is not None:
                setattr(found, name, (getattr(found, name) or 0) + value)
    return None if found == Usage() else found


def carriers(messages: list[Message]) -> frozenset[int]:
    """
    Return the ``id()`` of each message whose figures count: of those that share an API message, the last.

    Whoever prints figures message by message prints them there, so that they add up to ``usage``.
    """
    last = {one.api_id or id(one): id(one) for one in walk(messages) if one.usage is not None}
    return frozenset(last.values())


def counts(messages: list[Message]) -> Counts:
    """Return how much the messages hold, hidden ones aside; a file counts once, where a call did not fail."""
    found = Counts()
    read: set[str] = set()
    written: set[str] = set()
    for message in walk(messages):
        if message.hidden:
            continue
        found.messages += 1
        found.user_messages += message.role == "user" and message.sub_agent is None
        found.assistant_messages += message.role == "assistant"
        for block in message.blocks:
            if type(block) is ToolCall:
                found.tool_calls += 1
                if block.status not in _FAILED and block.kind in ("read", "write", "edit"):
                    (read if block.kind == "read" else written).update(block.paths)
    found.files_read, found.files_written = len(read), len(written)
    return found


def duration(messages: list[Message]) -> int | None:
    """Return the milliseconds from the first to the last message that is shown and whose time is known."""
    times = [one.created_at for one in walk(messages) if one.created_at is not None and not one.hidden]
    return max(times) - min(times) if times else None


def model(messages: list[Message]) -> str | None:
    """Return the model that wrote last, sub-agents aside."""
    return next(
        (message.model for message in reversed(messages) if message.model is not None and message.sub_agent is None),
        None,
    )


class Walked(list[Message]):
    """Every message of a session, as ``walk`` yields them: for whoever asks for several figures."""


def walk(messages: list[Message]) -> Iterator[Message]:
    """Yield every message, those of sub-agents after the message that holds their call."""
    if type(messages) is Walked:
        yield from messages
        return
    for message in messages:
        yield message
        for block in message.blocks:
            if type(block) is ToolCall and block.messages:
                yield from walk(block.messages)
