"""
The tree every reader builds and every writer reads: a session, its messages in time order, their blocks.

Plain slotted dataclasses, so that importing them costs nothing; ``schema.py`` derives the payload's JSON names,
its validation and its JSON Schema from the annotations here. Python names are snake_case, the payload's are camelCase.

Units: times are integer Unix milliseconds, durations milliseconds, sizes bytes, tokens counts, cost US dollars.
What a source does not say is ``None``, never 0 or "". Text holds no lone surrogate (readers replace them by U+FFFD).
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Literal

Json = Any
"""A JSON value: None, bool, int, float, str, list or dict of the same."""

_MOST = 2**63
"""Beyond what a sum of tokens or dollars is."""

Role = Literal["user", "assistant", "system", "tool", "event"]
ToolKind = Literal["read", "write", "edit", "search", "shell", "task", "web", "plan", "generic"]
StepStatus = Literal["pending", "in_progress", "completed"]
ToolStatus = Literal["pending", "running", "completed", "error", "denied", "cancelled"]


def _camel(name: str) -> str:
    first, *rest = name.split("_")
    return first + "".join(part.capitalize() for part in rest)


CONFIG: dict[str, Any] = {"alias_generator": _camel, "validate_by_name": False, "extra": "ignore"}
"""How pydantic reads and writes these dataclasses; a plain dict, so that the model does not import pydantic."""


@dataclass(slots=True)
class Usage:
    """
    Tokens and cost of one API message, or their sum. ``input_tokens`` is fresh input; the cache stands apart.

    A number that nothing can have cost (JSON writes infinity as ``1e999``) says nothing, and is unknown.
    """

    __pydantic_config__ = CONFIG
    input_tokens: int | None = None
    output_tokens: int | None = None
    cache_read_tokens: int | None = None
    cache_write_tokens: int | None = None
    reasoning_tokens: int | None = None
    cost_usd: float | None = None

    def __post_init__(self) -> None:
        for name in self.__slots__:
            value = getattr(self, name)
            if value is not None and not -_MOST <= value <= _MOST:  # nor is NaN, which compares with nothing
                setattr(self, name, None)


@dataclass(slots=True)
class Text:
    """What was said, verbatim; Markdown by custom, never markup by right."""

    __pydantic_config__ = CONFIG
    type: Literal["text"] = field(default="text", kw_only=True)
    text: str


@dataclass(slots=True)
class Thinking:
    """A model's reasoning, or its summary."""

    __pydantic_config__ = CONFIG
    type: Literal["thinking"] = field(default="thinking", kw_only=True)
    text: str


@dataclass(slots=True)
class Image:
    """An image: ``data`` is base64 when the source holds the bytes, ``url`` or ``path`` when it only names them."""

    __pydantic_config__ = CONFIG
    type: Literal["image"] = field(default="image", kw_only=True)
    name: str | None = None
    media_type: str | None = None
    size: int | None = None
    path: str | None = None
    url: str | None = None
    data: str | None = None


@dataclass(slots=True)
class File:
    """An attached file, by name; ``data`` (base64) or ``text`` when the source holds its content."""

    __pydantic_config__ = CONFIG
    type: Literal["file"] = field(default="file", kw_only=True)
    name: str | None = None
    media_type: str | None = None
    size: int | None = None
    path: str | None = None
    url: str | None = None
    data: str | None = None
    text: str | None = None


@dataclass(slots=True)
class Code:
    """Code or output that the source marks as such, apart from the message's text."""

    __pydantic_config__ = CONFIG
    type: Literal["code"] = field(default="code", kw_only=True)
    text: str
    language: str | None = None
    path: str | None = None


@dataclass(slots=True)
class Event:
    """
    Something that happened, not said: a turn's end, a compaction, a new title.

    ``name`` is a stable, kebab-case name; its sentence is ``event.<name>`` in the locale files, filled from ``data``.
    ``text`` is what the source itself says, verbatim, when it says anything.
    """

    __pydantic_config__ = CONFIG
    type: Literal["event"] = field(default="event", kw_only=True)
    name: str
    text: str | None = None
    data: dict[str, Json] = field(default_factory=dict)


@dataclass(slots=True)
class Error:
    """A failure that the conversation shows: an overloaded API, an exhausted quota."""

    __pydantic_config__ = CONFIG
    type: Literal["error"] = field(default="error", kw_only=True)
    text: str
    code: str | None = None


@dataclass(slots=True)
class Citation:
    """A source that a message names."""

    __pydantic_config__ = CONFIG
    type: Literal["citation"] = field(default="citation", kw_only=True)
    url: str | None = None
    title: str | None = None
    text: str | None = None


