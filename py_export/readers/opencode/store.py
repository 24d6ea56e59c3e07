"""opencode's own store: a folder of small JSON files until version 1, since then an SQLite database."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from py_export import jsontext
from py_export.errors import ReadError, Unreadable
from py_export.model import Json
from py_export.notices import Notices
from py_export.readers import sqlite
from py_export.readers.files import Group
from py_export.readers.input import Input
from py_export.readers.records import values
from py_export.readers.sqlite import Database

_SESSION_COLUMNS = (
    *("id", "project_id", "parent_id", "slug", "directory", "title", "version", "share_url", "revert"),
    *("time_created", "time_updated"),
)


@dataclass(slots=True)
class Export:
    """A session as an export has it: what is said of it, its messages with their places, what is beside and below."""

    info: dict[str, Any]
    messages: list[tuple[str, Json]]
    rest: dict[str, Any] = field(default_factory=dict)
    below: list[dict[str, Any]] = field(default_factory=list)

    @property
    def id(self) -> str:
        """The session's id."""
        return values.identifier(self.info.get("id")) or "session"


def is_stored(record: dict[str, Any]) -> bool:
    """Return whether a document is what the storage folder says of a session."""
    identity = record.get("id")
    return (
        isinstance(identity, str)
        and identity.startswith("ses_")
        and "messages" not in record
        and isinstance(record.get("time"), dict)
    )


def is_database(given: Input) -> bool:
    """Return whether it is opencode's database."""
    known = {"session": {"id", "directory"}, "message": {"id", "session_id", "data"}, "part": {"message_id", "data"}}
    return all(columns <= given.tables.get(table, frozenset()) for table, columns in known.items())


def gather(files: Mapping[str, bytes]) -> Iterable[Group]:
    """
    Yield each stored session that no other started, with its files and those of the sessions that it started.

    The folder names every file by its id, and a folder by what its files belong to: ``ses_a.json`` in any folder,
    ``ses_a/msg_b.json``, ``msg_b/prt_c.json``.
    """
    sessions: dict[str, str] = {}
    messages: dict[str, list[str]] = {}
    parts: dict[str, list[str]] = {}
    for name in files:
        folder, _, own = name.rpartition("/")
        above = folder.rpartition("/")[2]
        if own.startswith("msg_") and above.startswith("ses_"):
            messages.setdefault(above, []).append(name)
        elif own.startswith("prt_") and above.startswith("msg_"):
            parts.setdefault(above, []).append(name)
        elif own.startswith("ses_") and own.endswith(".json"):
            sessions.setdefault(name, own.removesuffix(".json"))
    if not messages:
        return
    infos = {name: info for name in sessions if is_stored(info := _object(files, name, None))}
    homes = {info["id"]: name for name, info in infos.items()}
    groups = {name: Group(name) for name in infos}
    for name, info in infos.items():
        top = _top(name, infos, homes)
        below = {} if top == name else {f"session/{info['id']}.json": name}
        for message in messages.get(info["id"], []):
            own = message.rpartition("/")[2]
            below[f"message/{info['id']}/{own}"] = message
            stem = own.removesuffix(".json")
            below |= {f"part/{stem}/{part.rpartition('/')[2]}": part for part in parts.get(stem, [])}
        groups[top].files |= below
    yield from (group for name, group in groups.items() if group.files and _top(name, infos, homes) == name)


