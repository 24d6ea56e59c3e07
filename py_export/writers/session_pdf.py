"""
The conversation as a PDF: its facts, its contents, and turn by turn what was said.

It is set by Typst from our template, which reads all that the session holds from a file of data: nothing of it is
markup. The PDF is tagged (PDF/UA-1), its fonts are in it, its text can be selected, its headings are bookmarks.
Markdown is rendered, code coloured, and an image that the session holds (PNG, JPEG, GIF, WebP) is shown. HTML is shown
as it is written, only addresses of the web and of mail become links, and nothing is fetched. There are fonts for Latin,
Greek, Cyrillic, Arabic, Hebrew, Thai and Devanagari, for Chinese, Japanese and Korean, and for emoji; none of the
system's is used, so that the bytes are the same everywhere. A character that none of them has stands as U+FFFD, and a
notice counts them by script. A session that would take more memory than there is is refused before that. Hidden
messages and what the options leave out are counted in notices; the JSON has them.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from py_export import times, typesetting
from py_export.errors import DocumentTooLong
from py_export.markdown import one_line
from py_export.model import Session
from py_export.notices import Notices
from py_export.options import SessionPdfOptions
from py_export.transforms import measure
from py_export.transforms.measure import carriers
from py_export.transforms.shown import Shown
from py_export.version import GENERATOR
from py_export.writers.figures import money, number, prompt_tokens, session_usage
from py_export.writers.hidden import report_hidden
from py_export.writers.pdf_markdown import inline_text
from py_export.writers.pdf_messages import note, turn
from py_export.writers.pdf_sheet import PdfSheet
from py_export.writers.turns import count_left_out, turns


def write(session: Session, options: SessionPdfOptions, notices: Notices) -> Iterator[bytes]:
    """Yield nothing for each message while the document is laid out as data, then the PDF."""
    typesetting.require()
    shown = Shown(options, notices, carriers(session.messages))
    sheet = PdfSheet(options, notices, shown, session.model or measure.model(session.messages))
    report_hidden(session, notices)
    count_left_out(session.messages, sheet)
    body = typesetting.Body()
    told = 0
    for one in turns(session.messages, sheet):
        for message in turn(one, sheet):
            body.add(message)
            told += 1
            if body.is_too_much:  # so that nobody waits for all of it to be laid out
                raise DocumentTooLong(count=len(session.messages), fits=typesetting.TooMuch(body.size).fits(told))
            yield b""
    for _ in range(told, len(session.messages)):  # those that are not shown: what comes now takes longest
        yield b""
    title = one_line(session.title or "") or sheet.word("markdown.untitled")
    head = {
        "title": title,
        "locale": options.locale,
        "paper": options.paper,
        "contents": options.contents,
        "generator": GENERATOR,
        "date": None if session.exported_at is None else times.iso(session.exported_at, "UTC")[:10],
        "facts": [[name, inline_text(value)] for name, value in _facts(session, sheet)],
        "notes": [note(one, sheet, f"notes[{at}]") for at, one in enumerate(session.notes)],
        "words": {name: sheet.word(key) for name, key in _WORDS.items()},
    }
    yield typesetting.typeset("session", head, body, sheet.images, notices)


_WORDS = {
    "contents": "html.contents",
    "conversation": "html.conversation",
    "notes": "markdown.notes",
    "empty": "markdown.empty",
}


def _facts(session: Session, sheet: PdfSheet) -> Iterator[tuple[str, str]]:
    """Yield what is known of a session as a whole, and its figures."""
    rows: list[tuple[str, Any]] = [
        ("html.fact-source", one_line(f"{session.source.app or ''} {session.source.version or ''}")),
        ("html.fact-model", " · ".join(one_line(part) for part in (sheet.model, session.provider) if part)),
        ("html.fact-workspace", one_line(session.workspace or "")),
        ("html.fact-started", _time(sheet.shown.time(session.created_at), sheet)),
        ("html.fact-updated", _time(sheet.shown.time(session.updated_at), sheet)),
        ("html.fact-duration", _duration(session)),
        ("html.fact-tags", ", ".join(map(one_line, session.tags))),
        ("html.fact-range", _range(session, sheet)),
        *_figures(session, sheet),
        ("html.fact-id", one_line(session.id)),
        ("html.fact-exported", _time(session.exported_at, sheet)),
    ]
    for key, value in rows:
        if value:
            yield sheet.word(key), value


def _figures(session: Session, sheet: PdfSheet) -> Iterator[tuple[str, str]]:
    found = measure.counts(session.messages)
    users, assistants = number(found.user_messages), number(found.assistant_messages)
    parts = sheet.word("html.messages-parts", users=users, assistants=assistants)
    yield "html.messages", sheet.word("pdf.with-parts", figure=number(found.messages), parts=parts)
    if found.tool_calls and sheet.options.tools != "none":
        yield "html.calls", number(found.tool_calls)
    usage = sheet.shown.usage(session_usage(session))
    if usage is None:
        return
    given, made = prompt_tokens(usage), usage.output_tokens
    directions = [] if given is None else [sheet.word("html.tokens-in", count=number(given))]
    if made is not None:
        directions.append(sheet.word("html.tokens-out", count=number(made)))
    if directions:
        yield "html.tokens", sheet.word("markdown.comma").join(directions)
    if usage.cost_usd is not None:
        yield "html.cost", money(usage.cost_usd)


def _time(milliseconds: int | None, sheet: PdfSheet) -> str | None:
    return None if milliseconds is None else sheet.time(milliseconds)


def _duration(session: Session) -> str | None:
    taken = session.duration_ms if session.duration_ms is not None else measure.duration(session.messages)
    return None if taken is None else times.duration(taken)


def _range(session: Session, sheet: PdfSheet) -> str | None:
    part = session.range
    return None if part is None else sheet.word("markdown.range", first=part.from_, last=part.to, of=part.of)
