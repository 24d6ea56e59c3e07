"""Gemini's records: the turns of a session as its command line logs them, and the API's contents that it shares."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from py_export.model import Code, Error, Event, Json, Message, Role, Text, Thinking, ToolCall, Unknown, Usage
from py_export.notices import Notices
from py_export.readers.records import gemini_tools, values

_ROLES: dict[str, Role] = {"user": "user", "gemini": "assistant", "model": "assistant", "assistant": "assistant"}
_REMARKS = frozenset({"info", "warning"})
_INJECTED = ("<session_context>", "This is the Gemini CLI. We are setting up the context")
_THANKS = "Got it. Thanks for the context!"
"""What the command line lets the model say to the context that it puts before a chat."""

_TURN = frozenset(
    """
    id timestamp type content displayContent parts thoughts model tokens toolCalls role promptId checkpointTag
    """.split()  # noqa: SIM905 - a list of words is easier to read
)
"""What a turn's record holds; what a later version adds in words, or in a list, is kept as unknown."""

_CALL = frozenset({"id", "name", "args", "result", "resultDisplay", "status"})
_SUMMARY = "<state_snapshot>"
_SILENT = frozenset({"thoughtSignature", "thought", "videoMetadata"})
"""Members of a part that say nothing to a reader."""


@dataclass(slots=True)
class Conversation:
    """
    What is known while the turns are read in order.

    Attributes:
        notices: Where what could not be read is reported.
        calls: Each tool call by its id, with the message that made it.
        waiting: Calls without an id, by name: an answer without one belongs to the first that has none yet.
        thought: What the turn that is read says it thought, without white space.
    """

    notices: Notices
    calls: dict[str, tuple[ToolCall, Message]] = field(default_factory=dict)
    waiting: dict[str, deque[tuple[ToolCall, Message]]] = field(default_factory=dict)
    thought: str = ""


def turn(talk: Conversation, record: dict[str, Any], identity: str, where: str) -> Message | None:
    """Return a logged turn as a message; None where it holds but results, which then stand in their calls."""
    kind = values.string(record.get("type")) or ""
    message = Message(
        id=identity,
        role=_ROLES.get(kind, "event"),
        created_at=_time(talk, record.get("timestamp"), where),
        model=values.string(record.get("model")),
        usage=_usage(record.get("tokens")),
        source=record,
    )
    shown = values.first(record, "displayContent", "content", "parts")
    if kind in _REMARKS:
        _remark(talk, message, record if shown is None else shown, where)
    elif kind == "error":
        said = values.text(shown)
        message.blocks.append(Unknown(record if shown is None else shown) if said is None else Error(said))
    elif message.role == "event":
        talk.notices.add("unknown_type", where, type=values.type_name(record))
        message.blocks.append(Unknown(record, name=values.type_name(record)))
    else:
        _thoughts(talk, message, record.get("thoughts"), where)
        _parts(talk, message, shown, where)
        for number, call in enumerate(values.items(record.get("toolCalls"))):
            _call(talk, message, call, f"{where}.toolCalls[{number}]")
        _unread(talk, message, _left(record, said=shown is not None), where)
        return _settled(message)
    return message


def content(talk: Conversation, record: dict[str, Any], identity: str, where: str) -> Message | None:
    """Return one of the API's contents, ``{role, parts}``, as a message; None where it holds but results."""
    role = _ROLES.get(values.string(record.get("role")) or "", "user")
    message = Message(id=identity, role=role, source=record)
    _parts(talk, message, record.get("parts"), where)
    return _settled(message)


def hide_thanks(before: Message | None, message: Message) -> None:
    """Hide the model's thanks for a context that is hidden itself."""
    if before is not None and before.hidden and message.blocks and message.role == "assistant":
        said = message.blocks[0]
        message.hidden = isinstance(said, Text) and len(message.blocks) == 1 and said.text.strip() == _THANKS


