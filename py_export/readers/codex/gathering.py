"""Which rollouts are one session's: its own, and those of the sub-agents that it started."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from py_export.readers.files import Group, head
from py_export.readers.input import Input

_META = re.compile(rb'\A(?:\xef\xbb\xbf)?\s*\{[^\n]{0,200}?"type"\s*:\s*"session_meta"')
_ID = re.compile(rb'"payload"\s*:\s*\{[^\n]{0,400}?"id"\s*:\s*"([^"\\]+)"')
_PARENT = re.compile(rb'"thread_spawn"\s*:\s*\{[^{}\n]{0,400}?"parent_thread_id"\s*:\s*"([^"\\]+)"')


@dataclass(frozen=True, slots=True)
class Child:
    """A sub-agent's rollout."""

    name: str
    id: str
    data: bytes


def gather(files: Mapping[str, bytes]) -> Iterator[Group]:
    """Yield the sessions' rollouts of a folder, each with its sub-agents', theirs too."""
    heads = {name: found for name in files if (found := _head(files, name)) is not None}
    by_id = {identity: name for name, (identity, _) in heads.items()}
    groups: dict[str, Group] = {}
    for name in heads:
        top, passed = name, {name}
        while (parent := heads[top][1]) is not None and by_id.get(parent, top) not in passed:
            top = by_id[parent]
            passed.add(top)
        group = groups.setdefault(top, Group(top))
        if name != top:
            group.files[name] = name
    yield from groups.values()


def sub_agents(given: Input, session: str | None) -> list[Child]:
    """Return the rollouts of a session's sub-agents, from all that lie beside its own; a sub-agent's own follow it."""
    heads = {name: about for name in sorted(given.files) if (about := _head(given.files, name)) is not None}
    found: list[Child] = []
    waiting = [session]
    passed = {session}
    while waiting:
        above = waiting.pop(0)
        for name, (identity, parent) in heads.items():
            if parent is not None and parent == above and identity not in passed:
                passed.add(identity)
                waiting.append(identity)
                found.append(Child(name, identity, Input(given.files[name]).data))
    return found


def _head(files: Mapping[str, bytes], name: str) -> tuple[str, str | None] | None:
    """Return the id of a rollout's session and that of the session that started it; None of what is no rollout."""
    first = head(files, name).partition(b"\n")[0]
    identity = _ID.search(first) if _META.match(first) else None
    if identity is None:
        return None
    parent = _PARENT.search(first)
    return identity[1].decode("utf-8", "replace"), None if parent is None else parent[1].decode("utf-8", "replace")
