"""
The messages of a report, many at once: their frames from parts that are made once, their texts rendered together.

It gives what ``html_messages`` gives message by message (a test holds both against each other), and leaves to that what
is no text, thinking or tool call.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from msgspec import Struct

from py_export.model import Message, Text, Thinking, ToolCall
from py_export.writers import Batch, html_parts
from py_export.writers.html_frames import Frames, Speaker
from py_export.writers.html_messages import framed
from py_export.writers.html_page import Page, printable_together
from py_export.writers.html_texts import Said, rendered
from py_export.writers.html_tools import tool_call
from py_export.writers.turns import TURN, Heading, Turn, leading

MESSAGES = 32
"""Messages that are written at once: whoever waits for them waits for a moment."""

_CHUNK = 1 << 16
"""Characters that a chunk does not grow far beyond: a message with sub-agents may be as long as a document."""


class Placed(Struct):
    """
    A message, and where it stands.

    Attributes:
        before: What ends the turn before it, and begins its own.
        at: Its number in the session.
        level: That of the heading above it.
        speaker: Who is named above it; None where it goes on with what stands before.
        number: Its turn's, where it opens one.
    """

    before: str
    at: int
    message: Message
    level: int
    speaker: Speaker | None
    number: int | str | None


class Batches:
    """Writes messages of a document."""

    def __init__(self, page: Page) -> None:
        self._page = page
        self._frames = Frames(page)
        self._thinking = page.word("markdown.thinking")

    def of(self, found: Iterable[Turn], end: str) -> Iterator[list[Placed]]:
        """Yield the messages of turns, so many at a time; ``end`` is what closes a turn before the next one."""
        batch: list[Placed] = []
        close = ""
        for turn in found:
            before = f'{close}<section class="turn" id="turn-{turn.number}" aria-labelledby="who-{turn.number}">\n'
            known: Speaker | None = None
            level = TURN
            for at, message in turn.messages:
                speaker = self._frames.speaker(message)
                if known is None:
                    batch.append(Placed(before, at, message, level, speaker, turn.number))
                    known, before = speaker, ""
                elif message.role == "event" or known == speaker:
                    batch.append(Placed("", at, message, level, None, None))
                else:
                    level = TURN + 1
                    batch.append(Placed("", at, message, level, speaker, None))
                    known = speaker
                if len(batch) == MESSAGES:
                    yield batch
                    batch = []
            close = end
        if batch:
            yield batch

    def write(self, batch: Sequence[Placed]) -> Iterator[Batch]:
        """Yield messages, at once but for those that are very long."""
        together: list[Placed] = []
        size = 0
        for one in batch:
            length = self._length(one.message)
            if length is not None:
                together.append(one)
                size += length
            if together and (length is None or size > _CHUNK):
                yield Batch.of([self._together(together)], len(together))
                together, size = [], 0
            if length is None:
                yield from self._alone(one)
        if together:
            yield Batch.of([self._together(together)], len(together))

    def _length(self, message: Message) -> int | None:
        """Return about how many characters a message has; None where it is written alone."""
        if not self._page.options.messages:
            return None
        length = 0
        for block in message.blocks:
            if type(block) is Text or type(block) is Thinking:
                length += len(block.text)
            elif type(block) is not ToolCall or block.messages:
                return None
            elif block.result is not None:
                length += sum(len(one.text) for one in block.result.blocks if type(one) is Text)
        return length

    def _alone(self, one: Placed) -> Iterator[Batch]:
        """Yield a message as one chunk, or as several where it is very long."""
        held = [one.before]
        size = 0
        for part in self._long(one):
            held.append(part)
            size += len(part)
            if size > _CHUNK:
                yield Batch.of([printable_together(held)], 0)
                held.clear()
                size = 0
        yield Batch.of([printable_together(held)], 1)

    def _long(self, one: Placed) -> Iterator[str]:
        heading = None
        if one.speaker is not None:
            heading = Heading(one.level, one.speaker.role, one.speaker.more, one.number)
        return framed(one.message, self._page, f"messages[{one.at}]", heading, one.level)

    def _together(self, batch: Sequence[Placed]) -> bytes:
        """Return messages; what is noticed of them is in the order in which they are."""
        page = self._page
        before = page.notices.taken()
        out: list[str] = []
        places: list[int] = []
        texts: list[Said] = []
        for one in batch:
            self._message(one, out, places, texts)
        for place, found in zip(
            places, rendered(texts, highlight=page.options.highlight, words=page.words), strict=True
        ):
            if found is None or found.images_left_out:  # which is noticed as it comes
                page.notices.taken()
                out = [part for one in batch for part in (one.before, *self._long(one))]
                break
            out[place] = found.html
        heard = page.notices.taken()
        page.notices.take(before)
        page.notices.take(heard)
        return printable_together(out)

    def _message(self, one: Placed, out: list[str], places: list[int], texts: list[Said]) -> None:
        """Write a message, and remember where its texts stand, which are not rendered yet."""
        page, message, level = self._page, one.message, one.level
        begin = self._frames.begin(one.before, message, level, one.speaker, one.number)
        blocks = message.blocks
        if len(blocks) == 1 and type(blocks[0]) is Text and not blocks[0].text.isspace():
            out += (begin, html_parts.SAID_BEGIN, blocks[0].text, _END)
            places.append(len(out) - 2)
            texts.append(Said(blocks[0].text, level, message.role == "user"))
            return
        out.append(begin)
        for place, block in page.shown.blocks(message, f"messages[{one.at}]"):
            if type(block) is ToolCall:
                out += tool_call(block, page, place, message, None)
            elif (type(block) is Text or type(block) is Thinking) and block.text.strip():
                is_text = type(block) is Text
                if not is_text:
                    out.append(html_parts.thinking_begin(self._thinking, leading(block.text, page)))
                out += (html_parts.SAID_BEGIN, block.text, html_parts.SAID_END)
                places.append(len(out) - 2)
                texts.append(Said(block.text, level, is_text and message.role == "user"))
                if not is_text:
                    out.append(html_parts.THINKING_END)
        out.append(html_parts.BODY_END)


_END = html_parts.SAID_END + html_parts.BODY_END