def _settled(message: Message) -> Message | None:
    if not message.blocks:
        if message.source and _holds_results(message.source):
            return None
        message.hidden = True
    elif message.role == "user" and all(isinstance(block, ToolCall) for block in message.blocks):
        message.role = "assistant"  # results whose calls are nowhere: nobody typed them
    first = message.blocks[0] if message.blocks else None
    if message.role == "user" and isinstance(first, Text):
        begins = first.text.lstrip(values.JS_SPACE)
        message.hidden = begins.startswith(_INJECTED)
        if begins.startswith(_SUMMARY):
            message.role = "event"
            message.blocks[0] = Event("compact-summary", text=first.text)
    return message


def _holds_results(record: dict[str, Any]) -> bool:
    parts = values.items(values.first(record, "content", "parts"))
    return any(isinstance(part, dict) and "functionResponse" in part for part in parts)


def _remark(talk: Conversation, message: Message, shown: Json, where: str) -> None:
    said = values.text(shown)
    if said is None:
        talk.notices.add("unknown_record", where)
        message.blocks.append(Unknown(shown))
    else:
        message.blocks.append(Event("message", text=said))
        message.hidden = not said.strip(values.JS_SPACE)


def _thoughts(talk: Conversation, message: Message, thoughts: Json, where: str) -> None:
    """Add the model's thoughts as it wrote them: a subject in bold, and what it thought."""
    for thought in values.items(thoughts):
        record = values.mapping(thought)
        subject, description = (values.string(values.text(record.get(name))) for name in ("subject", "description"))
        parts = [f"**{subject}**" if subject else None, description]
        text = "\n\n".join(part for part in parts if part) if record else values.text(thought) or ""
        if text:
            message.blocks.append(Thinking(text))
        if description is None and (record or not text):
            _unread(talk, message, values.beside(record, ("subject", "timestamp")) if record else thought, where)
    talk.thought = "".join("".join(block.text.split()) for block in message.blocks if isinstance(block, Thinking))


def _left(record: dict[str, Any], *, said: bool) -> dict[str, Any]:
    """Return what a turn holds that is not known; of one that says something, only what is more than a name."""
    left = values.beside(record, _TURN)
    return {key: value for key, value in left.items() if not said or isinstance(value, (list, dict))}


def _unread(talk: Conversation, message: Message, left: Json, where: str) -> None:
    """Keep what stands in a text's place and is none."""
    if values.says(left):
        talk.notices.add("unknown_record", where)
        message.blocks.append(Unknown(left))


def _parts(talk: Conversation, message: Message, parts: Json, where: str) -> None:
    """Add a content's parts in order; texts that follow each other are one text, cut where it was streamed."""
    said: list[str] = []
    for number, part in enumerate(values.items(parts)):
        text = part if isinstance(part, str) else _text(part)
        if text is not None:
            said.append(text)
            continue
        _say(message, said)
        if isinstance(part, dict):
            _part(talk, message, part, where)
        elif part is not None:
            talk.notices.add("unknown_record", f"{where}.content[{number}]")
            message.blocks.append(Unknown(part))
    _say(message, said)


def _text(part: Json) -> str | None:
    record = values.mapping(part)
    text = record.get("text")
    return text if isinstance(text, str) and not values.flag(record.get("thought")) else None


def _say(message: Message, said: list[str]) -> None:
    text = "".join(said)
    said.clear()
    if text.strip(values.JS_SPACE):
        message.blocks.append(Text(text))


def _part(talk: Conversation, message: Message, part: dict[str, Any], where: str) -> None:
    if isinstance(part.get("text"), str):
        _think(talk, message, part["text"])
        return
    known = [name for name in _PARTS if isinstance(part.get(name), dict)]
    for name in known:
        _PARTS[name](talk, message, part, where)
    if not known and not part.keys() <= _SILENT:
        name = values.type_name({"type": next(iter(part))})
        talk.notices.add("unknown_type", where, type=name)
        message.blocks.append(Unknown(part, name=name))


