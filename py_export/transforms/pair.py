"""
Pairs: a user message and the assistant turn that answers it; the unit of the filter language and of the pair formats.

A turn that nobody asked for (a session that begins with the assistant) is a pair without a question. Sub-agents (what
they are asked, too), tools and events belong to the turn they stand in.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from py_export.markdown import fence
from py_export.model import Code, Error, File, Image, Message, Text

ROOT = "root"
"""The topic, its path and its id, of a message whose source knows no topics."""

BLUE, GREY = "blue", "grey"
MOST_STARS = 3


@dataclass(slots=True)
class Pair:
    """
    A question and its answer.

    Attributes:
        question: The user's messages (several where they came before the answer began), and what stands before the
            first of all, such as a system prompt; may be empty.
        answer: Every other message up to the next question; may be empty.
    """

    question: list[Message] = field(default_factory=list)
    answer: list[Message] = field(default_factory=list)

    @property
    def messages(self) -> list[Message]:
        """The pair's messages, in order."""
        return self.question + self.answer

    @property
    def asked(self) -> list[Message]:
        """What the user said."""
        return [one for one in self.question if _asks(one)]

    @property
    def answered(self) -> list[Message]:
        """What the assistant said; sub-agents aside."""
        return [one for one in self.answer if one.role == "assistant" and one.sub_agent is None]

    @property
    def id(self) -> str:
        """The id of the pair's first message, of what was said."""
        return next(iter(self.asked + self.answered + self.messages)).id

    @property
    def earliest(self) -> Message | None:
        """The message with the earliest time, where any has one: its time is the pair's."""
        timed = (one for one in self.messages if one.created_at is not None)
        return min(timed, key=lambda one: one.created_at or 0, default=None)

    @property
    def created_at(self) -> int | None:
        """The earliest time in the pair, Unix milliseconds."""
        return None if self.earliest is None else self.earliest.created_at

    @property
    def topic_path(self) -> str:
        """The topic's path, ``AI > Planning``; ``root`` where the source has none."""
        return next((one.topic_path for one in self.messages if one.topic_path), ROOT)

    @property
    def topic(self) -> tuple[str, ...]:
        """The names on the topic's path, from the root: ``("AI", "Planning")``."""
        return tuple(name.strip() for name in self.topic_path.split(">") if name.strip())

    @property
    def topic_id(self) -> str:
        """The topic's stable id; ``root`` where the source has none."""
        return next((one.topic_id for one in self.messages if one.topic_id), ROOT)

    @property
    def model(self) -> str | None:
        """The model that answered."""
        return next((one.model for one in self.answer if one.model), None)

    @property
    def stars(self) -> int:
        """The larger of the pair's ratings, 0 to 3."""
        return min(MOST_STARS, max((one.stars or 0 for one in self.messages), default=0))

    @property
    def flag_color(self) -> str:
        """``blue`` or ``grey``."""
        return BLUE if any(one.flag_color == BLUE for one in self.messages) else GREY

    @property
    def failed(self) -> bool:
        """Whether the answer is an error."""
        return any(one.error_state for one in self.answer) or any(True for _ in self.errors)

    @property
    def errors(self) -> Iterator[Error]:
        """The errors in the answer."""
        return (block for one in self.answer for block in one.blocks if isinstance(block, Error))

    @property
    def error_message(self) -> str | None:
        """What the errors in the answer say; several apart by a blank line."""
        return "\n\n".join(error.text for error in self.errors if error.text) or None

    @property
    def has_attachments(self) -> bool:
        """Whether an image or a file goes with the question or the answer."""
        return any(isinstance(block, Image | File) for one in self.messages for block in one.blocks)

    @property
    def question_text(self) -> str:
        """What the user said, verbatim; several messages apart by a blank line, code fenced."""
        return _text(self.asked)

    @property
    def answer_text(self) -> str:
        """What the assistant said, likewise."""
        return _text(self.answered)


def pairs(messages: Sequence[Message]) -> list[Pair]:
    """Return the visible messages as pairs, in time order; every message is in exactly one."""
    found: list[Pair] = []
    for message in messages:
        if message.hidden:
            continue
        asks = _asks(message)
        if not found or (asks and found[-1].answer):
            found.append(Pair())
        pair = found[-1]
        begins = message.role != "assistant" and not pair.answer and not pair.asked
        (pair.question if asks or begins else pair.answer).append(message)
    return found


def _asks(message: Message) -> bool:
    return message.role == "user" and message.sub_agent is None


def _text(messages: Sequence[Message]) -> str:
    parts = (_said(block) for one in messages for block in one.blocks if isinstance(block, Text | Code))
    return "\n\n".join(part for part in parts if part)


def _said(block: Text | Code) -> str:
    return block.text if isinstance(block, Text) else fence(block.text, block.language)
