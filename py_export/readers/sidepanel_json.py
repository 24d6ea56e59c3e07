"""
The sidepanel's JSON, version "1.0": ``{"version", "exportedAt", "session": {…, "metrics", "messages"}}``.

Fields beyond the format's own are kept: a session's in its metadata, a message's in its source.
"""

from __future__ import annotations

from typing import Any

from msgspec.structs import replace

from py_export.errors import InvalidPayload
from py_export.model import Block, Counts, Header, Json, Message, Role, Session, Source, Text, ToolCall, Unknown, Usage
from py_export.notices import Notices
from py_export.readers.input import Input
from py_export.readers.migrations import migrate
from py_export.readers.records import tools, values
from py_export.readers.records.actors import role
from py_export.transforms import measure

_HEADER = frozenset({"id", "title", "createdAt", "duration", "model", "provider", "metrics", "messages"})


def matches(given: Input) -> bool:
    """Return whether the document has a version, and a session that holds its messages."""
    if given.is_own:
        return False
    document = given.object
    session = values.mapping(document.get("session"))
    return "version" in document and "messages" not in document and isinstance(session.get("messages"), list)


def read(given: Input, notices: Notices) -> list[Session]:
    """
    Read one session.

    Raises:
        InvalidPayload: The document has no session object, or no list of messages.
        NewerVersion: A later version of the format.
    """
    document = values.mapping(given.json)
    document = migrate(document, "sidepanel-json", document.get("version"), "version", notices)
    raw = document.get("session")
    if not isinstance(raw, dict):
        raise InvalidPayload("session", reason="not an object")
    if not isinstance(raw.get("messages"), list):
        raise InvalidPayload("session.messages", reason="not a list")
    messages = [_message(item, f"session.messages[{at}]", notices) for at, item in enumerate(raw["messages"])]
    head = _header(raw, messages, notices)
    return [
        Session(
            **{name: getattr(head, name) for name in Header.__struct_fields__},
            messages=messages,
            exported_at=_time(document, "exportedAt", "", notices),
        )
    ]


def _header(raw: dict[str, Any], messages: list[Message], notices: Notices) -> Header:
    identity = values.identifier(raw.get("id"))
    if identity is None:
        notices.add("session_id_missing", "session.id")
    metrics = values.mapping(raw.get("metrics"))
    usage = _usage(metrics, values.first(metrics, "cost"))
    taken = values.count(raw.get("duration"))
    return Header(
        id=identity or "session",
        title=values.string(raw.get("title")),
        source=Source("sidepanel", "sidepanel-json"),
        created_at=_time(raw, "createdAt", "session", notices),
        updated_at=max((one.created_at for one in messages if one.created_at is not None), default=None),
        duration_ms=measure.duration(messages) if taken is None else taken,
        model=values.string(raw.get("model")),
        provider=values.string(raw.get("provider")),
        usage=usage or measure.usage(messages),
        counts=_counts(metrics, messages),
        metadata={key: value for key, value in raw.items() if key not in _HEADER},
    )


def _counts(metrics: dict[str, Any], messages: list[Message]) -> Counts:
    """Return how much the session holds: as it says, where the file may hold a part of it; the rest is counted."""
    found = measure.counts(messages)
    stated = {"messages": metrics.get("messageCount"), "tool_calls": metrics.get("toolCalls")}
    known = {name: number for name, value in stated.items() if (number := values.count(value)) is not None}
    return replace(found, **known)


def _message(raw: Json, where: str, notices: Notices) -> Message:
    if not isinstance(raw, dict):
        notices.add("unknown_record", where)
        return Message(id=where, role="event", blocks=[Unknown(raw)], source=raw)
    actor = values.string(raw.get("role"))
    known: Role | None = role(actor)
    if known is None:
        notices.add("unknown_actor", where)
    blocks: list[Block] = []
    said = values.text(raw.get("content"))
    if said:
        blocks.append(Text(said))
    elif said is None and raw.get("content") is not None:
        notices.add("unknown_record", f"{where}.content")
        blocks.append(Unknown(raw["content"]))
    calls = enumerate(values.items(raw.get("toolCalls")))
    blocks += [_call(item, f"{where}.toolCalls[{at}]", notices) for at, item in calls]
    return Message(
        id=values.identifier(raw.get("id")) or where,
        role=known or "assistant",
        author=None if known else actor,
        created_at=_time(raw, "timestamp", where, notices),
        utc_offset=values.offset(raw.get("timestamp")),
        usage=_usage(values.mapping(raw.get("usage")), None),
        blocks=blocks,
        source=raw,
    )


def _call(raw: Json, where: str, notices: Notices) -> Block:
    record = values.mapping(raw)
    name = values.string(record.get("name"))
    if name is None:
        notices.add("unknown_record", where)
        return Unknown(raw)
    taken = values.count(record.get("duration"))
    # The format does not say how a call ended; one that took its time has ended.
    call = ToolCall(name=name, input=record.get("args"), status="pending" if taken is None else "completed")
    call.duration_ms = taken
    return tools.describe(call)


def _usage(record: dict[str, Any], cost: Json) -> Usage | None:
    found = Usage(
        input_tokens=values.count(record.get("promptTokens")),
        output_tokens=values.count(record.get("completionTokens")),
        cost_usd=float(cost) if isinstance(cost, int | float) and not isinstance(cost, bool) else None,
    )
    return None if found == Usage() else found


def _time(record: dict[str, Any], key: str, where: str, notices: Notices) -> int | None:
    value = record.get(key)
    found = values.moment(value)
    if found is None and value is not None:
        notices.add("time_unreadable", f"{where}.{key}".lstrip("."))
    return found