def _think(talk: Conversation, message: Message, text: str) -> None:
    """Add a thought, unless the turn's list of thoughts has it already."""
    bare = "".join(text.split())
    if bare and bare not in talk.thought:
        message.blocks.append(Thinking(text))


def _media(_talk: Conversation, message: Message, part: dict[str, Any], _where: str) -> None:
    message.blocks.append(gemini_tools.attached(part))


def _code(_talk: Conversation, message: Message, part: dict[str, Any], _where: str) -> None:
    holder = values.mapping(values.first(part, "executableCode", "codeExecutionResult"))
    language = values.string(holder.get("language"))
    text = values.text(values.first(holder, "code", "output")) or ""
    message.blocks.append(Code(text, language=None if language is None else language.lower()))


def _asked(talk: Conversation, message: Message, part: dict[str, Any], where: str) -> None:
    _call(talk, message, part["functionCall"], where)


def _call(talk: Conversation, message: Message, record: Json, where: str) -> None:
    """Add a tool call, or what else is known of one that the same message made already."""
    if not isinstance(record, dict) or _CALL.isdisjoint(record):
        talk.notices.add("unknown_record", where)
        message.blocks.append(Unknown(record))
        return
    identity = values.identifier(record.get("id"))
    call, owner = talk.calls.get(identity or "", (None, None))
    if call is None or owner is not message:
        call = gemini_tools.call(record, _time(talk, record.get("timestamp"), where))
        message.blocks.append(call)
        if identity is None:
            talk.waiting.setdefault(call.name, deque()).append((call, message))
        else:
            talk.calls[identity] = (call, message)
    gemini_tools.finish(call, record, talk.notices, where)


def _answered(talk: Conversation, message: Message, part: dict[str, Any], where: str) -> None:
    """Put a result into its call; one whose call is nowhere becomes a call by what is known."""
    answer = part["functionResponse"]
    name = values.string(answer.get("name")) or "unknown"
    waiting = talk.waiting.get(name)
    found = talk.calls.get(values.identifier(answer.get("id")) or "") or (waiting.popleft() if waiting else None)
    if found is None:
        talk.notices.add("tool_result_without_call", where)
        call = gemini_tools.call({"id": answer.get("id"), "name": name}, None)
        gemini_tools.answer(call, [part], talk.notices, where)
        message.blocks.append(call)
        return
    call, owner = found
    if call.result is None:
        gemini_tools.answer(call, [part], talk.notices, where)
    if owner is not message and message.source is not None:
        _add_source(owner, message.source)


def _add_source(message: Message, record: Json) -> None:
    if not isinstance(message.source, list):
        message.source = [message.source]
    if message.source[-1] is not record:
        message.source.append(record)


def _usage(value: Json) -> Usage | None:
    """Return an API message's figures: its input holds the cache's, thoughts and tools' prompts stand apart."""
    record = values.mapping(value)
    given, cached, prompts = (values.count(record.get(name)) for name in ("input", "cached", "tool"))
    said, thought = (values.count(record.get(name)) for name in ("output", "thoughts"))
    found = Usage(
        input_tokens=None if given is None else max(0, given - (cached or 0)) + (prompts or 0),
        output_tokens=None if said is None and thought is None else (said or 0) + (thought or 0),
        cache_read_tokens=cached,
        reasoning_tokens=thought,
    )
    return None if found == Usage() else found


def _time(talk: Conversation, value: Json, where: str) -> int | None:
    found = values.moment(value)
    if found is None and value not in (None, ""):
        talk.notices.add("time_unreadable", where)
    return found


_PARTS: dict[str, Callable[[Conversation, Message, dict[str, Any], str], None]] = {
    "inlineData": _media,
    "fileData": _media,
    "functionCall": _asked,
    "functionResponse": _answered,
    "executableCode": _code,
    "codeExecutionResult": _code,
}
