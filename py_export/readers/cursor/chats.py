"""The chats that Cursor kept by workspace until 2024: tabs with bubbles, in one row."""

from __future__ import annotations

from collections.abc import Mapping
from hashlib import sha256
from typing import Any

from py_export import jsontext
from py_export.model import Json, Session
from py_export.notices import Notices
from py_export.readers.cursor.composer import Composer
from py_export.readers.records import values

KEYS = ("workbench.panel.aichat.view.aichat.chatdata", "workbench.panel.chat.view.chat.chatdata")
"""Where they lie, under the newer name and the older."""


def sessions(items: Mapping[str, Json], notices: Notices) -> list[Session]:
    """Return a session per tab that holds anything."""
    found = []
    for item in items.values():
        for tab in values.items(values.mapping(item).get("tabs")):
            composer = _tab(values.mapping(tab), notices)
            if composer.drafts:
                found.append(composer.session())
            else:
                notices.add("empty_sessions")
    return found


def _tab(tab: dict[str, Any], notices: Notices) -> Composer:
    """Return a tab as a composer that keeps its bubbles in itself; one without an id is named by what it holds."""
    nameless = sha256(jsontext.encode(tab)).hexdigest()[:16]
    about = {key: value for key, value in tab.items() if key not in ("bubbles", "tabId", "chatTitle")}
    about |= {
        "composerId": values.identifier(values.first(tab, "tabId", "id")) or nameless,
        "name": values.first(tab, "chatTitle", "title"),
        "lastUpdatedAt": values.first(tab, "lastSendTime", "timestamp"),
        "conversation": values.items(tab.get("bubbles")),
    }
    composer = Composer(nameless, about, notices)
    composer.fill({})
    return composer
