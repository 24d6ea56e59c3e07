"""The records of a transcript, decoded in order; what stands there twice is read once."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Container, Iterable
from typing import Any

from msgspec import Raw, Struct

from py_export import jsontext
from py_export.model import Json, Message
from py_export.notices import Notices
from py_export.readers.claude_code import usual
from py_export.readers.claude_code.answers import Answers
from py_export.readers.claude_code.heading import Heading
from py_export.readers.claude_code.queue import Queue
from py_export.readers.claude_code.usual import Usual
from py_export.readers.records import claude, values
from py_export.readers.records.draft import Draft


class Node(Struct, eq=False):
    """
    A record's place in the tree.

    Attributes:
        record: The record, or its text.
        draft: What it went into.
        parent: The uuid of the record that it follows, as it says.
        before: The uuid of the record before it in its file.
    """

    record: dict[str, Any] | Raw
    draft: Draft
    parent: str | None
    before: str | None


class Transcript:
    """
    Decodes a session's records, and then those of its sub-agents' files.

    Attributes:
        heading: What the records say of the session.
        nodes: Every record's place in the tree, by its uuid.
        turns: How many records are somebody's.
        leaf: The uuid of the record at which the session would go on.
        before: The uuid of the latest record of the session's own thread.
        number: How many records there were so far.
        beyond: The uuids at which the session would go on, and that no record before has.
    """

    def __init__(self, notices: Notices, agents: Container[str | None], *, above: int = 0) -> None:
        """``above``: how many records stand before the first."""
        self.heading = Heading()
        self.nodes: dict[str, Node] = {}
        self.turns = 0
        self.leaf: str | None = None
        self._notices = notices
        self._agents = agents
        self._answers = Answers()
        self._queue = Queue()
        self._files: list[list[Draft]] = [[]]
        self._call: str | None = None
        self.before: str | None = None
        self.beyond: list[str] = []
        self.number = above

    @property
    def idle(self) -> bool:
        """Whether the user's queue holds nothing that is to be shown, or may be."""
        return self._queue.idle

    @property
    def api_ids(self) -> Iterable[str]:
        """The ids of API messages, as their records have them."""
        return self._answers.ids

    def begin(self, call: str | None) -> None:
        """Begin a sub-agent's file; ``call`` is the id of the tool call that started it, where that is known."""
        self._files.append([])
        self._call = call
        self.before = None

    def add(self, where: str, record: Json | Usual) -> None:
        """Decode one record."""
        self.number += 1
        if isinstance(record, Usual):
            if record.uuid not in self.nodes:
                self._add_usual(where, record)
                return
            record = jsontext.decode(bytes(record.line))
        if not isinstance(record, dict):
            draft = Draft(Message(id=f"record-{self.number}", role="event"), where, self._notices, [record])
            draft.unread_line(record)
            self._files[-1].append(draft)
            return
        told = self._reported(record)
        said = record if told is None else told
        uuid = values.identifier(said.get("uuid"))
        known = self.nodes.get(uuid) if uuid is not None else None
        if known is not None and _is_copy(said, known.record):
            self._notices.add("duplicates_merged", where)
            return
        identity = uuid if uuid is not None and known is None else f"{uuid or 'record'}-{self.number}"
        draft = Draft(Message(id=identity, role="assistant"), where, self._notices, [record])
        claude.decode(draft, said)
        if len(self._files) > 1:
            draft.side = True
            draft.parent_call = draft.parent_call or self._call
        elif not draft.side and "isSidechain" in said:
            draft.transcript = False  # it says itself that it is no sub-agent's: what it says is the user's own
        if said.get("type") == "summary" or values.truthy(said.get("isVisibleInTranscriptOnly")):
            draft.message.hidden = True  # the title is made of it; the chat does not show it
        kept = self._answers.join(draft, values.identifier(said.get("requestId")))
        self._place(draft, kept, said)
        if told is not None and (outer := values.identifier(record.get("uuid"))) is not None:
            self.nodes.setdefault(outer, Node(record, kept, values.identifier(record.get("parentUuid")), self.before))
            self.before = outer
        self.heading.note(record, draft)
        self._queue.note(draft, record)
        if kept is draft:
            self._files[-1].append(draft)

    def _add_usual(self, where: str, record: Usual) -> None:
        """Take the short way with a record of the usual shape."""
        draft = usual.draft(record, where, self._notices)
        inside = len(self._files) > 1
        if inside:
            draft.side = True
            draft.parent_call = self._call
        elif not draft.side:
            draft.transcript = False  # as above
        kept = self._answers.join(draft, record.request or None)
        parent = draft.parent_uuid
        above = self.nodes.get(parent) if parent is not None else None
        if above is not None:
            draft.parent_uuid = above.draft.uuid
            parent = above.draft.uuid if above.draft.uuid == parent else parent  # one text in memory, not two
        self.turns += 1
        self.nodes[record.uuid] = Node(record.line, kept, parent, self.before)
        if inside:
            self.before = record.uuid
        elif not draft.side:  # one of several threads in the session's own file follows itself
            self.before = self.leaf = record.uuid
        self.heading.note_usual(record, draft)
        if draft.message.role == "user":
            self._queue.note_said(draft)
        if kept is draft:
            self._files[-1].append(draft)

    def ordered(self) -> list[Draft]:
        """Return the drafts in order; a sub-agent's file stands where the session was when it began."""
        self._queue.settle()
        main, *files = self._files
        times: list[int] = []
        for draft in main:
            at = draft.message.created_at
            times.append(max(times[-1] if times else 0, at or 0))
        places: dict[int, list[Draft]] = {}
        for drafts in files:
            begun = next((one.message.created_at for one in drafts if one.message.created_at is not None), None)
            place = len(main) if begun is None else bisect_right(times, begun)
            places.setdefault(place, []).extend(drafts)
        found: list[Draft] = []
        for place, draft in enumerate(main):
            found += places.get(place, ())
            found.append(draft)
        return found + places.get(len(main), [])

    def _place(self, draft: Draft, kept: Draft, record: dict[str, Any]) -> None:
        """Note the record's place in the tree, and point its draft at the draft that its parent went into."""
        if record.get("type") == "last-prompt":
            leaf = values.identifier(record.get("leafUuid"))
            if leaf is not None and leaf not in self.nodes:
                self.beyond.append(leaf)
            self.leaf = leaf if leaf in self.nodes else self.leaf
        parent = draft.parent_uuid or values.identifier(record.get("logicalParentUuid"))
        if parent is None and (record.get("subtype") == "compact_boundary" or record.get("isCompactSummary")):
            parent = self.before
        self._stand(draft, kept, record, parent, says=record.get("type") in ("user", "assistant"))

    def _stand(
        self, draft: Draft, kept: Draft, record: dict[str, Any] | Raw, parent: str | None, *, says: bool
    ) -> None:
        above = self.nodes.get(parent) if parent is not None else None
        if above is not None:
            draft.parent_uuid = above.draft.uuid
        self.turns += says
        if draft.uuid is None:
            return
        self.nodes.setdefault(draft.uuid, Node(record, kept, parent, self.before))
        if draft.side and len(self._files) == 1:
            return  # one of several threads in the session's own file, which follow themselves
        self.before = draft.uuid
        if says and len(self._files) == 1:
            self.leaf = draft.uuid

    def _reported(self, record: dict[str, Any]) -> dict[str, Any] | None:
        """Return the sub-agent's own record that a report of its progress holds, where no file of its own has it."""
        data = record.get("data")
        if record.get("type") != "progress" or not isinstance(data, dict) or data.get("type") != "agent_progress":
            return None
        inner, agent = values.mapping(data.get("message")), values.identifier(data.get("agentId"))
        told = values.identifier(inner.get("uuid"))
        if agent in self._agents or inner.get("type") not in ("user", "assistant") or told is None:
            return None
        if told in self.nodes:
            return None
        call = values.identifier(record.get("parentToolUseID"))
        return {**inner, "isSidechain": True, "agentId": agent, "parentToolUseID": call}


def _is_copy(record: dict[str, Any], known: dict[str, Any] | Raw) -> bool:
    """Return whether two records of one uuid say the same: a session that goes on begins with a copy."""
    if isinstance(known, Raw):
        known = values.mapping(jsontext.decode(bytes(known)))
    return all(record.get(key) == known.get(key) for key in ("type", "message", "content"))
