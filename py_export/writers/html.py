"""
A document to read, to search and to print: one HTML file that asks nothing of anyone.

``report``: the session's facts and figures, charts with their data, contents, and the conversation turn by turn; its
Markdown rendered, code coloured, thinking and tools folded, sub-agents below the calls that started them. ``cursor``:
the plain page of Cursor's exporter, with its classes.

The file holds its style, its script (the search; without it everything can be read) and its images, and its own
security policy allows it nothing else: no request, no other script, no style attribute, no form. What messages say is
data: HTML in it is shown as text, only addresses of the web and of mail become links, and no image is fetched: one
that the session holds (PNG, JPEG, GIF, WebP) is shown, any other is named. A control character is shown as its
picture, a lone surrogate as U+FFFD. Text that is too long or too deep for Markdown is shown as it is. Hidden messages
and what the options leave out are counted in notices; the JSON has them.
"""

from __future__ import annotations

from collections.abc import Iterator
from importlib import import_module
from typing import TypeVar

from py_export.errors import TooDeep
from py_export.jsontext import MAX_DEPTH
from py_export.model import Message, Session
from py_export.notices import Notices
from py_export.options import HtmlOptions
from py_export.transforms import measure
from py_export.transforms.measure import carriers
from py_export.transforms.shown import Shown
from py_export.writers.apart import Apart, Chunk
from py_export.writers.hidden import report_hidden
from py_export.writers.html_page import Page, printable
from py_export.writers.runs import Run

T = TypeVar("T")

_STYLES = {"report": "html_report", "cursor": "html_cursor"}
"""The module of each style; imported when first used."""


def write(session: Session, options: HtmlOptions, notices: Notices) -> Iterator[bytes | Apart]:
    """Yield the document: its head, then a message at a time, then its foot."""
    page = _page(session.messages, options, notices, session.model or measure.model(session.messages))
    report_hidden(session, notices)
    style = import_module(f"py_export.writers.{_STYLES[options.style]}")
    for chunk in _checked(style.write(session, page)):
        if isinstance(chunk, Apart):
            yield Apart(_printable(_checked(chunk.chunks)), chunk.weight)
        else:
            yield chunk if isinstance(chunk, bytes) else printable(chunk)


def run(session: Session, options: HtmlOptions) -> Run | None:
    """Return what writes some of a session's messages, in the style that tells them turn by turn."""
    if options.style != "report":
        return None
    from py_export.writers.html_runs import ReportRun  # noqa: PLC0415 - as every style

    return ReportRun(lambda messages, notices: _page(messages, options, notices, session.model))


def _page(messages: list[Message], options: HtmlOptions, notices: Notices, model: str | None) -> Page:
    return Page(options, notices, Shown(options, notices, carriers(messages)), model)


def _printable(chunks: Iterator[Chunk]) -> Iterator[bytes]:
    for chunk in chunks:
        yield chunk if isinstance(chunk, bytes) else printable(chunk)


def _checked(chunks: Iterator[T]) -> Iterator[T]:
    try:
        yield from chunks
    except RecursionError:  # sub-agents of sub-agents, beyond any real session
        raise TooDeep(limit=MAX_DEPTH) from None
