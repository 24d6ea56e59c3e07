"""One branch of a session whose edits and regenerations made it a tree: the messages from its root to one of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from py_export.errors import NoSuchBranch
from py_export.model import Message, Session

ALL, CURRENT = "all", "current"


@dataclass(frozen=True, slots=True)
class Branch:
    """A branch: the id of its last message, and the ids of all that stand on it."""

    leaf: str | None
    ids: frozenset[str]


def branch(session: Session, wanted: str) -> Branch | None:
    """
    Return a branch; None where every message is on it.

    What nothing follows but is no end either, an event, is on the branch of the message that it follows. What has no
    place in the tree - an event that follows nothing, a sub-agent whose call is unknown - is on every branch.

    Args:
        session: Its messages name their parents; where none does, each follows the one before it.
        wanted: ``all``, ``current`` (the one that ends at the session's leaf, else at its last message), or the id of
            the branch's last message.

    Raises:
        NoSuchBranch: No message has that id.
    """
    messages = session.messages
    if wanted == ALL:
        return None
    places = {message.id: place for place, message in reversed(list(enumerate(messages)))}
    if wanted == CURRENT:
        if not any(message.parent_id for message in messages):
            return None
        last = next((one.id for one in reversed(messages) if one.sub_agent is None), None)
        leaf = session.leaf_id if session.leaf_id in places else last
    elif wanted in places:
        leaf = wanted
    else:
        raise NoSuchBranch(count=sum(not message.hidden for message in messages))
    on_it = set() if leaf is None else _chain(messages, places, places[leaf])
    parents = {message.parent_id for message in messages}
    beside = {one.id for one in messages if _beside(one, on_it) and one.id not in parents}
    return Branch(leaf, frozenset(on_it | beside | {one.id for one in messages if one.sub_agent is not None}))


def leaves(session: Session) -> list[Message]:
    """Return the last message of every branch in time order, where there is more than one: what nothing follows."""
    messages = [one for one in session.messages if one.sub_agent is None]
    if not any(message.parent_id for message in messages):
        return []
    parents = {message.parent_id for message in messages}
    ends = [one for one in messages if one.id not in parents and one.role in ("user", "assistant") and not one.hidden]
    return ends if len(ends) > 1 else []


def _chain(messages: Sequence[Message], places: dict[str, int], place: int) -> set[str]:
    """Return the ids from a message up to its root, whatever the parents name: no circle is walked twice."""
    firsts: dict[str | None, int] = {}
    for number, message in enumerate(messages):
        firsts.setdefault(message.parent_id, number)
    linear = firsts.keys() <= {None}
    found: set[str] = set()
    while place >= 0 and messages[place].id not in found:
        found.add(messages[place].id)
        parent = messages[place].parent_id
        root = place - 1 if linear else -1
        # A parent that the session does not hold would stand before the first message that follows it.
        place = root if parent is None else places.get(parent, firsts[parent] - 1)
    return found


def _beside(message: Message, on_it: set[str]) -> bool:
    return message.role in ("event", "system") and (message.parent_id is None or message.parent_id in on_it)
