"""opencode's messages with their parts, as its storage and its export keep them until version 1."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from py_export.model import Block, Error, Event, Json, Message, Role, Text, Thinking, Unknown, Usage
from py_export.notices import Notices
from py_export.readers.records import opencode_tools, values
from py_export.transforms import measure

_SILENT = frozenset({"step-start", "step-finish", "snapshot", "patch", "agent"})
"""Parts that say nothing to a reader: marks between steps, states of the files, mentions that the text has too."""

_MUTE = frozenset({"id", "sessionID", "messageID", "metadata", "time", "synthetic", "ignored"})
"""What a part says of itself, and nobody says in it."""


@dataclass(slots=True)
class Parts:
    """The blocks of a message: what the chat shows, and what the application added to it for the model."""

    shown: list[Block] = field(default_factory=list)
    added: list[Block] = field(default_factory=list)


def messages(record: dict[str, Any], where: str, notices: Notices) -> list[Message]:
    """Return one message of an export, ``{info, parts}``: a system prompt, itself, and what the chat does not show."""
    info = values.mapping(record.get("info"))
    role: Role = "assistant" if info.get("role") == "assistant" else "user" if info.get("role") == "user" else "event"
    listed = values.items(record.get("parts"))
    identity = values.identifier(info.get("id")) or where
    at = values.moment(values.mapping(info.get("time")).get("created"))
    found = Parts()
    if role == "event":
        notices.add("unknown_record", where)
        found.shown.append(Unknown(record))
        listed = []
    for number, part in enumerate(listed):
        _add(found, part, f"{where}.parts[{number}]", notices)
    if not listed and role != "event" and values.says(values.beside(record, ("info", "parts"))):
        notices.add("unknown_record", where)
        found.shown.append(Unknown(record))
    error = failure(info.get("error"))
    if error is not None:
        found.shown.append(error)
    shown = Message(id=identity, role=role, created_at=at, blocks=found.shown, source=record)
    if role == "assistant":
        shown.model = values.string(info.get("modelID"))
        shown.usage = _spent(info, listed)
    elif found.shown and all(isinstance(block, Event) for block in found.shown):
        shown.role = "event"
    told = [shown, *_added(shown, found.added)]
    prompt = _prompt(info.get("system"))
    if prompt is not None:
        source = {"system": info["system"]}
        system = Message(id=f"{identity}:system", role="system", created_at=at, blocks=[Text(prompt)], source=source)
        told.insert(0, system)
    return told


def usage(tokens: Json, cost: Json) -> Usage | None:
    """Return an API message's figures; opencode counts reasoning apart from output, unless its total says otherwise."""
    record = values.mapping(tokens)
    cache = values.mapping(record.get("cache"))
    given, said, thought = (values.count(record.get(name)) for name in ("input", "output", "reasoning"))
    read, write = (values.count(cache.get(name)) for name in ("read", "write"))
    known = [one for one in (given, said, read, write) if one is not None]
    apart = values.count(record.get("total")) != sum(known)
    found = Usage(
        input_tokens=given,
        output_tokens=said if said is None or not apart else said + (thought or 0),
        cache_read_tokens=read,
        cache_write_tokens=write,
        reasoning_tokens=thought,
        cost_usd=float(cost) if isinstance(cost, (int, float)) and not isinstance(cost, bool) else None,
    )
    return None if found == Usage() else found


def failure(value: Json) -> Error | None:
    """Return an error that a message ends in, by its name and what it says."""
    record = values.mapping(value)
    code = values.string(values.first(record, "name", "type"))
    data = values.mapping(record.get("data"))
    said = values.string(values.text(values.first(data, "message"))) or values.string(record.get("message"))
    return None if said is None and code is None else Error(said or code or "", code=code)


def _added(shown: Message, blocks: list[Block]) -> list[Message]:
    """Return what the application added as a hidden message of its own; where nothing else is there, hide that."""
    if not blocks:
        shown.hidden = not shown.blocks
        return []
    if not shown.blocks:
        shown.blocks, shown.hidden = blocks, True
        return []
    source = [part for part in shown.source["parts"] if values.flag(values.mapping(part).get("synthetic"))]
    added = Message(id=f"{shown.id}:added", role=shown.role, created_at=shown.created_at, hidden=True, blocks=blocks)
    added.source = source
    return [added]


def _spent(info: dict[str, Any], parts: list[Json]) -> Usage | None:
    """Return what a message took: all of its steps, as its own figures are those of the last step only."""
    steps = [part for part in map(values.mapping, parts) if part.get("type") == "step-finish"]
    spent = filter(None, (usage(step.get("tokens"), step.get("cost")) for step in steps))
    return measure.total(spent) or usage(info.get("tokens"), info.get("cost"))


def _prompt(value: Json) -> str | None:
    """Return the system prompt: a text, or several as older versions have it."""
    said = "\n\n".join(one for one in values.items(value) if isinstance(one, str))
    return values.string(said)


def _add(found: Parts, part: Json, where: str, notices: Notices) -> None:
    record = values.mapping(part)
    kind = values.string(record.get("type")) or ""
    decode = _PARTS.get(kind)
    if decode is not None:
        before = len(found.shown) + len(found.added)
        decode(found, record, where, notices)
        if len(found.shown) + len(found.added) == before and values.says(record, _MUTE):
            notices.add("unknown_record", where)
            found.shown.append(Unknown(part, name=kind))
    elif kind not in _SILENT:
        notices.add("unknown_type", where, type=values.type_name(part))
        found.shown.append(Unknown(part, name=values.type_name(part)))


def _text(found: Parts, part: dict[str, Any], where: str, notices: Notices) -> None:
    said = part.get("text")
    if not isinstance(said, str):
        notices.add("unknown_record", where)
        found.shown.append(Unknown(part, name="text"))
    elif said.strip(values.JS_SPACE):
        (found.added if values.flag(part.get("synthetic")) else found.shown).append(Text(said))


def _reasoning(found: Parts, part: dict[str, Any], _where: str, _notices: Notices) -> None:
    said = values.string(values.text(part.get("text")))
    if said is not None:
        found.shown.append(Thinking(said))


def _tool(found: Parts, part: dict[str, Any], where: str, notices: Notices) -> None:
    found.shown.append(opencode_tools.call(part, where, notices))


def _file(found: Parts, part: dict[str, Any], _where: str, _notices: Notices) -> None:
    found.shown.append(opencode_tools.attached(part))


def _subtask(found: Parts, part: dict[str, Any], _where: str, _notices: Notices) -> None:
    """Say what a person started; its prompt stands in the call that follows."""
    command = values.string(part.get("command"))
    what = f"/{command}" if command else values.string(values.first(part, "description", "agent"))
    found.shown.append(Event("command", data={"command": what or "/"}))


def _retry(found: Parts, part: dict[str, Any], _where: str, _notices: Notices) -> None:
    error = failure(part.get("error"))
    attempt = values.count(part.get("attempt"))
    data = {} if attempt is None else {"attempt": attempt}
    found.shown.append(Event("api-error", text=None if error is None else error.text, data=data))


def _compaction(found: Parts, part: dict[str, Any], _where: str, _notices: Notices) -> None:
    found.shown.append(Event("compact", data={"trigger": "auto" if values.flag(part.get("auto")) else "manual"}))


_PARTS: dict[str, Callable[[Parts, dict[str, Any], str, Notices], None]] = {
    "text": _text,
    "reasoning": _reasoning,
    "tool": _tool,
    "file": _file,
    "subtask": _subtask,
    "retry": _retry,
    "compaction": _compaction,
}
