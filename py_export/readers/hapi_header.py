"""What a HAPI hub says of a session as a whole: its header, its notes, and what was decided about its tool calls."""

from __future__ import annotations

from typing import Any

from py_export.model import Header, Json, Message, Permission, Range, Source
from py_export.notices import Notices
from py_export.readers.hapi_rows import time
from py_export.readers.records import media, values
from py_export.readers.records.draft import Draft
from py_export.readers.timeline import Request


def header(session: dict[str, Any], nameless: str, notices: Notices) -> Header:
    """
    Return the session's header; what has no place of its own in it stays in ``metadata``, as the hub says it.

    ``nameless`` is the id of a session that has none.
    """
    left = dict(session)
    about = dict(values.mapping(left.get("metadata")))
    name = values.string(about.get("name"))
    path = values.string(about.get("path"))
    identity = values.identifier(session.get("id"))
    if identity is None:
        notices.add("session_id_missing", "session.id")
    found = Header(
        id=identity or nameless,
        title=name
        or values.string(values.mapping(about.get("summary")).get("text"))
        or _last_segment(path)
        or (identity or "")[:8]
        or None,
        source=Source(values.string(about.get("flavor")) or "hapi", "hapi", values.string(about.get("version"))),
        created_at=time(left, "createdAt", "session", notices),
        updated_at=time(left, "updatedAt", "session", notices),
        model=values.string(left.get("model")),
        workspace=path,
        range=_range(left.get("range")),
    )
    _placed(left, about, found, name)
    found.metadata = left
    return found


def notes(entries: Json, notices: Notices) -> list[Message]:
    """Return the operator's notes beside the session (the hub's scratchlist), by time and id."""
    found = []
    for number, entry in enumerate(values.sequence(entries)):
        record = values.mapping(entry)
        where = f"scratchlist[{number}]"
        identity = values.identifier(values.first(record, "entryId", "id")) or f"note-{number + 1}"
        created = time(record, "createdAt", where, notices)
        draft = Draft(Message(id=identity, role="user", created_at=created, source=entry), where, notices)
        text = record.get("text") if isinstance(entry, dict) else entry
        if not draft.say(text) and text is not None:
            draft.unknown(entry)
        for item in values.items(record.get("attachments")):
            attached = media.attachment(item)
            if attached is not None:
                draft.add(attached)
            elif item is not None:
                draft.unknown(item)
        found.append(draft.message)
    return sorted(found, key=lambda note: (note.created_at is None, note.created_at or 0, note.id))


def requests(state: Json) -> dict[str, Request]:
    """Return what the hub knows of tool calls that asked a person, by the call's id."""
    found: dict[str, Request] = {}
    for member, status in (("requests", "pending"), ("completedRequests", "approved")):
        for call_id, value in values.mapping(values.mapping(state).get(member)).items():
            record = values.mapping(value)
            permission = Permission(
                (values.string(record.get("status")) if member == "completedRequests" else None) or status,
                reason=values.string(record.get("reason")),
                mode=values.string(record.get("mode")),
                decision=values.string(record.get("decision")),
                answers=record.get("answers"),
            )
            found[call_id] = Request(permission, values.string(record.get("tool")), record.get("arguments"))
    return found


def _placed(left: dict[str, Any], about: dict[str, Any], found: Header, name: str | None) -> None:
    """Take out of ``left`` what the header says already, in the same words."""
    for key, value in (
        ("id", found.id),
        ("createdAt", found.created_at),
        ("updatedAt", found.updated_at),
        ("model", found.model),
    ):
        if key in left and value is not None and left[key] == value:
            del left[key]
    if found.range is not None:
        del left["range"]
    stated = {"name": name, "path": found.workspace, "flavor": found.source.app, "version": found.source.version}
    for key, value in stated.items():
        if value is not None and about.get(key) == value:
            del about[key]
    if "metadata" in left and isinstance(left["metadata"], dict):
        left["metadata"] = about


def _last_segment(path: str | None) -> str | None:
    parts = [part for part in (path or "").replace("\\", "/").split("/") if part.strip(values.JS_SPACE)]
    return parts[-1] if parts else None


def _range(value: Json) -> Range | None:
    record = values.mapping(value)
    first, last, of = (values.count(record.get(key)) for key in ("from", "to", "of"))
    return Range(first, last, of) if first is not None and last is not None and of is not None else None
