"""
MaiChat's JSON of a history, schemaVersion "1": meta fields and ``pairs``, as its specification has them.

``maichat-json.schema.json`` in the package is its JSON Schema. What a source does not say is left out (a time, a model)
or has the specification's default: topic ``root``, no star, grey, no error. A time keeps its UTC offset where that is
known. The pair formats hold texts; attachments, events and what else is no text are counted in notices.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from py_export import jsonlayout, jsontext, times
from py_export.model import Session
from py_export.notices import Notices
from py_export.options import HistoryOptions
from py_export.writers.history import Told, meta, told

SCHEMA_VERSION = "1"


def write(session: Session, options: HistoryOptions, notices: Notices) -> Iterator[bytes]:
    """Yield the document, its meta fields first, then pair by pair."""
    fields = meta(session, options)
    order = ("app", "generatedAt", "filterInput", "orderApplied", "count")
    head = {"schemaVersion": SCHEMA_VERSION} | {name: fields[name] for name in order if name in fields}
    yield jsontext.encode(head, indent=2).removesuffix(b"\n}")
    yield from jsonlayout.listed("pairs", (_pair(one) for one in told(session, options, notices)), 1)
    yield b"\n}\n"


def _pair(one: Told) -> dict[str, Any]:
    pair = one.pair
    fields = {
        "id": pair.id,
        "createdAt": _time(one),
        "topicPath": pair.topic_path,
        "topicId": pair.topic_id,
        "model": pair.model,
        "stars": pair.stars,
        "flagColor": pair.flag_color,
        "userText": one.question,
        "assistantText": one.answer,
        "errorState": pair.failed,
        "errorMessage": one.error,
    }
    return {name: value for name, value in fields.items() if value is not None}


def _time(one: Told) -> str | None:
    offset = one.pair.earliest.utc_offset if one.pair.earliest is not None else None
    return None if one.created_at is None else times.with_offset(one.created_at, offset)
