"""A session's usage events and tool calls, in the order in which their messages stand."""

from __future__ import annotations

from collections.abc import Iterator
from math import isclose
from typing import Any, NamedTuple

from py_export.model import Message, Session, ToolCall, Usage
from py_export.transforms import measure
from py_export.transforms.analytics.pricing import Prices
from py_export.transforms.analytics.records import ToolUse, UsageEvent
from py_export.transforms.shown import duration


class Called(NamedTuple):
    """A call of a tool: what is counted of it, the call itself, and the message that holds it."""

    use: ToolUse
    call: ToolCall
    message: Message


def events(session: Session) -> list[UsageEvent]:
    """Return what each API message of a session took, last what the session itself says beyond them."""
    found = [event for event, _ in _answers(session)]
    beyond = _beyond(session)
    if beyond is not None:
        found.append(
            UsageEvent(
                session_id=session.id,
                number=len(found) + 1,
                timestamp=session.created_at if session.updated_at is None else session.updated_at,
                type="session",
                model=session.model,
                provider=session.provider,
                usage=beyond,
            )
        )
    return found


def of_messages(session: Session, prices: Prices) -> dict[int, UsageEvent]:
    """Return the usage event of each message that holds one, by its ``id()``; the same ones as ``events``."""
    messages = [message for _, message in _answers(session)]
    return dict(zip(map(id, messages), prices.estimated(events(session)), strict=False))


def calls(session: Session) -> Iterator[Called]:
    """Yield every call of a tool, those of sub-agents too; those of hidden messages count for nothing."""
    number = 0
    messages = list(measure.walk(session.messages))
    alone = None if any(one.model is not None for one in messages) else session.model
    for message in messages:
        if message.hidden:
            continue
        for block in message.blocks:
            if isinstance(block, ToolCall):
                number += 1
                yield Called(_use(session, message, block, number, alone), block, message)


def facts(session: Session) -> dict[str, Any]:
    """Return what is known of a session as a whole, by the names that ``SessionTotal`` has for it."""
    return {
        "id": session.id,
        "title": session.title,
        "app": session.source.app,
        "app_version": session.source.version,
        "provider": session.provider,
        "model": session.model,
        "workspace": session.workspace,
        "created_at": session.created_at,
        "updated_at": session.updated_at,
        "duration_ms": measure.duration(session.messages) if session.duration_ms is None else session.duration_ms,
        "counts": measure.counts(session.messages) if session.counts is None else session.counts,
    }


def _answers(session: Session) -> Iterator[tuple[UsageEvent, Message]]:
    """Yield the event of each API message, and the message that holds its last record."""
    messages = list(measure.walk(session.messages))
    told = any(one.usage is not None for one in messages)
    last: dict[str, Message] = {}
    for number, message in enumerate(messages):
        if message.usage is not None if told else _is_answer(message):
            last[message.api_id if message.api_id is not None else f"\n{number}"] = message
    alone = None if any(one.model is not None for one in messages) else session.model
    for number, message in enumerate(last.values(), 1):
        event = UsageEvent(
            session_id=session.id,
            number=number,
            timestamp=message.created_at,
            model=message.model if alone is None else alone,
            provider=session.provider,
            message_id=message.id,
            sub_agent=message.sub_agent is not None,
            usage=message.usage or Usage(),
        )
        yield event, message


def _is_answer(message: Message) -> bool:
    return message.role == "assistant" and not message.hidden


def _use(session: Session, message: Message, call: ToolCall, number: int, alone: str | None) -> ToolUse:
    return ToolUse(
        session_id=session.id,
        number=number,
        timestamp=message.created_at if call.started_at is None else call.started_at,
        name=call.name,
        kind=call.kind,
        status=call.status,
        duration_ms=duration(call),
        model=message.model if alone is None else alone,
        message_id=message.id,
        sub_agent=message.sub_agent is not None,
    )


def _beyond(session: Session) -> Usage | None:
    """Return by how much the session's own total differs from the sum of its messages; a part of one has no such."""
    whole, part = session.usage, session.range
    if whole is None or (part is not None and part.to - part.from_ + 1 < part.of):
        return None
    counted = measure.usage(session.messages) or Usage()
    found = {}
    for name in Usage.__struct_fields__:
        total, known = getattr(whole, name), getattr(counted, name)
        if total is not None and (known is None or not isclose(total, known)):  # a sum of dollars is rounded
            found[name] = total - (known or 0)
    return Usage(**found) if any(found.values()) else None
