"""Who follows whom: each message's parent, from its records' own words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from py_export.model import Message, ToolCall
from py_export.readers.claude_code.transcript import Node
from py_export.transforms import measure


def tie(messages: Sequence[Message], nodes: Mapping[str, Node]) -> Thread:
    """
    Set every message's parent, and return the session's own thread.

    Args:
        messages: The session's, as the chat shows them: records joined with others are no messages of their own.
        nodes: The records' places, by uuid.
    """
    uuids: dict[str, str] = {}
    for uuid, node in nodes.items():
        uuids.setdefault(node.draft.message.id, uuid)
    thread = Thread(messages, nodes, uuids)
    thread.tie()
    for message in measure.walk(list(messages)):
        for block in message.blocks:
            if isinstance(block, ToolCall) and block.messages:
                Thread(block.messages, nodes, uuids).tie()
    return thread


class Thread:
    """
    The messages of one agent. Their parents are among themselves.

    What has no record in the tree (a queue's words) follows the message before it; ``_ends`` names the last of such.
    """

    def __init__(self, messages: Sequence[Message], nodes: Mapping[str, Node], uuids: Mapping[str, str]) -> None:
        self._messages = messages
        self._bases = [one.id.partition(":")[0] for one in messages]
        self._nodes = nodes
        self._uuids = uuids
        self._last_part = {base: one.id for base, one in zip(self._bases, messages, strict=True)}
        self._holders: dict[str, str | None] = {}
        self._ends: dict[str, str] = {}

    def tie(self) -> None:
        """Set the parents."""
        before: Message | None = None
        base_before: str | None = None
        trunk: str | None = None
        for base, message in zip(self._bases, self._messages, strict=True):
            uuid = self._uuids.get(base)
            if before is not None and base_before == base:
                message.parent_id = before.id  # the next part of what one record said
                trunk = message.id
            elif uuid is not None:
                message.parent_id = self._above(uuid)
                trunk = message.id
            elif trunk is not None and message.role in ("user", "assistant"):
                message.parent_id = self._ends.get(trunk, trunk)
                self._ends[trunk] = message.id
            before, base_before = message, base

    def holder(self, uuid: str) -> str | None:
        """Return the id of the last message that holds a record, or what comes before it where none does."""
        passed: list[str] = []
        at: str | None = uuid
        found: str | None = None
        while at is not None:
            if at in self._holders:
                found = self._holders[at]
                break
            node = self._nodes.get(at)
            if node is None:
                break
            self._holders[at] = None  # so that a circle ends here
            passed.append(at)
            found = self._last_part.get(node.draft.message.id)
            if found is not None:
                break
            at = self._parent(node)
        for one in passed:
            self._holders[one] = found
        return found

    def _above(self, uuid: str) -> str | None:
        above = self._parent(self._nodes[uuid])
        found = None if above is None else self.holder(above)
        if found is None or _base(found) == self._nodes[uuid].draft.message.id:
            return None
        return self._ends.get(found, found)

    def end(self, uuid: str) -> str | None:
        """Return the id of the message that one which follows a record would follow."""
        found = self.holder(uuid)
        return None if found is None else self._ends.get(found, found)

    def _parent(self, node: Node) -> str | None:
        """Return the uuid of the record before; where that is not there, of the record before it."""
        return node.parent if node.parent is None or node.parent in self._nodes else node.before


def _base(identity: str) -> str:
    """Return the id of the record whose message this is a part of."""
    return identity.partition(":")[0]
