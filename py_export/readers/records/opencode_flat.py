"""opencode's messages as version 2 exports them: flat, each of a type of its own."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from py_export.model import Code, Event, Json, Message, Text, Thinking, Unknown
from py_export.notices import Notices
from py_export.readers.records import events, opencode, opencode_tools, values

_MUTE = frozenset(
    """
    id sessionID time agent model cost tokens metadata snapshot finish outcome providerMetadata variant
    """.split()  # noqa: SIM905 - a list of words is easier to read
)
"""What a message says of itself, and nobody says in it."""


def message(record: Json, where: str, notices: Notices) -> Message:
    """Return one message of an export; whatever it is, there is one."""
    given = values.mapping(record)
    made = Message(
        id=values.identifier(given.get("id")) or where,
        role="event",
        created_at=values.moment(values.mapping(given.get("time")).get("created")),
        source=record,
    )
    decode = _KINDS.get(values.string(given.get("type")) or "")
    if decode is None:
        notices.add("unknown_type", where, type=values.type_name(record))
        made.blocks.append(Unknown(record, name=values.type_name(record)))
    else:
        decode(made, given, where, notices)
        if not made.blocks and values.says(given, _MUTE):
            notices.add("unknown_record", where)
            made.blocks.append(Unknown(record))
        made.hidden = made.hidden or not made.blocks
    return made


def model(value: Json) -> str | None:
    """Return the name of a model that a message refers to."""
    return values.string(value) or values.string(values.first(values.mapping(value), "modelID", "id"))


def _user(made: Message, record: dict[str, Any], _where: str, _notices: Notices) -> None:
    made.role = "user"
    _say(made, record.get("text"))
    made.blocks += [
        opencode_tools.attached(one) for one in map(values.mapping, values.items(record.get("files"))) if one
    ]


def _assistant(made: Message, record: dict[str, Any], where: str, notices: Notices) -> None:
    made.role = "assistant"
    made.model = model(record.get("model"))
    made.usage = opencode.usage(record.get("tokens"), record.get("cost"))
    for number, part in enumerate(values.items(record.get("content"))):
        _content(made, part, f"{where}.content[{number}]", notices)
    retry = values.mapping(record.get("retry"))
    if retry:
        error, attempt = opencode.failure(retry.get("error")), values.count(retry.get("attempt"))
        data = {} if attempt is None else {"attempt": attempt}
        made.blocks.append(Event("api-error", text=None if error is None else error.text, data=data))
    _fail(made, record)


def _content(made: Message, part: Json, where: str, notices: Notices) -> None:
    record = values.mapping(part)
    kind = record.get("type")
    if kind == "text" and isinstance(record.get("text"), str):
        _say(made, record["text"])
    elif kind == "reasoning" and isinstance(record.get("text"), str):
        made.blocks += [Thinking(record["text"])] if record["text"].strip(values.JS_SPACE) else []
    elif kind == "tool":
        made.blocks.append(opencode_tools.call(record, where, notices))
    else:
        notices.add("unknown_type", where, type=values.type_name(part))
        made.blocks.append(Unknown(part, name=values.type_name(part)))


def _shell(made: Message, record: dict[str, Any], _where: str, _notices: Notices) -> None:
    """Say which command a person ran, and what it printed."""
    made.blocks.append(Event("command", data={"command": f"! {values.string(record.get('command')) or ''}".rstrip()}))
    output = record.get("output")
    said = values.string(output) or values.string(values.mapping(output).get("output"))
    if said is not None:
        made.blocks.append(Code(said))


def _injected(made: Message, record: dict[str, Any], _where: str, _notices: Notices) -> None:
    made.role = "system" if record.get("type") == "system" else "user"
    made.hidden = True
    _say(made, record.get("text"))


def _skill(made: Message, record: dict[str, Any], _where: str, _notices: Notices) -> None:
    made.blocks.append(Event("command", data={"command": values.string(values.first(record, "name", "skill")) or "/"}))


def _compaction(made: Message, record: dict[str, Any], _where: str, _notices: Notices) -> None:
    said = values.string(record.get("summary"))
    trigger = values.string(record.get("reason"))
    data = {} if trigger is None else {"trigger": trigger}
    made.blocks.append(Event("compact", data=data) if said is None else Event("compact-summary", text=said, data=data))
    made.model = model(record.get("model"))
    made.usage = opencode.usage(record.get("tokens"), record.get("cost"))
    _fail(made, record)


def _switched(made: Message, record: dict[str, Any], _where: str, _notices: Notices) -> None:
    place = values.mapping(record.get("location"))
    to = values.string(record.get("agent")) or model(record.get("model")) or values.string(place.get("directory"))
    made.blocks.append(events.first_filled("switched-to", "switched", data={"mode": to}))


def _idle(made: Message, record: dict[str, Any], _where: str, _notices: Notices) -> None:
    made.blocks.append(Event("turn-end", data={"outcome": values.string(record.get("outcome"))}))
    made.hidden = True


def _say(made: Message, value: Json) -> None:
    said = values.string(values.text(value))
    if said is not None:
        made.blocks.append(Text(said))


def _fail(made: Message, record: dict[str, Any]) -> None:
    error = opencode.failure(record.get("error"))
    if error is not None:
        made.blocks.append(error)


_KINDS: dict[str, Callable[[Message, dict[str, Any], str, Notices], None]] = {
    "user": _user,
    "assistant": _assistant,
    "shell": _shell,
    "system": _injected,
    "synthetic": _injected,
    "skill": _skill,
    "compaction": _compaction,
    "agent-switched": _switched,
    "model-switched": _switched,
    "location-switched": _switched,
    "idle": _idle,
}
