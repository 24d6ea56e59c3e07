"""Turns as a chat shows them: what streamed in parts made one, events folded, what only the machinery said hidden."""

from __future__ import annotations

from msgspec.structs import replace

from py_export.model import Block, Event, Message, ToolCall, Unknown
from py_export.readers.records import events, tools, values
from py_export.readers.records.draft import Draft

_TURN_ENDS = frozenset({"turn-duration", "turn-end", "turn-summary"})
_API_ERRORS = frozenset({"api-error", "api-error-retrying"})
NO_ANSWER = "No response requested."


def flow(drafts: list[Draft]) -> list[Message]:
    """Return the messages of one thread from its drafts in time order."""
    kept: list[Draft] = []
    shown: Draft | None = None
    before: Draft | None = None
    for draft in drafts:
        blocks = draft.message.blocks
        if not blocks and draft.joined:
            continue
        if ToolCall in map(type, blocks):
            blocks[:] = [_title(block) if type(block) is ToolCall else block for block in blocks]
        _judge(draft, before)
        before = draft
        if draft.message.hidden:
            kept.append(draft)
            continue
        if shown is not None:
            if _absorbed(shown, draft):
                continue
            if draft.message.role == "event":
                _fold(shown, draft)
        kept.append(draft)
        if not draft.message.hidden:
            shown = draft
    return _messages(kept)


def _title(call: ToolCall) -> Block:
    """Return the naming of the session as what it is, an event, unless it failed."""
    if not tools.is_title_tool(call.name) or call.status in ("error", "denied", "cancelled"):
        return call
    title = values.string(values.mapping(call.input).get("title"))
    return call if title is None else events.title_changed(title)


def _judge(draft: Draft, before: Draft | None) -> None:
    message = draft.message
    if not message.blocks:
        message.hidden = True
    elif message.role == "assistant" and type(message.blocks[0]) is Event and _are_events(message.blocks):
        message.role = "event"
    if (
        before is not None
        and (before.injected or before.console)
        and draft.shown_text.strip() == NO_ANSWER
        and len(draft.blocks) == 1
    ):
        message.hidden = True


def _are_events(blocks: list[Block]) -> bool:
    return all(type(block) is Event for block in blocks)


def _absorbed(shown: Draft, draft: Draft) -> bool:
    """Let the last message that is shown take up one that belongs to it; return whether it did."""
    last, message = shown.message, draft.message
    if message.api_id is not None and message.api_id == last.api_id and message.role == last.role:
        last.usage = message.usage or last.usage
        last.model = message.model or last.model
    elif not (shown.console or type(message.blocks[0]) is Event) or not (_ends(shown, draft) or _prints(shown, draft)):
        return False
    last.blocks += message.blocks
    shown.sources += draft.sources
    return True


def _ends(shown: Draft, draft: Draft) -> bool:
    """Return whether the draft is the end of the turn that is shown."""
    return _event(draft) in _TURN_ENDS and shown.message.role == "assistant"


def _prints(shown: Draft, draft: Draft) -> bool:
    """Return whether the draft is what a command typed in the console printed."""
    return shown.console and draft.console and not isinstance(draft.blocks[0], Event)


def _fold(shown: Draft, draft: Draft) -> None:
    """Hide the one of two neighbouring events that says nothing new."""
    if shown.message.role != "event":
        return
    if _event(shown) in _API_ERRORS and _event(draft) in _API_ERRORS:
        shown.message.hidden = True
    elif (
        not draft.console
        and draft.blocks == shown.blocks
        and not any(isinstance(block, Unknown) for block in draft.blocks)
    ):
        draft.message.hidden = True


def _event(draft: Draft) -> str | None:
    block = draft.blocks[0] if len(draft.blocks) == 1 else None
    return block.name if isinstance(block, Event) else None


def _messages(drafts: list[Draft]) -> list[Message]:
    """Return the drafts' messages, what is unknown in an assistant's apart: it is no part of what was said."""
    found: list[Message] = []
    for draft in drafts:
        message = draft.message
        message.source = draft.sources[0] if len(draft.sources) == 1 else draft.sources or None
        if message.role == "assistant" and Unknown in map(type, message.blocks):
            found += _apart(message)
        else:
            found.append(message)
    return found


def _apart(message: Message) -> list[Message]:
    """Return an assistant's message in parts, so that none of them has unknown blocks beside others."""
    parts: list[list[Block]] = []
    for block in message.blocks:
        if parts and isinstance(parts[-1][0], Unknown) == isinstance(block, Unknown):
            parts[-1].append(block)
        else:
            parts.append([block])
    messages = []
    usage = message.usage
    for number, blocks in enumerate(parts):
        part = replace(
            message, blocks=blocks, usage=None, id=message.id if number == 0 else f"{message.id}:{number + 1}"
        )
        if isinstance(blocks[0], Unknown):
            part.role, part.api_id, part.model = "event", None, None
        else:
            part.usage, usage = usage, None
        messages.append(part)
    if usage is not None:  # nothing but unknown blocks
        messages[0].usage, messages[0].api_id = usage, message.api_id
    return messages
