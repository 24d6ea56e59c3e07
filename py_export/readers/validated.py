"""Makes JSON that claims to be the model's just that; what is broken is kept as unknown or left out, each a notice."""

from __future__ import annotations

from typing import Any

from pydantic import TypeAdapter, ValidationError

from py_export.errors import InvalidPayload
from py_export.model import Block, Header, Message, ToolCall, Unknown
from py_export.notices import Notices
from py_export.schema import header_adapter, message_adapter

_block_adapter: TypeAdapter[Block] = TypeAdapter(Block)


def header(session: Any, notices: Notices) -> Header:  # noqa: ANN401 - a JSON value
    """Return the payload's ``session``, or raise ``InvalidPayload`` where it is no object with an id."""
    if not isinstance(session, dict):
        raise InvalidPayload("session", reason="not an object")
    try:
        return header_adapter().validate_python(session)
    except ValidationError as error:
        good = _without_broken_fields(session, error, "session", notices)
    if not isinstance(good.get("id"), str):
        raise InvalidPayload("session.id", reason="not a string")
    return header_adapter().validate_python(good)


def message(raw: Any, where: str, notices: Notices) -> Message:  # noqa: ANN401 - a JSON value
    """Return one of the payload's messages; whatever it is, there is one."""
    try:
        return message_adapter().validate_python(raw)
    except ValidationError as error:
        if not isinstance(raw, dict):
            notices.add("unknown_record", where)
            return Message(id=where, role="event", blocks=[Unknown(raw)])
        good = _without_broken_fields(raw, error, where, notices)
    raw_blocks = raw.get("blocks")
    good |= {"id": good.get("id", where), "role": good.get("role", "event"), "blocks": []}
    found = message_adapter().validate_python(good)
    items = raw_blocks if isinstance(raw_blocks, list) else [] if raw_blocks is None else [raw_blocks]
    found.blocks = [block(item, f"{where}.blocks[{n}]", notices) for n, item in enumerate(items)]
    return found


def block(raw: Any, where: str, notices: Notices) -> Block:  # noqa: ANN401 - a JSON value
    """Return one of a message's blocks; whatever it is, there is one."""
    try:
        return _block_adapter.validate_python(raw)
    except ValidationError:
        pass
    if isinstance(raw, dict) and raw.get("type") == "tool_call" and isinstance(raw.get("messages"), list):
        call = block({**raw, "messages": []}, where, notices)
        if isinstance(call, ToolCall):
            nested = (message(item, f"{where}.messages[{n}]", notices) for n, item in enumerate(raw["messages"]))
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
