"""
Read the canonical payload, schemaVersion 1 (``py_export.schema`` derives its JSON Schema).

Additions are free: a key that this version does not know is ignored, and stays in the session's document. A message,
block or field that is not what the schema says is kept as an unknown block or left out, each with a notice.
"""

from __future__ import annotations

from typing import Any

import msgspec

from py_export import jsontext
from py_export.errors import InvalidPayload
from py_export.model import Document, Header, Message, Session
from py_export.notices import Notices
from py_export.readers.dialect import dialect, is_own
from py_export.readers.input import Input
from py_export.readers.migrations import migrate
from py_export.readers.slices import Sliced, sliced
from py_export.readers.validated import header, message
from py_export.schema import SCHEMA_VERSION

_PRESENT = b"%d" % SCHEMA_VERSION
_decoder = msgspec.json.Decoder(list[Message])


def matches(given: Input) -> bool:
    """Return whether the document is a canonical payload, or several in one."""
    if given.is_own:  # which leaves nothing to ask, and takes no time
        return True
    document = given.object
    return dialect(document) == "json" or (is_own(document.get("generator")) and "sessions" in document)


def read(given: Input, notices: Notices) -> list[Session]:
    """
    Read one payload, or each payload of ``sessions``.

    Raises:
        InvalidPayload: The document has no session object with an id, or no list of messages.
        NewerVersion: A later version of this program wrote it.
    """
    found = _sliced(given) or _split(given, notices)
    if found is not None:
        document = {name: jsontext.decode(bytes(value)) for name, value in found.members.items()}
        return [_read_one(given, document | {"messages": []}, notices, found)]
    document = given.json
    if not isinstance(document, dict):
        raise InvalidPayload(reason="not an object")
    if "sessions" in document and "messages" not in document:
        _present(document, notices)
        return _read_several(given, notices)
    return [_read_one(given, document, notices)]


def _sliced(given: Input) -> Sliced | None:
    """Return what is of this version and as this program writes it, from bytes that nothing has looked at before."""
    found = sliced(given.raw) if given.is_own else None
    return found if found is not None and bytes(found.members.get("schemaVersion", b"")) == _PRESENT else None


def _split(given: Input, notices: Notices) -> Sliced | None:
    """Return what is of this version, its messages apart, however they lie; None where there is no list of them."""
    parts = jsontext.members(given.data) if given.is_own else None
    if parts is None or "messages" not in parts or bytes(parts.get("schemaVersion", b"")) != _PRESENT:
        return None
    items = jsontext.items_of(parts.pop("messages"))
    if items is None:
        return None
    found: list[Message] = []
    for texts in jsontext.grouped(items):
        for text in texts:
            jsontext.raise_if_deep(text)
        try:
            found += _decoder.decode(b"[%b]" % b",".join(texts))
        except (msgspec.DecodeError, ValueError):  # one of them is not as it should be
            for text in texts:
                found.append(message(jsontext.decode(text), f"messages[{len(found)}]", notices))
    return Sliced(parts, found, [])


def _read_several(given: Input, notices: Notices) -> list[Session]:
    """Each member is a payload of its own, a hub's document too."""
    from py_export.readers import find_reader  # noqa: PLC0415 - the table names this module

    sessions: list[Session] = []
    parts = jsontext.members(given.data) or {}
    items = jsontext.items_of(parts.get("sessions", memoryview(b"")))
    if items is None:
        raise InvalidPayload("sessions", reason="not a list")
    for number, text in enumerate(items):
        one = Input(bytes(text))
        kind = dialect(one.object)
        if kind is None:
            raise InvalidPayload(f"sessions[{number}]", reason="not a payload")
        sessions += find_reader(one, kind).read(one, notices)
    if not sessions:
        raise InvalidPayload("sessions", reason="no session")
    return sessions


def _read_one(given: Input, document: dict[str, Any], notices: Notices, read: Sliced | None = None) -> Session:
    given_as = document
    document = _present(document, notices)
    head = header(document.get("session"), notices)
    raw = document.get("messages")
    if not isinstance(raw, list):
        raise InvalidPayload("messages", reason="not a list")
    messages = (
        [message(item, f"messages[{number}]", notices) for number, item in enumerate(raw)]
        if read is None
        else read.messages
    )
    given_notes = document.get("notes")
    notes = given_notes if isinstance(given_notes, list) else []
    exported_at = document.get("exportedAt")
    visible = [not one.hidden for one in messages]
    return Session(
        **{name: getattr(head, name) for name in Header.__struct_fields__},
        messages=messages,
        notes=[message(item, f"notes[{number}]", notices) for number, item in enumerate(notes)],
        exported_at=exported_at if type(exported_at) is int else None,
        document=Document("json", given.raw, visible, [] if read is None else read.slices)
        if document is given_as
        else None,
    )


def _present(document: dict[str, Any], notices: Notices) -> dict[str, Any]:
    version = document.get("schemaVersion")
    if type(version) is not int:
        raise InvalidPayload("schemaVersion", reason="not a version number")
    return migrate(document, "json", version, "schemaVersion", notices)
