"""Token figures of every provider, as the model counts them: fresh input, cache reads and writes apart."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from py_export.model import Json, Usage
from py_export.readers.records import values
from py_export.readers.records.draft import Draft

_NOTHING = Usage()


def claude(value: Json) -> Usage | None:
    """Return the usage of an Anthropic API message; its input does not include the cache's."""
    record = values.mapping(value)
    return known(
        Usage(
            input_tokens=_count(record, "input_tokens", "inputTokens"),
            output_tokens=_count(record, "output_tokens", "outputTokens"),
            cache_read_tokens=_count(record, "cache_read_input_tokens", "cacheReadInputTokens"),
            cache_write_tokens=_count(record, "cache_creation_input_tokens", "cacheCreationInputTokens"),
        ),
    )


def codex(value: Json) -> Usage | None:
    """Return one reading of Codex's counter; its input includes the cache's, its output the reasoning."""
    record = values.mapping(value)
    found = Usage(
        input_tokens=_count(record, "input_tokens", "inputTokens", "prompt_tokens", "prompt"),
        output_tokens=_count(record, "output_tokens", "outputTokens", "completion_tokens", "completion"),
        cache_read_tokens=_count(
            record, "cached_input_tokens", "cachedInputTokens", "cache_read_input_tokens", "cacheReadInputTokens"
        ),
        cache_write_tokens=_count(record, "cache_write_input_tokens", "cacheWriteInputTokens"),
        reasoning_tokens=_count(record, "reasoning_output_tokens", "reasoningOutputTokens"),
    )
    if found.input_tokens is not None:
        found.input_tokens = max(0, found.input_tokens - (found.cache_read_tokens or 0))
    return known(found)


def counter(data: dict[str, Any]) -> tuple[Usage | None, Usage | None] | None:
    """Return a token counter's last call and total so far; None where it cannot be read."""
    info = values.mapping(values.first(data, "info", "usage")) or data
    last = codex(values.first(info, "last", "last_token_usage", "lastTokenUsage"))
    total = codex(values.first(info, "total", "total_token_usage", "totalTokenUsage"))
    if last is None and total is None:
        last = codex(info)
    return None if last is None and total is None else (last, total)


def settle(drafts: Iterable[Draft]) -> None:
    """
    Give each counter's reading the usage that it adds.

    Totals run on and readings repeat, so what counts is how much the total grew; the first total may hold an
    earlier session's, so there the last call's usage is taken where it is known, as it is where a total shrank.
    """
    before: Usage | None = None
    for draft in drafts:
        if draft.tokens is None:
            continue
        last, total = draft.tokens
        grown = _difference(total, before)
        if grown is None:
            draft.message.usage = last or total
        elif grown != Usage():
            draft.message.usage = grown
        before = total or before


def _difference(total: Usage | None, before: Usage | None) -> Usage | None:
    if total is None or before is None:
        return None
    grown = Usage()
    for name in Usage.__struct_fields__:
        now = getattr(total, name)
        if now is None:
            continue
        more = now - (getattr(before, name) or 0)
        if more < 0:
            return None
        if more:
            setattr(grown, name, more)
    return grown


def _count(record: dict[str, Any], *names: str) -> int | None:
    value = record.get(names[0])
    if type(value) is int and value >= 0:  # as every provider writes it today
        return value
    return values.count(values.first(record, *names))


def known(usage: Usage) -> Usage | None:
    """Return a usage that says something."""
    return None if usage == _NOTHING else usage
