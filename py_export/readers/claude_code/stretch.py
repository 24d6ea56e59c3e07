"""
A stretch of a long transcript: from one turn of the user's to before a later one, read as if it were all there is.

Most stretches need nothing of each other but the id of the message before. Where one does (a tool call that is answered
further down, a record that stands there twice, a sub-agent that was called further up), ``joined.py`` says so, and the
transcript is read as a whole. So what comes of stretches is what comes of the whole; a test holds both against each
other, whatever the file.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Iterator
from typing import BinaryIO, NamedTuple

from msgspec import Struct

from py_export import jsontext
from py_export.model import Event, Message, Text, ToolCall
from py_export.notices import Notices
from py_export.readers.claude_code import usual
from py_export.readers.claude_code.heading import Heading, first_command, typed_words
from py_export.readers.claude_code.transcript import Transcript
from py_export.readers.claude_code.tree import tie
from py_export.readers.lines import records
from py_export.readers.records import values
from py_export.readers.records.draft import Draft, Result
from py_export.readers.timeline import arrange
from py_export.readers.timeline.agents import prompt
from py_export.readers.timeline.turns import NO_ANSWER
from py_export.transforms import measure

SIZE = 1 << 20
"""Bytes of a stretch, or a turn more: so much is held at a time, and no more."""

BUCKETS = 16
_UNTIED = ("tool_result_without_call", "sub_agent_unlinked")
"""What is reported of a record that belongs to one elsewhere."""


class Stretch(NamedTuple):
    """Where one lies in its file: its first byte, the byte after its last, and how many lines are above it."""

    start: int
    end: int
    above: int


class Told(Struct):
    """
    What a stretch says of itself to those that join it with others.

    Attributes:
        apart: Whether nothing in it asks for what stands elsewhere, as far as it can know.
        counted: Whether it has as many records as lines: those without a name are named by their number.
        ids: What its records, API messages and calls are called, as hashes, in so many arrays.
        beyond: Hashes of what it names and does not have.
        after: The uuid that its first record follows.
        last: The uuid of its last record.
        end: The id of the message that the next one follows.
        leaf: The id of the message at which the session would go on, if it ended here.
        nested: Whether anything in it may be a sub-agent's.
        mute: Whether a call of it does not say what it asked a sub-agent.
        named: Whether it holds what sub-agents wrote, all of them known by name.
        asked: Hashes of what its sub-agents were asked, and of what they are called.
    """

    apart: bool
    counted: bool
    ids: list[array[int]]
    beyond: frozenset[int]
    after: str | None
    last: str | None
    end: str | None
    leaf: str | None
    nested: bool
    mute: bool
    named: bool
    asked: frozenset[int]
    heading: Heading
    figures: measure.Figures
    typed: str | None
    command: str | None
    shown: int


class Piece(Struct):
    """A stretch, read: what was noticed of its records, what of their places, and its messages."""

    told: Told
    messages: list[Message]
    noticed: Notices
    placed: Notices


def stretches(file: BinaryIO, size: int) -> Iterator[Stretch]:
    """Yield the stretches of a transcript's first ``size`` bytes."""
    start = above = 0
    while start < size:
        end = _next(file, start + SIZE, size)
        yield Stretch(start, end, above)
        above += _lines(file, start, end)
        start = end


def read(data: bytes, above: int, *, first: bool) -> Piece:
    """Read the bytes of one stretch; ``above`` is how many lines stand above it, ``first`` whether none do."""
    noticed, placed = Notices(), Notices()
    transcript = Transcript(noticed, frozenset(), above=above)
    text = jsontext.text_of(data)
    for where, record in records(text, noticed, short=usual.read, above=above):
        transcript.add(where, record)
    counted = transcript.number - above == text.count(b"\n") + (not text.endswith(b"\n"))
    idle = transcript.idle
    drafts = transcript.ordered()
    begins = first or (bool(drafts) and _begins(drafts[0]))
    known = _Known(drafts)
    known.ids.update(map(hash, transcript.nodes), map(hash, transcript.api_ids))
    after = None if first or not drafts else drafts[0].parent_uuid
    mine = list(transcript.nodes.values())[0 if first else 1 :]
    beyond = {node.parent for node in mine if node.parent is not None} - transcript.nodes.keys()
    messages = arrange(drafts, {}, placed)
    thread = tie(messages, transcript.nodes)
    every = measure.Walked(measure.walk(messages))
    figures = measure.Figures.of(messages, every)
    last, leaf = transcript.before, transcript.leaf
    return Piece(
        Told(
            apart=idle
            and begins
            and known.plain
            and not any(code in placed for code in _UNTIED)
            and (figures.usage is None or figures.usage.cost_usd is None)
            and transcript.turns > 0,
            counted=counted,
            ids=bucketed(known.ids),
            beyond=frozenset(map(hash, beyond.union(transcript.beyond))),
            after=after,
            last=last,
            end=None if last is None else thread.end(last),
            leaf=None if leaf is None else thread.holder(leaf),
            nested=known.nested,
            mute=known.mute,
            named=known.named,
            asked=frozenset(known.asked),
            heading=transcript.heading,
            figures=figures,
            typed=typed_words(messages),
            command=first_command(messages),
            shown=sum(not message.hidden for message in messages),
        ),
        messages,
        noticed,
        placed,
    )


