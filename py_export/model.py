"""
The tree every reader builds and every writer reads: a session, its messages in time order, their blocks.

Structs of msgspec, which makes them, reads them from JSON and writes them as JSON faster than anything else that runs
in a browser too. The payload is what these annotations say: snake_case here, camelCase there, a block's ``type`` its
class, and nothing where a field has its default; ``_said`` marks what is written all the same.

Units: times are integer Unix milliseconds, durations milliseconds, sizes bytes, tokens counts, cost US dollars.
What a source does not say is ``None``, never 0 or "". Text holds no lone surrogate (readers replace them by U+FFFD).
"""

from __future__ import annotations

from typing import Any, ClassVar, Literal

from msgspec import Struct, field

from py_export.jsontext import text_of
from py_export.lazily import decoded_when_asked

Json = Any
"""A JSON value: None, bool, int, float, str, list or dict of the same."""

_MOST = 2**63
"""Beyond what a sum of tokens or dollars is."""

Role = Literal["user", "assistant", "system", "tool", "event"]
ToolKind = Literal["read", "write", "edit", "search", "shell", "task", "web", "plan", "generic"]
StepStatus = Literal["pending", "in_progress", "completed"]
ToolStatus = Literal["pending", "running", "completed", "error", "denied", "cancelled"]


def camel(name: str) -> str:
    """Return a name of Python's as JSON has it: ``created_at`` is ``createdAt``."""
    first, *rest = name.split("_")
    return first + "".join(part.capitalize() for part in rest)


def _said(value: Any) -> Any:  # noqa: ANN401 - whatever a field holds
    """Return a field's default that is written as any other value is."""
    return field(default_factory=lambda: value)


def _new() -> list[Any]:
    """Return an empty list that is written as one."""
    return []


class Part(Struct, rename=camel, omit_defaults=True):
    """A part of the tree."""


class Usage(Part):
    """
    Tokens and cost of one API message, or their sum. ``input_tokens`` is fresh input; the cache stands apart.

    A number that nothing can have cost (JSON writes infinity as ``1e999``) says nothing, and is unknown.
    """

    input_tokens: int | None = None
    output_tokens: int | None = None
    cache_read_tokens: int | None = None
    cache_write_tokens: int | None = None
    reasoning_tokens: int | None = None
    cost_usd: float | None = None

    def __post_init__(self) -> None:
        given, said = self.input_tokens, self.output_tokens
        read, written = self.cache_read_tokens, self.cache_write_tokens
        if not (
            (given is None or -_MOST <= given <= _MOST)
            and (said is None or -_MOST <= said <= _MOST)
            and (read is None or -_MOST <= read <= _MOST)
            and (written is None or -_MOST <= written <= _MOST)
            and self.reasoning_tokens is None
            and self.cost_usd is None
        ):
            self._forget()

    def _forget(self) -> None:
        for name in self.__struct_fields__:
            value = getattr(self, name)
            if value is not None and not -_MOST <= value <= _MOST:  # nor is NaN, which compares with nothing
                setattr(self, name, None)


class Text(Part, tag_field="type", tag="text"):
    """What was said, verbatim; Markdown by custom, never markup by right."""

    type: ClassVar[Literal["text"]] = "text"
    text: str


class Thinking(Part, tag_field="type", tag="thinking"):
    """A model's reasoning, or its summary."""

    type: ClassVar[Literal["thinking"]] = "thinking"
    text: str


class Image(Part, tag_field="type", tag="image"):
    """An image: ``data`` is base64 when the source holds the bytes, ``url`` or ``path`` when it only names them."""

    type: ClassVar[Literal["image"]] = "image"
    name: str | None = None
    media_type: str | None = None
    size: int | None = None
    path: str | None = None
    url: str | None = None
    data: str | None = None


class File(Part, tag_field="type", tag="file"):
    """An attached file, by name; ``data`` (base64) or ``text`` when the source holds its content."""

    type: ClassVar[Literal["file"]] = "file"
    name: str | None = None
    media_type: str | None = None
    size: int | None = None
    path: str | None = None
    url: str | None = None
    data: str | None = None
    text: str | None = None


class Code(Part, tag_field="type", tag="code"):
    """Code or output that the source marks as such, apart from the message's text."""

    type: ClassVar[Literal["code"]] = "code"
    text: str
    language: str | None = None
    path: str | None = None


class Event(Part, tag_field="type", tag="event"):
    """
    Something that happened, not said: a turn's end, a compaction, a new title.

    ``name`` is a stable, kebab-case name; its sentence is ``event.<name>`` in the locale files, filled from ``data``.
    ``text`` is what the source itself says, verbatim, when it says anything.
    """

    type: ClassVar[Literal["event"]] = "event"
    name: str
    text: str | None = None
    data: dict[str, Json] = {}


class Error(Part, tag_field="type", tag="error"):
    """A failure that the conversation shows: an overloaded API, an exhausted quota."""

    type: ClassVar[Literal["error"]] = "error"
    text: str
    code: str | None = None


class Citation(Part, tag_field="type", tag="citation"):
    """A source that a message names."""

    type: ClassVar[Literal["citation"]] = "citation"
    url: str | None = None
    title: str | None = None
    text: str | None = None


class Unknown(Part, tag_field="type", tag="unknown"):
    """A record or block that no reader knows yet, whole. ``name`` is what it calls itself."""

    type: ClassVar[Literal["unknown"]] = "unknown"
    record: Json = None
    name: str | None = None


ResultBlock = Text | Image | File | Code | Unknown


