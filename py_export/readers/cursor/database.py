"""``state.vscdb``: the composers of Cursor's global database, and the chats of a workspace's."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from py_export import jsontext
from py_export.errors import ReadError, Unreadable
from py_export.model import Json, Session
from py_export.notices import Notices
from py_export.readers import sqlite
from py_export.readers.cursor import agents, chats
from py_export.readers.cursor.composer import Composer
from py_export.readers.input import Input
from py_export.readers.records import values
from py_export.readers.sqlite import Database

GLOBAL, WORKSPACE = "cursorDiskKV", "ItemTable"
_PAIR = frozenset({"key", "value"})
_COMPOSER, _BUBBLE = "composerData:", "bubbleId:"


def matches(given: Input) -> bool:
    """Return whether this is a database of keys and values as Visual Studio Code and its kin have one."""
    return any(given.tables.get(table, frozenset()) >= _PAIR for table in (GLOBAL, WORKSPACE))


def read(given: Input, notices: Notices) -> list[Session]:
    """
    Read every conversation, the oldest first.

    Raises:
        Unreadable: There is none.
    """
    with sqlite.opened(given) as database:
        composers = list(_composers(database, notices))
        found = chats.sessions(_items(database, notices), notices)
    sessions = agents.nested(composers, notices) + found
    if not sessions:
        raise Unreadable(reason="no conversation in the database")
    return sorted(sessions, key=lambda session: (session.created_at or 0, session.id))


def count(given: Input) -> int:
    """Return how many conversations hold anything, without reading them: those that name a message."""
    notices = Notices()
    with sqlite.opened(given) as database:
        rows = database.rows(GLOBAL, ["value"], *sqlite.prefixed("key", _COMPOSER), notices=notices)
        composers = sum(isinstance(value, bytes) and b'"bubbleId"' in value for (value,) in rows)
        tabs = [values.items(values.mapping(item).get("tabs")) for item in _items(database, notices).values()]
        inline = sum(bool(values.mapping(about).get("conversation")) for about in _listed(database, notices))
    return composers + inline + sum(bool(values.mapping(tab).get("bubbles")) for listed in tabs for tab in listed)


def _composers(database: Database, notices: Notices) -> Iterator[Composer]:
    """Yield the composers that hold anything: the global table's, and those kept whole in a workspace's."""
    empty = 0
    known: set[str] = set()
    heads = _heads(database, notices)
    keys = sqlite.prefixed("key", _COMPOSER)
    for key, value in database.rows(GLOBAL, ["key", "value"], *keys, notices=notices):
        name = sqlite.text(key).removeprefix(_COMPOSER)
        known.add(name)
        about = _json(value, f"{_COMPOSER}{name}", notices)
        if not isinstance(about, dict):
            continue
        composer = Composer(name, heads.pop(name, {}) | about, notices)
        rows = database.rows(GLOBAL, ["key", "value"], *sqlite.prefixed("key", f"{_BUBBLE}{name}:"), notices=notices)
        start = len(f"{_BUBBLE}{name}:")
        composer.fill({sqlite.text(one)[start:]: text for one, text in rows if text is not None})
        if composer.drafts:
            yield composer
        else:
            empty += 1
    for name, about in heads.items():
        composer = Composer(name, about, notices)
        composer.fill({})
        if composer.drafts:
            yield composer
    if empty:
        notices.add("empty_sessions", count=empty)
    left = sum(1 for one in _owners(database, notices) if one not in known)
    if left:
        notices.add("unlisted_left_out", count=left)


def _owners(database: Database, notices: Notices) -> Iterator[str]:
    """Yield the composer's id that each bubble's key names; of deleted composers the bubbles stay behind."""
    for (key,) in database.rows(GLOBAL, ["key"], *sqlite.prefixed("key", _BUBBLE), notices=notices):
        yield sqlite.text(key).removeprefix(_BUBBLE).rpartition(":")[0]


def _heads(database: Database, notices: Notices) -> dict[str, dict[str, Any]]:
    """Return what is said of composers elsewhere: by a newer table of heads, or a workspace's list."""
    found: dict[str, dict[str, Any]] = {}
    for name, value in database.rows("composerHeaders", ["composerId", "value"], notices=notices):
        about = _json(value, "composerHeaders", notices)
        if isinstance(about, dict) and name is not None:
            found[sqlite.text(name)] = about
    for about in _listed(database, notices):
        name = values.identifier(values.mapping(about).get("composerId"))
        if name is not None:
            found.setdefault(name, about)
    return found


def _listed(database: Database, notices: Notices) -> list[Json]:
    return values.items(values.mapping(_item(database, "composer.composerData", notices)).get("allComposers"))


def _items(database: Database, notices: Notices) -> dict[str, Json]:
    return {key: _item(database, key, notices) for key in chats.KEYS}


def _item(database: Database, key: str, notices: Notices) -> Json:
    rows = database.rows(WORKSPACE, ["value"], ("key", "=", key), notices=notices)
    return next((_json(value, key, notices) for (value,) in rows if value is not None), None)


def _json(value: Any, where: str, notices: Notices) -> Json:  # noqa: ANN401 - of a column that may hold anything
    """Return a value's JSON; one that is none is reported, for nothing is known of what it was."""
    if value is None:
        return None
    try:
        return jsontext.decode(value if isinstance(value, bytes) else str(value).encode())
    except ReadError:
        notices.add("record_unreadable", where)
        return None
