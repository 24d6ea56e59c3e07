"""A HAPI hub's export, versions 1 and 2: ``{schemaVersion, exportedAt, session, messages[, scratchlist]}``."""

from __future__ import annotations

import hashlib
from typing import Any

from py_export.errors import InvalidPayload, NewerVersion, WarningBody
from py_export.model import Document, Header, Json, Session
from py_export.notices import Notices
from py_export.readers import hapi_header, hapi_rows
from py_export.readers.dialect import is_own
from py_export.readers.input import Input
from py_export.readers.records import values
from py_export.readers.records.draft import Draft
from py_export.readers.timeline import arrange
from py_export.transforms import measure

NEWEST = 2
"""The newest version of the hub's document that this reader knows."""

_SESSION_KEYS = frozenset(
    [
        "namespace",
        "agentState",
        "agentStateVersion",
        "metadataVersion",
        "activeAt",
        "thinkingAt",
        "permissionMode",
        "collaborationMode",
    ],
)
_REFUSAL_KEYS = frozenset({"type", "error", "code", "count", "limit", "estimatedBytes", "maxBytes"})


def matches(given: Input) -> bool:
    """Return whether this is a hub's document, or what a hub sends instead. With a ``generator`` it is ours."""
    document = given.object
    if is_own(document.get("generator")):
        return False
    if "session" not in document and "messages" not in document:
        return bool(document) and document.keys() <= _REFUSAL_KEYS and ("error" in document or _is_warning(document))
    session, messages = document.get("session"), document.get("messages")
    if not isinstance(session, dict) or not isinstance(messages, list):
        return False
    if any(isinstance(message, dict) and "content" in message and "blocks" not in message for message in messages):
        return True
    if not messages and "exportedAt" in document and "schemaVersion" in document:
        return True  # an empty session, which need say nothing of itself; ours was asked before
    metadata = values.mapping(session.get("metadata"))
    return bool(_SESSION_KEYS & session.keys()) or {"path", "host"} <= metadata.keys()


def read(given: Input, notices: Notices) -> list[Session]:
    """
    Read a hub's document.

    Raises:
        InvalidPayload: It is no such document; ``where`` names the place.
        NewerVersion: A newer hub wrote it.
        WarningBody: The hub refused to send the session at once and says how large it is.
    """
    document = _document(given)
    # Sessions without an id must not take each other's place in a store: what they hold names them.
    session, visible = decode(document, hashlib.sha256(given.data).hexdigest()[:16], notices)
    session.document = Document("hapi", given.data, visible)
    return [session]


def decode(document: dict[str, Any], nameless: str, notices: Notices) -> tuple[Session, list[bool]]:
    """
    Return the session of a hub's document, and for each of its messages whether the hub's chat shows it.

    Args:
        document: ``session`` is an object and ``messages`` a list; what they hold may be anything.
        nameless: The id of a session that has none.
        notices: Where what could not be read is reported.
    """
    about = document["session"]
    drafts, visible = _drafts(document["messages"], notices)
    messages = arrange(drafts, hapi_header.requests(about.get("agentState")), notices)
    head = hapi_header.header(about, nameless, notices)
    head.usage = measure.usage(messages)
    head.counts = measure.counts(messages)
    head.duration_ms = measure.duration(messages)
    head.model = head.model or measure.model(messages)
    session = Session(
        **_members(head),
        messages=messages,
        notes=hapi_header.notes(document.get("scratchlist"), notices),
        exported_at=hapi_rows.time(document, "exportedAt", "", notices),
    )
    return session, visible


def _document(given: Input) -> dict[str, Any]:
    """Return the document, its dialect and its version judged, in that order."""
    document = given.json
    if not isinstance(document, dict):
        raise InvalidPayload(reason="the document is not an object")
    if is_own(document.get("generator")):
        raise InvalidPayload("generator", reason="this is a payload of py-export, not of a hub")
    if "session" not in document and "messages" not in document:
        _refuse(document)
    _judge(document.get("schemaVersion"))
    if not isinstance(document.get("session"), dict):
        raise InvalidPayload("session", reason="session is not an object")
    if not isinstance(document.get("messages"), list):
        raise InvalidPayload("messages", reason="messages is not a list")
    return document


def _refuse(document: dict[str, Any]) -> None:
    """Raise what a hub's answer without a session means."""
    if _is_warning(document):
        limit = values.first(document, "limit", "maxBytes")
        raise WarningBody(count=values.count(document.get("count")) or 0, limit=values.count(limit) or 0)
    if "error" in document:
        raise InvalidPayload("error", reason="the hub answered with an error instead of a session")
    raise InvalidPayload(reason="there is no session in it")


def _is_warning(document: dict[str, Any]) -> bool:
    if document.get("type") in ("warning", "too-large") or document.get("code") == "session_export_too_large":
        return True
    return "error" in document and "count" in document and "limit" in document


def _judge(version: Json) -> None:
    """Refuse a version that is none, or newer than this reader; one that is not said is the first."""
    if version is None:
        return
    number = values.integer(values.numeral(version))
    if number is None or number < 1:
        raise InvalidPayload("schemaVersion", reason="schemaVersion is not a version")
    if number > NEWEST:
        raise NewerVersion("schemaVersion", found=number, known=NEWEST)


def _drafts(messages: list[Json], notices: Notices) -> tuple[list[Draft], list[bool]]:
    """Return the rows decoded, in the hub's order; and for each, in the document's, whether the chat shows it."""
    decoded = [hapi_rows.decode(row, number, notices) for number, row in enumerate(messages)]
    keys = _order(messages)
    order = sorted(range(len(messages)), key=keys.__getitem__)
    return [decoded[number][0] for number in order], [visible for _, visible in decoded]


def _order(messages: list[Json]) -> list[tuple[float, float]]:
    """Return each row's place in time; one that does not say stays behind the row before it."""
    keys: list[tuple[float, float]] = []
    at = seq = float("-inf")
    for row in messages:
        record = values.mapping(row)
        at = next((time for key in ("invokedAt", "createdAt") if (time := _number(record.get(key))) is not None), at)
        number = _number(record.get("seq"))
        seq = seq if number is None else number
        keys.append((at, seq))
    return keys


def _number(value: Json) -> float | None:
    return value if isinstance(value, (int, float)) and not isinstance(value, bool) else None


def _members(head: Header) -> dict[str, Any]:
    return {name: getattr(head, name) for name in Header.__struct_fields__}
