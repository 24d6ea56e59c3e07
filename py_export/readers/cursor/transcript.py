"""Agents' transcripts: a message per line, in the shape of Anthropic's API, and lines that say how a turn ended."""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Iterable, Iterator, Mapping
from hashlib import sha256
from typing import Any

from py_export import jsontext
from py_export.errors import ReadError, Unreadable
from py_export.model import Error, Event, Json, Message, Session, Source, ToolCall
from py_export.notices import Notices
from py_export.readers import lines
from py_export.readers.cursor.titles import first_words
from py_export.readers.files import Group, head
from py_export.readers.input import Input
from py_export.readers.records import claude, tagged, values
from py_export.readers.records.draft import Draft
from py_export.readers.timeline import arrange
from py_export.transforms import measure

_BELOW = "/subagents/"
_QUERY = re.compile(r"<user_query>\n?(.*?)\n?</user_query>", re.DOTALL)


def matches(given: Input) -> bool:
    """Return whether the first records are messages in a ``message``, without the types and ids that others have."""
    return any(map(_is_message, given.first_records)) and not any("type" in one for one in _messages(given))


def read(given: Input, notices: Notices) -> list[Session]:
    """
    Read one session, its sub-agents' files among those beside it.

    Raises:
        Unreadable: No line is a message.
    """
    drafts = _drafts(given.data, "", notices)
    if all(draft.message.role == "event" for draft in drafts):
        raise Unreadable("line 1", reason="no line is a message")
    for name in sorted(name for name in given.files if _is_below(name)):
        drafts += _drafts(jsontext.clean(given.files[name]), name, notices)
    told = any(draft.results for draft in drafts)
    messages = arrange(drafts, {}, notices)
    if not told:
        _settle(messages)
    identity = sha256(given.data).hexdigest()[:16]
    return [
        Session(
            id=identity,
            title=first_words(messages),
            source=Source("cursor", "cursor"),
            counts=measure.counts(messages),
            messages=messages,
        )
    ]


def gather(files: Mapping[str, bytes]) -> Iterator[Group]:
    """Yield each transcript with those of its sub-agents, which lie in a folder beside it."""
    below: dict[str, list[str]] = {}
    for name in files:
        folder, found, rest = name.rpartition(_BELOW)
        if found and _is_below(_BELOW[1:] + rest):
            below.setdefault(folder, []).append(name)
    for folder, names in below.items():
        above = [name for name in files if name.endswith(".jsonl") and name.rpartition("/")[0] == folder]
        if len(above) == 1 and _is_transcript(head(files, above[0])):
            yield Group(above[0], {name.removeprefix(f"{folder}/"): name for name in names})


def _is_below(name: str) -> bool:
    """Return whether this is a sub-agent's transcript, by where it lies."""
    folder, _, file = name.rpartition("/")
    return folder == _BELOW.strip("/") and file.endswith(".jsonl")


def _settle(messages: list[Message]) -> None:
    """Say that calls were done: where results are left out, a call is written down only after it was."""
    for message in measure.walk(messages):
        for block in message.blocks:
            if isinstance(block, ToolCall) and block.status == "pending":
                block.status = "completed"


def _is_transcript(beginning: bytes) -> bool:
    try:
        return matches(Input(beginning))
    except ReadError:
        return False


def _messages(given: Input) -> Iterator[dict[str, Any]]:
    return filter(_is_message, given.first_records)


def _is_message(record: dict[str, Any]) -> bool:
    return record.get("role") in ("user", "assistant") and "content" in values.mapping(record.get("message"))


