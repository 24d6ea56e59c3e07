"""
MaiChat's JSON of a history, schemaVersion "1": each pair is read as a user's message and the assistant's answer.

Texts, roles, times with their UTC offset, topics, stars, flags, errors and the order come back as they were written.
The file names no session: its id is made from its bytes, so that the same file is the same session. A pair that is
none is kept whole, and counted.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from hashlib import sha256
from typing import Any

from py_export.errors import InvalidPayload
from py_export.model import Block, Error, Message, Session, Source, Text, Unknown
from py_export.notices import Notices
from py_export.readers.input import Input
from py_export.readers.migrations import migrate
from py_export.readers.records import values
from py_export.transforms import measure
from py_export.transforms.pair import BLUE, GREY, MOST_STARS

FORMAT = "maichat-json"

_APP = re.compile(r"(?P<app>.*\S)\s+v?(?P<version>[0-9]+\.\S*)")


def matches(given: Input) -> bool:
    """Return whether the document is an object with a version, an order or a count, and a list of pairs."""
    document = given.object
    known = {"schemaVersion", "orderApplied", "filterInput"} & document.keys()
    return isinstance(document.get("pairs"), list) and bool(known)


def read(given: Input, notices: Notices) -> list[Session]:
    """
    Read one session.

    Raises:
        InvalidPayload: The document has no version, or no list of pairs.
        NewerVersion: A later version of the format.
    """
    document = given.json
    if not isinstance(document, dict):
        raise InvalidPayload(reason="not an object")
    document = migrate(document, FORMAT, document.get("schemaVersion"), "schemaVersion", notices)
    raw = document.get("pairs")
    if not isinstance(raw, list):
        raise InvalidPayload("pairs", reason="not a list")
    if document.get("count", len(raw)) != len(raw):
        notices.add("invalid_field", "count")
    messages = [one for place, pair in enumerate(raw) for one in _pair(pair, f"pairs[{place}]", notices)]
    times = [message.created_at for message in messages if message.created_at is not None]
    return [
        Session(
            id=f"maichat-{sha256(given.data).hexdigest()[:16]}",
            source=_source(document.get("app")),
            created_at=min(times, default=None),
            updated_at=max(times, default=None),
            duration_ms=measure.duration(messages),
            model=measure.model(messages),
            counts=measure.counts(messages),
            metadata={name: value for name, value in document.items() if name != "pairs"},
            messages=messages,
            exported_at=_time(document, "generatedAt", "generatedAt", notices),
            filter_input=_string(document, "filterInput", "", notices) or None,
            order="topic" if document.get("orderApplied") == "topic" else "time",
        )
    ]


def _source(app: Any) -> Source:  # noqa: ANN401 - a JSON value
    name = values.string(app) or "MaiChat"
    match = _APP.fullmatch(name)
    return Source(match["app"], FORMAT, match["version"]) if match else Source(name, FORMAT)


def _pair(raw: Any, where: str, notices: Notices) -> Iterator[Message]:  # noqa: ANN401 - a JSON value
    """Yield both messages of a pair, even where one says nothing: the next pair begins after them."""
    if not isinstance(raw, dict):
        notices.add("unknown_record", where)
        yield Message(id=where, role="event", blocks=[Unknown(raw)], source=raw)
        return
    name = values.identifier(raw.get("id")) or where
    created_at = _time(raw, "createdAt", f"{where}.createdAt", notices)
    offset = None if created_at is None else values.offset(raw["createdAt"])
    topic: dict[str, Any] = {"topic_path": _string(raw, "topicPath", where, notices) or None}
    topic["topic_id"] = _string(raw, "topicId", where, notices) or None
    yield Message(
        id=name, role="user", created_at=created_at, utc_offset=offset, **topic,
        stars=_stars(raw, where, notices), flag_color=_flag(raw, where, notices),
        blocks=_said(raw, "userText", where, notices), source=raw,
    )  # fmt: skip
    blocks = _said(raw, "assistantText", where, notices)
    message = _string(raw, "errorMessage", where, notices)
    if message:
        blocks.insert(0, Error(message))
    yield Message(
        id=f"{name}-answer", role="assistant", created_at=created_at, utc_offset=offset, **topic,
        model=_string(raw, "model", where, notices) or None, error_state=_failed(raw, where, notices), blocks=blocks,
    )  # fmt: skip


def _said(raw: dict[str, Any], key: str, where: str, notices: Notices) -> list[Block]:
    text = _string(raw, key, where, notices)
    return [Text(text)] if text else []


def _string(raw: dict[str, Any], key: str, where: str, notices: Notices) -> str | None:
    value = raw.get(key)
    if value is not None and not isinstance(value, str):
        notices.add("invalid_field", f"{where}.{key}" if where else key)
        return None
    return value


def _stars(raw: dict[str, Any], where: str, notices: Notices) -> int | None:
    stars = values.integer(raw.get("stars"))
    if (stars is None and raw.get("stars") is not None) or (stars is not None and not 0 <= stars <= MOST_STARS):
        notices.add("invalid_field", f"{where}.stars")
        return None
    return stars


def _flag(raw: dict[str, Any], where: str, notices: Notices) -> str | None:
    flag = raw.get("flagColor")
    if flag not in (None, BLUE, GREY):
        notices.add("invalid_field", f"{where}.flagColor")
        return None
    found: str | None = flag
    return found


def _failed(raw: dict[str, Any], where: str, notices: Notices) -> bool | None:
    failed = raw.get("errorState")
    if failed is not None and not isinstance(failed, bool):
        notices.add("invalid_field", f"{where}.errorState")
        return None
    return failed


def _time(record: dict[str, Any], key: str, where: str, notices: Notices) -> int | None:
    value = record.get(key)
    found = values.moment(value)
    if found is None and value is not None:
        notices.add("time_unreadable", where)
    return found
