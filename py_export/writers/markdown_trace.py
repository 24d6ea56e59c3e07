"""
The trace: everything that a session holds, block by block, to read and to read back.

Below a message's heading stands a line of facts (id, time, model, figures), then its blocks in order. A first text
stands at the margin; every other block has a heading of its own. What tools were given and gave back, and what the
model thought, is fenced verbatim; what has no text of its own is a fence of JSON. A sub-agent's messages stand below
the message that started them, one level deeper, with the id of their call.

An image that travels is shown below its JSON. Not in it: bytes of files and of other images, hidden messages, and the
records that messages came from.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from msgspec.structs import replace

from py_export import jsontext, times
from py_export.guard import Guard
from py_export.l10n import translate
from py_export.markdown import code, fence, plain
from py_export.model import Block, Code, Error, Event, File, Image, Json, Message, Session, Text, Thinking, ToolCall
from py_export.notices import Notices
from py_export.options import MarkdownOptions
from py_export.schema import plain as as_json
from py_export.transforms.measure import carriers
from py_export.transforms.shown import Shown, duration
from py_export.writers.apart import Apart
from py_export.writers.figures import figures, number, session_usage, total
from py_export.writers.markdown_blocks import pieces
from py_export.writers.markdown_images import Images
from py_export.writers.markdown_page import Page, Piece
from py_export.writers.markdown_sections import DEEPEST, Sections, roles, sub_agent
from py_export.writers.markdown_tools import how, in_short, what

_TOP = 2
_BLOCKS = ("text", "thinking", "image", "file", "code", "event", "error", "citation", "unknown")
_BLOCK = "block"
"""The info string of a fence that holds a block as JSON."""

_DOT = " · "


def write(
    session: Session, title: str, options: MarkdownOptions, notices: Notices, images: Images
) -> Iterator[str | bytes | Apart]:
    """Yield the document below its front matter."""
    shown = Shown(options, notices, carriers(session.messages))
    page = Page(options, notices, _guard(title, options.locale), shown, images)
    sections = Sections(
        page,
        _TOP,
        lambda message: page.word(f"markdown.role.{message.role}"),
        lambda message, orphan: [_facts(message, page, orphan=orphan)],
        lambda message, where, level: _body(message, page, where, level + 1),
        lambda call: [_line([code(call.id or "?")])],
    )
    yield f"# {plain(title)}\n\n{_head(session, page)}\n"
    if session.notes:
        yield f"\n## {page.word('markdown.notes')}\n"
    for at, note in enumerate(session.notes):
        body = _body(note, page, f"notes[{at}]", _TOP + 2)
        yield sections.chunk(_TOP + 1, page.word("markdown.note"), [_facts(note, page)], body)
    yield from sections.write(session.messages)


def _guard(title: str, locale: str) -> Guard:
    """Return the guard of every heading that ``write`` can make, at the levels where it makes them."""
    said = roles(locale)
    blocks = [translate(f"markdown.block.{kind}", locale) for kind in _BLOCKS]
    notes, note = translate("markdown.notes", locale), translate("markdown.note", locale)
    exact = {1: [title], 2: [*said, notes], 3: [*blocks, note], 4: [*said, *blocks], 5: blocks, 6: [*said, *blocks]}
    tool = translate("markdown.block.tool_call", locale, name="\n").partition("\n")[0]
    return Guard(exact, {level: [sub_agent(locale), tool] for level in (3, 4, 5, 6)})


def _head(session: Session, page: Page) -> str:
    facts = [page.word("markdown.session", id=code(session.id) or "?")]
    if session.exported_at is not None:
        facts.append(page.word("markdown.exported", time=page.time(session.exported_at)))
    if session.range is not None:
        part = session.range
        facts.append(page.word("markdown.range", first=part.from_, last=part.to, of=part.of))
    usage = page.shown.usage(session_usage(session))
    if usage is not None:
        facts += [page.word(f"markdown.{name}", what=value) for name, value in total(usage, page).items()]
    return "\n\n".join(facts)


def _facts(message: Message, page: Page, *, orphan: bool = False) -> str:
    """Return the line below a message's heading; there is always one, so that no text can pass for it."""
    created_at = page.shown.time(message.created_at)
    return _line(
        [
            code(message.id or "?"),
            "" if created_at is None else page.time(created_at),
            "" if created_at is None else _local(message.utc_offset),
            code(message.model or ""),
            figures(page.shown.spent(message), page),
            page.word("markdown.sub-agent-unknown") if orphan else "",
        ]
    )


