"""
The time line of a session: who typed what, what streamed in, which tools ran and which files they changed, and when.

It is the current branch, without what the application's own chat hides. A sub-agent's messages stand between the
start and the end of the call that started it, tools side by side where their times overlap.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice

from wcwidth import iter_graphemes

from py_export.errors import TooDeep
from py_export.jsontext import MAX_DEPTH
from py_export.markdown import one_line
from py_export.model import Block, Code, Error, Message, Session, Text, Thinking, ToolCall
from py_export.notices import Notices
from py_export.replay_options import ReplayOptions
from py_export.transforms.branch import CURRENT, branch
from py_export.transforms.replay.calls import Calls
from py_export.transforms.replay.events import Began, Event, Failed, Noted, Returned, Streamed, Typed
from py_export.transforms.replay.pace import Pace
from py_export.transforms.replay.said import Said
from py_export.transforms.shown import Shown

MOST_IN_A_TITLE = 80
"""Grapheme clusters."""

Placed = tuple[str, Block]


def timeline(session: Session, options: ReplayOptions, notices: Notices) -> Iterator[Event]:
    """
    Yield the events of a session in their order; ``at`` never goes back.

    Each is made when it is asked for: what a long session takes is one message at a time.
    """
    way = branch(session, CURRENT)
    kept = [(f"messages[{at}]", one) for at, one in enumerate(session.messages) if way is None or one.id in way.ids]
    aside = sum(not one.hidden for one in session.messages) - sum(not one.hidden for _, one in kept)
    if aside:
        notices.add("branch_left_out", count=aside)
    replay = _Replay(options, notices)
    try:
        yield from replay.messages(kept, _Place())
        yield from replay.messages([(f"notes[{at}]", one) for at, one in enumerate(session.notes)], _Place(note=True))
    except RecursionError:  # sub-agents of sub-agents, beyond any real session
        raise TooDeep(limit=MAX_DEPTH) from None


def end(event: Event) -> int:
    """Return when an event is over, in milliseconds from the beginning."""
    return event.at + (event.duration_ms if isinstance(event, Typed | Streamed) else 0)


def by_message(events: Iterable[Event]) -> Iterator[list[Event]]:
    """Yield the events message by message, each from where it begins up to the next."""
    held: list[Event] = []
    for event in events:
        if isinstance(event, Began) and held:
            yield held
            held = []
        held.append(event)
    if held:
        yield held


@dataclass(frozen=True, slots=True)
class _Place:
    """Where messages stand: below which call, or beside the session."""

    depth: int = 0
    call: int | None = None
    note: bool = False

    def types(self, message: Message) -> bool:
        """Return whether a person types what the message says: what a sub-agent is asked, a model has written."""
        return message.role == "user" and self.depth == 0 and message.sub_agent is None


@dataclass(slots=True)
class _Replay:
    options: ReplayOptions
    notices: Notices
    count: int = 0
    turn: int = 0
    before: str = ""
    shown: Shown = field(init=False)
    said: Said = field(init=False)
    pace: Pace = field(init=False)
    calls: Calls = field(init=False)

    def __post_init__(self) -> None:
        self.shown = Shown(self.options, self.notices)
        self.said = Said(self.options, self.notices)
        self.pace = Pace(self.options)
        self.calls = Calls(self.shown, self.said, self.pace)

    def messages(self, messages: Sequence[tuple[str, Message]], place: _Place) -> Iterator[Event]:
        for where, message in messages:
            if message.hidden:
                continue
            blocks = [(at, one) for at, one in self.shown.blocks(message, where) if _has(one)]
            if blocks or not self.options.messages:
                yield self._began(message, blocks, place)
                yield from self._blocks(blocks, place, types=place.types(message))

    def _began(self, message: Message, blocks: Sequence[Placed], place: _Place) -> Event:
        types, depth, note = place.types(message), place.depth, place.note
        asks = types and not note
        spoken = 0
        for _, block in blocks:
            if isinstance(block, ToolCall):
                break
            spoken += self._taking(block, types=types)
        if asks:
            self.pace.wait(message.created_at, otherwise=self.pace.reading(), taking=spoken)
        else:
            self.pace.wait(message.created_at, taking=spoken)
        opens = not note and depth == 0 and ((asks and self.before != "user") or self.turn == 0)
        self.turn += opens
        self.count += 1
        if depth == 0:
            self.before = "user" if asks else "other"
        return Began(
            at=self.pace.at,
            clock=self.shown.time(message.created_at),
            message=self.count,
            turn=self.turn if opens else None,
            title=_title(blocks) if opens else None,
            role=message.role,
            id=message.id,
            author=message.author,
            model=message.model,
            depth=depth,
            call=place.call,
            note=note,
        )

    def _blocks(self, blocks: Sequence[Placed], place: _Place, *, types: bool) -> Iterator[Event]:
        message = self.count
        for where, block in blocks:
            if isinstance(block, ToolCall):
                yield from self.calls.start(block, where)
                if block.messages:
                    below = [(f"{where}.messages[{at}]", one) for at, one in enumerate(block.messages)]
                    number, running = self.calls.count, self.calls.running
                    self.calls.running = []
                    yield from self.messages(below, _Place(place.depth + 1, number))
                    self.calls.running = running
                    if self.count > message:
                        yield Returned(at=self.pace.at, message=message)
                continue
            yield from self.calls.end()
            yield self._event(block, where, types=types)
        yield from self.calls.end()

    def _event(self, block: Block, where: str, *, types: bool) -> Event:
        at, taking = self.pace.at, self._taking(block, types=types)
        if isinstance(block, Text) and types:
            self.pace.spend(taking)
            return Typed(at=at, text=block.text, duration_ms=taking)
        if isinstance(block, Text | Thinking | Code):
            self.pace.spend(taking, block.text)
            named = (block.language, block.path) if isinstance(block, Code) else (None, None)
            return Streamed(
                at=at, text=block.text, duration_ms=taking, what=block.type, language=named[0], path=named[1]
            )
        if isinstance(block, Error):
            return Failed(at=at, text=block.text, code=block.code)
        assert not isinstance(block, ToolCall)  # noqa: S101 - those have their own way
        what, text = self.said.noted(block, where)
        return Noted(at=at, what=what, text=text)

    def _taking(self, block: Block, *, types: bool) -> int:
        if isinstance(block, Text) and types:
            return self.pace.typing(block.text)
        return self.pace.streaming(block.text) if isinstance(block, Text | Thinking | Code) else 0


def _has(block: Block) -> bool:
    return not isinstance(block, Text | Thinking) or bool(block.text.strip())


def _title(blocks: Sequence[Placed]) -> str | None:
    """Return how what is said begins: the first line that is not empty."""
    text = next((one.text for _, one in blocks if isinstance(one, Text)), "")
    line = next((one_line(line) for line in text.splitlines() if line.strip()), "")
    clusters = list(islice(iter_graphemes(line[: MOST_IN_A_TITLE * 16]), MOST_IN_A_TITLE + 1))
    cut = len(clusters) > MOST_IN_A_TITLE
    return ("".join(clusters[: MOST_IN_A_TITLE - 1]) + "…" if cut else "".join(clusters)) or None
