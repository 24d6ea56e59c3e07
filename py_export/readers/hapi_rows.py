"""One row of a HAPI hub's payload: its envelope opened, what it says decoded, and whether the hub's chat shows it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from py_export.model import Json, Message, Role
from py_export.notices import Notices
from py_export.readers.records import agy, claude, codex, events, media, said, tagged, values
from py_export.readers.records.draft import Draft

_NOTHING: tuple[Json, ...] = (None, "", [], {})
_ROLES: dict[str, Role] = {"system": "system", "developer": "system", "tool": "tool"}
_SPACE = f"[{values.JS_SPACE}]"
_STATES = "active|paused|complete|blocked|limited by budget|limited by usage"
_GOAL = re.compile(rf"Goal cleared\Z|Goal (?:{_STATES})(?:\Z|{_SPACE}+·{_SPACE})")
_SHOWN_SYSTEM = frozenset({"api_error", "turn_duration", "microcompact_boundary", "compact_boundary", "away_summary"})


@dataclass(slots=True)
class Envelope:
    """What a row carries: who speaks, what, and how it was sent."""

    role: str
    content: Json
    meta: dict[str, Any]


def decode(row: Json, number: int, notices: Notices) -> tuple[Draft, bool]:
    """Return the draft of the payload's message ``number``, from 0, and whether the chat shows it. Never raises."""
    record = values.mapping(row)
    where = f"messages[{number}]"
    message = Message(
        id=values.identifier(record.get("id")) or f"message-{number + 1}",
        seq=values.integer(record.get("seq")),
        role="assistant",
        created_at=time(record, "createdAt", where, notices),
    )
    draft = Draft(message, where, notices, sources=[row])
    envelope = unwrap(record.get("content")) or (_envelope(record) if isinstance(row, dict) else None)
    if not isinstance(row, dict) or (envelope is None and "content" not in row):
        draft.unknown(row)
    elif envelope is None:
        _bare(draft, record.get("content"))
    elif envelope.role == "user":
        message.role = "user"
        _user(draft, envelope)
    elif envelope.role in ("agent", "assistant"):
        _agent(draft, envelope.content)
    elif isinstance(envelope.content, (str, list)) and draft.say(envelope.content):
        message.role = _ROLES.get(envelope.role, "event")
    else:
        draft.unknown(record["content"])
    visible = envelope is None or not _left_out(record, envelope)
    message.hidden = message.hidden or not visible
    return draft, visible


def unwrap(content: Json) -> Envelope | None:
    """Return the envelope that a content is, or holds in one of the places where hubs have put it."""
    if not isinstance(content, dict):
        return None
    for outer in (content, content.get("data"), content.get("payload")):
        for candidate in (outer if outer is content else None, values.mapping(outer).get("message")):
            found = _envelope(candidate)
            if found is not None:
                return found
    return None


def _envelope(value: Json) -> Envelope | None:
    record = values.mapping(value)
    role = record.get("role")
    if not isinstance(role, str) or "content" not in record:
        return None
    return Envelope(role, record["content"], values.mapping(record.get("meta")))


def _bare(draft: Draft, content: Json) -> None:
    """Decode a content without an envelope: a plain text is the agent's, anything else is not known."""
    if not isinstance(content, str):
        draft.unknown(content)
    else:
        said.agent_text(draft, content)


def _user(draft: Draft, envelope: Envelope) -> None:
    content = envelope.content
    if (
        isinstance(content, dict)
        and content.get("type") in ("text", None)
        and ("text" in content or "attachments" in content)
    ):
        _prompt(draft, content.get("text"), envelope.meta)
        for item in values.items(content.get("attachments")):
            _attach(draft, item)
    elif isinstance(content, dict) and content.get("type") == "text":
        draft.unread(values.beside(content, ("type",)))
    elif any(map(claude.is_block, values.items(content))):
        _blocks(draft, content)
    elif content not in _NOTHING:
        _prompt(draft, content, envelope.meta)


def _prompt(draft: Draft, value: Json, meta: dict[str, Any]) -> None:
    text = values.text(value)
    if text is None:
        if value is not None:
            draft.unknown(value)
    elif meta.get("sentFrom") != "cli" or not (tagged.notification(draft, text) or tagged.console(draft, text)):
        draft.say(text)
        draft.injected = draft.message.hidden = meta.get("sentFrom") == "cli" and tagged.is_injected(text)


def _attach(draft: Draft, item: Json) -> None:
    found = media.attachment(item)
    if found is not None:
        draft.add(found)
    elif item is not None:
        draft.unknown(item)


def _blocks(draft: Draft, content: Json) -> None:
    """Decode a prompt that came as blocks of an API message: the user's words, verbatim."""
    for block in values.items(content):
        said_by = block.get("text") if values.mapping(block).get("type") == "text" else block
        if not (isinstance(said_by, str) and draft.say(said_by)):
            claude.content(draft, block)


def _agent(draft: Draft, content: Json) -> None:
    record = values.mapping(content)
    kind, data = record.get("type"), record.get("data")
    if kind == "output" and isinstance(data, dict):
        if not agy.decode(draft, data):
            claude.decode(draft, data)
    elif kind == "codex" and isinstance(data, dict):
        codex.decode(draft, data)
    elif kind == "event" and isinstance(data, dict):
        if not events.lifecycle(draft, data):
            draft.unknown(data)
    elif any(map(claude.is_block, values.items(content))):
        claude.content(draft, content)
    elif isinstance(content, str):
        said.agent_text(draft, content)
    elif content not in _NOTHING:
        draft.unknown(content)
        draft.message.hidden = kind == "codex"


def _left_out(row: dict[str, Any], envelope: Envelope) -> bool:
    """Return whether the hub leaves the row out of its chat and its exports."""
    if envelope.role == "user":
        return "invokedAt" in row and row["invokedAt"] is None
    content = values.mapping(envelope.content)
    data = content.get("data")
    if envelope.role != "agent" or not isinstance(data, dict):
        return False
    kind = data.get("type")
    if content.get("type") == "event":
        text = values.first(data, "message", "text")
        return kind == "message" and isinstance(text, str) and _GOAL.match(text.strip(values.JS_SPACE)) is not None
    if content.get("type") != "output":
        return False
    if (
        values.truthy(data.get("isMeta"))
        or values.truthy(data.get("isCompactSummary"))
        or kind in ("rate_limit_event", "tool_progress")
    ):
        return True
    return kind == "system" and not (isinstance(data.get("subtype"), str) and data["subtype"] in _SHOWN_SYSTEM)


def time(record: dict[str, Any], key: str, where: str, notices: Notices) -> int | None:
    """Return a record's time in Unix milliseconds; one that is there and is none is reported."""
    value = record.get(key)
    found = values.milliseconds(value)
    if found is None and value is not None:
        notices.add("time_unreadable", f"{where}.{key}".lstrip("."))
    return found
