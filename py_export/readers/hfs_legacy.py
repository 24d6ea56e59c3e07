"""
HFS's exports from before they said their version, and how each becomes the next; which of them a document is.

* 0.1.0: the session's own fields at the top, beside ``messages``.
* 0.9.0: ``{"session", "messages"}``, without a ``metadata`` block; its messages may have ``blocks`` beside ``content``.
* 1.0.0: ``{"metadata": {"schema_version": "1.0.0", …}, "session", "messages"}``.
"""

from __future__ import annotations

from typing import Any

from py_export.notices import Notices
from py_export.readers.records import values

Document = dict[str, Any]

_RENAMED = {"name": "title", "session_id": "id", "timestamp": "created_at"}
"""What fields were called, and are called now."""

_OF_A_SESSION = frozenset({"id", "session_id", "name", "title", "created_at", "updated_at"})
_OTHERS = frozenset(
    {
        "schemaVersion",
        "generator",
        "version",
        "mapping",
        "history",
        "params",
        "childrenIds",
        "conversationId",
        "exportType",
    }
)
"""Documents with these are other programs', whatever their messages look like: chat applications' for the most part."""


def version(document: Document) -> object:
    """Return the version that a document says, or that it must be of."""
    stated = values.mapping(document.get("metadata")).get("schema_version")
    if stated is not None:
        return stated
    return "0.9.0" if isinstance(document.get("session"), dict) else "0.1.0"


def is_legacy(document: Document) -> bool:
    """Return whether a document is one of the older forms: its messages say role and content, and it no version."""
    messages = document.get("messages")
    if not isinstance(messages, list) or not messages or not _OTHERS.isdisjoint(document):
        return False
    if not all(isinstance(one, dict) and _speaks(one) for one in messages):
        return False
    return isinstance(document.get("session"), dict) or not _OF_A_SESSION.isdisjoint(document)


def with_session(document: Document, _notices: Notices) -> Document:
    """Return 0.9.0 from 0.1.0: what stood at the top is the session's."""
    top = {key: value for key, value in document.items() if key not in ("messages", "metadata", "exported_at")}
    kept = {key: value for key, value in document.items() if key in ("metadata", "exported_at")}
    return kept | {"session": top, "messages": document["messages"]}


def with_metadata(document: Document, notices: Notices) -> Document:
    """Return 1.0.0 from 0.9.0: a metadata block, and fields by their present names; the others as the session's own."""
    about = values.mapping(document.get("metadata"))
    session = _renamed(values.mapping(document.get("session")))
    others = {key: value for key, value in document.items() if key not in ("metadata", "session", "messages")}
    exported_at = others.pop("exported_at", None)
    if others:
        session["metadata"] = values.mapping(session.get("metadata")) | others
    if exported_at is None and "exported_at" not in about:
        notices.add("export_time_unknown", "metadata.exported_at")
    metadata = {"schema_version": "1.0.0"} | ({} if exported_at is None else {"exported_at": exported_at}) | about
    messages = [_renamed(one) if isinstance(one, dict) else one for one in values.sequence(document.get("messages"))]
    return {"metadata": metadata, "session": session, "messages": messages}


def _speaks(message: dict[str, Any]) -> bool:
    said = isinstance(message.get("role"), str) and isinstance(message.get("content"), str)
    return said and _OTHERS.isdisjoint(message)


def _renamed(record: dict[str, Any]) -> dict[str, Any]:
    """Return a record with its fields' present names; where it has both, the older stays as it is."""
    return {_RENAMED[key] if key in _RENAMED and _RENAMED[key] not in record else key: record[key] for key in record}
