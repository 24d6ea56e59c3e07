"""Tool calls joined with their results, and with what a person decided about them."""

from __future__ import annotations

from collections import deque
from collections.abc import Hashable, Mapping
from dataclasses import dataclass
from itertools import chain
from typing import Any

from py_export import jsontext
from py_export.model import Json, Message, Permission, ResultBlock, ToolCall, ToolStatus, Unknown
from py_export.notices import Notices
from py_export.readers.records import tools, values
from py_export.readers.records.draft import Draft, Result

_WITHOUT_EXIT_CODE = frozenset({"read", "write", "search", "web", "plan", "task"})
"""Kinds of calls whose result, where it looks like a command's, only quotes one."""

_REFUSED: dict[str, ToolStatus] = {
    "denied": "denied",
    "canceled": "cancelled",
    "cancelled": "cancelled",
    "abort": "cancelled",
}
"""How a call ended that a person refused, by the decision's name."""


@dataclass(slots=True)
class Request:
    """What an application knows of a tool call beside the conversation."""

    permission: Permission
    tool: str | None = None
    arguments: Json = None


def join(drafts: list[Draft], requests: Mapping[str, Request], notices: Notices) -> list[Draft]:
    """Return the drafts with every result in its call; one whose call is nowhere becomes a call by what is known."""
    known = _Known()
    waiting: list[tuple[Draft, Result]] = []
    for draft in drafts:
        if ToolCall in map(type, draft.message.blocks):
            known.register(draft)
        if draft.results:
            waiting += [(draft, result) for result in draft.results if not known.attach(draft, result)]
    orphans: dict[int, list[ToolCall]] = {}
    for draft, result in waiting:
        if not known.attach(draft, result):
            notices.add("tool_result_without_call", draft.where)
            orphans.setdefault(id(draft), []).append(known.orphan(draft, result, requests))
    for block in chain(chain.from_iterable(draft.message.blocks for draft in drafts), *orphans.values()):
        if type(block) is ToolCall:
            _settle(block, requests.get(block.id) if block.id is not None else None)
    if not orphans:
        return drafts
    return [part for draft in drafts for part in _with_orphans(draft, orphans.get(id(draft), []))]


class _Known:
    """The calls so far by their ids, each with the draft that made it."""

    def __init__(self) -> None:
        self._calls: dict[str, tuple[ToolCall, Draft]] = {}
        self._nameless: dict[tuple[bool, str | None], deque[tuple[ToolCall, Draft]]] = {}
        self._told: dict[int, set[Hashable]] = {}

    def register(self, draft: Draft) -> None:
        """Note a draft's calls; a call that is told again is one call, by its last telling."""
        kept = []
        for block in draft.message.blocks:
            if isinstance(block, ToolCall) and block.id is not None:
                before = self._calls.get(block.id)
                if before is not None and _same(before[0], block):
                    _retell(before[0], block)
                    if before[1] is not draft:
                        before[1].sources += draft.sources
                        draft.joined = True
                    continue
                self._calls[block.id] = (block, draft)
            elif isinstance(block, ToolCall) and block.result is None:
                self._nameless.setdefault(_thread(draft), deque()).append((block, draft))
            kept.append(block)
        draft.message.blocks = kept

    def attach(self, draft: Draft, result: Result) -> bool:
        """Put a result into its call; return whether that is known. Where neither has an id, they come in order."""
        if result.call_id is not None:
            found = self._calls.get(result.call_id)
        else:
            nameless = self._nameless.get(_thread(draft))
            found = nameless.popleft() if nameless else None
        if found is None:
            return False
        call, owner = found
        self._give(call, result, None if owner is draft else draft.message.created_at)
        if owner is not draft:
            owner.sources += draft.sources
            draft.joined = True
        return True

    def orphan(self, draft: Draft, result: Result, requests: Mapping[str, Request]) -> ToolCall:
        """Return a call for a result that found none, by what is known of it elsewhere."""
        request = requests.get(result.call_id) if result.call_id is not None else None
        name = request.tool if request is not None and request.tool is not None else "unknown"
        call = tools.describe(ToolCall(result.call_id, name, input=None if request is None else request.arguments))
        self._give(call, result, draft.message.created_at)
        if call.id is not None:
            self._calls[call.id] = (call, draft)
        return call

    def _give(self, call: ToolCall, result: Result, at: int | None) -> None:
        if call.result is None:
            call.result = result.result
        else:  # told in parts, or again
            found, more = call.result, result.result
            told = self._told.get(id(call))
            if told is None:
                told = self._told[id(call)] = set(map(_content, found.blocks))
            contents = list(map(_content, more.blocks))
            found.blocks += [block for block, one in zip(more.blocks, contents, strict=True) if one not in told]
            told.update(contents)
            found.data = more.data if more.data is not None else found.data
            found.is_error = more.is_error if more.is_error is not None else found.is_error
            found.exit_code = more.exit_code if more.exit_code is not None else found.exit_code
        call.permission = result.permission or call.permission
        call.ended_at = at
        call.duration_ms = result.duration_ms
        if call.duration_ms is None and at is not None and call.started_at is not None and at >= call.started_at:
            call.duration_ms = at - call.started_at


