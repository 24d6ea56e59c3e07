"""
A replay as data: ``{"recordingVersion", "generator", "session", "timing", "events", "turns", "durationMs"}``.

One event per line, in order; ``at`` is its offset from the beginning in milliseconds, ``clock`` the time that its
source gives, in Unix milliseconds. ``message`` begins a message; ``typed`` is a person's text, ``streamed`` a model's
(text, thinking, code), each with the time it takes; ``tool-started`` and ``tool-ended`` name a call by its number;
``file-changed``, ``noted`` (attachments, sources, events) and ``error`` are moments. ``turns`` says where each
question stands. The JSON Schema is ``recording.schema.json`` in the package.

A text is whole at the time that its source gives for it; the time between is a pause, and no pause is longer than
``max_pause`` seconds. Where times are missing or go back, a pause is as long as reading takes (25 characters a second)
before a person types, and half a second elsewhere. A person types ``typing_speed`` characters a second, a model streams
eight times as many, and no text takes longer than eight seconds to type or ten to stream. Tools run side by side where
their times overlap.

It is the current branch, without what the application's own chat hides; the bytes of images and files are not in it.
"""

from __future__ import annotations

from collections.abc import Iterator

from py_export import jsontext
from py_export.markdown import one_line
from py_export.model import Session
from py_export.notices import Notices
from py_export.replay_options import ReplayOptions
from py_export.schema_recording import RECORDING_VERSION, Recorded, Timing, Turn
from py_export.transforms import measure
from py_export.transforms.replay import by_message, end, timeline
from py_export.transforms.replay.events import Began
from py_export.version import GENERATOR
from py_export.writers.hidden import report_hidden


def write(session: Session, options: ReplayOptions, notices: Notices) -> Iterator[bytes]:
    """Yield the document, a chunk per message."""
    report_hidden(session, notices)
    yield _member("recordingVersion", RECORDING_VERSION, before=b"{\n  ")
    yield _member("generator", GENERATOR)
    yield _member("session", _recorded(session, options))
    yield _member("timing", Timing(max_pause_ms=options.max_pause * 1000, typing_speed=options.typing_speed))
    yield b',\n  "events": ['
    turns: list[Turn] = []
    count = duration = 0
    between = b"\n    "
    for events in by_message(timeline(session, options, notices)):
        first = events[0]
        if isinstance(first, Began) and first.turn is not None:
            turns.append(Turn(turn=first.turn, at=first.at, event=count, title=first.title))
        yield between + b",\n    ".join(map(jsontext.encode, events))
        count, duration = count + len(events), max(duration, *map(end, events))
        between = b",\n    "
    yield b"\n  ]" if count else b"]"
    yield _member("turns", turns)
    yield _member("durationMs", duration)
    yield b"\n}\n"


def _member(name: str, value: object, before: bytes = b",\n  ") -> bytes:
    return before + jsontext.encode(name) + b": " + jsontext.encode(value)


def _recorded(session: Session, options: ReplayOptions) -> Recorded:
    return Recorded(
        id=session.id,
        title=one_line(session.title or "") or None,
        app=session.source.app,
        model=session.model or measure.model(session.messages),
        created_at=session.created_at if options.timestamps else None,
    )
