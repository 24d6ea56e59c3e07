"""
What a replay is made of: frozen structs, which JSON and its schema are made from.

Times are milliseconds: ``at`` from the beginning of the replay, ``clock`` since 1970, as the source has it.
"""

from __future__ import annotations

from typing import Literal

from msgspec import Struct

from py_export.model import Role, Step, ToolKind, ToolStatus, camel

Attached = Literal["image", "file", "citation", "event", "unknown"]


class Moment(Struct, frozen=True, kw_only=True, rename=camel, omit_defaults=True):
    """What every event has. ``clock`` is left out where it is unknown, or is not to be shown."""

    at: int
    clock: int | None = None


class Began(Moment, frozen=True, kw_only=True, tag_field="type", tag="message"):
    """
    A message begins; what follows is part of it, up to the next one.

    Attributes:
        message: The message's number, from 1 on, among those of the replay.
        turn: The turn's number, where it begins one; ``title`` is how its question begins then.
        depth: 0; more below the tool call that started a sub-agent, whose number ``call`` is.
        note: An operator's note, which stands beside the session.
    """

    message: int
    role: Role
    id: str
    turn: int | None = None
    title: str | None = None
    author: str | None = None
    model: str | None = None
    depth: int = 0
    call: int | None = None
    note: bool = False


class Returned(Moment, frozen=True, kw_only=True, tag_field="type", tag="returned"):
    """A sub-agent's messages are over: what follows is part of the message by that number, whose call started it."""

    message: int


class Typed(Moment, frozen=True, kw_only=True, tag_field="type", tag="typed"):
    """A person types a text, evenly from ``at`` on for ``durationMs``."""

    text: str
    duration_ms: int


class Streamed(Moment, frozen=True, kw_only=True, tag_field="type", tag="streamed"):
    """A text comes in, evenly from ``at`` on for ``durationMs``: what is said, thought, or shown as code."""

    text: str
    duration_ms: int
    what: Literal["text", "thinking", "code"] = "text"
    language: str | None = None
    path: str | None = None


class ToolStarted(Moment, frozen=True, kw_only=True, tag_field="type", tag="tool-started"):
    """
    A tool is called. ``call`` is the call's number in the replay, from 1 on.

    Attributes:
        subject: What is done, in one line.
        steps: What a plan lists.
        input: All that the tool was given, as lines; only where tools are shown in full.
    """

    call: int
    name: str
    kind: ToolKind
    subject: str | None = None
    steps: tuple[Step, ...] = ()
    input: str | None = None


class ToolEnded(Moment, frozen=True, kw_only=True, tag_field="type", tag="tool-ended"):
    """
    A tool has ended, or is given up as one whose end the session does not hold (``pending``, ``running``).

    Attributes:
        took_ms: How long it took, as its source says; the replay may have made less of it.
        reason: Why it failed, in one line.
        output: All that the tool gave back, as lines; only where tools are shown in full.
    """

    call: int
    status: ToolStatus
    took_ms: int | None = None
    exit_code: int | None = None
    reason: str | None = None
    output: str | None = None


class FileChanged(Moment, frozen=True, kw_only=True, tag_field="type", tag="file-changed"):
    """A tool that did not fail wrote a file whole (``write``) or changed a part of it (``edit``)."""

    call: int
    path: str
    change: Literal["write", "edit"]


class Noted(Moment, frozen=True, kw_only=True, tag_field="type", tag="noted"):
    """What is no one's speech: an attachment by name, a source, something that happened, a record as an outline."""

    what: Attached
    text: str


class Failed(Moment, frozen=True, kw_only=True, tag_field="type", tag="error"):
    """A failure that the conversation shows."""

    text: str
    code: str | None = None


Event = Began | Returned | Typed | Streamed | ToolStarted | ToolEnded | FileChanged | Noted | Failed