class ToolResult(Part):
    """
    What a tool gave back: ``blocks`` as the model saw it, ``data`` the source's structured twin where it has one.

    ``exit_code`` is a shell command's, when the source states it.
    """

    blocks: list[ResultBlock] = field(default_factory=_new)
    data: Json = None
    is_error: bool | None = None
    exit_code: int | None = None


class Permission(Part):
    """What a person decided about a tool call: ``approved``, ``denied``, ``canceled``, ``pending``."""

    status: str
    reason: str | None = None
    mode: str | None = None
    decision: str | None = None
    answers: Json = None


class Step(Part):
    """One step of a plan."""

    text: str
    status: StepStatus = _said("pending")


class ToolCall(Part, tag_field="type", tag="tool_call"):
    """
    A tool call with its result, and the sub-agent's messages that it started.

    The reader classifies the tool once (``kind``) and says in ``subject`` what was done, in one line: a command, a
    path, a pattern, an address, a task's description. Writers never look at ``name`` to decide anything. ``paths``
    are the files that a call of kind read, write or edit names, ``steps`` what a call of kind plan lists.
    """

    type: ClassVar[Literal["tool_call"]] = "tool_call"
    id: str | None = None
    name: str = _said("unknown")
    kind: ToolKind = _said("generic")
    subject: str | None = None
    description: str | None = None
    paths: list[str] = []
    steps: list[Step] = []
    input: Json = None
    status: ToolStatus = _said("pending")
    result: ToolResult | None = None
    permission: Permission | None = None
    started_at: int | None = None
    ended_at: int | None = None
    duration_ms: int | None = None
    messages: list[Message] = []


Block = Text | Thinking | ToolCall | Image | File | Code | Event | Error | Citation | Unknown


class SubAgent(Part):
    """Marks a sub-agent's message. ``call_id`` names the tool call that started it; None where that is unknown."""

    agent_id: str | None = None
    call_id: str | None = None


class Message(Part, kw_only=True):
    """
    One turn's part: who, when, and what in blocks.

    Attributes:
        seq: The message's number in the source, where it has one.
        parent_id: The message this one answers or follows; branches share a parent.
        api_id: The API message that ``usage`` belongs to; messages that share one count it once.
        hidden: The application's own chat does not show it; kept, and left out of readable formats.
        sub_agent: Set when a sub-agent wrote it.
        utc_offset: Minutes east of UTC where the source kept the local offset.
        source: The record or records it came from, whole, as JSON.
    """

    id: str
    seq: int | None = None
    parent_id: str | None = None
    role: Role
    created_at: int | None = None
    model: str | None = None
    usage: Usage | None = None
    api_id: str | None = None
    author: str | None = None
    hidden: bool = False
    sub_agent: SubAgent | None = None
    topic_path: str | None = None
    topic_id: str | None = None
    stars: int | None = None
    flag_color: str | None = None
    error_state: bool | None = None
    utc_offset: int | None = None
    blocks: list[Block] = field(default_factory=_new)
    source: Json = None


# A reader may leave the records as their text: most are handed on as they are.
source_as_held = decoded_when_asked(Message, "source")


class Source(Part):
    """Where a session comes from: the application, its format's id (a reader's), the application's version."""

    app: str | None = None
    format: str | None = None
    version: str | None = None


class Counts(Part, omit_defaults=False):
    """How much a session holds; hidden messages do not count, sub-agents' do."""

    messages: int = 0
    user_messages: int = 0
    assistant_messages: int = 0
    tool_calls: int = 0
    files_read: int = 0
    files_written: int = 0


class Range(Part):
    """The part of a session that a payload holds: message numbers, first is 1, both included, out of ``of``."""

    from_: int
    to: int
    of: int


class Header(Part, kw_only=True):
    """What is known of a session as a whole; the payload's ``session``. ``metadata`` is the source's own, as it is."""

    id: str
    title: str | None = None
    source: Source = field(default_factory=Source)
    created_at: int | None = None
    updated_at: int | None = None
    duration_ms: int | None = None
    model: str | None = None
    provider: str | None = None
    workspace: str | None = None
    leaf_id: str | None = None
    tags: list[str] = []
    usage: Usage | None = None
    counts: Counts | None = None
    range: Range | None = None
    metadata: dict[str, Json] = {}


class Session(Header, kw_only=True):
    """
    A conversation: its header, and its messages in time order.

    Attributes:
        exported_at: When the payload was made; from the payload or the caller, never from a clock in here.
        notes: What an operator wrote beside the session (HAPI's scratchlist), as messages of role ``user``.
        filter_input: The line of the filter language that selected these messages, as it was typed.
        order: How the messages are ordered; where that is by topic, time orders those of one topic.
        document: The payload it was read from, as it came. The JSON writer gives it back token for token; a
            transform that changes the session clears it.
    """

    messages: list[Message] = []
    notes: list[Message] = []
    exported_at: int | None = None
    filter_input: str | None = None
    order: Literal["time", "topic"] = "time"
    document: Document | None = None


class Document(Struct):
    """
    A payload as it came.

    Attributes:
        dialect: The reader's id: ``hapi`` (a hub's document) or ``json`` (ours).
        raw: Its bytes.
        visible: One flag per item of its ``messages``: whether the application's chat shows it.
        slices: Where in ``raw`` whole messages begin and end, many at a time; they are its last member, and all of
            them are in one. Empty where nobody has looked.
    """

    dialect: Literal["hapi", "json"]
    raw: bytes
    visible: list[bool]
    slices: list[tuple[int, int]] = []
    _data: bytes | None = None

    @property
    def data(self) -> bytes:
        """Its text as valid UTF-8, without a byte order mark: looked through when somebody wants it."""
        if self._data is None:
            self._data = text_of(self.raw)
        return self._data