def files(given: Input, notices: Notices) -> Iterator[Export]:
    """
    Yield a stored session, then those that it started.

    Raises:
        Unreadable: None of its messages is among the input's files.
    """
    messages: dict[str, list[str]] = {}
    parts: dict[str, list[str]] = {}
    started: list[dict[str, Any]] = []
    for name in sorted(given.files):
        folder, _, own = name.rpartition("/")
        above = folder.rpartition("/")[2]
        if above.startswith("ses_"):
            messages.setdefault(above, []).append(name)
        elif above.startswith("msg_"):
            parts.setdefault(above, []).append(name)
        elif own.startswith("ses_"):
            info = _object(given.files, name, None)
            started += [info] if is_stored(info) else []
    if given.object["id"] not in messages:
        raise Unreadable(reason="a session without its messages, which lie in other folders of opencode's storage")
    for info in (given.object, *started):
        found = []
        for name in messages.get(info["id"], []):
            record = {
                "info": _object(given.files, name, notices),
                "parts": [
                    _object(given.files, part, notices)
                    for part in parts.get(name.rpartition("/")[2].removesuffix(".json"), [])
                ],
            }
            found.append((name, record))
        yield Export(info, found)


def rows(given: Input, notices: Notices) -> Iterator[Export]:
    """Yield every session in the database, in the order in which they were begun."""
    with sqlite.opened(given) as database:
        infos = [_info(row) for row in database.rows("session", _SESSION_COLUMNS, notices=notices)]
        for info in sorted(infos, key=lambda info: (info["time"]["created"] or 0, info["id"])):
            yield Export(info, list(_stored_messages(database, info["id"], notices)))


def _stored_messages(database: Database, session: str, notices: Notices) -> Iterator[tuple[str, Json]]:
    parts: dict[str, list[tuple[str, Json]]] = {}
    own = ("session_id", "=", session)
    columns = ("id", "time_created", "data")
    for identity, message, data in database.rows("part", ("id", "message_id", "data"), own, notices=notices):
        name, owner = _text(identity), _text(message)
        part = _decoded(data, f"part {name}", notices) | {"id": name, "sessionID": session, "messageID": owner}
        parts.setdefault(owner, []).append((name, part))
    found = []
    for identity, created, data in database.rows("message", columns, own, notices=notices):
        name = _text(identity)
        info = _decoded(data, f"message {name}", notices) | {"id": name, "sessionID": session}
        listed = [part for _, part in sorted(parts.get(name, []), key=lambda one: one[0])]
        found.append((values.integer(created) or 0, name, {"info": info, "parts": listed}))
    for _, name, record in sorted(found, key=lambda one: one[:2]):
        yield f"message {name}", record


def _info(row: tuple[Any, ...]) -> dict[str, Any]:
    stated = dict(zip(_SESSION_COLUMNS, row, strict=True))
    names = {"id": "id", "project_id": "projectID", "parent_id": "parentID", "slug": "slug"}
    names |= {"directory": "directory", "title": "title", "version": "version"}
    info: dict[str, Any] = {to: _text(stated[name]) for name, to in names.items() if stated[name] is not None}
    info["time"] = {to: values.integer(stated[f"time_{to}"]) for to in ("created", "updated")}
    if stated["share_url"] is not None:
        info["share"] = {"url": _text(stated["share_url"])}
    if stated["revert"] is not None:
        info["revert"] = _decoded(stated["revert"], "", None)
    return {"id": ""} | info


def _top(name: str, infos: Mapping[str, dict[str, Any]], homes: Mapping[str, str]) -> str:
    """Return the file of the session that started the one in a file, or the one that started that."""
    seen = {name}
    while (above := homes.get(values.identifier(infos[name].get("parentID")) or "")) is not None and above not in seen:
        name = above
        seen.add(name)
    return name


def _object(given: Mapping[str, bytes], name: str, notices: Notices | None) -> dict[str, Any]:
    return _decoded(given[name], name, notices)


def _decoded(data: Json, where: str, notices: Notices | None) -> dict[str, Any]:
    """Return a file's or a column's object; an empty one, with a notice, where it is none."""
    try:
        value = jsontext.decode(jsontext.clean(data)) if isinstance(data, bytes) else None
    except ReadError:
        value = None
    if not isinstance(value, dict) and notices is not None:
        notices.add("unknown_record", where)
    return values.mapping(value)


def _text(value: Json) -> str:
    return value.decode("utf-8", "replace") if isinstance(value, bytes) else str(value)
