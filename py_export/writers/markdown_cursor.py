"""
Cursor's Markdown: ``# Session id``, what it was, and each message as a paragraph: ``**user:** (time) text``.

A message's text stands on the line of its label where it begins with a paragraph; where it begins with a list, a fence
or the like, that stays whole and stands below. Tool calls are ``**tool:**`` in their place; a sub-agent's messages
follow the one that started it, and say so.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from itertools import product

from markdown_it import MarkdownIt

from py_export.guard import Guard
from py_export.guard_labels import LabelGuard
from py_export.l10n import translate
from py_export.markdown import one_line, plain
from py_export.model import Block, Message, Session, ToolCall
from py_export.notices import Notices
from py_export.options import MarkdownOptions
from py_export.transforms.measure import carriers
from py_export.transforms.shown import Shown
from py_export.writers.figures import figures, session_usage, total
from py_export.writers.markdown import count
from py_export.writers.markdown_blocks import pieces
from py_export.writers.markdown_images import Images
from py_export.writers.markdown_page import Page, Piece, join
from py_export.writers.markdown_sections import ROLES
from py_export.writers.markdown_tools import details, how, in_short, what

_BLANK = re.compile(r"(?:\r\n|\n|\r)[ \t]*(?:\r\n|\n|\r)")
"""A blank line, which ends a paragraph."""


def write(
    session: Session, _title: str, options: MarkdownOptions, notices: Notices, images: Images
) -> Iterator[str | bytes]:
    """Yield the document below its front matter."""
    shown = Shown(options, notices, carriers(session.messages))
    heading = one_line(translate("markdown.cursor.session", options.locale, id=session.id))
    page = Page(options, notices, _guard(heading, options.locale), shown, images)
    yield f"# {plain(heading)}\n\n"
    yield "  \n".join(f"**{page.word(f'markdown.fact.{key}')}** {value}" for key, value in _facts(session, page)) + "\n"
    yield f"\n---\n\n## {page.word('markdown.cursor.messages')}\n"
    if session.notes:
        notices.add("part_left_out", "notes", len(session.notes), type="note")
    empty = True
    for at, message in enumerate(session.messages):
        for paragraph in _message(message, page, f"messages[{at}]"):
            empty = False
            yield f"\n{paragraph}\n"
    if empty:
        yield f"\n{page.word('markdown.empty')}\n"


def _guard(heading: str, locale: str) -> LabelGuard:
    """Return the guard of both headings, and of every label that ``write`` can make."""
    guard = Guard({1: [heading], 2: [translate("markdown.cursor.messages", locale)]})
    labels = [_named(role, locale, below=below) for role, below in product(ROLES, (False, True))]
    return LabelGuard(guard, labels)


def _named(role: str, locale: str, *, below: bool) -> str:
    """Return a label, ``user:``, without its bold."""
    name = translate(f"markdown.cursor.role.{role}", locale)
    name = translate("markdown.cursor.sub-agent", locale, role=name) if below else name
    return translate("markdown.cursor.label", locale, role=name)


def _facts(session: Session, page: Page) -> list[tuple[str, str]]:
    found = [("workspace", plain(session.workspace))] if session.workspace else []
    source = session.source.app or session.source.format
    if source:
        found.append(("source", plain(source)))
    found.append(("count", str(count(session))))
    usage = page.shown.usage(session_usage(session))
    return found + ([] if usage is None else list(total(usage, page).items()))


def _message(message: Message, page: Page, where: str, *, below: bool = False) -> Iterator[str]:
    """Yield a message's paragraphs, one for each stretch of what it said and one for each tool it called."""
    if message.hidden:
        return
    below = below or message.sub_agent is not None
    stretch: list[Piece] = []
    said = False
    for place, block in page.shown.blocks(message, where):
        if not isinstance(block, ToolCall):
            stretch += pieces(block, page, place)
            continue
        if stretch:
            yield _paragraph(message, page, stretch, below=below, first=not said)
            stretch, said = [], True
        yield _tool(block, page, place, below=below)
        for at, one in enumerate(block.messages):
            yield from _message(one, page, f"{place}.messages[{at}]", below=True)
    if stretch or not (said or page.options.messages or _calls(message.blocks, page)):
        yield _paragraph(message, page, stretch, below=below, first=not said)


def _calls(blocks: list[Block], page: Page) -> bool:
    return page.options.tools != "none" and any(isinstance(block, ToolCall) for block in blocks)


def _paragraph(message: Message, page: Page, body: list[Piece], *, below: bool, first: bool) -> str:
    facts = []
    created_at = page.shown.time(message.created_at)
    if created_at is not None:
        facts.append(page.brief(created_at))
    spent = figures(page.shown.spent(message), page) if first else ""
    facts += [spent] if spent else []
    label = f"**{_named(message.role, page.options.locale, below=below)}**"
    label += f" ({page.word('markdown.comma').join(facts)})" if facts else ""
    if not body:
        return label
    inline = body[0].kind == "said" and _begins_with_paragraph(body[0].text)
    return f"{label}{' ' if inline else chr(10) * 2}{join(body)}"


def _tool(call: ToolCall, page: Page, where: str, *, below: bool) -> str:
    full = page.options.tools == "full"
    place = None if full else where
    label = f"**{_named('tool', page.options.locale, below=below)}**"
    line = page.word("markdown.cursor.tool", what=what(call, page, place), how=how(call, page, place))
    rest = details(call, page, where) if full else in_short(call.result, page, where)
    return join([Piece("part", f"{label} {line}"), *rest])


def _begins_with_paragraph(text: str) -> bool:
    """Return whether a text's first line can follow other words without becoming something else."""
    first = text[:1]
    if not first or first.isspace():
        return False
    tokens = _blocks().parse(_BLANK.split(text, 1)[0])
    return bool(tokens) and tokens[0].type == "paragraph_open" and tokens[0].map is not None and tokens[0].map[0] == 0


@cache
def _blocks() -> MarkdownIt:
    parser = MarkdownIt("commonmark").enable("table")  # a table's head, too, is one only at the beginning of a line
    parser.core.ruler.enableOnly(["normalize", "block"])
    return parser
