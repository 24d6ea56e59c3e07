"""
The trace style of our own Markdown, read back as far as that is honest.

What comes back: titles, ids, times, roles, models, figures; texts, thinking, errors and code to the letter, but for one
line end at the end of what is fenced; tool calls with input and result; attachments without their bytes; events,
citations, sub-agents below their calls. Where the guard touched a text, its backslash stays: whether it was there
before cannot be told, so a notice says how many texts may hold one. Below the second level of sub-agents Markdown has
no headings left, and whose message is whose is a guess, with a notice.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from typing import Literal

from markdown_it import MarkdownIt

from py_export import front_matter, times
from py_export.errors import InvalidPayload
from py_export.l10n import LOCALES, resolve, translate
from py_export.model import Message, Range, Session, Source, SubAgent, Text, ToolCall
from py_export.notices import Notices
from py_export.readers import trace_blocks, trace_facts
from py_export.readers.input import Input
from py_export.readers.migrations import migrate
from py_export.readers.records import values
from py_export.transforms import measure

_LINE_END = re.compile(r"\r\n|\n|\r")
_TOUCHED = re.compile(r"^ {0,3}(?:[-+*0-9.) ]*)\\[#=\-<+*.)]", re.MULTILINE)
_RANGE = re.compile(r"(\d{1,9})-(\d{1,9})/(\d{1,9})")
_DEEPEST = 6

Kind = Literal["role", "block", "tool", "sub-agent", "notes", "note", "title"]


@dataclass(slots=True)
class Section:
    """A heading of the document's own, what it names, and all up to the next one."""

    level: int
    kind: Kind
    name: str
    where: str
    body: str = ""


@dataclass(slots=True)
class Reading:
    """What has been read so far. ``lists`` are the messages that a heading of each level belongs to."""

    notices: Notices
    locale: str
    messages: list[Message] = field(default_factory=list)
    notes: list[Message] = field(default_factory=list)
    lists: dict[int, list[Message]] = field(default_factory=dict)
    calls: dict[int, str | None] = field(default_factory=dict)
    current: Message | None = None


def matches(given: Input) -> bool:
    """Return whether the front matter says that this is a trace."""
    return given.data.startswith(b"---\n") and "traceVersion" in front_matter.parse(given.data.decode("utf-8"))[0]


def read(given: Input, notices: Notices) -> list[Session]:
    """
    Read one session.

    Raises:
        InvalidPayload: There is no heading that a trace has.
        NewerVersion: A later version of the layout.
    """
    document = given.data.decode("utf-8")
    facts, start = front_matter.parse(document)
    migrate({}, "trace-markdown", facts.get("traceVersion", 1), "traceVersion", notices)
    locale = values.string(facts.get("locale")) or _locale(document, start)
    reading = Reading(notices, resolve(locale))
    reading.lists[2] = reading.messages
    title = None
    sections = list(_sections(document, start, reading.locale))
    if not sections:
        raise InvalidPayload(reason="no heading of a trace")
    for section in sections:
        if section.kind == "title":
            title = title or section.name
        else:
            _STEPS[section.kind](section, reading)
    return [_session(facts, title, reading)]


def _locale(document: str, start: int) -> str:
    """Return the language of a document that does not say: the one in which it has the most headings."""
    return max(LOCALES, key=lambda locale: sum(1 for _ in _sections(document, start, locale)))


def _session(facts: dict[str, str | int], title: str | None, reading: Reading) -> Session:
    def fact(name: str) -> str | None:
        return values.string(facts.get(name))

    messages = reading.messages
    known = [one.created_at for one in measure.walk(messages) if one.created_at is not None]
    if fact("sessionId") is None:
        reading.notices.add("session_id_missing", "sessionId")
    return Session(
        id=fact("sessionId") or "session",
        title=fact("title") or title,
        source=Source(fact("source"), "trace-markdown", fact("sourceVersion")),
        created_at=min(known, default=None),
        updated_at=max(known, default=None),
        duration_ms=measure.duration(messages),
        model=fact("model") or measure.model(messages),
        workspace=fact("workspace"),
        usage=measure.usage(messages),
        counts=measure.counts(messages),
        range=_range(fact("messageRange")),
        exported_at=values.moment(fact("exportedAt")),
        messages=messages,
        notes=reading.notes,
    )


def _range(stated: str | None) -> Range | None:
    found = _RANGE.fullmatch(stated or "")
    return None if found is None else Range(*map(int, found.groups()))


