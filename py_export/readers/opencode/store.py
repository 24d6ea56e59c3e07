"""opencode's own store: a folder of small JSON files until version 1, since then an SQLite database."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from py_export import jsontext
from py_export.errors import ReadError, Unreadable
from py_export.model import Json
from py_export.notices import Notices
from py_export.readers import sqlite
from py_export.readers.files import Group, head
from py_export.readers.input import Input
from py_export.readers.records import values
from py_export.readers.sqlite import Database

_SESSION_COLUMNS = (
    *("id", "project_id", "parent_id", "slug", "directory", "title", "version", "share_url", "revert"),
    *("time_created", "time_updated"),
)

_SESSION = frozenset({"projectID", "directory"})
_NO_SESSION = frozenset({"messages", "role", "sessionID", "messageID", "type"})
_MEMBER = re.compile(rb'\s*,?\s*"(\w+)"\s*:\s*"?((?<=")(?:[^"\\]|\\.)*(?=")|(?<!")[\w.+-]+)"?')


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
    identity, time = record.get("id"), record.get("time")
    if not isinstance(identity, str) or not isinstance(time, dict) or not record.keys().isdisjoint(_NO_SESSION):
        return False
    return identity.startswith("ses_") or ("created" in time and not record.keys().isdisjoint(_SESSION))


def is_database(given: Input) -> bool:
    """Return whether it is opencode's database."""
    known = {"session": {"id", "directory"}, "message": {"id", "session_id", "data"}, "part": {"message_id", "data"}}
    return all(columns <= given.tables.get(table, frozenset()) for table, columns in known.items())


def gather(files: Mapping[str, bytes]) -> Iterable[Group]:
    """Yield each stored session that no other started, with its files and those of the sessions that it started."""
    found = _found(files)
    if not found.messages:
        return
    homes = {info["id"]: name for name, info in found.infos.items()}
    groups = {name: Group(name) for name in found.infos}
    for name, info in found.infos.items():
        top = _top(name, found.infos, homes)
        below = groups[top].files
        if top != name:
            below[f"session/{info['id']}.json"] = name
        for message, file in found.messages.get(info["id"], []):
            _put(below, f"message/{info['id']}/{message}", file)
            for number, (part, its) in enumerate(found.parts.get(message, [])):
                _put(below, f"part/{number:06}/{message}/{part}", its)
    yield from (group for name, group in groups.items() if group.files and _top(name, found.infos, homes) == name)


def files(given: Input, notices: Notices) -> Iterator[Export]:
    """
    Yield a stored session, then those that it started.

    Raises:
        Unreadable: None of its messages is among the input's files.
    """
    found = _found(given.files)
    if given.object["id"] not in found.messages:
        raise Unreadable(reason="a session without its messages, which lie in other folders of opencode's storage")
    for info in (given.object, *found.infos.values()):
        listed = []
        for message, name in found.messages.get(info["id"], []):
            parts = [_object(given.files, part, notices) for _, part in found.parts.get(message, [])]
            listed.append((name, {"info": _object(given.files, name, notices), "parts": parts}))
        yield Export(info, _ordered(listed))


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


@dataclass(slots=True)
class _Found:
    """A folder's files by what they are: sessions by file; messages by session and parts by message, with their ids."""

    infos: dict[str, dict[str, Any]] = field(default_factory=dict)
    messages: dict[str, list[tuple[str, str]]] = field(default_factory=dict)
    parts: dict[str, list[tuple[str, str]]] = field(default_factory=dict)


def _found(files: Mapping[str, bytes]) -> _Found:
    """
    Return what a folder's files are, in the order of their names, by what they say.

    One that does not say what it belongs to is told by its place: ``ses_a/msg_b.json``, ``msg_b/prt_c.json``.
    """
    found = _Found()
    for name in sorted(files):
        begins = head(files, name).removeprefix(b"\xef\xbb\xbf").lstrip()
        if not begins.startswith(b"{"):
            continue
        record = _beginning(begins)
        folder, _, file = name.rpartition("/")
        own, above = file.partition(".")[0], folder.rpartition("/")[2]
        identity = values.identifier(record.get("id")) or own
        message, session = values.identifier(record.get("messageID")), values.identifier(record.get("sessionID"))
        if message is not None or (own.startswith("prt_") and above.startswith("msg_")):
            found.parts.setdefault(message or above, []).append((identity, name))
        elif (session is not None and "role" in record) or (own.startswith("msg_") and above.startswith("ses_")):
            found.messages.setdefault(session or above, []).append((identity, name))
        elif is_stored(record):
            found.infos[name] = record
    for parts in found.parts.values():
        if all(identity.startswith("prt_") for identity, _ in parts):  # which count up; others may not
            parts.sort()
    return found


def _beginning(data: bytes) -> dict[str, Any]:
    """Return an object's members; of one that is damaged or long those that stand first and are no objects."""
    if data.rstrip().endswith(b"}"):  # to say where a long document is cut takes long
        try:
            return values.mapping(jsontext.decode(data))
        except ReadError:
            pass
    members: dict[str, Any] = {}
    at = 1
    while (member := _MEMBER.match(data, at)) is not None:
        members[member[1].decode()] = member[2].decode("utf-8", "replace")
        at = member.end()
    return members


def _ordered(listed: list[tuple[str, Json]]) -> list[tuple[str, Json]]:
    """Return messages in the order of their ids, which count up; where they do not, by their times."""
    infos = [values.mapping(values.mapping(record).get("info")) for _, record in listed]
    if all(str(info.get("id", "msg_")).startswith("msg_") for info in infos):
        return listed
    times = [values.moment(values.mapping(info.get("time")).get("created")) or 0 for info in infos]
    return [one for _, _, one in sorted(zip(times, range(len(listed)), listed, strict=True))]


def _put(files: dict[str, str], name: str, file: str) -> None:
    """Add a file under a name that no other has."""
    while name in files:
        name += "-again"
    files[name] = file


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
    """Return a file's or a column's object; where it is none, one that keeps it, with a notice."""
    value = data
    if isinstance(data, bytes):
        try:
            value = jsontext.decode(jsontext.clean(data))
        except ReadError:
            value = data.decode("utf-8", "replace")
    if not isinstance(value, dict) and notices is not None:
        notices.add("unknown_record", where)
        return {} if value in (None, "") else {"unreadable": value}
    return values.mapping(value)


def _text(value: Json) -> str:
    return value.decode("utf-8", "replace") if isinstance(value, bytes) else str(value)
