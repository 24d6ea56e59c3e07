"""The tool calls of a session in the order in which they took effect, sub-agents' among them."""

from __future__ import annotations

from collections.abc import Iterator
from heapq import merge
from operator import itemgetter
from typing import NamedTuple

from py_export.model import Message, Session, ToolCall


class Step(NamedTuple):
    """One call: where it stands, when it ended, and the request of a person's that it was made for."""

    call: ToolCall
    where: str
    at: int | None
    request: Message | None


_Timed = tuple[int, int, Step | Message]


def steps(session: Session) -> Iterator[Step]:
    """
    Yield every call with what came of it.

    Calls of one thread stay as they stand. Sub-agents work beside it: their calls go between by their times, and where
    no time is known, to the place of the call that started them.
    """
    request: Message | None = None
    side: list[list[_Timed]] = []
    main = _thread(session.messages, "", 0, side)
    for _, _, step in merge(main, *side, key=itemgetter(0, 1)):
        if isinstance(step, Message):
            request = step
        else:
            yield step._replace(request=request)


def _thread(messages: list[Message], before: str, after: int, side: list[list[_Timed]]) -> list[_Timed]:
    """Return one thread's calls and requests, each with a time that is not before the last one's."""
    found: list[_Timed] = []
    depth = before.count(".messages") + 1 if before else 0
    for number, message in enumerate(messages):
        if message.role == "user" and not depth and not message.hidden and message.sub_agent is None:
            after = max(after, message.created_at or after)
            found.append((after, depth, message))
        for place, block in enumerate(message.blocks):
            if not isinstance(block, ToolCall):
                continue
            where = f"{before}messages[{number}].blocks[{place}]"
            began = max(after, block.started_at or message.created_at or after)
            if block.messages:
                side.append(_thread(block.messages, f"{where}.", began, side))
            at = block.ended_at or block.started_at or message.created_at
            after = max(after, at or after)
            found.append((after, depth, Step(block, where, at, None)))
    return found
