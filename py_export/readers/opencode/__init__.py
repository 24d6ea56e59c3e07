"""
opencode's sessions: exports of version 1 (messages with parts) and 2 (flat messages), its storage folder, its database.

A list of exports holds several sessions, and a sub-agent's session stands below the call that started it where both
are in the input. A message's tokens and cost are the sum of its steps, as its own are those of the last step; output
includes reasoning. What `/undo` took back stays, behind the session's leaf. What the chat does not show (text that the
application added, marks between steps, states of files) is hidden or in the message's source. A title that opencode
made up before it had one is left out. A shell command and a skill that a person called stand as events. Unknown
messages and parts are kept and counted. Of an export that was cut in the middle, what is whole is read.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from py_export.errors import ReadError, Unreadable
from py_export.model import Json, Message, Session, Source, SubAgent, ToolCall
from py_export.notices import Notices
from py_export.readers import assembled
from py_export.readers.files import Group, head
from py_export.readers.input import Input
from py_export.readers.opencode import store
from py_export.readers.opencode.cut import salvaged
from py_export.readers.opencode.store import Export
from py_export.readers.records import opencode, opencode_flat, opencode_tools, values

FORMAT = "opencode"
DEEPEST = 16
"""Sub-agents of sub-agents nest so deep; what lies deeper is a session of its own."""

_HEAD = re.compile(rb'\s*(?:\[\s*)?\{\s*"info"\s*:\s*\{[^{}]*?"id"\s*:\s*"([\w-]+)"')
_PARENT = re.compile(rb'"parentID"\s*:\s*"(ses_[\w-]+)"')
_UNNAMED = re.compile(r"(?:New|Child) session - \d{4}-\d\d-\d\dT[\d:.]+Z")


def matches(given: Input) -> bool:
    """Return whether it is an export, a list of exports or of messages, a stored session, or the database."""
    if store.is_database(given) or store.is_stored(given.object):
        return True
    if given.object:
        return _is_export(given.object)
    cut = salvaged(given)
    if cut is not None:
        return _is_export(cut[0])
    first = next(iter(_list(given)), None)
    return _is_export(first) or _is_message(first)


def read(given: Input, notices: Notices) -> list[Session]:
    """
    Read one session or several.

    Raises:
        Unreadable: There is no session in it, or one without its messages.
    """
    exports = {export.id: export for export in _exports(given, notices)}
    if not exports:
        raise Unreadable(reason="no session")
    told = {identity: _messages(export, notices) for identity, export in exports.items()}
    for child in _children(given, told):
        exports[child.id] = child
        told[child.id] = _messages(child, notices)
    owners = _nest(exports, told)
    for identity in owners:  # what is said of a session below another stands beside what is said of that
        exports[_root(identity, owners)].below.append(exports[identity].info)
    return [_session(export, told[identity]) for identity, export in exports.items() if identity not in owners]


def gather(files: Mapping[str, bytes]) -> Iterable[Group]:
    """Yield each stored session with the files of its messages, and each export with those of its sub-agents."""
    yield from store.gather(files)
    names: dict[str, str] = {}
    parents: dict[str, str] = {}
    for name in files:
        if not name.endswith(".json"):
            continue
        begins = head(files, name)
        match = _HEAD.match(begins)
        if match is None:
            continue
        identity = match[1].decode()
        names[identity] = name
        parent = _PARENT.search(begins)
        if parent is not None:
            parents[identity] = parent[1].decode()
    roots: dict[str, dict[str, str]] = {}
    for identity in parents:
        root = _root(identity, parents)
        if root in names and root != identity:
            roots.setdefault(root, {})[f"{identity}.json"] = names[identity]
    for root, below in roots.items():
        yield Group(names[root], below)


def _root(identity: str, parents: Mapping[str, str]) -> str:
    seen = {identity}
    while identity in parents and parents[identity] not in seen:
        identity = parents[identity]
        seen.add(identity)
    return identity


def _is_export(value: Json) -> bool:
    record = values.mapping(value)
    info, messages = values.mapping(record.get("info")), record.get("messages")
    if not isinstance(info.get("id"), str) or not isinstance(messages, list):
        return False
    if not messages:
        return bool(info.keys() & {"projectID", "directory", "location"})
    return any(_is_message(one) or isinstance(values.mapping(one).get("type"), str) for one in messages[:5])


def _is_message(value: Json) -> bool:
    record = values.mapping(value)
    info = record.get("info")
    return isinstance(info, dict) and isinstance(info.get("role"), str) and isinstance(record.get("parts"), list)


def _list(given: Input) -> list[Json]:
    if given.data.lstrip()[:1] != b"[":
        return []
    try:
        return values.sequence(given.json)
    except ReadError:
        return []


def _exports(given: Input, notices: Notices) -> Iterator[Export]:
    if store.is_database(given):
        yield from store.rows(given, notices)
    elif store.is_stored(given.object):
        yield from store.files(given, notices)
    elif given.object:
        yield _export(given.object)
    elif (cut := salvaged(given)) is not None:
        document, where = cut
        notices.add("export_cut", where)
        yield _export(document)
    else:
        listed = _list(given)
        if listed and _is_message(listed[0]):
            yield _export({"info": {"id": values.mapping(listed[0].get("info")).get("sessionID")}, "messages": listed})
            return
        for number, document in enumerate(listed):
            if _is_export(document):
                yield _export(document, f"[{number}].")
            else:
                notices.add("unknown_record", f"[{number}]")


def _export(document: dict[str, Any], place: str = "") -> Export:
    listed = document.get("messages")
    if not isinstance(listed, list):
        raise Unreadable(f"{place}messages", reason="no list of messages")
    rest = {name: value for name, value in document.items() if name not in ("info", "messages")}
    numbered = [(f"{place}messages[{number}]", one) for number, one in enumerate(listed)]
    return Export(values.mapping(document.get("info")), numbered, rest)


def _messages(export: Export, notices: Notices) -> list[Message]:
    """Return an export's messages, each following the one before it; a system prompt that repeats itself once."""
    found: list[Message] = []
    prompt = None
    for where, record in export.messages:
        if not (isinstance(record, dict) and isinstance(record.get("info"), dict)):
            found.append(opencode_flat.message(record, where, notices))
            continue
        for message in opencode.messages(record, where, notices):
            if message.role == "system" and message.blocks == prompt:
                continue
            prompt = message.blocks if message.role == "system" else prompt
            found.append(message)
    assembled.distinct(found)
    for before, message in zip([None, *found], found, strict=False):
        message.parent_id = None if before is None else before.id
    return found


