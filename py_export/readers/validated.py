"""Makes JSON that claims to be the model's just that; what is broken is kept as unknown or left out, each a notice."""

from __future__ import annotations

import re
from typing import Any, TypeVar

import msgspec
from msgspec import ValidationError

from py_export.errors import InvalidPayload
from py_export.model import Block, Header, Message, ToolCall, Unknown
from py_export.notices import Notices

T = TypeVar("T", Header, Message)

_PLACE = re.compile(r"`\$\.(\w+)")
"""Where msgspec says that it found something else than it should have: the first member of the way there."""


def header(session: Any, notices: Notices) -> Header:  # noqa: ANN401 - a JSON value
    """Return the payload's ``session``, or raise ``InvalidPayload`` where it is no object with an id."""
    if not isinstance(session, dict):
        raise InvalidPayload("session", reason="not an object")
    if not isinstance(session.get("id"), str):
        raise InvalidPayload("session.id", reason="not a string")
    return _mended(session, Header, {}, "session", notices)


def message(raw: Any, where: str, notices: Notices) -> Message:  # noqa: ANN401 - a JSON value
    """Return one of the payload's messages; whatever it is, there is one."""
    try:
        return msgspec.convert(raw, Message)
    except ValidationError:
        pass
    if not isinstance(raw, dict):
        notices.add("unknown_record", where)
        return Message(id=where, role="event", blocks=[Unknown(raw)])
    found = _mended({**raw, "blocks": []}, Message, {"id": where, "role": "event"}, where, notices)
    given = raw.get("blocks")
    items = given if isinstance(given, list) else [] if given is None else [given]
    found.blocks = [block(item, f"{where}.blocks[{n}]", notices) for n, item in enumerate(items)]
    return found


def block(raw: Any, where: str, notices: Notices) -> Block:  # noqa: ANN401 - a JSON value
    """Return one of a message's blocks; whatever it is, there is one."""
    try:
        return msgspec.convert(raw, Block, strict=False)  # type: ignore[no-any-return]  # a union is no type
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


def _mended(raw: dict[str, Any], kind: type[T], needed: dict[str, Any], where: str, notices: Notices) -> T:
    """Return a part without its broken fields; of those that it needs, the value here."""
    good, broken = {**needed, **raw}, set()
    while True:
        try:
            found = msgspec.convert(good, kind, strict=False)
        except ValidationError as error:
            place = _PLACE.search(str(error))
            if place is None or place[1] not in good:
                raise
            broken.add(place[1])
            del good[place[1]]
            good = {**needed, **good}
        else:
            for name in sorted(broken):
                notices.add("invalid_field", f"{where}.{name}")
            return found
