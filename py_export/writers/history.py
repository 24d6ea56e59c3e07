"""What the formats of a history of pairs share: the meta block, and each pair with its texts as the options ask."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from py_export import times
from py_export.l10n import translate
from py_export.markdown import fence
from py_export.model import Code, Error, Message, Session, Text, Thinking, ToolCall
from py_export.notices import Notices
from py_export.options import HistoryOptions
from py_export.transforms.pair import Pair, pairs
from py_export.version import GENERATOR
from py_export.writers.content import page_for
from py_export.writers.hidden import report_hidden
from py_export.writers.markdown_blocks import pieces
from py_export.writers.markdown_page import Page, Piece, join
from py_export.writers.markdown_tools import tool_call


@dataclass(frozen=True, slots=True)
class Told:
    """
    A pair as it is written.

    Attributes:
        number: Its place in the document, from 1.
        created_at: Its time, where that is known and shown.
        question: What the user said, verbatim; None where messages are left out, as asked.
        answer: What the assistant said, likewise.
        error: What the errors in the answer say.
    """

    number: int
    pair: Pair
    created_at: int | None
    question: str | None
    answer: str | None
    error: str | None


def told(session: Session, options: HistoryOptions, notices: Notices) -> Iterator[Told]:
    """Yield every pair; what has no place in one is counted by its kind."""
    report_hidden(session, notices)
    page = page_for(session.messages, options, notices)
    places = {id(message): f"messages[{at}]" for at, message in enumerate(session.messages)}
    for pair in pairs(session.messages):
        said = {id(message) for message in pair.asked + pair.answered}
        for message in pair.messages:
            if id(message) not in said:
                kind = message.role if message.sub_agent is None else "sub-agent"
                notices.add("part_left_out", places[id(message)], type=kind)
    for number, pair in enumerate(_spoken(session), 1):
        yield Told(
            number=number,
            pair=pair,
            created_at=_time(pair, page),
            question=_text(pair.asked, places, page, answer=False),
            answer=_text(pair.answered, places, page, answer=True),
            error=pair.error_message if options.messages else None,
        )


def meta(session: Session, options: HistoryOptions) -> dict[str, str | int]:
    """Return the document's meta fields, in order; what is not known is left out."""
    fields: dict[str, str | int] = {}
    if session.exported_at is not None and abs(session.exported_at) <= times.LAST:
        fields["generatedAt"] = times.rfc3339(session.exported_at)
    fields["app"] = GENERATOR
    fields["filterInput"] = options.filter_input or session.filter_input or ""
    fields["orderApplied"] = options.order_applied or session.order
    fields["count"] = len(_spoken(session))
    return fields


def meta_for_people(session: Session, options: HistoryOptions) -> dict[str, str | int]:
    """Return the meta fields of a document to read: without an empty filter, with the zone of the times in it."""
    fields = {name: value for name, value in meta(session, options).items() if value != ""}
    count = fields.pop("count")
    if options.timestamps:
        fields["timezone"] = options.timezone
    return fields | {"count": count}


def local(created_at: int, options: HistoryOptions) -> str:
    """Return a time as a heading has it: ``2025-09-16 13:45``, in the zone that the meta block names."""
    date, _, clock = times.iso(created_at, options.timezone).partition("T")
    return f"{date} {clock[:5]}"


def labels(pair: Pair, options: HistoryOptions) -> str:
    """Return a pair's stars and flag on one line."""
    return translate("history.labels", options.locale, stars=pair.stars, flag=pair.flag_color)


def _spoken(session: Session) -> list[Pair]:
    """Return the pairs in which anything was said: not one of events alone."""
    return [pair for pair in pairs(session.messages) if pair.asked or pair.answered]


def _time(pair: Pair, page: Page) -> int | None:
    created_at = page.shown.time(pair.created_at)
    return None if created_at is None or abs(created_at) > times.LAST else created_at


def _text(messages: Sequence[Message], places: dict[int, str], page: Page, *, answer: bool) -> str | None:
    parts = (_said(message, places[id(message)], page, answer=answer) for message in messages)
    text = "\n\n".join(part for part in parts if part)
    return text if text or page.options.messages else None


def _said(message: Message, where: str, page: Page, *, answer: bool) -> str:
    body: list[Piece] = []
    for place, block in page.shown.blocks(message, where):
        if isinstance(block, Text):
            body += [Piece("said", block.text)] if block.text else []
        elif isinstance(block, Code):
            body.append(Piece("part", fence(block.text, block.language)))
        elif isinstance(block, Thinking):
            body += pieces(block, page, place)
        elif isinstance(block, ToolCall):
            body += tool_call(block, page, place)
            if block.messages:
                page.notices.add("part_left_out", place, len(block.messages), type="sub-agent")
        elif not (answer and isinstance(block, Error)):  # the answer's errors have a place of their own
            page.notices.add("part_left_out", place, type=block.type)
    return join(body, separate=False)
