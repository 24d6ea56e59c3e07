"""Makes records of Claude Code's and of Codex's logs, one line of Python each, and reads them."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Any

from py_export import Notices, Session, read
from py_export.model import Json, Message, Text
from py_export.transforms.measure import walk

SESSION = "5f0c0000-0000-4000-8000-000000000001"


def lines(*records: Json) -> bytes:
    """Return records as JSON Lines."""
    return b"".join(json.dumps(record).encode() + b"\n" for record in records)


def one(*records: Json, notices: Notices | None = None, files: Mapping[str, bytes] | None = None) -> Session:
    """Return the one session of records."""
    (session,) = read(lines(*records), files=files, notices=notices)
    return session


def said(messages: Iterable[Message]) -> list[tuple[str, str]]:
    """Return who says what, of what is shown."""
    return [
        (message.role, block.text)
        for message in messages
        for block in message.blocks
        if isinstance(block, Text) and not message.hidden
    ]


def told(session: Session) -> list[tuple[str, str]]:
    """Return who says what in a session and below its calls."""
    return said(walk(session.messages))


def claude(kind: str, uuid: str, parent: str | None = None, **more: Json) -> dict[str, Any]:
    """Return a record of Claude Code's; the uuid's digits are its time in seconds."""
    second = int("".join(filter(str.isdigit, uuid)) or 0)
    return {
        "parentUuid": parent,
        "isSidechain": False,
        "cwd": "/w",
        "sessionId": SESSION,
        "version": "2.1.7",
        "type": kind,
        "uuid": uuid,
        "timestamp": f"2026-01-02T03:{second // 60:02d}:{second % 60:02d}.000Z",
        **more,
    }


def prompt(uuid: str, content: Json, parent: str | None = None, **more: Json) -> dict[str, Any]:
    """Return a user's record."""
    return claude("user", uuid, parent, message={"role": "user", "content": content}, **more)


def answer(
    uuid: str, identity: str, *blocks: Json, parent: str | None = None, out: int = 1, **more: Json
) -> dict[str, Any]:
    """Return a record of an API message; text stands for its block."""
    content = [{"type": "text", "text": block} if isinstance(block, str) else block for block in blocks]
    usage = {"input_tokens": 2, "output_tokens": out}
    message = {"id": identity, "role": "assistant", "model": "m", "content": content, "usage": usage}
    more.setdefault("requestId", f"req-{identity}")
    return claude("assistant", uuid, parent, message=message, **more)


def use(identity: str, name: str = "Bash", **given: Json) -> dict[str, Any]:
    """Return a tool call's block."""
    return {"type": "tool_use", "id": identity, "name": name, "input": given}


def result(uuid: str, call: str, content: Json, parent: str | None = None, **more: Json) -> dict[str, Any]:
    """Return the record of a tool's result."""
    return prompt(uuid, [{"type": "tool_result", "tool_use_id": call, "content": content}], parent, **more)


def meta(identity: str = "0199aaaa-0000-7000-8000-000000000001", **more: Json) -> dict[str, Any]:
    """Return the first record of a rollout."""
    return rollout("session_meta", id=identity, cwd="/w", cli_version="0.104.0", source="cli", **more)


def rollout(kind: str, /, **payload: Json) -> dict[str, Any]:
    """Return a record of a rollout."""
    return {"timestamp": "2026-02-01T10:00:00.000Z", "type": kind, "payload": payload}


def item(kind: str, **payload: Json) -> dict[str, Any]:
    """Return an item of the model's conversation."""
    return rollout("response_item", type=kind, **payload)


def event(kind: str, **payload: Json) -> dict[str, Any]:
    """Return an event of the screen's."""
    return rollout("event_msg", type=kind, **payload)


def spoken(role: str, *texts: str) -> dict[str, Any]:
    """Return a message of the model's conversation."""
    kind = "output_text" if role == "assistant" else "input_text"
    return item("message", role=role, content=[{"type": kind, "text": text} for text in texts])


def tokens(total: tuple[int, int, int], last: tuple[int, int, int]) -> dict[str, Any]:
    """Return a reading of Codex's counter: input, of which cached, and output."""
    names = ("input_tokens", "cached_input_tokens", "output_tokens")
    readings = {"total_token_usage": total, "last_token_usage": last}
    info = {name: dict(zip(names, figures, strict=True)) for name, figures in readings.items()}
    return event("token_count", info=info)