def _drafts(data: bytes, file: str, notices: Notices) -> list[Draft]:
    """Return what each line says; ``file`` is a sub-agent's, empty for the session's own."""
    place = f"{file}: " if file else ""
    agent = file.rpartition("/")[2].removesuffix(".jsonl")
    rows = [(where, record, _content(record)) for where, record in lines.records(data, notices, place)]
    _tie(content for _, _, content in rows)
    found: list[Draft] = []
    for where, record, content in rows:
        identity = where.replace(" ", "-").replace(":-", ":")
        for draft in _line(record, content, where, identity, notices):
            draft.transcript = True
            draft.side, draft.agent_id = bool(file), agent or None
            found.append(draft)
    return found


def _line(record: Json, content: list[Json], where: str, identity: str, notices: Notices) -> Iterator[Draft]:
    """Yield the drafts of a line: what the application put around a prompt is one of its own."""
    about = values.mapping(record)
    draft = Draft(Message(id=identity, role="event"), where, notices, sources=[record])
    role = about.get("role")
    if role in ("user", "assistant", "system") and (content or _is_message(about)):
        draft.message.role = role
        draft.message.created_at = values.moment(values.first(about, "timestamp", "createdAt"))
        around = prompt(draft, content, role)
        if around is not None:
            yield around
    elif about.get("type") == "turn_ended":
        _ended(draft, about)
    elif about.get("type") == "error":
        said = values.string(values.first(about, "message", "error"))
        draft.add(Error(said)) if said else draft.unknown(record)
    else:
        draft.unknown(record)
    yield draft


def prompt(draft: Draft, content: list[Json], role: str) -> Draft | None:
    """
    Add a message's blocks.

    Return what the application put around a person's words - open files, rules, the time - as a hidden message.
    """
    around: list[str] = []
    texts = [None if role == "assistant" else _text(block) for block in content]
    marked = any("<user_query>" in said for said in texts if said is not None)
    for block, said in zip(content, texts, strict=True):
        asked = [] if said is None else _QUERY.findall(said)
        if said is None:
            claude.content(draft, block)
        elif asked or marked or tagged.is_injected(said):
            draft.say("\n\n".join(asked))
            around.append(_QUERY.sub("", said).strip(values.JS_SPACE))
        else:
            draft.say(said)
    around = [outside for outside in around if outside]
    if not around:
        return None
    message = Message(id=f"{draft.message.id}:around", role="user", created_at=draft.message.created_at, hidden=True)
    found = Draft(message, draft.where, draft.notices, sources=list(draft.sources), transcript=True, injected=True)
    found.say(around)
    return found


def _text(block: Json) -> str | None:
    record = {"type": "text", "text": block} if isinstance(block, str) else values.mapping(block)
    said = record.get("text")
    return said if record.get("type") == "text" and isinstance(said, str) else None


def _ended(draft: Draft, about: dict[str, Any]) -> None:
    failure = values.string(about.get("error"))
    status = values.string(about.get("status"))
    draft.event(Event("turn-end", text=failure, data={} if status is None else {"status": status}))


def _content(record: Json) -> list[Json]:
    """Return a line's blocks; calls without an id as copies, which are given one."""
    message = values.mapping(values.mapping(record).get("message"))
    return [dict(block) if _is(block, "tool_use") else block for block in values.items(message.get("content"))]


def _tie(contents: Iterable[list[Json]]) -> None:
    """Let each call and its result name each other: where calls have no ids, results come in the calls' order."""
    waiting: deque[dict[str, Any]] = deque()
    known: set[str] = set()
    number = 0
    for content in contents:
        for place, block in enumerate(content):
            if _is(block, "tool_use"):
                identity = values.identifier(block.get("id"))
                if identity is None:
                    waiting.append(block)
                else:
                    known.add(identity)
            elif _is(block, "tool_result"):
                identity = values.identifier(values.first(block, "tool_use_id", "toolUseId"))
                if waiting and identity not in known:
                    number += 1
                    identity = identity or f"call-{number}"
                    waiting.popleft()["id"] = identity
                    known.add(identity)
                    content[place] = {**block, "tool_use_id": identity}


def _is(block: Json, kind: str) -> bool:
    return values.mapping(block).get("type") == kind
