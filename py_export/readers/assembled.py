"""A session from its messages and what its source says of it; what the source leaves open is measured."""

from __future__ import annotations

from typing import Any

from py_export.model import Message, Session, Source, Text
from py_export.readers.records import values
from py_export.transforms import measure


def session(  # noqa: PLR0913 - what a source may say of a session, by name
    identity: str,
    source: Source,
    messages: list[Message],
    *,
    title: str | None = None,
    created_at: int | None = None,
    updated_at: int | None = None,
    provider: str | None = None,
    workspace: str | None = None,
    leaf_id: str | None = None,
    metadata: dict[str, Any] | None = None,
) -> Session:
    """Return a session with its figures; without a title, what the person typed first is one."""
    times = [one.created_at for one in measure.walk(messages) if one.created_at is not None]
    return Session(
        id=identity,
        title=title or typed(messages),
        source=source,
        created_at=min(times, default=None) if created_at is None else created_at,
        updated_at=max(times, default=None) if updated_at is None else updated_at,
        duration_ms=measure.duration(messages),
        model=measure.model(messages),
        provider=provider,
        workspace=workspace,
        leaf_id=leaf_id,
        usage=measure.usage(messages),
        counts=measure.counts(messages),
        metadata=metadata or {},
        messages=messages,
    )


def typed(messages: list[Message]) -> str | None:
    """Return the first line of what a person typed first; a command of the console only where nothing else was."""
    command = None
    for message in messages:
        if message.role != "user" or message.hidden or message.sub_agent is not None:
            continue
        for block in message.blocks:
            line = first_line(block.text) if isinstance(block, Text) else None
            if line is not None and not line.startswith(("/", "!")):
                return line
            command = command or line
    return command


def first_line(text: str) -> str | None:
    """Return the first line that says something, as one line."""
    return next((values.one_line(line) for line in text.split("\n") if line.strip(values.JS_SPACE)), None)


def distinct(messages: list[Message]) -> None:
    """Make the ids of messages distinct: an id that comes again gets a number."""
    seen: dict[str, int] = {}
    for message in messages:
        times = seen[message.id] = seen.get(message.id, 0) + 1
        if times > 1:
            message.id = f"{message.id}:{times}"
