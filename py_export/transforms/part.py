"""A part of a session by message numbers: the first is 1, both ends are included, hidden messages have none."""

from __future__ import annotations

from msgspec.structs import replace

from py_export import payload
from py_export.errors import InvalidRange
from py_export.model import Document, Range, Session
from py_export.notices import Notices
from py_export.readers import Input, find_reader


def part(session: Session, first: int | None, last: int | None) -> Session:
    """
    Return messages ``first`` to ``last`` with ``range`` set; None is the session's own end.

    A session that was read from a payload gives the one that the function would send: the same document with just
    these messages, token for token, read anew - what a call and its result say together may lie on both sides of
    the cut.

    Raises:
        InvalidRange: The session has no such messages.
    """
    visible = _visible(session)
    here = Range(1 if first is None else first, sum(visible) if last is None else last, sum(visible))
    if not 1 <= here.from_ <= here.to <= here.of:
        raise InvalidRange(count=here.of)
    kept = [here.from_ <= number <= here.to for number in payload.numbers(visible)]
    if session.document is not None:
        return _reread(session, session.document, kept, here)
    messages = [message for message, keep in zip(session.messages, kept, strict=True) if keep]
    return replace(session, messages=messages, range=_within(session.range, here))


def _visible(session: Session) -> list[bool]:
    if session.document is not None:
        return session.document.visible
    return [not message.hidden for message in session.messages]


def _reread(session: Session, document: Document, kept: list[bool], here: Range) -> Session:
    whole = payload.split(document.data)
    messages = [message for message, keep in zip(whole.messages, kept, strict=True) if keep]
    cut = payload.join(payload.Parts(whole.head, messages), _within(session.range, here))
    (found,) = find_reader(Input(cut), document.dialect).read(Input(cut), Notices())  # what it says has been said
    return replace(found, exported_at=session.exported_at, filter_input=session.filter_input, order=session.order)


def _within(known: Range | None, here: Range) -> Range:
    """Return the range of a part of what may be a part already, in the numbers of the whole."""
    if known is None:
        return here
    return Range(known.from_ - 1 + here.from_, known.from_ - 1 + here.to, known.of)
