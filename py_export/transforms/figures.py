"""A session's figures for charts and tables: what was spent step by step and by model, and the tools that were used."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import chain, islice

import msgspec
from msgspec.structs import astuple

from py_export.model import Message, ToolCall, Usage
from py_export.transforms.measure import add, walk

_FAILED = frozenset({"error", "denied", "cancelled"})


@dataclass(slots=True)
class Spent:
    """
    What one API message, or several in a row, took.

    Attributes:
        first: The number of the first API message, from 1.
        last: The number of the last one; the same where it is one.
        since: When the first was written, Unix milliseconds.
        until: When the last was written.
        usage: The sum; None where nothing is known.
    """

    first: int
    last: int
    since: int | None
    until: int | None
    model: str | None
    usage: Usage


@dataclass(slots=True)
class Tool:
    """How often a tool was called, and how often it failed, was denied or was cancelled."""

    name: str
    calls: int = 0
    failed: int = 0


@dataclass(slots=True)
class Model:
    """What one model wrote: its API messages, and their sum."""

    name: str | None
    answers: int = 0
    usage: Usage = field(default_factory=Usage)


def spent(messages: list[Message]) -> list[Spent]:
    """Return what each API message took, by its last record, in the order of their first ones."""
    last: dict[str, Message] = {}
    for number, message in enumerate(walk(messages)):
        if message.usage is not None:
            last[message.api_id if message.api_id is not None else f"\n{number}"] = message
    return [
        Spent(number, number, one.created_at, one.created_at, one.model, one.usage)
        for number, one in enumerate(last.values(), 1)
        if one.usage is not None
    ]


class Packed(Collection[Spent]):
    """What many API messages took, in a tenth of the memory: each is made anew when it is looked at."""

    def __init__(self) -> None:
        self._parts: list[bytes] = []
        self._count = 0

    def add(self, more: Sequence[Spent]) -> None:
        """Add what later API messages took, none of which is one of those before."""
        rows = [(one.since, one.until, one.model, *astuple(one.usage)) for one in more]
        self._parts.append(msgspec.msgpack.encode(rows))
        self._count += len(more)

    def __len__(self) -> int:
        return self._count

    def __contains__(self, one: object) -> bool:
        return any(known == one for known in self)

    def __iter__(self) -> Iterator[Spent]:
        rows = chain.from_iterable(map(msgspec.msgpack.decode, self._parts))
        for number, (since, until, model, *usage) in enumerate(rows, 1):
            yield Spent(number, number, since, until, model, Usage(*usage))


def steps(found: Collection[Spent], most: int) -> list[Spent]:
    """Return the same in at most ``most`` steps, each of as many API messages in a row as the others."""
    size = max(1, -(-len(found) // most))
    each = iter(found)
    return [_joined(list(islice(each, size))) for _ in range(0, len(found), size)]


def models(found: Iterable[Spent]) -> list[Model]:
    """Return the models with what each took, the one that wrote most first."""
    by_name: dict[str | None, Model] = {}
    for one in found:
        model = by_name.setdefault(one.model, Model(one.model))
        model.answers += 1
        add(model.usage, one.usage)
    return sorted(by_name.values(), key=lambda model: (-(tokens(model.usage) or 0), -model.answers, model.name or ""))


def tools(messages: list[Message]) -> list[Tool]:
    """Return the tools that were called, those of sub-agents too, the one that was called most first."""
    return ranked(_used(messages))


def ranked(tools: Iterable[Tool]) -> list[Tool]:
    """Return tools, each once with all its calls, the one that was called most first."""
    by_name: dict[str, Tool] = {}
    for one in tools:
        known = by_name.setdefault(one.name, Tool(one.name))
        known.calls += one.calls
        known.failed += one.failed
    return sorted(by_name.values(), key=lambda tool: (-tool.calls, tool.name))


def _used(messages: list[Message]) -> Iterable[Tool]:
    by_name: dict[str, Tool] = {}
    for message in walk(messages):
        if message.hidden:
            continue
        for block in message.blocks:
            if isinstance(block, ToolCall):
                tool = by_name.setdefault(block.name, Tool(block.name))
                tool.calls += 1
                tool.failed += block.status in _FAILED
    return by_name.values()


def tokens(usage: Usage) -> int | None:
    """Return all tokens together, the cache's too; None where none is known."""
    counted = (usage.input_tokens, usage.output_tokens, usage.cache_read_tokens, usage.cache_write_tokens)
    known = [count for count in counted if count is not None]
    return sum(known) if known else None


def _joined(part: Sequence[Spent]) -> Spent:
    total = Usage()
    for one in part:
        add(total, one.usage)
    names = {one.model for one in part}
    return Spent(
        part[0].first, part[-1].last, part[0].since, part[-1].until, names.pop() if len(names) == 1 else None, total
    )
