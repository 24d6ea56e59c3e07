"""Gemini CLI's log replayed: records that replace each other, lists that replace a list, and turns taken back."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any

from py_export.model import Json
from py_export.readers.records import values

_TALK = frozenset({"user", "gemini"})


@dataclass(slots=True, eq=False)
class Node:
    """
    One turn.

    Attributes:
        record: The turn by its last telling; of a compaction, the record that made it.
        where: The place of that telling.
        before: The turn that it follows.
        live: The person has not taken it back.
        told: Earlier tellings that say what the last one does not.
        compaction: No turn: here the command line put a summary in the place of what was said.
    """

    record: dict[str, Any]
    where: str
    before: Node | None = None
    live: bool = True
    told: list[Json] = field(default_factory=list)
    compaction: bool = False

    def tell(self, record: dict[str, Any], where: str) -> None:
        """Put a later telling in the place of the one before."""
        if record is not self.record and not _strings(self.record) <= _strings(record):
            self.told.append(self.record)
        self.record, self.where = record, where


@dataclass(slots=True)
class Log:
    """A replayed log: what it says of the session, its turns in order, and the records that say neither."""

    about: dict[str, Any] = field(default_factory=dict)
    order: list[Node] = field(default_factory=list)
    other: list[tuple[str, Json]] = field(default_factory=list)

    @property
    def leaf(self) -> Node | None:
        """The last turn that has not been taken back."""
        return next((node for node in reversed(self.order) if node.live), None)


def replay(records: Iterable[tuple[str, Json]]) -> Log:
    """
    Return what a log comes to.

    As the command line reads it: a record with an id is a turn, in the place of an earlier one with that id; ``$set``
    changes what is known of the session, and with ``messages`` all turns; ``$rewindTo`` takes back a turn and all
    after it, all there are where it names none. What the command line forgets is kept: turns that were taken back
    stay as a branch, turns that a summary stands for stay before it.
    """
    state = _Replay()
    for where, record in records:
        if not isinstance(record, dict):
            state.log.other.append((where, record))
        elif isinstance(record.get("$rewindTo"), str):
            state.rewind(record["$rewindTo"])
        elif _id(record) is not None or isinstance(record.get("type"), str):
            state.add(record, where)
        elif isinstance(record.get("$set"), dict):
            state.change(record["$set"], where)
        elif isinstance(record.get("sessionId"), str):
            state.change(record, where)
        else:
            state.log.other.append((where, record))
    return state.log


class _Replay:
    def __init__(self) -> None:
        self.log = Log()
        self.live: list[Node] = []
        self.known: dict[str, Node] = {}

    def add(self, record: dict[str, Any], where: str) -> None:
        identity = _id(record)
        node = self.known.get(identity) if identity is not None else None
        if node is not None:
            node.tell(record, where)
            return
        node = Node(record, where, self.live[-1] if self.live else None)
        if identity is not None:
            self.known[identity] = node
        self.live.append(node)
        self.log.order.append(node)

    def rewind(self, identity: str) -> None:
        target = self.known.get(identity)
        while self.live:
            node = self.live.pop()
            node.live = False
            if not node.compaction:
                self.known.pop(_id(node.record) or "", None)
            if node is target:
                break

    def change(self, changes: dict[str, Any], where: str) -> None:
        turns = changes.get("messages")
        self.log.about.update({name: value for name, value in changes.items() if name != "messages"})
        if isinstance(turns, list) and turns:
            self._replace(turns, f"{where}.messages")

    def _replace(self, turns: list[Json], where: str) -> None:
        """Make ``turns`` the list; what it no longer holds stays where it was, before what stands for it."""
        places = {id(node): place for place, node in enumerate(self.log.order)}
        ids = {identity for record in turns if (identity := _id(values.mapping(record))) is not None}
        alike = self._alike(ids)
        order: list[Node] = []
        new: list[Node] = []
        at = 0
        for number, record in enumerate(turns):
            place = f"{where}[{number}]"
            identity = _id(values.mapping(record))
            if identity is None:
                self.log.other.append((place, record))
                continue
            node = self.known.get(identity)
            if node is not None:
                node.tell(record, place)
            elif same := alike.get(_said(record)):
                node = self.known[identity] = same.popleft()
            else:
                node = self.known[identity] = Node(record, place)
                new.append(node)
                continue
            found = places.get(id(node), -1)
            if found >= at:
                order += _around(self.log.order[at:found], new, where)
                order.append(node)
                new, at = [], found + 1
        order += _around(self.log.order[at:], new, where)
        self.log.order = order
        self.live = [node for node in order if node.live]
        for before, after in pairwise(self.live):
            after.before = before

    def _alike(self, ids: set[str]) -> dict[tuple[str, ...], deque[Node]]:
        """Return the turns that a list does not name, by what they say: some versions list them under new ids."""
        found: dict[tuple[str, ...], deque[Node]] = {}
        for node in self.live:
            said = _said(node.record)
            if len(said) > 1 and not node.compaction and _id(node.record) not in ids:
                found.setdefault(said, deque()).append(node)
        return found


def _id(record: dict[str, Any]) -> str | None:
    return values.identifier(record.get("id"))


def _said(record: dict[str, Any]) -> tuple[str, ...]:
    """Return who speaks and what is said, or else which calls are made and answered."""
    parts = values.items(record.get("content"))
    said = "".join(values.text(part) or "" for part in parts if not isinstance(part, list)).strip()
    calls = [values.mapping(values.first(values.mapping(part), "functionCall", "functionResponse")) for part in parts]
    calls += map(values.mapping, values.items(record.get("toolCalls")))
    ids = sorted({identity for call in calls if (identity := values.identifier(call.get("id")))})
    return values.type_name(record), *([said] if said else ids)


def _around(gone: list[Node], new: list[Node], where: str) -> Iterator[Node]:
    """Yield turns that a list no longer holds, then those that it has in their place."""
    yield from gone
    if new and any(node.live and values.string(node.record.get("type")) in _TALK for node in gone):
        yield Node({"type": "$set"}, where, compaction=True)
    yield from new


def _strings(value: Json) -> set[str]:
    """Return every text that a turn holds, but for what changes as it goes on."""
    found: set[str] = set()
    left = [value]
    while left:
        one = left.pop()
        if isinstance(one, str):
            found.add(one)
        elif isinstance(one, list):
            left += one
        elif isinstance(one, dict):
            left += [item for name, item in one.items() if name not in ("status", "timestamp")]
    return found


def listed(document: dict[str, Any]) -> Log:
    """Return a session's document, the form before the log's, as the log that it would be."""
    log = Log({name: value for name, value in document.items() if name != "messages"})
    for number, record in enumerate(values.items(document.get("messages"))):
        where = f"messages[{number}]"
        if isinstance(record, dict):
            log.order.append(Node(record, where, log.order[-1] if log.order else None))
        else:
            log.other.append((where, record))
    return log
