"""What of a session is exported: a range of messages, a branch, what a filter lets through, some roles; the order."""

from __future__ import annotations

import dataclasses
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from typing import get_args

from msgspec.structs import replace

from py_export.errors import InvalidOption
from py_export.model import Message, Role, Session
from py_export.notices import Notices
from py_export.transforms import filter as filters
from py_export.transforms import measure
from py_export.transforms.branch import ALL, Branch, branch
from py_export.transforms.filter import Context
from py_export.transforms.order import Order, ordered
from py_export.transforms.pair import Pair, pairs
from py_export.transforms.part import part


@dataclass(frozen=True, slots=True)
class Selection:
    """
    What to take of a session. The range comes first, then the branch, the filter, the roles, and last the order.

    Attributes:
        range: The first and the last message by number, as ``session.range`` counts: from 1, both included, over the
            messages that the chat shows. None is the session's own end.
        branch: ``all``; ``current``, the branch that the application shows; or the id of a branch's last message.
        filter: A line of the filter language; it sees what range and branch leave. Empty lets everything through.
        context: What the filter asks of the moment and the host. What it leaves open, the session answers: ``now`` is
            when it was exported, the topic and the model are those of its newest pair.
        roles: The roles to keep; None keeps all.
        order: ``time``, or ``topic``: the topics in the order of their tree, by time within each. None keeps the order.
    """

    range: tuple[int | None, int | None] | None = None
    branch: str = ALL
    filter: str = ""
    context: Context = field(default_factory=Context)
    roles: Collection[str] | None = None
    order: Order | None = None


def select(session: Session, selection: Selection, notices: Notices | None = None) -> Session:
    """
    Return what is selected of a session, as a session; the one that is given stays as it is.

    Where anything is left out or moved, the figures are measured anew, a message's parent is the nearest one that is
    kept, and the payload that the session was read from is gone - but for a plain range, which keeps that payload
    with just its messages.

    Raises:
        InvalidFilter: The filter language does not have that.
        InvalidOption: No role, order or time zone has that name.
        InvalidRange: The session has no such messages.
        NoSuchBranch: No message has that id.
    """
    notices = Notices() if notices is None else notices
    _check(selection)
    way = branch(session, selection.branch)
    found = session if selection.range is None else _measured(part(session, *selection.range))
    kept = [message for message in found.messages if way is None or message.id in way.ids]
    order = selection.order or found.order
    if selection.filter.strip() or order != found.order:
        kept = _paired(kept, found, selection, notices)
    if selection.roles is not None:
        kept = [message for message in kept if message.role in selection.roles]
    if session.messages and not kept:
        notices.add("nothing_selected")
    said = selection.filter or found.filter_input
    found = replace(found, filter_input=said, order=order)
    if len(kept) == len(found.messages) and all(map(_same, kept, found.messages)):
        return found
    return _measured(_linked(found, kept, way))


def _check(selection: Selection) -> None:
    for name, given, known in (
        ("roles", selection.roles or (), get_args(Role)),
        ("order", () if selection.order is None else (selection.order,), get_args(Order)),
    ):
        if not set(given) <= set(known):
            raise InvalidOption(option=name, reason=", ".join(known))


def _paired(messages: list[Message], session: Session, selection: Selection, notices: Notices) -> list[Message]:
    """Filter and order by pairs."""
    found = pairs(messages)
    groups = _groups(messages, found)
    anew = selection.order not in (None, session.order)
    places = ordered(found, selection.order or session.order) if anew else list(range(len(found)))
    if selection.filter.strip():
        _tell(selection, notices)
        let_through = filters.select(selection.filter, found, _context(selection.context, session, found))
        kept = {id(pair) for pair in let_through}
        places = [place for place in places if id(found[place]) in kept]
    return [message for place in places for message in groups[place]]


def _groups(messages: Sequence[Message], found: Sequence[Pair]) -> list[list[Message]]:
    """Return each pair's messages, hidden ones too: one goes with the next that is shown, the last with the last."""
    owner = {id(message): place for place, pair in enumerate(found) for message in pair.messages}
    groups: list[list[Message]] = [[] for _ in found]
    waiting: list[Message] = []
    for message in messages:
        waiting.append(message)
        if id(message) in owner:
            groups[owner[id(message)]] += waiting
            waiting = []
    if groups:
        groups[-1] += waiting
    return groups


def _tell(selection: Selection, notices: Notices) -> None:
    """Say what the context boundary is worth, where the filter asks for it."""
    if filters.asks_for_the_boundary(selection.filter):
        notices.add("context_unknown" if selection.context.window is None else "context_estimated")


def _context(given: Context, session: Session, found: Sequence[Pair]) -> Context:
    newest = found[-1] if found else Pair()
    return dataclasses.replace(
        given,
        now=session.exported_at if given.now is None else given.now,
        topic=newest.topic_path if given.topic is None else given.topic,
        model=(newest.model or session.model) if given.model is None else given.model,
    )


def _same(one: Message, other: Message) -> bool:
    return one is other


def _linked(session: Session, kept: list[Message], way: Branch | None) -> Session:
    """Return the session with these messages, whose parents are among them."""
    parents = {message.id: message.parent_id for message in reversed(session.messages)}
    ids = {message.id for message in kept}

    def nearest(name: str | None) -> str | None:
        seen = set()
        while name in parents and name not in ids and name not in seen:
            seen.add(name)
            name = parents[name]
        return None if name in seen else name

    messages = [
        message if (parent := nearest(message.parent_id)) == message.parent_id else replace(message, parent_id=parent)
        for message in kept
    ]
    leaf = session.leaf_id if way is None else way.leaf
    return replace(session, messages=messages, leaf_id=nearest(leaf), document=None)


def _measured(session: Session) -> Session:
    messages = session.messages
    return replace(
        session,
        counts=measure.counts(messages),
        usage=measure.usage(messages),
        duration_ms=measure.duration(messages),
    )
