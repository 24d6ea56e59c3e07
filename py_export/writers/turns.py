"""The turns of a conversation, as the documents for people have them, whatever they are written in."""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, pairwise

from py_export.model import Block, Event, Message, Text, Thinking, ToolCall
from py_export.writers.figures import money, number, prompt_tokens
from py_export.writers.sheet import Sheet

SECTION, TURN, DEEPEST = 2, 3, 6
"""The levels of headings, where the document's title is the first."""


_BEGINS = 90
_LINE = re.compile("[^\n\r\v\f\x1c-\x1e\x85\u2028\u2029]+")
_FENCE = re.compile(r"\s*(?:`{3}|~{3})")
_LEAD = re.compile(r"\s*(?:[#>]+|[-*+])\s+")
_MARKS = re.compile(r"[`*](?:(?<=`)`*|(?<=\*)\*|(?<!\w\*)(?<=\*)(?=\w)|(?<=\w\*)(?!\w))")
_RULE = re.compile(r"\s*[-=*_~]+\s*")
"""What Markdown puts before, around and between words, as far as one line shows it."""


@dataclass(frozen=True, slots=True)
class Heading:
    """
    Who speaks.

    Attributes:
        level: 3 for the message that opens a turn, 4 for the others, below that for a sub-agent's.
        number: The turn's, where the message opens one.
        more: What else is known of the speaker: a name, a model that is not the session's.
    """

    level: int
    role: str
    more: tuple[str, ...]
    number: int | str | None = None


@dataclass(frozen=True, slots=True)
class Turn:
    """The messages from one question to the next, each with its place; nothing in it is hidden or empty."""

    number: int | str
    messages: list[tuple[int, Message]]

    @property
    def question(self) -> Message:
        """The message that opens it."""
        return self.messages[0][1]


def turns(messages: Sequence[Message], page: Sheet) -> Iterator[Turn]:
    """Yield the turns of what is shown: each begins with what a person asks, the first with whatever comes first."""
    turn: list[tuple[int, Message]] = []
    found = 0
    shown = ((at, message) for at, message in enumerate(messages) if shows(message, page))
    for one, following in pairwise(chain(shown, [None])):
        assert one is not None  # noqa: S101 - the last alone is
        if turn and turn[-1][1].role != "user" and opens(one[1], None if following is None else following[1]):
            found += 1
            yield Turn(found, turn)
            turn = []
        turn.append(one)
    if turn:
        yield Turn(found + 1, turn)


def opens(message: Message, following: Message | None) -> bool:
    """Return whether a message is what a person asked: in words, or by a command that a model answers."""
    return asks(message) or (following is not None and answers(following) and command(message) is not None)


def asks(message: Message) -> bool:
    """Return whether a message is what a person said."""
    return message.role == "user" and message.sub_agent is None


def answers(message: Message) -> bool:
    """Return whether a message is what the model of the conversation said."""
    return message.role == "assistant" and message.sub_agent is None


def command(message: Message) -> str | None:
    """Return the command that a person gave, ``/init`` or the like; None of any other message."""
    if message.role != "event" or message.sub_agent is not None or not message.blocks:
        return None
    first = message.blocks[0]
    return str(first.data.get("command", "")) if type(first) is Event and first.name == "command" else None


def shows(message: Message, page: Sheet) -> bool:
    """Return whether a message has anything to show."""
    return not message.hidden and (not page.options.messages or any(_has(one, page) for one in message.blocks))


def count_left_out(messages: Sequence[Message], page: Sheet, where: str = "") -> None:
    """Count what the options leave out of messages that are not shown at all."""
    prefix = f"{where}." if where else ""
    for at, message in enumerate(messages):
        if not message.hidden and not shows(message, page):
            deque(page.shown.blocks(message, f"{prefix}messages[{at}]"), maxlen=0)


def leading_text(message: Message) -> str:
    """Return what a message says first, or the command that it is; empty where that is no text."""
    said = next((one.text for one in message.blocks if isinstance(one, Text) and one.text.strip()), "")
    return said or command(message) or ""


def leading(text: str, page: Sheet) -> str:
    """Return how a text begins, for a line that stands for it."""
    for found in _LINE.finditer(text):  # lines apart by whatever Python's own splitlines takes for an end
        line = found[0]
        if not _FENCE.match(line):
            shown = _without_marks(line)
            if shown and not shown.isspace():
                return page.shortened(shown, most=_BEGINS)
    return ""


def _without_marks(line: str) -> str:
    if _RULE.fullmatch(line):
        return ""
    lead = _LEAD.match(line)
    shown = line if lead is None else line[lead.end() :]
    return _MARKS.sub("", shown) if "`" in shown or "*" in shown else shown


def meta(message: Message, page: Sheet) -> list[str]:
    """Return what a message took, and how its reader marked it."""
    found = []
    usage = page.shown.spent(message)
    if usage is not None:
        given, made = prompt_tokens(usage), usage.output_tokens
        directions = [] if given is None else [page.word("html.tokens-in", count=number(given))]
        if made is not None:
            directions.append(page.word("html.tokens-out", count=number(made)))
        if directions:
            found.append(" · ".join(directions))
        if usage.cost_usd is not None:
            found.append(money(usage.cost_usd))
    if message.topic_path:
        found.append(message.topic_path)
    if message.stars:
        found.append("★" * min(message.stars, 5))
    return found


def heading_of(message: Message, page: Sheet, level: int, *, below: bool = False) -> Heading:
    """Return who speaks; ``below`` is where a heading above says whose sub-agent it is."""
    more = [message.author] if message.author else []
    if message.sub_agent is not None and not below:
        more.append(page.word("markdown.sub-agent-unknown"))
    if message.model and message.model != page.model:
        more.append(message.model)
    return Heading(level, page.word(f"markdown.role.{message.role}"), tuple(more))


def _has(one: Block, page: Sheet) -> bool:
    if type(one) is Text:  # as nearly all are
        return bool(one.text) and not one.text.isspace()
    if isinstance(one, ToolCall):
        return page.options.tools != "none"
    if isinstance(one, Thinking):
        return page.options.thinking and bool(one.text.strip())
    return True
