"""A hub's documents made by hand: rows of every kind, and the session around them."""

from __future__ import annotations

import json
from typing import Any

from py_export.model import Json, Message, Session, ToolCall
from py_export.notices import Notices
from py_export.readers import hapi
from py_export.readers.input import Input


def user(content: Json, **meta: Json) -> dict[str, Any]:
    return {"role": "user", "content": content, **({"meta": meta} if meta else {})}


def agent(content: Json) -> dict[str, Any]:
    return {"role": "agent", "content": content}


def output(data: Json) -> dict[str, Any]:
    return agent({"type": "output", "data": data})


def codex(data: Json) -> dict[str, Any]:
    return agent({"type": "codex", "data": data})


def event(data: Json) -> dict[str, Any]:
    return agent({"type": "event", "id": "e", "data": data})


def assistant(*blocks: Json, **record: Json) -> dict[str, Any]:
    message = {"content": list(blocks)} | record.pop("message", {})
    return output({"type": "assistant", "message": message, **record})


def turn(content: Json, **record: Json) -> dict[str, Any]:
    return output({"type": "user", "message": {"role": "user", "content": content}, **record})


def system(subtype: str, **record: Json) -> dict[str, Any]:
    return output({"type": "system", "subtype": subtype, **record})


def call(name: str, given: Json, identity: str = "t1") -> dict[str, Any]:
    return {"type": "tool_use", "id": identity, "name": name, "input": given}


def answer(content: Json, identity: str = "t1", **block: Json) -> dict[str, Any]:
    return {"type": "tool_result", "tool_use_id": identity, "content": content, **block}


def row(content: Json, number: int = 0, **members: Json) -> dict[str, Any]:
    fields = {"id": f"m{number}", "seq": number, "localId": None, "createdAt": 1_767_323_045_000 + 1000 * number}
    return fields | {"content": content} | members


def payload(*rows: Json, version: Json = 1, document: dict[str, Any] | None = None, **session: Json) -> dict[str, Any]:
    head = {
        "id": "0f3c9a72-1d2e-4b5c-8f90-a1b2c3d4e5f6",
        "namespace": "default",
        "seq": 1,
        "createdAt": 1_767_323_040_000,
        "updatedAt": 1_767_323_999_000,
        "active": False,
        "metadata": {"path": "/srv/garden", "host": "workbench"},
        "agentState": None,
    }
    return {
        "schemaVersion": version,
        "exportedAt": 1_767_400_000_000,
        "session": head | session,
        "messages": list(rows),
    } | (document or {})


def read(document: Json, notices: Notices | None = None) -> Session:
    data = document if isinstance(document, bytes) else json.dumps(document, ensure_ascii=False).encode()
    (session,) = hapi.read(Input(data), Notices() if notices is None else notices)
    return session


def read_rows(*contents: Json, notices: Notices | None = None, **session: Json) -> list[Message]:
    rows = [row(content, number) for number, content in enumerate(contents)]
    return read(payload(*rows, **session), notices).messages


def codes(notices: Notices) -> dict[str, int]:
    found: dict[str, int] = {}
    for notice in notices:
        found[notice.code] = found.get(notice.code, 0) + notice.count
    return found


def shown(messages: list[Message]) -> list[Message]:
    return [message for message in messages if not message.hidden]


def tool(message: Message) -> ToolCall:
    (found,) = [block for block in message.blocks if isinstance(block, ToolCall)]
    return found


def said(text: str, **record: Json) -> dict[str, Any]:
    return assistant({"type": "text", "text": text}, **record)
