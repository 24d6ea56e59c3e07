"""Who speaks, by every name that simple exports use."""

from __future__ import annotations

from py_export.model import Role

_ROLES: dict[str, Role] = {
    "user": "user",
    "human": "user",
    "assistant": "assistant",
    "ai": "assistant",
    "bot": "assistant",
    "model": "assistant",
    "agent": "assistant",
    "system": "system",
    "tool": "tool",
    "event": "event",
}


def role(actor: str | None) -> Role | None:
    """Return the role that a name stands for; None where it is somebody's own."""
    return None if actor is None else _ROLES.get(actor.strip().lower())