def _message(section: Section, reading: Reading) -> None:
    spans, words, rest = trace_facts.split(section.body)
    spans = [*spans, ""]
    call_id = reading.calls.get(section.level)
    orphan = translate("markdown.sub-agent-unknown", reading.locale) in words
    message = Message(
        id=spans[0],
        role="user" if section.kind == "note" else trace_facts.roles(reading.locale)[section.name],
        created_at=next((at for word in words if (at := times.parse(word)) is not None and not word.isdigit()), None),
        utc_offset=trace_facts.utc_offset(words),
        model=spans[1] or None if len(spans) > 2 else None,  # noqa: PLR2004 - the id, the model, and the empty one above
        usage=trace_facts.usage(words, reading.locale),
        sub_agent=SubAgent(call_id=call_id) if orphan or section.level in reading.calls else None,
    )
    reading.current = message
    (reading.notes if section.kind == "note" else reading.lists.get(section.level, reading.messages)).append(message)
    _said(rest.removeprefix("\n\n"), section, reading)


def _block(section: Section, reading: Reading) -> None:
    if reading.current is None:
        return
    if section.name == "text":
        _said(section.body.removeprefix("\n"), section, reading)
    else:
        reading.current.blocks.append(trace_blocks.block(section.name, section.body, section.where, reading.notices))


def _tool(section: Section, reading: Reading) -> None:
    if reading.current is not None:
        call = trace_blocks.tool_call(section.name, section.body, reading.locale, section.where, reading.notices)
        reading.current.blocks.append(call)


def _sub_agent(section: Section, reading: Reading) -> None:
    spans, _, _ = trace_facts.split(section.body)
    call_id = spans[0] if spans else None
    above = reading.lists.get(min(section.level - 1, _DEEPEST)) if section.level < _DEEPEST else reading.lists.get(6)
    calls = [block for block in (above[-1].blocks if above else ()) if isinstance(block, ToolCall)]
    call = next((one for one in calls if one.id == call_id), None) or next(
        (one for one in calls if one.kind == "task" and not one.messages), None
    )
    if section.level == _DEEPEST:
        reading.notices.add("sub_agent_depth", section.where)
    if call is None:
        reading.notices.add("sub_agent_unlinked", section.where)
    level = min(section.level + 1, _DEEPEST)
    reading.lists[level] = reading.messages if call is None else call.messages
    reading.calls[level] = None if call is None else call.id


def _notes(_section: Section, reading: Reading) -> None:
    reading.current = None


def _said(text: str, section: Section, reading: Reading) -> None:
    if not text or reading.current is None:
        return
    if _TOUCHED.search(text):
        reading.notices.add("escapes_kept", section.where)
    reading.current.blocks.append(Text(text))


_STEPS = {
    "role": _message,
    "note": _message,
    "block": _block,
    "tool": _tool,
    "sub-agent": _sub_agent,
    "notes": _notes,
}


def _sections(document: str, start: int, locale: str) -> Iterator[Section]:
    """Yield the sections in order; a heading that is not the document's own is part of the text around it."""
    body = document[start:]
    lines = [0, *(match.end() for match in _LINE_END.finditer(body)), len(body)]
    own: list[tuple[int, int, Kind, str]] = []
    for token in _blocks().parse(_LINE_END.sub("\n", body)):
        if token.type == "heading_open" and token.level == 0 and token.markup[0] == "#" and token.map:
            line = token.map[0]
            named = _kind(len(token.markup), body[lines[line] : lines[line + 1]], body[lines[line + 1] :], locale)
            if named is not None and (named[0] != "title" or not own):  # the first heading is the title's, no other
                own.append((line, len(token.markup), *named))
    for at, (line, level, kind, name) in enumerate(own):
        last = at + 1 == len(own)
        text = body[lines[line + 1] :] if last else body[lines[line + 1] : lines[own[at + 1][0]]]
        text = text.removesuffix("\n") if last else text.removesuffix("\n").removesuffix("\n")
        yield Section(level, kind, name, f"line {document.count(chr(10), 0, start) + line + 1}", text)


def _kind(level: int, line: str, after: str, locale: str) -> tuple[Kind, str] | None:
    """Return what a heading is and what it names; None where a text has it."""
    text = line.strip("\r\n").lstrip("#").strip()
    fixed: dict[tuple[int, str], Kind] = {
        (2, translate("markdown.notes", locale)): "notes",
        (3, translate("markdown.note", locale)): "note",
    }
    if level == 1 or (level, text) in fixed:
        return fixed.get((level, text), "title"), text
    if text in trace_facts.roles(locale) and level % 2 == 0 and after.startswith("\n_"):
        return "role", text
    if level == 2:  # noqa: PLR2004 - no message of the document's stands higher, no block as high
        return None
    named: dict[Kind, str] = {
        "tool": trace_facts.beginning("markdown.block.tool_call", "name", locale),
        "sub-agent": trace_facts.beginning("markdown.sub-agent", "what", locale),
    }
    for kind, begins in named.items():
        if text.startswith(begins):
            return kind, text.removeprefix(begins)
    block = trace_facts.blocks(locale).get(text)
    return None if block is None else ("block", block)


@cache
def _blocks() -> MarkdownIt:
    parser = MarkdownIt("commonmark")
    parser.core.ruler.enableOnly(["normalize", "block"])
    return parser