def _local(offset: int | None) -> str:
    """Return the offset that a time's source kept; the time itself stands in the document's zone, as every other."""
    return "" if offset is None or abs(offset) >= times.DAY else f"UTC{times.utc_offset(offset)}"


def _line(facts: list[str]) -> str:
    return f"_{_DOT.join(fact for fact in facts if fact) or '?'}_"


def _body(message: Message, page: Page, where: str, level: int) -> list[Piece]:
    body: list[Piece] = []
    for place, block in page.shown.blocks(message, where):
        if isinstance(block, Text):
            said = page.said(block.text, place)
            heading = [_heading("text", page, level)] if body and said else []
            body += heading + said
        elif isinstance(block, ToolCall):
            body += _tool(block, page, place, level)
        elif not isinstance(block, Thinking) or block.text.strip():
            body += [_heading(block.type, page, level), *_FENCED.get(block.type, _as_json)(block, page, place)]
    return body


def _heading(kind: str, page: Page, level: int, **values: str) -> Piece:
    return Piece("part", f"{'#' * min(level, DEEPEST)} {page.word(f'markdown.block.{kind}', **values)}")


def _thinking(block: Thinking, _page: Page, _where: str) -> Iterator[Piece]:
    yield Piece("part", fence(block.text))


def _code(block: Code, _page: Page, _where: str) -> Iterator[Piece]:
    if block.path:
        yield Piece("part", _line([code(block.path)]))
    yield Piece("part", fence(block.text, block.language))


def _error(block: Error, _page: Page, _where: str) -> Iterator[Piece]:
    if block.code:
        yield Piece("part", _line([code(block.code)]))
    yield Piece("part", fence(block.text))


def _event(block: Event, page: Page, where: str) -> Iterator[Piece]:
    """Yield an event's sentence for people, and all of it for programs."""
    if block.name and not block.text:
        yield from pieces(replace(block, text=None), page, where)
    yield from _as_json(block, page, where)


def _as_json(block: Block, page: Page, where: str) -> Iterator[Piece]:
    link = page.link(block, where) if isinstance(block, Image | File) else None
    if isinstance(block, Image | File):
        block = replace(block, data=None)
    yield Piece("part", fence(_dumped(as_json(block)), _BLOCK))
    if link is not None:
        yield Piece("part", link)


_FENCED: dict[str, Callable[[Any, Page, str], Iterator[Piece]]] = {
    "thinking": _thinking,
    "code": _code,
    "error": _error,
    "event": _event,
}


def _tool(call: ToolCall, page: Page, where: str, level: int) -> Iterator[Piece]:
    """Yield a tool call: how it ended, then what it was given and gave back."""
    yield _heading("tool_call", page, level, name=plain(call.name) or page.word("markdown.unnamed"))
    taken = duration(call)
    facts = [
        page.word(f"markdown.status.{call.status}"),
        code(call.id or ""),
        "" if taken is None else f"{number(taken)} ms",
    ]
    if call.result is not None and call.result.exit_code is not None:
        facts.append(page.word("markdown.exit-code", code=call.result.exit_code))
    yield Piece("part", _line(facts))
    full = page.options.tools == "full"
    if not full or call.input is None:
        place = None if full else where
        yield page.item("markdown.tool", what=what(call, page, place), how=how(call, page, place))
    if not full:
        yield from in_short(call.result, page, where)
        return
    if call.input is not None:
        yield from _labelled("input", [_value(call.input)], page)
    if call.permission is not None:
        yield from _labelled("permission", [fence(_dumped(as_json(call.permission)), "json")], page)
    if call.result is not None:
        shown = [
            part
            for at, block in enumerate(call.result.blocks)
            for part in _given_back(block, page, f"{where}.result.blocks[{at}]")
        ]
        if not shown and call.result.data is not None:
            shown = [fence(_dumped(call.result.data), "json")]
        yield from _labelled("result", shown, page)


def _labelled(name: str, fences: list[str], page: Page) -> Iterator[Piece]:
    yield Piece("part", f"**{page.word(f'markdown.{name}')}**")
    yield from (Piece("part", each) for each in fences)


def _given_back(block: Block, page: Page, where: str) -> list[str]:
    if isinstance(block, Text):
        return [fence(block.text)]
    return [piece.text for piece in _as_json(block, page, where)]


def _value(value: Json) -> str:
    """Return a tool's input: a text as it is, anything else as JSON."""
    return fence(value) if isinstance(value, str) else fence(_dumped(value), "json")


def _dumped(value: Json) -> str:
    return jsontext.encode(value, indent=2).decode("utf-8")
