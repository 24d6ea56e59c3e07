"""``--range``: a part of a session, by the same message numbers that the function counts by."""

from __future__ import annotations

import re

from py_export import payload
from py_export.convert import read, write
from py_export.errors import InvalidRange
from py_export.model import Range, Session

_RANGE = re.compile(r"(?P<first>[0-9]{1,9})?(?P<colon>:)?(?P<last>[0-9]{1,9})?")


def part_of(session: Session, text: str) -> Session:
    """
    Return the part that ``text`` names (``3:12``, ``3:``, ``:12``, ``3``), as the function would send it.

    Raises:
        InvalidRange: The text is no range, or the session has no such messages.
    """
    if session.document is None:
        data = b"".join(write(session, "json"))
        visible = [not message.hidden for message in session.messages]
        dialect = "json"
    else:
        data, visible, dialect = session.document.data, session.document.visible, session.document.dialect
    part = parse_range(text, sum(visible))
    whole = payload.split(data)
    numbered = zip(payload.numbers(visible), whole.messages, strict=True)
    kept = [message for number, message in numbered if part.from_ <= number <= part.to]
    cut = read(payload.join(payload.Parts(whole.head, kept), part), dialect, exported_at=session.exported_at)
    return cut[0]


def parse_range(text: str, count: int) -> Range:
    """Return the range of a session of ``count`` messages."""
    match = _RANGE.fullmatch(text)
    if match is None or text in ("", ":"):
        raise InvalidRange(count=count)
    first = int(match["first"] or 1)
    last = int(match["last"] or count) if match["colon"] else first
    if not 1 <= first <= last <= count:
        raise InvalidRange(count=count)
    return Range(first, last, count)
