"""
The sidepanel's Markdown: what the session was, the conversation, what it changed, and its figures.

A section whose data the session does not hold is left out: a summary, a file's description, a cost. Times are ISO 8601
as everywhere; the sidepanel's own clock ("12:30 PM") says neither the day nor the zone.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from py_export import times
from py_export.guard import Guard, Shape
from py_export.guard_labels import LabelGuard
from py_export.l10n import translate
from py_export.markdown import code, one_line, plain
from py_export.model import Message, Session, ToolCall
from py_export.notices import Notices
from py_export.options import MarkdownOptions
from py_export.transforms import measure
from py_export.transforms.reason import reason
from py_export.transforms.shown import Shown, duration
from py_export.writers.apart import Apart
from py_export.writers.figures import figures, number, session_counts, session_usage, total
from py_export.writers.markdown_blocks import pieces
from py_export.writers.markdown_images import Images
from py_export.writers.markdown_page import Page, Piece
from py_export.writers.markdown_sections import Sections, roles, sub_agent, unlinked
from py_export.writers.markdown_tools import FAILED, details, in_short
from py_export.writers.summary import modified, summary

_TOP = 3
_HEADINGS = ("summary", "notes", "conversation", "files-modified", "metrics")
_COUNTS = ("messages", "user_messages", "assistant_messages", "tool_calls", "files_read", "files_written")


def write(
    session: Session, title: str, options: MarkdownOptions, notices: Notices, images: Images
) -> Iterator[str | bytes | Apart]:
    """Yield the document below its front matter."""
    shown = Shown(options, notices, measure.carriers(session.messages))
    page = Page(options, notices, _guard(title, options.locale), shown, images)
    sections = Sections(
        page,
        _TOP,
        lambda message: _heading(message, page),
        lambda _message, orphan: [unlinked(page)] if orphan else [],
        lambda message, where, _level: _body(message, page, where),
        gap="\n",
    )
    yield f"# {plain(title)}\n"
    facts = _facts(session, page)
    if facts:
        yield "\n" + "  \n".join(f"**{page.word(f'markdown.fact.{key}')}** {what}" for key, what in facts) + "\n\n---\n"
    told = summary(session) if options.messages else None
    if told is not None:
        yield _section("summary", page) + "".join(f"\n{piece.text}\n" for piece in page.said(told, "session.metadata"))
    if session.notes:
        yield _section("notes", page)
    for at, note in enumerate(session.notes):
        heading = _timed(page.word("markdown.note"), note, page)
        yield sections.chunk(_TOP, heading, [], _body(note, page, f"notes[{at}]"))
    yield _section("conversation", page)
    yield from sections.write(session.messages)
    yield "\n---\n"
    files = list(_files(session))
    if files:
        yield f"{_section('files-modified', page)}\n" + "".join(f"{line}\n" for line in files)
    yield f"{_section('metrics', page)}\n{_metrics(session, page)}\n"


def _guard(title: str, locale: str) -> LabelGuard:
    """Return the guard of every heading that ``write`` can make, and of the words above the list of tools."""
    said = [*roles(locale), translate("markdown.note", locale)]
    named = "|".join(map(re.escape, said))
    shape = Shape(tuple(said), re.compile(rf"(?:[-+]?\d\S* - )?(?:{named})(?: \(.*\))?"))
    exact = {1: [title], 2: [translate(f"markdown.{name}", locale) for name in _HEADINGS]}
    shapes = dict.fromkeys((3, 5, 6), shape)
    guard = Guard(exact, {level: [sub_agent(locale)] for level in (4, 6)}, shapes)
    return LabelGuard(guard, [translate("markdown.tools-used", locale)])


def _section(name: str, page: Page) -> str:
    return f"\n## {page.word(f'markdown.{name}')}\n"


def _facts(session: Session, page: Page) -> Iterator[tuple[str, str]] | list[tuple[str, str]]:
    found = []
    created_at = page.shown.time(session.created_at)
    if created_at is not None:
        found.append(("date", times.day(created_at, page.options.timezone)))
    taken = measure.duration(session.messages) if session.duration_ms is None else session.duration_ms
    if taken is not None:
        found.append(("duration", times.duration(taken)))
    model = session.model or measure.model(session.messages)
    if model:
        found.append(("model", plain(f"{model} ({session.provider})" if session.provider else model)))
    usage = page.shown.usage(session_usage(session))
    if usage is not None:
        found += total(usage, page).items()
    if session.range is not None:
        part = session.range
        found.append(("range", f"{part.from_}-{part.to}/{part.of}"))
    return found


def _heading(message: Message, page: Page) -> str:
    heading = _timed(page.word(f"markdown.role.{message.role}"), message, page)
    spent = figures(page.shown.spent(message), page)
    return f"{heading} ({spent})" if spent else heading


def _timed(words: str, message: Message, page: Page) -> str:
    created_at = page.shown.time(message.created_at)
    return words if created_at is None else f"{page.brief(created_at)} - {words}"


def _body(message: Message, page: Page, where: str) -> list[Piece]:
    body: list[Piece] = []
    listing = False
    for place, block in page.shown.blocks(message, where):
        if isinstance(block, ToolCall):
            if not listing:
                body.append(Piece("label", f"**{page.word('markdown.tools-used')}**"))
            body += _tool(block, page, place)
        else:
            body += pieces(block, page, place)
        listing = isinstance(block, ToolCall)
    return body


def _tool(call: ToolCall, page: Page, where: str) -> Iterator[Piece]:
    full = page.options.tools == "full"
    done = one_line(call.subject or call.description or "")
    line = f"- {code(call.name) or page.word('markdown.unnamed')}"
    if done:
        line += f": {plain(page.shortened(done, None if full else where))}"
    taken = duration(call)
    ended = [] if call.status == "completed" else [page.word(f"markdown.status.{call.status}")]
    ended += [] if taken is None else [f"{number(taken)}ms"]
    why = reason(call) if call.status in FAILED else ""
    if ended:
        line += f" ({page.word('markdown.comma').join(ended)})"
    if why:
        line += f": {code(page.shortened(why, None if full else where))}"
    yield Piece("tool", line)
    yield from details(call, page, where) if full else in_short(call.result, page, where)


def _files(session: Session) -> Iterator[str]:
    for path, described in modified(session.messages).items():
        yield f"- {code(path)}" + (f" - {plain(described)}" if described else "")


def _metrics(session: Session, page: Page) -> str:
    counts = session_counts(session)
    rows = [(page.word(f"markdown.count.{name}"), number(getattr(counts, name))) for name in _COUNTS]
    head = (page.word("markdown.metric"), page.word("markdown.value"))
    return "\n".join(("| {} | {} |".format(*head), "|--------|-------|", *("| {} | {} |".format(*row) for row in rows)))