@dataclass(slots=True)
class Unknown:
    """A record or block that no reader knows yet, whole. ``name`` is what it calls itself."""

    __pydantic_config__ = CONFIG
    type: Literal["unknown"] = field(default="unknown", kw_only=True)
    record: Json = None
    name: str | None = None


ResultBlock = Text | Image | File | Code | Unknown


@dataclass(slots=True)
class ToolResult:
    """
    What a tool gave back: ``blocks`` as the model saw it, ``data`` the source's structured twin where it has one.

    ``exit_code`` is a shell command's, when the source states it.
    """

    __pydantic_config__ = CONFIG
    blocks: list[ResultBlock] = field(default_factory=list)
    data: Json = None
    is_error: bool | None = None
    exit_code: int | None = None


@dataclass(slots=True)
class Permission:
    """What a person decided about a tool call: ``approved``, ``denied``, ``canceled``, ``pending``."""

    __pydantic_config__ = CONFIG
    status: str
    reason: str | None = None
    mode: str | None = None
    decision: str | None = None
    answers: Json = None


@dataclass(slots=True)
class Step:
    """One step of a plan."""

    __pydantic_config__ = CONFIG
    text: str
    status: StepStatus = "pending"


@dataclass(slots=True)
class ToolCall:
    """
    A tool call with its result, and the sub-agent's messages that it started.

    The reader classifies the tool once (``kind``) and says in ``subject`` what was done, in one line: a command, a
    path, a pattern, an address, a task's description. Writers never look at ``name`` to decide anything. ``paths``
    are the files that a call of kind read, write or edit names, ``steps`` what a call of kind plan lists.
    """

    __pydantic_config__ = CONFIG
    type: Literal["tool_call"] = field(default="tool_call", kw_only=True)
    id: str | None = None
    name: str = "unknown"
    kind: ToolKind = "generic"
    subject: str | None = None
    description: str | None = None
    paths: list[str] = field(default_factory=list)
    steps: list[Step] = field(default_factory=list)
    input: Json = None
    status: ToolStatus = "pending"
    result: ToolResult | None = None
    permission: Permission | None = None
    started_at: int | None = None
    ended_at: int | None = None
    duration_ms: int | None = None
    messages: list[Message] = field(default_factory=list)


Block = Text | Thinking | ToolCall | Image | File | Code | Event | Error | Citation | Unknown


@dataclass(slots=True)
class SubAgent:
    """Marks a sub-agent's message. ``call_id`` names the tool call that started it; None where that is unknown."""

    __pydantic_config__ = CONFIG
    agent_id: str | None = None
    call_id: str | None = None


@dataclass(slots=True, kw_only=True)
class Message:
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

    __pydantic_config__ = CONFIG
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
    blocks: list[Block] = field(default_factory=list)
    source: Json = None


@dataclass(slots=True)
class Source:
    """Where a session comes from: the application, its format's id (a reader's), the application's version."""

    __pydantic_config__ = CONFIG
    app: str | None = None
    format: str | None = None
    version: str | None = None


@dataclass(slots=True)
class Counts:
    """How much a session holds; hidden messages do not count, sub-agents' do."""

    __pydantic_config__ = CONFIG
    messages: int = 0
    user_messages: int = 0
    assistant_messages: int = 0
    tool_calls: int = 0
    files_read: int = 0
    files_written: int = 0


@dataclass(slots=True)
class Range:
    """The part of a session that a payload holds: message numbers, first is 1, both included, out of ``of``."""

    __pydantic_config__ = CONFIG
    from_: int
    to: int
    of: int


@dataclass(slots=True, kw_only=True)
class Header:
    """What is known of a session as a whole; the payload's ``session``. ``metadata`` is the source's own, as it is."""

    __pydantic_config__ = CONFIG
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
    tags: list[str] = field(default_factory=list)
    usage: Usage | None = None
    counts: Counts | None = None
    range: Range | None = None
    metadata: dict[str, Json] = field(default_factory=dict)


@dataclass(slots=True, kw_only=True)
class Session(Header):
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

    messages: list[Message] = field(default_factory=list)
    notes: list[Message] = field(default_factory=list)
    exported_at: int | None = None
    filter_input: str | None = None
    order: Literal["time", "topic"] = "time"
    document: Document | None = None


@dataclass(slots=True)
class Document:
    """
    A payload as it came.

    Attributes:
        dialect: The reader's id: ``hapi`` (a hub's document) or ``json`` (ours).
        data: Its UTF-8 bytes, without a byte order mark.
        visible: One flag per item of its ``messages``: whether the application's chat shows it.
    """

    dialect: Literal["hapi", "json"]
    data: bytes
    visible: list[bool]
