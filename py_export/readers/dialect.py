"""Which of the two payloads a document is, decided before its version is judged."""

from __future__ import annotations

from typing import Any, Literal

_HUB_KEYS = frozenset(
    {"namespace", "agentState", "agentStateVersion", "metadataVersion", "active", "activeAt", "thinking"}
)
_OWN_KEYS = frozenset({"title", "source", "leafId", "durationMs", "workspace", "counts", "usage", "tags", "provider"})


def dialect(document: dict[str, Any]) -> Literal["json", "hapi"] | None:
    """
    Return ``json`` for our canonical payload, ``hapi`` for a hub's document, None for neither.

    ``generator`` decides; else the keys of the session; else the shape of the messages. A document that says
    nothing of itself is a hub's: HAPI's request describes it with an empty session and no messages.
    """
    session, messages = document.get("session"), document.get("messages")
    if not isinstance(session, dict) or not isinstance(messages, list):
        return None
    if is_own(document.get("generator")):
        return "json"
    if not _HUB_KEYS.isdisjoint(session):
        return "hapi"
    if not _OWN_KEYS.isdisjoint(session):
        return "json"
    if any(isinstance(message, dict) and "blocks" in message for message in messages):
        return "json"
    return "hapi"


def is_own(generator: object) -> bool:
    """Return whether a document's ``generator`` names this program, in any version."""
    return isinstance(generator, str) and generator.startswith("py-export")
