"""What a page shows of a session: its header, and each message without the record that it came from."""

from __future__ import annotations

from typing import Any

from msgspec.structs import replace

from py_export import jsontext
from py_export.model import Header, Message, Session
from py_export.schema import plain


def header_view(session: Session) -> dict[str, Any]:
    """Return a session's header; ``metadata`` is the source's own and stays in the payload."""
    header = Header(**{name: getattr(session, name) for name in Header.__struct_fields__ if name != "metadata"})
    shown: dict[str, Any] = plain(header)
    return shown


def message_view(message: Message) -> str:
    """Return a message as JSON."""
    shown: dict[str, Any] = plain(replace(message, source=None))
    return as_json(shown)


def as_json(value: dict[str, Any]) -> str:
    """Return a view as JSON that a browser reads: a number that is none is null."""
    return jsontext.encode(value).decode("utf-8")
