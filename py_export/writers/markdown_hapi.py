"""
The Markdown of HAPI's request: ``# title``, a section per message, and between them nothing but what was said.

What was said stands at the margin. What the document says of it (tools, attachments, thinking, events) is quoted, so
that neither is taken for the other.
"""

from __future__ import annotations

from collections.abc import Iterator

from py_export.guard import Guard
from py_export.l10n import translate
from py_export.markdown import code, plain
from py_export.model import Message, Session, ToolCall
from py_export.notices import Notices
from py_export.options import ContentOptions, MarkdownOptions
from py_export.transforms.measure import carriers
from py_export.transforms.shown import Shown
from py_export.writers.apart import Apart
from py_export.writers.figures import figures, session_usage, total
from py_export.writers.markdown_batch import Ahead
from py_export.writers.markdown_blocks import pieces
from py_export.writers.markdown_images import Images
from py_export.writers.markdown_page import Page, Piece
from py_export.writers.markdown_sections import Sections, roles, sub_agent, unlinked
from py_export.writers.markdown_tools import tool_call
from py_export.writers.runs import Run

_TOP = 2


def write(
    session: Session, title: str, options: MarkdownOptions, notices: Notices, images: Images
) -> Iterator[str | bytes | Apart]:
    """Yield the document below its front matter."""
    style = _sections(session.messages, options, notices, images, _guard(title, options.locale))
    page = style.page
    yield f"# {plain(title)}\n\n{_facts(session, page)}\n"
    if session.notes:
        yield f"\n## {page.word('markdown.notes')}\n"
    for at, note in enumerate(session.notes):
        yield style.chunk(3, page.word("markdown.note"), _lines(note, page), _body(note, page, f"notes[{at}]"))
    yield from style.write(session.messages)


def run(title: str, options: MarkdownOptions) -> Run | None:
    """Return what writes some of a session's messages, where none of their images is numbered."""
    return None if Images(options.images).counted else _Run(title, options)


class _Run(Run):
    needs = ("title",)

    def __init__(self, title: str, options: MarkdownOptions) -> None:
        self._options = options
        self._guard = _guard(title, options.locale)

    def write(self, messages: list[Message], first: int, notices: Notices) -> Iterator[bytes]:
        """Yield the messages' sections."""
        images = Images(self._options.images)
        return _sections(messages, self._options, notices, images, self._guard).run(messages, first)


def _sections(
    messages: list[Message], options: MarkdownOptions, notices: Notices, images: Images, guard: Guard
) -> Sections:
    shown = Shown(options, notices, carriers(messages) if _counts(options) else frozenset())
    ahead = Ahead(guard)
    page = Page(options, notices, ahead, shown, images)
    return Sections(
        page,
        _TOP,
        lambda message: page.word(f"markdown.role.{message.role}"),
        lambda message, orphan: [*_lines(message, page), *([unlinked(page)] if orphan else [])],
        lambda message, where, _level: _body(message, page, where),
        ahead=ahead,
    )


def _counts(options: ContentOptions) -> bool:
    """Return whether figures are shown, which are not made where nobody sees them."""
    return isinstance(options, MarkdownOptions) and (options.token_counts or options.cost)


def _guard(title: str, locale: str) -> Guard:
    """Return the guard of every heading that ``write`` can make, at the levels where it makes them."""
    said = roles(locale)
    notes, note = translate("markdown.notes", locale), translate("markdown.note", locale)
    exact = {1: [title], 2: [*said, notes], 3: [note], 4: said, 6: said}
    return Guard(exact, {level: [sub_agent(locale)] for level in (3, 5, 6)})


def _facts(session: Session, page: Page) -> str:
    facts = [page.word("markdown.session", id=code(session.id) or "?")]
    if session.exported_at is not None:
        facts.append(page.word("markdown.exported", time=page.time(session.exported_at)))
    if session.range is not None:
        part = session.range
        facts.append(page.word("markdown.range", first=part.from_, last=part.to, of=part.of))
    usage = page.shown.usage(session_usage(session)) if _counts(page.options) else None
    if usage is not None:
        facts += [page.word(f"markdown.{name}", what=value) for name, value in total(usage, page).items()]
    return "\n\n".join(facts)


def _lines(message: Message, page: Page) -> list[str]:
    """Return what stands between a heading and the body: the time, and what it cost."""
    lines = []
    created_at = page.shown.time(message.created_at)
    if created_at is not None:
        lines.append(f"_{page.word('markdown.time', time=page.time(created_at))}_")
    spent = figures(page.shown.spent(message), page)
    if spent:
        lines.append(f"_{page.word('markdown.usage', what=spent)}_")
    return lines


def _body(message: Message, page: Page, where: str) -> list[Piece]:
    body: list[Piece] = []
    for place, block in page.shown.blocks(message, where):
        body += tool_call(block, page, place) if isinstance(block, ToolCall) else pieces(block, page, place)
    return body
