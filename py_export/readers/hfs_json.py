"""
HFS's JSON: schema version "1.0.0", and its older forms without a metadata block, which are migrated step by step.

A message may have ``blocks`` (the full trace), or only ``content``. What is broken is kept as an unknown block or left
out, each with a notice; a newer version is refused.
"""

from __future__ import annotations

from typing import Any

from py_export.errors import InvalidPayload
from py_export.model import Header, Json, Message, Session
from py_export.notices import Notices
from py_export.readers import hfs_legacy
from py_export.readers.input import Input
from py_export.readers.migrations import migrate
from py_export.readers.records import values
from py_export.readers.records.actors import role
from py_export.readers.validated import header, message
from py_export.schema_hfs import canonical
from py_export.transforms import measure

_FIELDS = frozenset(Header.__struct_fields__)
_KNOWN = frozenset(Message.__struct_fields__) | {"content"}
_TIMES = ("createdAt", "updatedAt", "startedAt", "endedAt")


def matches(given: Input) -> bool:
    """Return whether the document's metadata say a schema version, or its messages plainly who said what."""
    if given.is_own:
        return False
    document = given.object
    if "messages" not in document:
        return False
    return "schema_version" in values.mapping(document.get("metadata")) or hfs_legacy.is_legacy(document)


def read(given: Input, notices: Notices) -> list[Session]:
    """
    Read one session.

    Raises:
        InvalidPayload: There is no session object, no list of messages, or no version that is known.
        NewerVersion: A later version of the format.
    """
    document = values.mapping(given.json)
    version = hfs_legacy.version(document)
    document = migrate(document, "hfs-json", version, "metadata.schema_version", notices)
    raw, about = document.get("messages"), values.mapping(document.get("metadata"))
    if not isinstance(raw, list):
        raise InvalidPayload("messages", reason="not a list")
    messages = [_message(item, f"messages[{at}]", notices) for at, item in enumerate(raw)]
    notes = [_message(item, f"notes[{at}]", notices) for at, item in enumerate(values.sequence(document.get("notes")))]
    head = _header(document.get("session"), messages, notices)
    return [
        Session(
            **{name: getattr(head, name) for name in Header.__struct_fields__},
            messages=messages,
            notes=notes,
            exported_at=_moment(about.get("exported_at"), "metadata.exported_at", notices),
        )
    ]


def _header(raw: Json, messages: list[Message], notices: Notices) -> Header:
    if not isinstance(raw, dict):
        raise InvalidPayload("session", reason="not an object")
    own = {key: value for key, value in raw.items() if key not in _FIELDS}
    record = _timed(values.mapping(canonical(raw)), "session", notices)
    if not isinstance(record.get("id"), str):
        record["id"] = values.identifier(record.get("id"))
        if record["id"] is None:
            notices.add("session_id_missing", "session.id")
            record["id"] = "session"
    head = header(record, notices)
    head.metadata = own | head.metadata
    head.source.format = head.source.format or "hfs-json"
    if head.usage is None:
        head.usage = measure.usage(messages)
    if head.counts is None:
        head.counts = measure.counts(messages)
    if head.duration_ms is None:
        head.duration_ms = measure.duration(messages)
    return head


def _message(raw: Json, where: str, notices: Notices) -> Message:
    if not isinstance(raw, dict):
        return message(raw, where, notices)
    record = _timed(values.mapping(canonical(raw)), where, notices)
    record["id"] = values.identifier(record.get("id")) or where
    if "blocks" not in record:
        said = values.text(record.get("content"))
        kept = {"type": "unknown", "record": record.get("content")}
        record["blocks"] = [kept if said is None else {"type": "text", "text": said}]
    actor = values.string(record.get("role"))
    known = role(actor)
    if known is None:
        notices.add("unknown_actor", where)
        record["author"] = record.get("author") or actor
    found = message(record | {"role": known or "assistant"}, where, notices)
    if not _KNOWN.issuperset(raw):
        found.source = raw  # whose further fields have no place in the model
    return found


def _timed(record: Any, where: str, notices: Notices) -> Any:  # noqa: ANN401 - a JSON value
    """Return a record with its own times, and those of its blocks and of the messages below them, as milliseconds."""
    if not isinstance(record, dict):
        return record
    found = dict(record)
    for key in _TIMES:
        if found.get(key) is not None:
            found[key] = _moment(found[key], f"{where}.{key}", notices)
    for key in ("blocks", "messages"):
        if isinstance(found.get(key), list):
            found[key] = [_timed(item, f"{where}.{key}[{at}]", notices) for at, item in enumerate(found[key])]
    return found


def _moment(value: Json, where: str, notices: Notices) -> int | None:
    if type(value) is int:
        return value
    found = values.moment(value)
    if found is None and value is not None:
        notices.add("time_unreadable", where)
    return found
