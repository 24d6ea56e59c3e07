"""Which files are one session's: its own, its sub-agents', and those of sessions that it was resumed from."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from py_export import jsontext
from py_export.errors import ReadError
from py_export.notices import Notices
from py_export.readers.files import Group, head
from py_export.readers.input import Input
from py_export.readers.records import values

_SESSION = re.compile(rb'"session(?:Id|_id)"\s*:\s*"([^"\\]+)"')
_AGENT = re.compile(rb'"agentId"\s*:\s*"([^"\\]+)"')
_SIDE = re.compile(rb'"isSidechain"\s*:\s*(true|false)')
_UUID = re.compile(rb'"(?:uuid|messageUuid)"\s*:\s*"([^"\\]+)"')

_CHILDREN = "subagents/"
_RESUMED = "resumed/"
"""How a group names the files that belong to a session."""


@dataclass(frozen=True, slots=True)
class Child:
    """A sub-agent's file. ``call_id`` is the tool call that started it, where a file beside it says so."""

    name: str
    agent_id: str | None
    call_id: str | None
    data: bytes


@dataclass(frozen=True, slots=True)
class _Head:
    """What the beginning of a file says."""

    session: str
    first: str | None
    agent: str | None


def gather(files: Mapping[str, bytes]) -> Iterator[Group]:
    """Yield the sessions' files of a folder with what belongs to each."""
    heads = {name: found for name in files if (found := _head(files, name)) is not None}
    mains = {name: found for name, found in heads.items() if found.agent is None}
    followed = _followed(files, mains)
    groups = {name: Group(name) for name in mains if name not in followed}
    by_session: dict[str, str] = {}
    for name, found in mains.items():
        by_session.setdefault(found.session, name)
    for name, found in heads.items():
        if found.agent is None:
            continue
        above = name.partition("/subagents/")[0] + ".jsonl"
        parent = above if above in mains else by_session.get(found.session)
        if parent is not None:
            group = groups[_last(parent, followed)]
            group.files[_CHILDREN + name] = name
            meta = _meta(name)
            if meta in files:
                group.files[_CHILDREN + meta] = meta
    for name in followed:
        groups[_last(name, followed)].files[_RESUMED + name] = name
    yield from groups.values()


def sub_agents(given: Input) -> list[Child]:
    """Return the sub-agents' files that belong to a session, from all that lie beside it, by their names."""
    sessions: set[str] | None = None
    found = []
    for name in sorted(given.files):
        about = None if name.startswith(_RESUMED) else _head(given.files, name)
        if about is None or about.agent is None:
            continue
        if not name.startswith(_CHILDREN):
            if sessions is None:
                sessions = {match.decode("utf-8") for match in _SESSION.findall(given.data)}
            if about.session not in sessions:
                continue
        data = jsontext.clean(given.files[name])
        if data != given.data:
            found.append(Child(name.removeprefix(_CHILDREN), about.agent, _call(given.files, name), data))
    return found


def has_sub_agents(files: Mapping[str, bytes]) -> bool:
    """Return whether any of the files beside a session's is a sub-agent's."""
    heads = (_head(files, name) for name in files)
    return any(found is not None and found.agent is not None for found in heads)


def resumed(given: Input, notices: Notices) -> list[str]:
    """Return the ids of the sessions whose files are a beginning of this one's, and report them."""
    names = [name for name in given.files if name.startswith(_RESUMED)]
    if names:
        notices.add("sessions_resumed", count=len(names))
    found = (_head(given.files, name) for name in sorted(names))
    return list(dict.fromkeys(one.session for one in found if one is not None))


def _head(files: Mapping[str, bytes], name: str) -> _Head | None:
    """Return what a file says of itself; None where it is no transcript."""
    beginning = head(files, name)
    session = _SESSION.search(beginning)
    if session is None or not _is_log(name, beginning):
        return None
    side, agent, first = _SIDE.search(beginning), _AGENT.search(beginning), _UUID.search(beginning)
    if first is None and b'"type":"user"' not in beginning:
        return None
    is_child = side is not None and side[1] == b"true" and agent is not None and b'"isSidechain":false' not in beginning
    return _Head(
        session[1].decode("utf-8", "replace"),
        None if first is None else first[1].decode("utf-8", "replace"),
        agent[1].decode("utf-8", "replace") if is_child and agent is not None else None,
    )


def _is_log(name: str, beginning: bytes) -> bool:
    """Return whether a file holds records line by line, whatever its name is; one whose first line is long by that."""
    if name.endswith(".jsonl"):
        return beginning.lstrip(b"\xef\xbb\xbf \r\n").startswith(b"{")
    return any("type" in record for record in Input(beginning).first_records)


def _call(files: Mapping[str, bytes], name: str) -> str | None:
    """Return the tool call that started a sub-agent, as the file beside its own says."""
    try:
        return values.identifier(values.mapping(jsontext.decode(files[_meta(name)])).get("toolUseId"))
    except (KeyError, ReadError):
        return None


def _meta(name: str) -> str:
    """Return the name of the file that says of a sub-agent's which call started it."""
    return name.removesuffix(".jsonl") + ".meta.json"


def _followed(files: Mapping[str, bytes], mains: Mapping[str, _Head]) -> dict[str, str]:
    """Return each session's file all of whose records stand in another, with the name of that."""
    families: dict[str, list[str]] = {}
    for name, found in mains.items():
        if found.first is not None:
            families.setdefault(found.first, []).append(name)
    followed: dict[str, str] = {}
    for family in families.values():
        if len(family) == 1:
            continue
        held = {name: frozenset(_UUID.findall(files[name])) for name in sorted(family)}
        kept: list[str] = []
        for name in sorted(held, key=lambda one: -len(held[one])):  # stable: of equal ones, the first by name is kept
            longer = next((one for one in kept if held[name] <= held[one]), None)
            if longer is None:
                kept.append(name)
            else:
                followed[name] = longer
    return followed


def _last(name: str, followed: Mapping[str, str]) -> str:
    return followed.get(name, name)
