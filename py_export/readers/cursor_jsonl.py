"""
JSON Lines as Cursor's exporter writes them: ``{"timestamp", "actor", "content"}``, one message per line.

Lines end in LF; a CR before it and a byte order mark are tolerated. A last line that is cut off is a notice with its
number; any other line that is no JSON object is kept as it is, and counted. The file names no session: its id is made
from its bytes, so that the same file is the same session.
"""

from __future__ import annotations

from collections.abc import Iterator
from hashlib import sha256
from typing import Any

from py_export import jsontext
from py_export.errors import ReadError, Unreadable
from py_export.model import Block, Message, Session, Source, Text, Unknown
from py_export.notices import Notices
from py_export.readers.input import Input
from py_export.readers.records import values
from py_export.readers.records.actors import role
from py_export.transforms import measure


def matches(given: Input) -> bool:
    """Return whether the first line that is not blank is a JSON object with an actor and a content."""
    first = given.data.lstrip().partition(b"\n")[0]
    if not first.startswith(b"{"):
        return False
    try:
        record = jsontext.decode(first)
    except ReadError:
        return False
    return isinstance(record, dict) and isinstance(record.get("actor"), str) and "content" in record


def read(given: Input, notices: Notices) -> list[Session]:
    """
    Read one session.

    Raises:
        Unreadable: No line is a message.
    """
    messages = list(_messages(given.data, notices))
    if all(not isinstance(message.source, dict) for message in messages):
        raise Unreadable("line 1", reason="no line is a message")
    times = [message.created_at for message in messages if message.created_at is not None]
    return [
        Session(
            id=f"cursor-{sha256(given.data).hexdigest()[:16]}",
            source=Source("cursor", "cursor-jsonl"),
            created_at=min(times, default=None),
            updated_at=max(times, default=None),
            duration_ms=measure.duration(messages),
            counts=measure.counts(messages),
            messages=messages,
        )
    ]


def _messages(data: bytes, notices: Notices) -> Iterator[Message]:
    lines = data.split(b"\n")
    for number, raw in enumerate(lines, 1):
        line = raw.strip(b" \t\r")
        if not line:
            continue
        where = f"line {number}"
        try:
            record = jsontext.decode(line)
        except ReadError:
            if number == len(lines):  # no LF after it: the file was cut while it was written
                notices.add("line_cut", where, line=number)
                return
            record = line.decode("utf-8")
        yield _message(record, number, where, notices)


def _message(record: Any, number: int, where: str, notices: Notices) -> Message:  # noqa: ANN401 - a JSON value
    identity = f"line-{number}"
    if not isinstance(record, dict) or not isinstance(record.get("actor"), str):
        notices.add("unknown_record", where)
        return Message(id=identity, seq=number, role="event", blocks=[Unknown(record)], source=record)
    actor = record["actor"]
    known = role(actor)
    if known is None:
        notices.add("unknown_actor", where)
    created_at = values.moment(record.get("timestamp"))
    if created_at is None and record.get("timestamp") not in (None, ""):
        notices.add("time_unreadable", where)
    said = values.text(record.get("content"))
    blocks: list[Block] = [Text(said)] if said else []
    if said is None and record.get("content") is not None:
        notices.add("unknown_record", where)
        blocks = [Unknown(record["content"])]
    return Message(
        id=identity,
        seq=number,
        role=known or "assistant",
        author=None if known else actor,
        created_at=created_at,
        utc_offset=values.offset(record.get("timestamp")),
        blocks=blocks,
        source=record,
    )