def _thread(draft: Draft) -> tuple[bool, str | None]:
    """Return whose turn it is: the session's, or that of one of its sub-agents."""
    return draft.side, draft.agent_id


def _same(before: ToolCall, again: ToolCall) -> bool:
    if before.name != again.name:
        return False
    return before.result is None or before.input == again.input or again.input in (None, {}, "")


def _retell(before: ToolCall, again: ToolCall) -> None:
    if again.input in (None, {}, ""):
        return
    before.input, before.kind, before.subject = again.input, again.kind, again.subject
    before.paths, before.description = again.paths, again.description or before.description


def _content(block: ResultBlock) -> Hashable:
    """Return what two blocks that say the same have in common; to compare each with all before takes too long."""
    if isinstance(block, Unknown):
        return jsontext.encode(block.record)
    return tuple(getattr(block, name) for name in block.__struct_fields__)


def _settle(call: ToolCall, request: Request | None) -> None:
    """Say how the call stands, by its result and by what was decided."""
    if request is not None:
        asked, told = request.permission, call.permission
        call.permission = asked if told is None else Permission(
            told.status,
            told.reason or asked.reason,
            told.mode or asked.mode,
            told.decision or asked.decision,
            told.answers if told.answers is not None else asked.answers,
        )  # fmt: skip
    decided = "" if call.permission is None else call.permission.status.lower()
    if call.result is not None and call.kind in _WITHOUT_EXIT_CODE:
        call.result.exit_code = None
    if call.result is None:
        if call.status == "pending":
            call.status = _REFUSED.get(decided, "running" if decided == "approved" else "pending")
    elif call.result.is_error:
        call.status = _REFUSED.get(decided, "error")
    else:
        twin: dict[str, Any] = values.mapping(call.result.data)
        call.status = "cancelled" if twin.get("interrupted") is True else "completed"


def _with_orphans(draft: Draft, calls: list[ToolCall]) -> list[Draft]:
    """Return a draft whose results found no call, with those as calls; a user's own words stay apart from them."""
    if not calls:
        return [draft]
    message = draft.message
    if not draft.blocks or message.role == "assistant":
        message.role = "assistant"
        draft.add(*calls)
        draft.joined = False
        return [draft]
    apart = Message(
        id=f"{message.id}:tools",
        seq=message.seq,
        role="assistant",
        created_at=message.created_at,
        hidden=message.hidden,
    )
    tied = Draft(
        apart,
        draft.where,
        draft.notices,
        list(draft.sources),
        uuid=None,
        parent_uuid=draft.parent_uuid,
        side=draft.side,
    )
    tied.parent_call, tied.agent_id, tied.transcript = draft.parent_call, draft.agent_id, draft.transcript
    tied.add(*calls)
    return [tied, draft]
