"""
Analytics as JSON, as ``analytics-json`` writes it and the function answers it: usage events in, reports out.

Each session has a message for each API message and one for each call of a tool, in order of time; what was said is not
in such a document. Estimated costs are left out: whoever writes figures estimates by a price table of their own.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from py_export.errors import InvalidPayload, NoUsage
from py_export.model import Message, Session, Source, SubAgent, ToolCall, Usage
from py_export.notices import Notices
from py_export.readers.input import Input
from py_export.transforms import measure
from py_export.transforms.analytics.analysis import from_json
from py_export.transforms.analytics.figures import SessionTotal
from py_export.transforms.analytics.records import ToolUse, UsageEvent

_BEGINS = re.compile(
    rb'\s*\{\s*"schemaVersion"\s*:\s*[0-9]+\s*,\s*"generator"\s*:\s*"py-export[^"]*"\s*,'
    rb'(?:\s*"exportedAt"\s*:\s*(?:null|-?[0-9]+)\s*,)?\s*"period"\s*:'
)
_MEMBERS = frozenset({"schemaVersion", "period", "totals"})


def matches(given: Input) -> bool:
    """Return whether the document begins as this program writes it, or has what only analytics have."""
    if given.is_own:  # a payload begins like it, and may be too large to be decoded for a question
        # Nothing is made of all of it for that, where it begins without a byte order mark.
        begins = given.raw if given.raw[:64].lstrip()[:1] == b"{" else given.data
        return _BEGINS.match(begins) is not None
    return given.object.keys() >= _MEMBERS


def read(given: Input, _notices: Notices) -> list[Session]:
    """
    Read the sessions that have an event or a call, in the order in which these name them.

    Raises:
        InvalidPayload: It holds sums alone, or what is no figure.
        NoUsage: It holds nothing.
        NewerVersion: A later version of this program wrote it.
    """
    found = from_json(given.data)
    if found.events is None or found.calls is None or found.by_session is None:
        raise InvalidPayload("events", reason="sums without the events, calls and sessions that they are of")
    gathered: dict[str, _Gathered] = {}
    for event in found.events:
        gathered.setdefault(event.session_id, _Gathered()).events.append(event)
    for call in found.calls:
        gathered.setdefault(call.session_id, _Gathered()).calls.append(call)
    if not gathered:
        raise NoUsage("events")
    known = {one.id: one for one in found.by_session}
    return [one.session(known.get(name) or SessionTotal(id=name)) for name, one in gathered.items()]


class _Gathered:
    """The events and the calls of one session."""

    def __init__(self) -> None:
        self.events: list[UsageEvent] = []
        self.calls: list[ToolUse] = []

    def session(self, known: SessionTotal) -> Session:
        """Return the session."""
        answers = [_answer(one) for one in self.events if one.type == "message"]
        beyond = [one for one in self.events if one.type == "session"]
        provider = next((one.provider for one in self.events if one.provider is not None), None)
        return Session(
            id=known.id,
            title=known.title,
            source=Source(known.app, "analytics-json", known.app_version),
            created_at=known.created_at,
            updated_at=known.updated_at,
            duration_ms=known.duration_ms,
            model=known.model,
            provider=known.provider or provider,
            workspace=known.workspace,
            usage=_whole(answers, beyond[0].usage) if beyond else None,
            counts=known.counts,
            messages=list(_in_time(answers, [_calling(one) for one in self.calls])),
        )


def _answer(event: UsageEvent) -> Message:
    return Message(
        id=event.message_id or f"event-{event.number}",
        role="assistant",
        created_at=event.timestamp,
        model=event.model,
        usage=event.usage,
        sub_agent=SubAgent() if event.sub_agent else None,
    )


def _calling(use: ToolUse) -> Message:
    """Return a message that holds one call. It is none of an API: those are counted by their events."""
    call = ToolCall(name=use.name, kind=use.kind, status=use.status, duration_ms=use.duration_ms)
    return Message(
        id=use.message_id or f"call-{use.number}",
        role="tool",
        created_at=use.timestamp,
        model=use.model,
        sub_agent=SubAgent() if use.sub_agent else None,
        blocks=[call],
    )


def _whole(answers: list[Message], beyond: Usage) -> Usage:
    """Return the session's own total: what its messages took, and what it says beyond them."""
    counted = measure.usage(answers) or Usage()
    told = ((name, getattr(beyond, name)) for name in Usage.__struct_fields__)
    return Usage(**{name: (getattr(counted, name) or 0) + more for name, more in told if more is not None})


def _in_time(answers: list[Message], calling: list[Message]) -> Iterator[Message]:
    """Yield both in order of time; what is of one kind stays in its own order, whatever its times say."""
    left = iter(calling)
    waiting = next(left, None)
    for answer in answers:
        while waiting is not None and _before(waiting, answer):
            yield waiting
            waiting = next(left, None)
        yield answer
    while waiting is not None:
        yield waiting
        waiting = next(left, None)


def _before(one: Message, other: Message) -> bool:
    return one.created_at is not None and other.created_at is not None and one.created_at < other.created_at
