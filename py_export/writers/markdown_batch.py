"""
Sections of style ``hapi``, many messages at once: their texts judged together, most of them written as bytes.

A message that is one text and nothing else, as most are, takes a short way, and so do most others; it gives what the
long way gives (a test holds both against each other).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress

from py_export.guard import Guard
from py_export.jsontext import encoded
from py_export.model import Message, Text
from py_export.times import iso
from py_export.writers import Batch
from py_export.writers.markdown_page import Page
from py_export.writers.markdown_short import Short

MESSAGES = 32
"""Messages that are written at once: whoever waits for them waits for a moment."""

_PLACE = "\0"


class Ahead:
    """A guard that has judged texts together before it is asked for each."""

    def __init__(self, guard: Guard) -> None:
        self._guard = guard
        self._harmless: set[int] = set()

    def judge(self, texts: Sequence[str]) -> list[bytes | None]:
        """Return those that it will return as they are, in UTF-8, and None for the others; forget all before."""
        found: list[bytes | None] = [None] * len(texts)
        self._harmless.clear()
        with suppress(UnicodeEncodeError):  # a lone surrogate, in a session that a caller made
            said = [text.encode() for text in texts]
            doubtful = self._guard.doubtful(said)
            found = [None if at in doubtful else text for at, text in enumerate(said)]
            self._harmless.update(id(text) for text, known in zip(texts, found, strict=True) if known is not None)
        return found

    def __call__(self, text: str) -> tuple[str, int]:
        """Do as ``Guard`` does."""
        return (text, 0) if id(text) in self._harmless else self._guard(text)


class Batches:
    """
    Writes the sections of messages.

    Args:
        page: The document; its guard is ``ahead``.
        ahead: What judges texts.
        top: The level of a message's heading.
        long: The long way to a message's sections.
    """

    def __init__(self, page: Page, ahead: Ahead, top: int, long: Callable[[Message, str], Iterable[str]]) -> None:
        self._page = page
        self._ahead = ahead
        self._long = long
        self._before = f"\n{'#' * top} "
        self._short = Short(page)
        self._timed, self._zone = page.options.timestamps, page.options.timezone
        self._roles: dict[str, str] = {}
        self._time = f"_{page.word('markdown.time', time=_PLACE)}_\n\n".split(_PLACE)

    def write(self, messages: Sequence[Message], first: int) -> Iterator[Batch]:
        """Yield, at once, the sections of messages, the first of which has this number in the session."""
        said = [block.text for message in messages for block in message.blocks if type(block) is Text]
        texts = iter(zip(said, self._ahead.judge(said), strict=True))
        short = self._page.options.messages
        spent = self._page.shown.spent
        out: list[bytes] = []
        for number, message in enumerate(messages, first):
            blocks = message.blocks
            if len(blocks) == 1 and type(blocks[0]) is Text:
                text, harmless = next(texts)
                if (
                    harmless
                    and short
                    and not (message.hidden or message.sub_agent is not None or text.isspace())
                    and (message.usage is None or spent(message) is None)
                ):
                    out += (self._head(message), harmless, b"\n")
                    continue
            else:
                judged = [next(texts)[1] for block in blocks if type(block) is Text]
                if (
                    short
                    and not (message.hidden or message.sub_agent is not None)
                    and (message.usage is None or spent(message) is None)
                    and self._short.fits(blocks, judged)
                ):
                    out += (self._head(message), *self._short.write(blocks, judged, number), b"\n")
                    continue
            out += map(encoded, self._long(message, f"messages[{number}]"))
        yield Batch.of(out, len(messages))

    def _head(self, message: Message) -> bytes:
        """Return what stands above a message's text."""
        role = self._roles.get(message.role)
        if role is None:
            word = self._page.word(f"markdown.role.{message.role}")
            role = self._roles[message.role] = f"{self._before}{word}\n\n"
        at = message.created_at
        if at is None or not self._timed:
            return role.encode()
        before, after = self._time
        return f"{role}{before}{iso(at, self._zone)}{after}".encode()
