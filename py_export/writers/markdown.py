"""
Markdown to read and to keep, in four styles: CommonMark, texts verbatim.

* ``hapi``: YAML front matter, ``# title``, and a section per message: ``## User``, ``## Assistant`` and their like.
* ``sidepanel``: date, duration, model, tokens and cost; the summary where the session has one; the conversation, each
  message below ``### time - User``; the tools it used; the files modified; the figures as a table.
* ``trace``: everything, block by block: thinking, each tool with its input and result, sub-agents. It reads back.
* ``cursor``: ``# Session id``, and each message as a paragraph: ``**user:** (time) …``.

What is not asked for is as the style has it: ``sidepanel`` and ``trace`` show tokens and cost, ``trace`` has tools in
full, ``sidepanel`` and ``cursor`` have neither thinking nor front matter.

Whatever a message holds, a CommonMark parser finds the document's own headings, all of them, in order, at the top
level. A text is touched only where that needs it (``guard.py`` says how), and each touch is counted in a notice; the
words in bold by which ``sidepanel`` and ``cursor`` mark what they say are guarded alike. Times are ISO 8601 in every
style and every locale. Images that the session holds are named, or shown: from the document itself (``embed``), or
from ``images/`` beside it (``folder``). Bytes of files and of images that are not shown, hidden messages and what the
options leave out are counted in notices; the JSON has them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from importlib import import_module

from py_export.front_matter import front_matter
from py_export.l10n import translate
from py_export.markdown import one_line
from py_export.model import Session
from py_export.notices import Notices
from py_export.options import MarkdownOptions
from py_export.times import iso
from py_export.versions import PRESENT
from py_export.writers import Beside
from py_export.writers.apart import Apart
from py_export.writers.hidden import report_hidden
from py_export.writers.markdown_images import Images
from py_export.writers.runs import Run, Runs

Style = Callable[[Session, str, MarkdownOptions, Notices, Images], Iterator[str | bytes | Apart]]
"""A style's ``write``: the session, its title on one line, the options, the notices, where images are found."""

_STYLES = {
    "hapi": "markdown_hapi",
    "sidepanel": "markdown_sidepanel",
    "trace": "markdown_trace",
    "cursor": "markdown_cursor",
}
"""The module of each style, imported when first used."""


def write(session: Session, options: MarkdownOptions, notices: Notices) -> Iterator[str | bytes | Apart | Beside]:
    """Yield the document, its head first, then section by section; last, the images that lie beside it."""
    title = _title(session, options)
    if options.front_matter:
        yield f"{_front_matter(session, title, options)}\n\n"
    report_hidden(session, notices)
    style: Style = import_module(f"py_export.writers.{_STYLES[options.style]}").write
    images = Images(options.images)
    yield from style(session, title, options, notices, images)
    yield from images.beside()


def run(session: Session, options: MarkdownOptions) -> Run | None:
    """Return what writes some of a session's messages, in the style that needs no more than them."""
    if options.style != "hapi":
        return None
    from py_export.writers import markdown_hapi  # noqa: PLC0415 - as every style

    return markdown_hapi.run(_title(session, options), options)


def _title(session: Session, options: MarkdownOptions) -> str:
    return one_line(session.title or "") or translate("markdown.untitled", options.locale)


def count(session: Session) -> int:
    """Return the number of the payload's messages that the chat shows; ranges and lists count so too."""
    if session.document is not None:
        return sum(session.document.visible)
    if isinstance(session.messages, Runs):
        return session.messages.shown
    return sum(not message.hidden for message in session.messages)


def _front_matter(session: Session, title: str, options: MarkdownOptions) -> str:
    part = session.range
    return front_matter(
        {
            "title": title if session.title is None else session.title,
            "traceVersion": int(PRESENT["trace-markdown"]) if options.style == "trace" else None,
            "locale": options.locale if options.style == "trace" else None,
            "sessionId": session.id,
            "exportedAt": None if session.exported_at is None else iso(session.exported_at, options.timezone),
            "messageCount": count(session),
            "messageRange": None if part is None else f"{part.from_}-{part.to}/{part.of}",
            "noteCount": len(session.notes) or None,
            "source": session.source.app,
            "sourceVersion": session.source.version,
            "model": session.model,
            "workspace": session.workspace,
        },
    )
