"""What of a session the options show: each of them made true in one place, for every format alike."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from dataclasses import dataclass

from msgspec.structs import replace

from py_export.model import Block, Message, Text, Thinking, ToolCall, Usage
from py_export.notices import Notices
from py_export.options import ContentOptions, SessionOptions
from py_export.transforms.file_contents import without_file_contents


@dataclass(frozen=True, slots=True)
class Shown:
    """
    A view of messages through a format's options; what is left out, as asked, is counted in ``notices``.

    ``carriers`` are the messages whose figures count (``measure.carriers``).
    """

    options: ContentOptions
    notices: Notices
    carriers: frozenset[int] = frozenset()

    def blocks(self, message: Message, where: str) -> Iterator[tuple[str, Block]]:
        """Yield the blocks to show, each with its place in the source."""
        says = self.options.messages
        for at, block in enumerate(message.blocks):
            place = f"{where}.blocks[{at}]"
            if says and type(block) is Text:  # as nearly all are
                yield place, block
                continue
            shown = self._block(block, place)
            if shown is not None:
                yield place, shown

    def with_notices(self, notices: Notices) -> Shown:
        """Return the same view, which counts elsewhere."""
        return dataclasses.replace(self, notices=notices)

    def message(self, message: Message, where: str) -> Message:
        """Return a message as it is shown, those of its sub-agents too; without the record that it came from."""
        blocks = [self._whole(block, place) for place, block in self.blocks(message, where)]
        return replace(
            message,
            created_at=self.time(message.created_at),
            usage=self.usage(message.usage),
            blocks=blocks,
            source=None,
        )

    def time(self, at: int | None) -> int | None:
        """Return a time, where times are shown."""
        return at if self.options.timestamps else None

    def usage(self, usage: Usage | None) -> Usage | None:
        """Return the figures that are shown; None where that is none of them."""
        if usage is None or not isinstance(self.options, SessionOptions):
            return None
        if not (self.options.token_counts or self.options.cost):
            return None
        shown = usage if self.options.token_counts else Usage(cost_usd=usage.cost_usd)
        shown = shown if self.options.cost else replace(shown, cost_usd=None)
        return None if shown == Usage() else shown

    def spent(self, message: Message) -> Usage | None:
        """Return a message's figures, where they are shown and no later message repeats them."""
        return self.usage(message.usage) if id(message) in self.carriers else None

    def _block(self, block: Block, where: str) -> Block | None:
        if isinstance(block, ToolCall):
            return self._call(block, where)
        if isinstance(block, Thinking) and not self.options.thinking:
            if block.text.strip():
                self.notices.add("thinking_left_out", where)
            return None
        if not self.options.messages:
            self.notices.add("content_left_out", where)
            return None
        return block

    def _call(self, call: ToolCall, where: str) -> ToolCall | None:
        if self.options.tools == "none":
            self.notices.add("tool_left_out", where)
            if call.messages:
                self.notices.add("sub_agent_left_out", count=len(call.messages))
            return None
        if self.options.file_contents:
            return call
        slim = without_file_contents(call)
        if slim is not call and self.options.tools == "full":
            self.notices.add("file_contents_left_out", where)
        return slim

    def _whole(self, block: Block, where: str) -> Block:
        if not isinstance(block, ToolCall):
            return block
        call = replace(
            block,
            duration_ms=duration(block),
            started_at=self.time(block.started_at),
            ended_at=self.time(block.ended_at),
            messages=[self.message(one, f"{where}.messages[{at}]") for at, one in enumerate(block.messages)],
        )
        if self.options.tools != "full":
            call.input, call.result, call.permission = None, None, None
        return call


def duration(call: ToolCall) -> int | None:
    """Return how long a call took, in milliseconds, as it says or by its times."""
    if call.duration_ms is not None:
        return call.duration_ms
    if call.started_at is None or call.ended_at is None:
        return None
    return max(0, call.ended_at - call.started_at)
