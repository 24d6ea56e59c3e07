"""What a session says of itself in short, and which files it changed: only what its source states, never made up."""

from __future__ import annotations

from py_export.model import Message, Session, ToolCall
from py_export.transforms.measure import walk

_CHANGES = ("write", "edit")
_FAILED = ("error", "denied", "cancelled")


def summary(session: Session) -> str | None:
    """Return the summary that the source keeps with the session, where it is more than the title."""
    for about in (session.metadata, session.metadata.get("metadata")):
        told = about.get("summary") if isinstance(about, dict) else None
        text = told.get("text") if isinstance(told, dict) else told
        if isinstance(text, str) and text.strip() and text.strip() != session.title:
            return text
    return None


def modified(messages: list[Message]) -> dict[str, str | None]:
    """Return each file that a call wrote or edited and did not fail, with what the last such call says of it."""
    found: dict[str, str | None] = {}
    for message in walk(messages):
        calls = [block for block in message.blocks if isinstance(block, ToolCall) and not message.hidden]
        for call in calls:
            if call.kind in _CHANGES and call.status not in _FAILED:
                for path in call.paths:
                    found[path] = call.description or found.get(path)
    return found