def _children(given: Input, told: Mapping[str, list[Message]]) -> Iterator[Export]:
    """Yield the exports among the files that belong to this one whose session a call here names."""
    wanted = {child for messages in told.values() for child in _started(messages)} - told.keys()
    for name in given.files if wanted else ():
        match = _HEAD.match(head(given.files, name))
        if match is None or match[1].decode() not in wanted:
            continue
        child = Input(given.files[name], name=name)
        if _is_export(child.object):
            export = _export(child.object, f"{name}: ")
            yield export
            wanted.discard(export.id)


def _started(messages: list[Message]) -> dict[str, ToolCall]:
    """Return the calls that started a session of their own, by its id."""
    return {
        child: block
        for message in messages
        for block in message.blocks
        if isinstance(block, ToolCall)
        and block.result is not None
        and (child := opencode_tools.session_of(block.result.data)) is not None
    }


def _nest(exports: Mapping[str, Export], told: Mapping[str, list[Message]]) -> dict[str, str]:
    """Put sessions below the calls that started them; return by the id of each the id of the one that it is in."""
    owners: dict[str, str] = {}
    for parent, messages in told.items():
        for child, call in _started(messages).items():
            above, chain = parent, 0
            while above in owners and above != child:
                above, chain = owners[above], chain + 1
            if child not in exports or child in owners or above == child or chain >= DEEPEST:
                continue
            owners[child] = parent
            for message in told[child]:
                message.sub_agent = SubAgent(child, call.id)
            call.messages = told[child]
    return owners


def _session(export: Export, messages: list[Message]) -> Session:
    info = export.info
    time, place = values.mapping(info.get("time")), values.mapping(info.get("location"))
    title = values.string(info.get("title"))
    last = next((one for one in reversed(messages) if one.model is not None), None)
    return assembled.session(
        export.id,
        Source("opencode", FORMAT, values.string(info.get("version"))),
        messages,
        title=None if title is None or _UNNAMED.fullmatch(title) else title,
        created_at=values.moment(time.get("created")),
        updated_at=values.moment(time.get("updated")),
        provider=None if last is None else _provider(last.source),
        workspace=values.string(info.get("directory")) or values.string(place.get("directory")),
        leaf_id=_leaf(values.mapping(info.get("revert")), messages),
        metadata={**info, **export.rest, **({"subAgents": export.below} if export.below else {})},
    )


def _provider(record: Json) -> str | None:
    given = values.mapping(record)
    info = values.mapping(given.get("info"))
    return values.string(info.get("providerID")) or values.string(values.mapping(given.get("model")).get("providerID"))


def _leaf(revert: dict[str, Any], messages: list[Message]) -> str | None:
    """Return the last message; with ``/undo``, the one before what it took back, or that of which it left a part."""
    places = {message.id: place for place, message in enumerate(messages)}
    place = places.get(values.identifier(revert.get("messageID")) or "", len(messages))
    place -= 0 if values.identifier(revert.get("partID")) and place < len(messages) else 1
    return messages[place].id if 0 <= place < len(messages) else None
