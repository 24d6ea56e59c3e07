"""A section per message, and those of the sub-agents that it started below it: what three of the styles share."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import chain

from py_export.l10n import translate
from py_export.markdown import one_line, plain
from py_export.model import Message, ToolCall
from py_export.writers.apart import Apart
from py_export.writers.markdown_batch import MESSAGES, Ahead, Batches
from py_export.writers.markdown_page import Page, Piece, join
from py_export.writers.runs import Runs

ROLES = ("user", "assistant", "system", "tool", "event")
DEEPEST = 6


@dataclass(frozen=True, slots=True)
class Sections:
    """
    How a style lays out messages.

    Attributes:
        top: The level of a message's heading; a sub-agent's stands one below the message, its messages one below that.
        heading: A message's heading.
        lines: What stands between its heading and its body; told whether it is a sub-agent's whose call is unknown.
        body: Its blocks.
        started: What stands below the heading of a sub-agent's messages.
        gap: What parts a heading from what follows.
        ahead: The page's guard, where it judges many texts together: then messages are written many at once.
    """

    page: Page
    top: int
    heading: Callable[[Message], str]
    lines: Callable[[Message, bool], list[str]]
    body: Callable[[Message, str, int], list[Piece]]
    started: Callable[[ToolCall], list[str]] = lambda _call: []
    gap: str = "\n\n"
    ahead: Ahead | None = None

    def write(self, messages: list[Message]) -> Iterator[str | bytes | Apart]:
        """Yield the sections, or the sentence that there are none."""
        empty = True
        for chunk in self._chunks(messages):
            empty = empty and not chunk
            yield chunk
        if empty:
            yield f"\n{self.page.word('markdown.empty')}\n"

    def run(self, messages: list[Message], first: int) -> Iterator[bytes]:
        """Return the sections of some of the messages, the first of which has this number; nothing where none shows."""
        assert self.ahead is not None  # noqa: S101 - whoever asks for a run has one
        return chain.from_iterable(self._many(messages, self.ahead, first))

    def _chunks(self, messages: list[Message]) -> Iterator[str | bytes | Apart]:
        if isinstance(messages, Runs):
            yield from messages.chunks()
            self.page.notices.take(messages.notices)
        elif self.ahead is None:
            yield from self._one_by_one(messages)
        else:
            yield from self._batches(messages, self.ahead)

    def _one_by_one(self, messages: list[Message]) -> Iterator[str]:
        for at, message in enumerate(messages):
            yield from self._section(message, self.top, f"messages[{at}]")

    def _batches(self, messages: list[Message], ahead: Ahead) -> Iterator[bytes | Apart]:
        """Yield many sections at a time; once anything stands there, they need nothing of each other."""
        together = True
        for batch in self._many(messages, ahead, 0):
            if together:
                chunk = next(batch)
                together = not chunk or self.page.images.counted
                yield chunk
            else:
                yield Apart(batch)

    def _many(self, messages: list[Message], ahead: Ahead, first: int) -> Iterator[Iterator[bytes]]:
        """Yield what writes the sections of so many messages each."""
        batches = Batches(
            self.page,
            ahead,
            self.top,
            lambda message, where: self.body(message, where, self.top),
            lambda message, where: self._section(message, self.top, where),
        )
        for at in range(0, len(messages), MESSAGES):
            yield batches.write(messages[at : at + MESSAGES], at + first)

    def chunk(self, level: int, heading: str, lines: list[str], body: list[Piece]) -> str:
        """Return a section of the document."""
        below = "\n\n".join([*lines, join(body)] if body else lines)
        return f"\n{'#' * min(level, DEEPEST)} {heading}{self.gap if below else ''}{below}\n"

    def _section(self, message: Message, level: int, where: str) -> Iterator[str]:
        """Yield a message's section, and its sub-agents'; nothing where it has nothing to show."""
        if message.hidden:
            return
        body = self.body(message, where, level)
        started = self._started(message)
        threads = [section for call in started for section in self._thread(call, level + 1, where)] if started else ()
        if body or threads or not self.page.options.messages:
            lines = self.lines(message, level == self.top and message.sub_agent is not None)
            yield self.chunk(level, self.heading(message), lines, body)
            yield from threads

    def _started(self, message: Message) -> list[ToolCall]:
        if self.page.options.tools == "none":
            return []
        return [block for block in message.blocks if isinstance(block, ToolCall) and block.messages]

    def _thread(self, call: ToolCall, level: int, where: str) -> Iterator[str]:
        """Yield a sub-agent's messages, below a heading that names its task."""
        sections = [
            section
            for at, message in enumerate(call.messages)
            for section in self._section(message, level + 1, f"{where}.messages[{at}]")
        ]
        if sections:
            heading = self.page.word("markdown.sub-agent", what=plain(self.page.shortened(task(call))))
            yield self.chunk(level, heading, self.started(call), [])
            yield from sections


def unlinked(page: Page) -> str:
    """Return the line that marks a sub-agent's message whose call is unknown."""
    return f"_{page.word('markdown.sub-agent-unknown')}_"


def task(call: ToolCall) -> str:
    """Return what a sub-agent was asked to do, on one line."""
    return one_line(call.description or call.subject or "") or one_line(call.name)


def roles(locale: str) -> list[str]:
    """Return the words for every role."""
    return [translate(f"markdown.role.{role}", locale) for role in ROLES]


def sub_agent(locale: str) -> str:
    """Return how the heading of a sub-agent's messages begins."""
    return translate("markdown.sub-agent", locale, what="\n").partition("\n")[0]
