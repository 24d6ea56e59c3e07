"""
Markdown to read and to keep: CommonMark with YAML front matter, one section per message, texts verbatim.

Whatever a message holds, a CommonMark parser finds this document's own headings, all of them, in order, at the top
level: ``# title``, ``## User`` and its like, ``### Sub-agent: …``. A text is touched only where that needs it
(``guard.py`` says how), and each touch is counted in a notice.

What was said stands at the margin. What the document says of it (tools, attachments, thinking, events) is quoted, so
that neither is taken for the other. Bytes of images and files, hidden messages and what the options leave out are
counted in notices; the JSON has them.
"""

from __future__ import annotations

from collections.abc import Iterator

from py_export.front_matter import front_matter
from py_export.guard import Guard
from py_export.l10n import translate
from py_export.markdown import code, one_line, plain
from py_export.model import Message, Session, ToolCall
from py_export.notices import Notices
from py_export.options import MarkdownOptions
from py_export.transforms.measure import walk
from py_export.writers.markdown_blocks import pieces
from py_export.writers.markdown_page import Page, Piece, join
from py_export.writers.markdown_tools import tool_call

_ROLES = ("user", "assistant", "system", "tool", "event")
_TOP, _DEEPEST = 2, 6


def write(session: Session, options: MarkdownOptions, notices: Notices) -> Iterator[str]:
    """Yield the document, its head first, then section by section."""
    title = one_line(session.title or "") or translate("markdown.untitled", options.locale)
    page = Page(options, notices, _guard(title, options.locale))
    if options.front_matter:
        yield f"{_front_matter(session, title, page)}\n\n"
    yield f"# {plain(title)}\n\n{_facts(session, page)}\n"
    yield from _notes(session, page)
    _report_hidden(session, notices)
    empty = True
    for at, message in enumerate(session.messages):
        for section in _section(message, page, _TOP, f"messages[{at}]"):
            empty = False
            yield section
    if empty:
        yield f"\n{page.word('markdown.empty')}\n"


def _report_hidden(session: Session, notices: Notices) -> None:
    """Report what is left out because the chat does not show it either, unless the reader has said so."""
    if "hidden_messages" not in notices:
        hidden = sum(message.hidden for message in walk(session.messages))
        if hidden:
            notices.add("hidden_messages", count=hidden)


def _guard(title: str, locale: str) -> Guard:
    """Return the guard of every heading that ``write`` can make, at the levels where it makes them."""
    roles = [translate(f"markdown.role.{role}", locale) for role in _ROLES]
    notes, note = translate("markdown.notes", locale), translate("markdown.note", locale)
    started = translate("markdown.sub-agent", locale, what="\n").partition("\n")[0]
    exact = {1: [title], 2: [*roles, notes], 3: [note], 4: roles, 6: roles}
    return Guard(exact, {level: [started] for level in (3, 5, 6)})


def _front_matter(session: Session, title: str, page: Page) -> str:
    part = session.range
    return front_matter(
        {
            "title": title if session.title is None else session.title,
            "sessionId": session.id,
            "exportedAt": None if session.exported_at is None else page.time(session.exported_at),
            "messageCount": _count(session),
            "messageRange": None if part is None else f"{part.from_}-{part.to}/{part.of}",
            "noteCount": len(session.notes) or None,
            "source": session.source.app,
            "sourceVersion": session.source.version,
            "model": session.model,
            "workspace": session.workspace,
        },
    )


def _count(session: Session) -> int:
    """Return the number of the payload's messages that the chat shows; ranges and lists count so too."""
    if session.document is not None:
        return sum(session.document.visible)
    return sum(not message.hidden for message in session.messages)


def _facts(session: Session, page: Page) -> str:
    facts = [page.word("markdown.session", id=code(session.id) or "?")]
    if session.exported_at is not None:
        facts.append(page.word("markdown.exported", time=page.time(session.exported_at)))
    if session.range is not None:
        part = session.range
        facts.append(page.word("markdown.range", first=part.from_, last=part.to, of=part.of))
    return "\n\n".join(facts)


def _notes(session: Session, page: Page) -> Iterator[str]:
    if session.notes:
        yield f"\n## {page.word('markdown.notes')}\n"
    for at, note in enumerate(session.notes):
        yield _chunk(3, page.word("markdown.note"), _lines(note, page), _body(note, page, f"notes[{at}]"))


def _section(message: Message, page: Page, level: int, where: str) -> Iterator[str]:
    """Yield a message's section, and those of the sub-agents that it started; nothing where it has nothing to show."""
    if message.hidden:
        return
    body = _body(message, page, where)
    threads = [section for call in _started(message, page) for section in _thread(call, page, level + 1, where)]
    if body or threads:
        yield _chunk(level, page.word(f"markdown.role.{message.role}"), _lines(message, page, top=level == _TOP), body)
        yield from threads


def _chunk(level: int, heading: str, lines: list[str], body: list[Piece]) -> str:
    parts = [f"{'#' * min(level, _DEEPEST)} {heading}", *lines, *([join(body)] if body else [])]
    return "\n" + "\n\n".join(parts) + "\n"


def _lines(message: Message, page: Page, *, top: bool = False) -> list[str]:
    """Return what stands between a heading and the body: the time, and a mark where a sub-agent's call is unknown."""
    lines = []
    if message.created_at is not None:
        lines.append(f"_{page.word('markdown.time', time=page.time(message.created_at))}_")
    if top and message.sub_agent is not None:
        lines.append(f"_{page.word('markdown.sub-agent-unknown')}_")
    return lines


def _body(message: Message, page: Page, where: str) -> list[Piece]:
    body: list[Piece] = []
    for at, block in enumerate(message.blocks):
        place = f"{where}.blocks[{at}]"
        if not isinstance(block, ToolCall):
            body += pieces(block, page, place)
        elif page.options.tools == "none":
            page.notices.add("tool_left_out", place)
        else:
            body += tool_call(block, page, place)
    return body


def _started(message: Message, page: Page) -> list[ToolCall]:
    calls = [block for block in message.blocks if isinstance(block, ToolCall) and block.messages]
    if page.options.tools != "none":
        return calls
    for call in calls:
        page.notices.add("sub_agent_left_out", count=len(call.messages))
    return []


def _thread(call: ToolCall, page: Page, level: int, where: str) -> Iterator[str]:
    """Yield a sub-agent's messages, below a heading that names its task."""
    sections = [
        section
        for at, message in enumerate(call.messages)
        for section in _section(message, page, level + 1, f"{where}.messages[{at}]")
    ]
    if sections:
        task = one_line(call.description or call.subject or "") or one_line(call.name)
        yield _chunk(level, page.word("markdown.sub-agent", what=plain(page.shortened(task))), [], [])
        yield from sections
