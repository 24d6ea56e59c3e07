"""
Read the canonical payload, schemaVersion 1 (``py_export.schema`` derives its JSON Schema).

Additions are free: a key that this version does not know is ignored, and stays in the session's document. A message,
block or field that is not what the schema says is kept as an unknown block or left out, each with a notice.
"""

from __future__ import annotations

from typing import Any

from pydantic import TypeAdapter, ValidationError

from py_export import payload
from py_export.errors import InvalidPayload, NewerVersion
from py_export.model import Block, Document, Header, Message, Session, ToolCall, Unknown
from py_export.notices import Notices
from py_export.readers.dialect import dialect, is_own
from py_export.readers.input import Input
from py_export.schema import SCHEMA_VERSION, header_adapter, message_adapter

_block_adapter: TypeAdapter[Block] = TypeAdapter(Block)


def matches(given: Input) -> bool:
    """Return whether the document is a canonical payload, or several in one."""
    document = given.object
    return dialect(document) == "json" or (is_own(document.get("generator")) and "sessions" in document)


def read(given: Input, notices: Notices) -> list[Session]:
    """
    Read one payload, or each payload of ``sessions``.

    Raises:
        InvalidPayload: The document has no session object with an id, or no list of messages.
        NewerVersion: A later version of this program wrote it.
    """
    document = given.json
    if not isinstance(document, dict):
        raise InvalidPayload(reason="not an object")
    if "sessions" in document and "messages" not in document:
        _judge_version(document)
        return _read_several(given, notices)
    return [_read_one(given, document, notices)]


def _read_several(given: Input, notices: Notices) -> list[Session]:
    """Each member is a payload of its own, a hub's document too."""
    from py_export.readers import find_reader  # noqa: PLC0415 - the table names this module

    sessions: list[Session] = []
    for number, text in enumerate(payload.members(given.data, "sessions")):
        one = Input(text.encode("utf-8"))
        kind = dialect(one.object)
        if kind is None:
            raise InvalidPayload(f"sessions[{number}]", reason="not a payload")
        sessions += find_reader(one, kind).read(one, notices)
    if not sessions:
        raise InvalidPayload("sessions", reason="no session")
    return sessions


def _read_one(given: Input, document: dict[str, Any], notices: Notices) -> Session:
    _judge_version(document)
    header = _header(document.get("session"), notices)
    raw = document.get("messages")
    if not isinstance(raw, list):
        raise InvalidPayload("messages", reason="not a list")
    messages = [_message(item, f"messages[{number}]", notices) for number, item in enumerate(raw)]
    given_notes = document.get("notes")
    notes = given_notes if isinstance(given_notes, list) else []
    exported_at = document.get("exportedAt")
    return Session(
        **{name: getattr(header, name) for name in Header.__slots__},
        messages=messages,
        notes=[_message(item, f"notes[{number}]", notices) for number, item in enumerate(notes)],
        exported_at=exported_at if type(exported_at) is int else None,
        document=Document("json", given.data, [not message.hidden for message in messages]),
    )


def _judge_version(document: dict[str, Any]) -> None:
    version = document.get("schemaVersion")
    if type(version) is not int or version < 1:
        raise InvalidPayload("schemaVersion", reason="not a version number")
    if version > SCHEMA_VERSION:
        raise NewerVersion("schemaVersion", found=version, known=SCHEMA_VERSION)


def _header(session: Any, notices: Notices) -> Header:  # noqa: ANN401 - a JSON value
    if not isinstance(session, dict):
        raise InvalidPayload("session", reason="not an object")
    try:
        return header_adapter().validate_python(session)
    except ValidationError as error:
        good = _without_broken_fields(session, error, "session", notices)
    if not isinstance(good.get("id"), str):
        raise InvalidPayload("session.id", reason="not a string")
    return header_adapter().validate_python(good)


def _message(raw: Any, where: str, notices: Notices) -> Message:  # noqa: ANN401 - a JSON value
    try:
        return message_adapter().validate_python(raw)
    except ValidationError as error:
        if not isinstance(raw, dict):
            notices.add("unknown_record", where)
            return Message(id=where, role="event", blocks=[Unknown(raw)])
        good = _without_broken_fields(raw, error, where, notices)
    raw_blocks = raw.get("blocks")
    good |= {"id": good.get("id", where), "role": good.get("role", "event"), "blocks": []}
    message = message_adapter().validate_python(good)
    items = raw_blocks if isinstance(raw_blocks, list) else [] if raw_blocks is None else [raw_blocks]
    message.blocks = [_block(item, f"{where}.blocks[{n}]", notices) for n, item in enumerate(items)]
    return message


def _block(raw: Any, where: str, notices: Notices) -> Block:  # noqa: ANN401 - a JSON value
    try:
        return _block_adapter.validate_python(raw)
    except ValidationError:
        pass
    if isinstance(raw, dict) and raw.get("type") == "tool_call" and isinstance(raw.get("messages"), list):
        call = _block({**raw, "messages": []}, where, notices)
        if isinstance(call, ToolCall):
            nested = (_message(item, f"{where}.messages[{n}]", notices) for n, item in enumerate(raw["messages"]))
            call.messages = list(nested)
            return call
    name = raw.get("type") if isinstance(raw, dict) else None
    notices.add("unknown_record", where)
    return Unknown(raw, name if isinstance(name, str) else None)


def _without_broken_fields(raw: dict[str, Any], error: ValidationError, where: str, notices: Notices) -> dict[str, Any]:
    broken = {str(item["loc"][0]) for item in error.errors(include_url=False, include_input=False) if item["loc"]}
    for name in sorted(broken & raw.keys() - {"blocks"}):
        notices.add("invalid_field", f"{where}.{name}")
    return {key: value for key, value in raw.items() if key not in broken}
