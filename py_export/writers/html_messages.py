"""Messages as HTML, turn by turn, each sub-agent's below the call that started it."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial

from markupsafe import Markup

from py_export.model import Block, Message, Text, Thinking, ToolCall
from py_export.writers.figures import dollars, number, prompt_tokens
from py_export.writers.html_blocks import block
from py_export.writers.html_page import Page, lazily, within
from py_export.writers.html_tools import tool_call
from py_export.writers.markdown_sections import task

_SECTION, _TURN, _DEEPEST = 2, 3, 6


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
    number: int | None = None


@dataclass(frozen=True, slots=True)
class Turn:
    """The messages from one question to the next, each with its place; nothing in it is hidden or empty."""

    number: int
    messages: list[tuple[int, Message]]

    @property
    def question(self) -> Message:
        """The message that opens it."""
        return self.messages[0][1]


def turns(messages: Sequence[Message], page: Page) -> Iterator[Turn]:
    """Yield the turns of what is shown: each begins with what a person says, the first with whatever comes first."""
    turn: list[tuple[int, Message]] = []
    found = 0
    for at, message in enumerate(messages):
        if not shows(message, page):
            continue
        asks = message.role == "user" and message.sub_agent is None
        if turn and asks and turn[-1][1].role != "user":
            found += 1
            yield Turn(found, turn)
            turn = []
        turn.append((at, message))
    if turn:
        yield Turn(found + 1, turn)


def turn(one: Turn, page: Page) -> Iterator[Iterator[str]]:
    """Yield a turn message by message."""
    before: Heading | None = None
    level = _TURN
    for at, message in one.messages:
        heading = _heading(message, page, level if before is None else _TURN + 1)
        if before is None:
            heading = Heading(heading.level, heading.role, heading.more, one.number)
        same = before is not None and (before.role, before.more) == (heading.role, heading.more)
        if same or (before is not None and message.role == "event"):
            yield _message(message, page, f"messages[{at}]", None, level)
        else:
            before, level = heading, heading.level
            yield _message(message, page, f"messages[{at}]", heading, level)


def shows(message: Message, page: Page) -> bool:
    """Return whether a message has anything to show."""
    return not message.hidden and (not page.options.messages or any(_has(one, page) for one in message.blocks))


def count_left_out(messages: Sequence[Message], page: Page, where: str = "") -> None:
    """Count what the options leave out of messages that are not shown at all."""
    prefix = f"{where}." if where else ""
    for at, message in enumerate(messages):
        if not message.hidden and not shows(message, page):
            deque(page.shown.blocks(message, f"{prefix}messages[{at}]"), maxlen=0)


def note(message: Message, page: Page, where: str) -> Iterator[Markup]:
    """Yield a note that stands beside the session."""
    return within(_message(message, page, where, None, _SECTION))


def leading_text(message: Message) -> str:
    """Return what a message says first; empty where that is no text."""
    return next((one.text for one in message.blocks if isinstance(one, Text) and one.text.strip()), "")


def parts(message: Message, page: Page, where: str, level: int) -> Iterator[Markup]:
    """Yield a message's blocks; ``level`` is that of the heading above them."""
    for place, one in page.shown.blocks(message, where):
        if isinstance(one, ToolCall):
            below = partial(_thread, page=page, level=min(level + 1, _DEEPEST), where=place) if one.messages else None
            yield from tool_call(one, page, place, message, below)
        else:
            yield block(one, page, place, message, level)


def meta(message: Message, page: Page) -> list[str]:
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
            found.append(dollars(usage.cost_usd))
    if message.topic_path:
        found.append(message.topic_path)
    if message.stars:
        found.append("★" * min(message.stars, 5))
    return found


def _message(message: Message, page: Page, where: str, heading: Heading | None, level: int) -> Iterator[str]:
    at = page.shown.time(message.created_at)
    return lazily(
        "message",
        message=message,
        heading=heading,
        time=None if at is None else page.time(at, day=level <= _TURN),
        meta=meta(message, page),
        parts=parts(message, page, where, level),
    )


def _thread(call: ToolCall, page: Page, level: int, where: str) -> Iterator[Markup]:
    """Yield a sub-agent's messages; nothing where none of them is shown."""
    count_left_out(call.messages, page, where)
    shown = [(at, message) for at, message in enumerate(call.messages) if shows(message, page)]
    if shown:
        title = page.word("markdown.sub-agent", what=page.shortened(task(call)))
        yield from within(lazily("thread", level=level, title=title, parts=_below(shown, page, level, where)))


def _below(shown: list[tuple[int, Message]], page: Page, level: int, where: str) -> Iterator[Markup]:
    before: Heading | None = None
    for at, message in shown:
        heading = _heading(message, page, min(level + 1, _DEEPEST), below=True)
        place = f"{where}.messages[{at}]"
        yield from within(_message(message, page, place, None if heading == before else heading, heading.level))
        before = heading


def _heading(message: Message, page: Page, level: int, *, below: bool = False) -> Heading:
    more = [message.author] if message.author else []
    if message.sub_agent is not None and not below:
        more.append(page.word("markdown.sub-agent-unknown"))
    if message.model and message.model != page.model:
        more.append(message.model)
    return Heading(level, page.word(f"markdown.role.{message.role}"), tuple(more))


def _has(one: Block, page: Page) -> bool:
    if isinstance(one, ToolCall):
        return page.options.tools != "none"
    if isinstance(one, Thinking):
        return page.options.thinking and bool(one.text.strip())
    return not isinstance(one, Text) or bool(one.text.strip())
