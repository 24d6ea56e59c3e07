"""
Pairs: a user message and the assistant turn that answers it; the unit of the filter language and of the pair formats.

A turn that nobody asked for (a session that begins with the assistant) is a pair without a question. Sub-agents, tools
and events belong to the turn they stand in.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from py_export.model import Error, File, Image, Message, Text

ROOT = "root"
"""The topic of a message whose source knows no topics."""

GREY = "grey"


@dataclass(slots=True)
class Pair:
    """
    A question and its answer.

    Attributes:
        question: The user's messages (several where they came before the answer began); may be empty.
        answer: Every other message up to the next question; may be empty.
    """

    question: list[Message] = field(default_factory=list)
    answer: list[Message] = field(default_factory=list)

    @property
    def messages(self) -> list[Message]:
        """The pair's messages, in order."""
        return self.question + self.answer

    @property
    def created_at(self) -> int | None:
        """The earliest time in the pair, Unix milliseconds."""
        return min((one.created_at for one in self.messages if one.created_at is not None), default=None)

    @property
    def topic_path(self) -> str | None:
        """The topic's path, ``AI > Planning``, where the source has topics."""
        return next((one.topic_path for one in self.messages if one.topic_path), None)

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
        return max((one.stars or 0 for one in self.messages), default=0)

    @property
    def flag_color(self) -> str:
        """``blue`` or ``grey``."""
        return next((one.flag_color for one in self.messages if one.flag_color), GREY)

    @property
    def failed(self) -> bool:
        """Whether the answer is an error."""
        return any(one.error_state for one in self.answer) or any(True for _ in self.errors)

    @property
    def errors(self) -> Iterator[Error]:
        """The errors in the answer."""
        return (block for one in self.answer for block in one.blocks if isinstance(block, Error))

    @property
    def has_attachments(self) -> bool:
        """Whether an image or a file goes with the question or the answer."""
        return any(isinstance(block, Image | File) for one in self.messages for block in one.blocks)

    @property
    def question_text(self) -> str:
        """What the user said, verbatim; several messages apart by a blank line."""
        return _text(self.question)

    @property
    def answer_text(self) -> str:
        """What the assistant said, verbatim."""
        return _text([one for one in self.answer if one.role == "assistant"])


def pairs(messages: Sequence[Message]) -> list[Pair]:
    """Return the visible messages as pairs, in time order; every message is in exactly one."""
    found: list[Pair] = []
    for message in messages:
        if message.hidden:
            continue
        if message.role == "user":
            if not found or found[-1].answer or not found[-1].question:
                found.append(Pair())
            found[-1].question.append(message)
        else:
            if not found:
                found.append(Pair())
            found[-1].answer.append(message)
    return found


def _text(messages: Sequence[Message]) -> str:
    return "\n\n".join(block.text for one in messages for block in one.blocks if isinstance(block, Text))
