"""A session's figures, from its messages: tokens, counts, duration, model. Sub-agents' messages are part of them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

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
        add(found, one)
    return None if found == Usage() else found


def add(found: Usage, usage: Usage) -> None:
    """Add figures to others; what neither knows stays None."""
    # One by one: a session has tens of thousands of them, and to go by names takes three times as long.
    if usage.input_tokens is not None:
        found.input_tokens = (found.input_tokens or 0) + usage.input_tokens
    if usage.output_tokens is not None:
        found.output_tokens = (found.output_tokens or 0) + usage.output_tokens
    if usage.cache_read_tokens is not None:
        found.cache_read_tokens = (found.cache_read_tokens or 0) + usage.cache_read_tokens
    if usage.cache_write_tokens is not None:
        found.cache_write_tokens = (found.cache_write_tokens or 0) + usage.cache_write_tokens
    if usage.reasoning_tokens is not None:
        found.reasoning_tokens = (found.reasoning_tokens or 0) + usage.reasoning_tokens
    if usage.cost_usd is not None:
        found.cost_usd = (found.cost_usd or 0) + usage.cost_usd


def carriers(messages: list[Message]) -> frozenset[int]:
    """
    Return the ``id()`` of each message whose figures count: of those that share an API message, the last.

    Whoever prints figures message by message prints them there, so that they add up to ``usage``.
    """
    last = {one.api_id or id(one): id(one) for one in walk(messages) if one.usage is not None}
    return frozenset(last.values())


def counts(messages: list[Message]) -> Counts:
    """Return how much the messages hold, hidden ones aside; a file counts once, where a call did not fail."""
    return _counted(messages, set(), set())


def _counted(messages: list[Message], read: set[str], written: set[str]) -> Counts:
    """Do so, and add the files' paths to those that were read and written before."""
    found = Counts()
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


@dataclass(slots=True)
class Figures:
    """
    What the figures of messages and those of others have to be known by, so that they can be made one.

    Attributes:
        counts: How much the messages hold.
        usage: Their tokens and cost.
        model: The model that wrote last.
        times: The first and the last time, in Unix milliseconds.
        shown: Those of messages that are shown.
        read, written: The paths of files.
    """

    counts: Counts
    usage: Usage | None
    model: str | None
    times: tuple[int, int] | None
    shown: tuple[int, int] | None
    read: set[str]
    written: set[str]

    @classmethod
    def of(cls, messages: list[Message], every: list[Message]) -> Figures:
        """Return the figures of messages, ``every`` being they and those of their sub-agents."""
        read: set[str] = set()
        written: set[str] = set()
        counted = _counted(every, read, written)
        times = (one.created_at for one in every if one.created_at is not None)
        shown = (one.created_at for one in every if one.created_at is not None and not one.hidden)
        return cls(counted, usage(every), model(messages), _ends(times), _ends(shown), read, written)

    def take(self, later: Figures) -> None:
        """Make them those of later messages, too, none of which shares an API message with these."""
        mine, theirs = self.counts, later.counts
        self.read |= later.read
        self.written |= later.written
        self.counts = Counts(
            mine.messages + theirs.messages,
            mine.user_messages + theirs.user_messages,
            mine.assistant_messages + theirs.assistant_messages,
            mine.tool_calls + theirs.tool_calls,
            len(self.read),
            len(self.written),
        )
        self.usage = total(one for one in (self.usage, later.usage) if one is not None)
        self.model = later.model or self.model
        self.times = _ends((*(self.times or ()), *(later.times or ())))
        self.shown = _ends((*(self.shown or ()), *(later.shown or ())))

    @property
    def duration(self) -> int | None:
        """The milliseconds from the first to the last message that is shown."""
        return None if self.shown is None else self.shown[1] - self.shown[0]


def _ends(times: Iterable[int]) -> tuple[int, int] | None:
    known = list(times)
    return (min(known), max(known)) if known else None


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
