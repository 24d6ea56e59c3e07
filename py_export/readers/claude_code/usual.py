"""
The short way to a draft: of a record in the shape that nearly all have, straight from its line.

It gives what the long way gives (a test holds both against each other) and decodes nothing twice. Whatever does not
fit exactly - another type, another name, a field that may change what a record means - takes the long way; so a field
that the long way looks at stands here, too, be it to say that it must be absent (``Absent``).
"""

from __future__ import annotations

from sys import intern
from typing import Annotated, Any, TypeAlias

import msgspec
from msgspec import UNSET, Meta, Raw, Struct, UnsetType, field

from py_export.model import Json, Message, Thinking, ToolCall, Usage
from py_export.notices import Notices
from py_export.readers.records import claude, said, tools, usage, values
from py_export.readers.records.draft import Draft
from py_export.times import parse

Absent: TypeAlias = None
"""The type of a field that an unusual record has."""

Name = Annotated[str, Meta(min_length=1)]
Count = Annotated[int, Meta(ge=0, le=2**62)] | None
Told = str | UnsetType | None


class _Text(Struct, tag_field="type", tag="text", gc=False):
    text: str


class _Thought(Struct, tag_field="type", tag="thinking", gc=False):
    thinking: str


class _Call(Struct, tag_field="type", tag="tool_use"):
    id: Name
    name: Name
    input: dict[str, Any]


class _Result(
    Struct, tag_field="type", tag="tool_result", rename={"call_id": "tool_use_id", "is_error_too": "isError"}
):
    call_id: Name
    content: str | list[Any]
    is_error: bool | None = None
    is_error_too: Absent = None
    permissions: Absent = None


class _Spent(Struct, gc=False):
    input_tokens: Count = None
    output_tokens: Count = None
    cache_read_input_tokens: Count = None
    cache_creation_input_tokens: Count = None
    other_input: Absent = field(default=None, name="inputTokens")
    other_output: Absent = field(default=None, name="outputTokens")
    other_read: Absent = field(default=None, name="cacheReadInputTokens")
    other_written: Absent = field(default=None, name="cacheCreationInputTokens")


class _Answer(Struct):
    id: Name
    content: str | list[_Text | _Thought | _Call]
    model: str | None = None
    usage: _Spent | None = None


class _Turn(Struct):
    content: str | list[_Text | _Result]


class Usual(Struct, tag_field="type", kw_only=True):
    """A record's place and what it says of the session; ``line`` is its text."""

    uuid: Name
    timestamp: str
    parent: str | None = field(default=None, name="parentUuid")
    side: bool = field(name="isSidechain")
    agent: str | None = field(default=None, name="agentId")
    meta: bool | None = field(default=None, name="isMeta")
    request: str | None = field(default=None, name="requestId")
    session: Told = field(default=UNSET, name="sessionId")
    workspace: Told = field(default=UNSET, name="cwd")
    git_branch: Told = field(default=UNSET, name="gitBranch")
    version: Told = UNSET
    slug: Told = UNSET
    entrypoint: Told = UNSET
    user_type: Told = field(default=UNSET, name="userType")
    permission_mode: Told = field(default=UNSET, name="permissionMode")
    team_name: Told = field(default=UNSET, name="teamName")
    line: Raw = Raw(b"")

    other_parent: Absent = field(default=None, name="parentUUID")
    old_parent: Absent = field(default=None, name="parent_uuid")
    logical_parent: Absent = field(default=None, name="logicalParentUuid")
    parent_call: Absent = field(default=None, name="parentToolUseId")
    other_parent_call: Absent = field(default=None, name="parentToolUseID")
    old_parent_call: Absent = field(default=None, name="parent_tool_use_id")
    old_agent: Absent = field(default=None, name="agent_id")
    old_session: Absent = field(default=None, name="session_id")
    subtype: Absent = None
    summary: bool | None = field(default=None, name="isCompactSummary")
    in_transcript: bool | None = field(default=None, name="isVisibleInTranscriptOnly")

    @property
    def told(self) -> tuple[Told, ...]:
        """What the header keeps of it, in the order in which that names it."""
        return (
            self.session,
            self.workspace,
            self.git_branch,
            self.version,
            self.slug,
            self.entrypoint,
            self.user_type,
            self.permission_mode,
            self.team_name,
        )


class _Assistant(Usual, tag="assistant", kw_only=True):
    message: _Answer
    failed: bool | None = field(default=None, name="isApiErrorMessage")


class _User(Usual, tag="user", kw_only=True):
    message: _Turn
    twin: Json = field(default=None, name="toolUseResult")
    old_twin: Absent = field(default=None, name="tool_use_result")
    denial: Absent = field(default=None, name="toolDenialKind")


_decoder = msgspec.json.Decoder(_Assistant | _User)


def read(line: memoryview) -> Usual | None:
    """Return the record of a line; None where that takes the long way."""
    try:
        record: Usual = _decoder.decode(line)
    except (msgspec.DecodeError, ValueError, RecursionError):
        return None
    if record.summary or record.in_transcript or (type(record) is _Assistant and record.failed):
        return None
    record.line = Raw(line)
    return record


def draft(record: Usual, where: str, notices: Notices) -> Draft:
    """Return the draft of a record, as ``claude.decode`` makes it of the record's value."""
    at = record.timestamp
    hidden = record.meta is True
    found = Draft(
        Message(id=record.uuid, role="user", created_at=parse(at) if "T" in at else values.moment(at), hidden=hidden),
        where,
        notices,
        [record.line],
        uuid=record.uuid,
        parent_uuid=record.parent or None,
        agent_id=record.agent or None,
        side=record.side,
        transcript=True,
        injected=hidden,
    )
    if type(record) is _Assistant:
        _assistant(found, record.message)
    elif type(record) is _User:
        _user(found, record)
    return found


def _assistant(found: Draft, message: _Answer) -> None:
    draft = found.message
    draft.role = "assistant"
    model = claude.model(message.model)
    draft.model = None if model is None else intern(model)
    draft.api_id = message.id
    spent = message.usage
    if spent is not None:
        draft.usage = usage.known(
            Usage(
                spent.input_tokens,
                spent.output_tokens,
                spent.cache_read_input_tokens,
                spent.cache_creation_input_tokens,
            )
        )
    content = message.content
    for block in (content,) if isinstance(content, str) else content:
        if type(block) is _Text:
            said.agent_text(found, block.text)
        elif type(block) is _Call:
            call = ToolCall(block.id, block.name, input=block.input, started_at=draft.created_at)
            draft.blocks.append(tools.describe(call))
        elif type(block) is _Thought:
            if block.thinking.strip(values.JS_SPACE):
                draft.blocks.append(Thinking(block.thinking))
        else:
            said.agent_text(found, block)


def _user(found: Draft, record: _User) -> None:
    content = record.message.content
    turns: list[str] = []
    if isinstance(content, str):
        turns.append(content)
    elif len(content) == 1 and type(content[0]) is _Result:  # as nearly all are
        one = content[0]
        if type(record.twin) is dict and record.twin.get("stdout") == one.content:
            record.twin["stdout"] = one.content  # one text in memory, not two
        claude.given_back(found, one.call_id, one.content, record.twin, is_error=one.is_error)
    else:
        answers = [block for block in content if type(block) is _Result]
        for number, one in enumerate(answers):
            twin = claude.twin(record.twin, number, len(answers))
            claude.given_back(found, one.call_id, one.content, twin, is_error=one.is_error)
        turns += [block.text for block in content if type(block) is _Text]
    if turns:
        claude.turns(found, turns)