class _Known:
    """
    What drafts have that may be asked for elsewhere.

    ``plain``: nothing of theirs is tied to others by its order alone, or by readings of a counter. ``mute``: a call may
    have started a sub-agent and does not say what it asked.
    """

    def __init__(self, drafts: Iterable[Draft]) -> None:
        self.ids: set[int] = set()
        self.asked: set[int] = set()
        self.nested = self.mute = False
        self.plain = True
        self._agents: set[str | None] = set()
        for draft in drafts:
            self._note(draft)

    @property
    def named(self) -> bool:
        """Whether sub-agents wrote any of them, and each of those is known by its name."""
        return bool(self._agents) and None not in self._agents

    def _note(self, draft: Draft) -> None:
        self.nested = self.nested or draft.side or draft.parent_call is not None
        if draft.side:
            self._agents.add(draft.agent_id)
        if draft.agent_id is not None:
            self.asked.add(hash(draft.agent_id))
        if draft.stream is not None or draft.tokens is not None:
            self.plain = False
        if draft.transcript and not draft.side and draft.message.role == "user":
            self.plain = False  # whose it is, is told by what it says
        for result in draft.results:
            self._note_result(result)
        for block in draft.message.blocks:
            if type(block) is ToolCall:
                self._note_call(block)

    def _note_result(self, result: Result) -> None:
        agent = values.identifier(values.mapping(result.result.data).get("agentId"))
        if agent is not None:
            self.asked.add(hash(agent))
        self.plain = self.plain and result.call_id is not None

    def _note_call(self, call: ToolCall) -> None:
        if call.id is None:
            self.plain = False
        else:
            self.ids.add(hash(call.id))
        if call.kind == "task":
            asked = prompt(call)
            if asked is None:
                self.mute = True
            else:
                self.asked.add(hash(asked))


def _beginning(line: bytes) -> type[Text | Event] | None:
    """Return what a line begins a stretch with, what a person said or a command; None where it may not."""
    if b'"user"' not in line or b'"tool_result"' in line:  # as nearly all are
        return None
    record = usual.read(memoryview(line))
    if record is None or record.side:
        return None
    draft = usual.draft(record, "", Notices())
    if not _begins(draft):
        return None
    return Event if type(draft.message.blocks[0]) is Event else Text


def _begins(draft: Draft) -> bool:
    """Return whether a draft is what a person said or a command, which no chat shows as one with what is above it."""
    message = draft.message
    if message.hidden or draft.injected or draft.side or draft.results or message.api_id is not None:
        return False
    if not message.blocks or message.role not in ("user", "event"):
        return False
    first = message.blocks[0]
    if type(first) is Event:
        return (draft.console or message.role == "user") and first.name == "command"
    return type(first) is Text and not draft.console and draft.shown_text.strip() != NO_ANSWER


def bucketed(ids: Iterable[int]) -> list[array[int]]:
    """Return hashes in arrays that are small enough to be looked through as sets, one by one."""
    found = [array("q") for _ in range(BUCKETS)]
    for one in ids:
        found[one % BUCKETS].append(one)
    return found


def _next(file: BinaryIO, at: int, size: int) -> int:
    """
    Return where the first line behind a place begins that a stretch can begin with, or where the file ends.

    It begins with a command only where nobody says anything soon: a report goes on with the turn before a command, and
    can begin a stretch with nothing but a question.
    """
    if at >= size:
        return size
    file.seek(at)
    at += len(file.readline())
    most = at + SIZE // 4
    command: int | None = None
    while at < size:
        line = file.readline()
        begins = _beginning(line)
        if begins is Text:
            return at
        if begins is Event and command is None:
            command = at
        at += len(line) or size
        if command is not None and at > most:
            return command
    return size


def _lines(file: BinaryIO, start: int, end: int) -> int:
    file.seek(start)
    return file.read(end - start).count(b"\n")
