"""
A replay in a terminal: asciicast, version 2, which ``asciinema play`` and its web player show.

A header, then one event per line: ``[seconds, "o", text]``, and ``[seconds, "m", title]`` where a turn begins, to
which players can jump. The time line is that of ``recording``; ``idle_time_limit`` is the longest pause.

Text is wrapped to the terminal's columns between words, by the width of each grapheme cluster; Markdown stands as it
was written. Colours are few, and those of the terminal: labels are inverse, thinking and output faint, a failure red,
so that they can be read on dark and on light. What a session says is no control sequence: an escape and any other
control is shown as its picture (␛), what turns the direction of text as U+FFFD. Images and files are named.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from py_export import jsontext
from py_export.markdown import one_line
from py_export.model import Json, Session
from py_export.notices import Notices
from py_export.replay_options import AsciicastOptions
from py_export.terminal import cut, harmless
from py_export.times import LAST
from py_export.transforms import measure
from py_export.transforms.replay import by_message, timeline
from py_export.transforms.replay.events import Began, Event, Streamed, Typed
from py_export.writers.asciicast_screen import Screen
from py_export.writers.hidden import report_hidden

_STEP_MS = 50
"""Between two pieces of a text: twenty a second look like typing."""


def write(session: Session, options: AsciicastOptions, notices: Notices) -> Iterator[bytes]:
    """Yield the header with the title, then a chunk per message."""
    report_hidden(session, notices)
    screen = Screen(options, session.model or measure.model(session.messages))
    yield jsontext.encode(_header(session, options)) + b"\n" + _output(0, screen.opening(session))
    for events in by_message(timeline(session, options, notices)):
        yield b"".join(_lines(events, screen))


def _header(session: Session, options: AsciicastOptions) -> dict[str, Json]:
    title = harmless(one_line(session.title or ""))
    began = session.created_at if options.timestamps else None
    found: dict[str, Json] = {"version": 2, "width": options.width, "height": options.height}
    if began is not None and 0 <= began <= LAST:
        found["timestamp"] = began // 1000
    if options.max_pause:
        found["idle_time_limit"] = options.max_pause
    if title:
        found["title"] = title
    return found | {"env": {"TERM": "xterm-256color"}}


def _lines(events: Sequence[Event], screen: Screen) -> Iterator[bytes]:
    for event in events:
        if isinstance(event, Began) and event.turn is not None:
            yield _event(event.at, "m", harmless(event.title or "") or str(event.turn))
        before, rows, after = screen.shown(event)
        taking = event.duration_ms if isinstance(event, Typed | Streamed) else 0
        pieces = _pieces(rows, max(1, taking // _STEP_MS))
        for number, piece in enumerate(pieces, 1):
            text = (before if number == 1 else "") + piece + (after if number == len(pieces) else "")
            if text:
                yield _output(event.at + taking * number // len(pieces), text)


def _pieces(rows: Sequence[str], most: int) -> list[str]:
    """Return rows in at most so many pieces of about the same length, none of them cut inside a cluster."""
    text = "\n".join(rows)
    size = -(-len(text) // most) or 1
    if text.isascii():
        found = [text[at : at + size] for at in range(0, len(text), size)] or [""]
    else:
        found, held = [], ""
        for number, row in enumerate(rows):
            held += f"\n{row}" if number else row
            while len(held) >= size:
                at = cut(held, size) or len(held)
                found.append(held[:at])
                held = held[at:]
        found += [held] if held else []
    return [piece.replace("\n", "\r\n") for piece in found]


def _output(at: int, text: str) -> bytes:
    return _event(at, "o", text)


def _event(at: int, code: str, text: str) -> bytes:
    return b'[%d.%03d, "%b", %b]\n' % (*divmod(at, 1000), code.encode(), jsontext.encode(text))
