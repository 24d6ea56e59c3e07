"""
Sections of style ``hapi``, many messages at once: their texts judged together, most of them written as bytes.

A message that is one text and nothing else, as most are, takes a short way, and so do most others; it gives what the
long way gives (a test holds both against each other).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from itertools import chain

from py_export.guard import Guard
from py_export.jsontext import encoded
from py_export.model import Block, Message, Text, ToolCall
from py_export.stamps import NONE, Stamp, Stamps
from py_export.writers import Batch
from py_export.writers.markdown_page import Page, Piece, join
from py_export.writers.markdown_short import Short

MESSAGES = 64
"""Messages that are written at once: whoever waits for them waits for a moment."""

_PLACE = "\0"


class Ahead:
    """A guard that has judged texts together before it is asked for each."""

    def __init__(self, guard: Guard) -> None:
        self._guard = guard
        self._judged: tuple[Sequence[str], list[bytes | None]] = ([], [])
        self._touched: dict[int, tuple[str, int]] = {}
        self._harmless: set[int] | None = set()

    def judge(self, texts: Sequence[str]) -> list[bytes | None]:
        """Return those that stay as they are, in UTF-8, and None for the others and the blank; forget all before."""
        found: list[bytes | None] = [None] * len(texts)
        self._touched = {}
        with suppress(UnicodeEncodeError):  # a lone surrogate, in a session that a caller made
            said = [text.encode() for text in texts]
            found = [None if text.isspace() else known for text, known in zip(texts, said, strict=True)]
            for at in self._guard.doubtful(said):
                guarded = self._guard(texts[at])
                if guarded[1]:
                    found[at] = None
                    self._touched[id(texts[at])] = guarded
        self._judged, self._harmless = (texts, found), None
        return found

    def __call__(self, text: str) -> tuple[str, int]:
        """Do as ``Guard`` does."""
        touched = self._touched.get(id(text))
        if touched is not None:
            return touched
        if self._harmless is None:  # few batches have a text that anybody asks for
            self._harmless = {id(text) for text, known in zip(*self._judged, strict=True) if known is not None}
        return (text, 0) if id(text) in self._harmless else self._guard(text)


class Batches:
    """
    Writes the sections of messages.

    Args:
        page: The document; its guard is ``ahead``.
        ahead: What judges texts.
        top: The level of a message's heading.
        body: The long way to a message's body.
        long: The long way to a message's sections: its own, and those of the sub-agents that it started.
    """

    def __init__(
        self,
        page: Page,
        ahead: Ahead,
        top: int,
        body: Callable[[Message, str], list[Piece]],
        long: Callable[[Message, str], Iterable[str]],
    ) -> None:
        self._page = page
        self._ahead = ahead
        self._body = body
        self._long = long
        self._short = Short(page)
        self._roles = _Roles(page, top)
        before, after = page.word("markdown.time", time=_PLACE).split(_PLACE)
        self._times = Stamps(page.options.timezone, f"_{before}", f"{after}_\n\n")

    def write(self, messages: Sequence[Message], first: int) -> Iterator[Batch]:
        """Yield, at once, the sections of messages, the first of which has this number in the session."""
        bodies = [message.blocks for message in messages]
        together = [*chain.from_iterable(bodies)]
        texts = iter(self._ahead.judge([block.text for block in together if type(block) is Text]))
        self._short.look_at([block for block in together if type(block) is ToolCall])
        out: list[bytes] = []
        parts = zip(messages, bodies, self._usual(messages), self._stamps(messages), strict=True)
        for number, (message, blocks, usual, (day, time, end)) in enumerate(parts, first):
            if len(blocks) == 1 and type(blocks[0]) is Text:
                text = next(texts)
                body = [text] if usual and text else []
            else:
                said = [next(texts) for block in blocks if type(block) is Text]
                body = self._short.write(blocks, said, number) if usual else []
            if not usual or not (body or _is_alone(blocks)):
                out += map(encoded, self._long(message, f"messages[{number}]"))
            elif body or (body := self._in_pieces(message, number)):
                out += (self._roles[message.role], day, time, end, *body, b"\n")
        yield Batch.of(out, len(messages))

    def _in_pieces(self, message: Message, number: int) -> list[bytes]:
        """Return a message's body by the long way; nothing where it shows nothing."""
        body = self._body(message, f"messages[{number}]")
        return [encoded(join(body))] if body else []

    def _usual(self, messages: Sequence[Message]) -> list[bool]:
        """Return of each whether it is shown, says nothing of who wrote it, and has no figures to show."""
        if not self._page.options.messages:
            return [False] * len(messages)
        usual = [not message.hidden and message.sub_agent is None for message in messages]
        if not self._page.shown.carriers:
            return usual
        return [so and self._page.shown.spent(message) is None for so, message in zip(usual, messages, strict=True)]

    def _stamps(self, messages: Sequence[Message]) -> list[Stamp]:
        """Return the line of each that says when it was written; nothing where that is unknown or not shown."""
        if not self._page.options.timestamps:
            return [NONE] * len(messages)
        return self._times.of([message.created_at for message in messages])


def _is_alone(blocks: Sequence[Block]) -> bool:
    """Return whether no sub-agent's messages may follow."""
    return not any(type(block) is ToolCall and block.messages for block in blocks)


class _Roles(dict[str, bytes]):
    """The heading of a role's messages."""

    def __init__(self, page: Page, top: int) -> None:
        self._page, self._before = page, f"\n{'#' * top} "

    def __missing__(self, role: str) -> bytes:
        found = self[role] = f"{self._before}{self._page.word(f'markdown.role.{role}')}\n\n".encode()
        return found
