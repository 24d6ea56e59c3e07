"""A message on its way to the session: what its record says, and what ties it to other records."""

from __future__ import annotations

from msgspec import Struct

from py_export.model import Block, Event, Json, Message, Permission, Role, Text, ToolResult, Unknown, Usage
from py_export.notices import Notices
from py_export.readers.records import values


class Result(Struct):
    """A tool's result, before it is joined with its call."""

    call_id: str | None
    result: ToolResult
    permission: Permission | None = None
    duration_ms: int | None = None


class Draft(Struct, eq=False):
    """
    One record, decoded.

    Attributes:
        message: What it says, as far as it stands alone.
        where: Its place in the input, for notices.
        sources: The records that went into it.
        results: Tool results that belong to calls elsewhere.
        stream: Names the stream of snapshots that it is one of.
        uuid, parent_uuid, parent_call, agent_id: What it says of its place in the tree.
        side: A sub-agent's.
        transcript: It comes from an agent's transcript, so a person need not have written it, whatever its role.
        injected: The application put it into the conversation, as if the user had said it.
        console: A command typed in the agent's own console, or what that printed.
        joined: Its results have gone to their calls, with its record.
        tokens: A counter's reading: the last call's usage, and the total so far.
    """

    message: Message
    where: str
    notices: Notices
    sources: list[Json] = []
    results: list[Result] = []
    stream: tuple[str, str] | None = None
    uuid: str | None = None
    parent_uuid: str | None = None
    parent_call: str | None = None
    agent_id: str | None = None
    side: bool = False
    transcript: bool = False
    injected: bool = False
    console: bool = False
    joined: bool = False
    tokens: tuple[Usage | None, Usage | None] | None = None

    @property
    def blocks(self) -> list[Block]:
        """The message's blocks."""
        return self.message.blocks

    def add(self, *blocks: Block, role: Role | None = None) -> None:
        """Add blocks, and set the message's role."""
        self.message.blocks.extend(blocks)
        if role is not None:
            self.message.role = role

    def say(self, value: Json, role: Role | None = None) -> bool:
        """Add text where the value says some; return whether it could be read as text at all."""
        said = values.text(value)
        if said is not None and said.strip(values.JS_SPACE):
            self.add(Text(said), role=role)
        elif role is not None:
            self.message.role = role
        return said is not None

    def event(self, event: Event, *, hidden: bool = False) -> None:
        """Make the message an event's."""
        self.add(event, role="event")
        if hidden:
            self.message.hidden = True

    def event_saying(self, name: str, value: Json, *, hidden: bool = False) -> None:
        """Make the message an event's, with what it says; words that cannot be read as text are kept as they are."""
        said = values.text(value)
        self.event(Event(name, text=said), hidden=hidden)
        if said is None:
            self.unread(value)

    def unread(self, value: Json) -> None:
        """Keep what stands in a text's place and is none, unless nothing stands there."""
        if value not in (None, "", [], {}):
            self.unknown(value)

    def unknown(self, record: Json) -> None:
        """Keep a record that nothing here knows; in the end it stands apart from what an assistant said."""
        name = values.type_name(record)
        self.add(Unknown(record, name=name))
        self.notices.add("unknown_type", self.where, type=name)

    def unread_line(self, value: Json) -> None:
        """Keep a line of a log that is no record; the text of one that is damaged has been reported already."""
        if isinstance(value, str):
            self.add(Unknown(value, name=values.type_name(value)))
        else:
            self.unknown(value)

    @property
    def shown_text(self) -> str:
        """The message's texts, joined as its writer had them."""
        blocks = self.message.blocks
        if len(blocks) == 1 and type(blocks[0]) is Text:  # as most are
            return blocks[0].text
        return "\n\n".join(block.text for block in blocks if isinstance(block, Text))
