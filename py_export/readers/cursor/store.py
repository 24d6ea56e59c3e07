"""``store.db``: one chat of Cursor's command line program, messages by their hash and a list that orders them."""

from __future__ import annotations

from hashlib import sha256
from typing import Any

from py_export import jsontext
from py_export.errors import ReadError, Unreadable
from py_export.model import Json, Message, Role, Session, Source, Thinking, ToolCall
from py_export.notices import Notices
from py_export.readers import sqlite
from py_export.readers.cursor import bubbles
from py_export.readers.cursor.titles import first_words
from py_export.readers.cursor.transcript import prompt
from py_export.readers.input import Input
from py_export.readers.records import claude, media, results, tools, values
from py_export.readers.records.draft import Draft, Result
from py_export.readers.timeline import arrange
from py_export.transforms import measure

_ID = 32  # bytes of a SHA-256
_LISTED = (b"\x0a\x20", b"\x12\x20")
"""How a root names a blob: Protocol Buffers' field 1 or 2, of 32 bytes."""

_ROLES: dict[str, Role] = {"user": "user", "assistant": "assistant", "system": "system", "tool": "tool"}


def matches(given: Input) -> bool:
    """Return whether this is a database of blobs and what is said of them."""
    tables = given.tables
    return tables.get("blobs", frozenset()) >= {"id", "data"} and tables.get("meta", frozenset()) >= {"key", "value"}


def read(given: Input, notices: Notices) -> list[Session]:
    """
    Read the chat.

    Raises:
        Unreadable: No message is in it.
    """
    with sqlite.opened(given) as database:
        about = _about(database, notices)
        blobs = {
            sqlite.text(name): data if isinstance(data, bytes) else b""
            for name, data in database.rows("blobs", ["id", "data"], notices=notices)
        }
    drafts = [_draft(name, record, notices) for name, record in _ordered(about, blobs, notices)]
    if not drafts:
        raise Unreadable(reason="no message in the database")
    messages = arrange([one for pair in drafts for one in pair], {}, notices)
    return [
        Session(
            id=values.identifier(about.get("agentId")) or _named(drafts),
            title=values.string(about.get("name")) or first_words(messages),
            source=Source("cursor", "cursor"),
            created_at=values.moment(about.get("createdAt")),
            model=bubbles.model(about.get("lastUsedModel")),
            counts=measure.counts(messages),
            messages=messages,
            metadata={key: value for key, value in about.items() if key not in ("agentId", "name", "createdAt")},
        )
    ]


def _about(database: sqlite.Database, notices: Notices) -> dict[str, Any]:
    """Return what is said of the chat: JSON, written as hexadecimal digits."""
    for _, value in database.rows("meta", ["key", "value"], notices=notices):
        text = sqlite.text(value)
        for data in (_unhexed(text), text.encode()):
            try:
                found = jsontext.decode(data)
            except ReadError:
                continue
            if isinstance(found, dict):
                return found
    return {}


def _ordered(about: dict[str, Any], blobs: dict[str, bytes], notices: Notices) -> list[tuple[str, Json]]:
    """Return the messages in the order of the latest root; without one, in that in which they lie."""
    root = blobs.get(sqlite.text(about.get("latestRootBlobId")), b"")
    names = _listed(root)
    missing = sum(name not in blobs for name in names)
    if missing:
        notices.add("message_missing", count=missing)
    found = [(name, record) for name in names or blobs if (record := _message(blobs.get(name, b""))) is not None]
    listed = set(names or blobs)
    left = sum(_message(data) is not None for name, data in blobs.items() if name not in listed)
    if left:
        notices.add("unlisted_left_out", count=left)
    return found


def _listed(root: bytes) -> list[str]:
    names, at = [], 0
    while root[at : at + 2] in _LISTED and len(root) >= at + 2 + _ID:
        names.append(root[at + 2 : at + 2 + _ID].hex())
        at += 2 + _ID
    return names


def _message(data: bytes) -> dict[str, Any] | None:
    """Return the message that a blob is, None of a blob that is a list or a part of the program's state."""
    if not data.startswith(b"{"):
        return None
    try:
        record = jsontext.decode(data)
    except ReadError:
        return None
    return record if isinstance(record, dict) and isinstance(record.get("role"), str) else None


def _draft(name: str, record: Json, notices: Notices) -> list[Draft]:
    where = f"blob {name[:12]}"
    message = Message(id=name, role=_ROLES.get(record["role"], "event"), hidden=record["role"] == "system")
    draft = Draft(message, where, notices, sources=[record], transcript=True)
    content = values.items(record.get("content"))
    if message.role == "user":
        around = prompt(draft, content, message.role)
        return [draft] if around is None else [around, draft]
    for block in content:
        if not _tool(draft, block):
            claude.content(draft, block)
    return [draft]


def _tool(draft: Draft, block: Json) -> bool:
    """Decode a call, a result or a thought as this program writes it; return whether the block is one."""
    record = values.mapping(block)
    kind = record.get("type")
    call_id = values.identifier(record.get("toolCallId"))
    if kind == "tool-call":
        call = ToolCall(
            call_id, values.string(record.get("toolName")) or "unknown", input=values.first(record, "args", "input")
        )
        draft.add(tools.describe(call))
    elif kind == "tool-result":
        given = values.first(record, "result", "output")
        failed = values.first(record, "isError", "is_error")
        found = results.result(given, is_error=None if failed is None else values.flag(failed))
        results.report_unknown(found, draft.notices, draft.where)
        draft.results.append(Result(call_id, found))
    elif kind == "reasoning":
        said = values.text(record.get("text"))
        draft.add(*([Thinking(said)] if said else []))
    elif kind == "image" and isinstance(record.get("image"), str):
        draft.add(media.image({**record, "url": record["image"]}))
    else:
        return False
    return True


def _named(drafts: list[list[Draft]]) -> str:
    """Return a name for a chat that has none: of what it holds, so that two chats have two."""
    ids = (draft.message.id for pair in drafts for draft in pair)
    return sha256("\n".join(ids).encode("utf-8", "replace")).hexdigest()[:16]


def _unhexed(text: str) -> bytes:
    try:
        return bytes.fromhex(text)
    except ValueError:
        return b""
