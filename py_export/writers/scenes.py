"""
A replay as a screen shows it: each event with every word of it decided, for the player and for the video.

What was said stands in parts, words and code apart, as fences part them in Markdown; no part is formatted further.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from py_export import jsontext, times
from py_export.l10n import translate
from py_export.markdown import one_line
from py_export.model import Session
from py_export.moments import moment
from py_export.notices import Notices
from py_export.replay_options import ReplayOptions
from py_export.transforms import measure
from py_export.transforms.replay import by_message, end, timeline
from py_export.transforms.replay.events import (
    Began,
    Event,
    Failed,
    FileChanged,
    Noted,
    Returned,
    Streamed,
    ToolEnded,
    ToolStarted,
    Typed,
)
from py_export.version import GENERATOR
from py_export.writers.replay_words import ended, marks, speaker

_FENCE = re.compile(r"^( *)(`{3,}(?=[^`\n]*$)|~{3,})[ \t]*([^\s`]*)[^\n]*$\n?", re.MULTILINE)
_FAILED = frozenset({"error", "denied", "cancelled"})

Scene = dict[str, Any]
"""A JSON object; ``type`` says which: message, said, started, ended, line."""


@dataclass(slots=True)
class Scenes:
    """What a screen shows of a session: title and facts, then scene by scene."""

    session: Session
    options: ReplayOptions
    notices: Notices
    before: tuple[str, int] | None = None
    """Who spoke last, and how far below."""

    begun: dict[int, Scene] = field(default_factory=dict)
    """Each message's scene: one that a sub-agent has interrupted goes on as another of the same speaker."""

    _model: str | None = None

    def __post_init__(self) -> None:
        self._model = self.session.model or measure.model(self.session.messages)

    @property
    def title(self) -> str:
        """The session's title, on one line."""
        return one_line(self.session.title or "") or self._word("markdown.untitled")

    @property
    def facts(self) -> list[str]:
        """What is known of the session: application, model, when it began."""
        began = self.session.created_at if self.options.timestamps else None
        at = None if began is None else moment(began, self.options.timezone, self.options.locale)
        return [one_line(one) for one in (self.session.source.app, self._model, at) if one]

    def document(self, **more: object) -> Iterator[bytes]:
        """Yield all of it as one JSON object, a chunk per message; ``more`` stands in it as well."""
        head = {"generator": GENERATOR, "locale": self.options.locale, "title": self.title, "facts": self.facts} | more
        yield jsontext.encode(head).removesuffix(b"}") + b',"scenes":['
        turns: list[Scene] = []
        count = duration = 0
        between = b""
        for events in by_message(timeline(self.session, self.options, self.notices)):
            first = events[0]
            if isinstance(first, Began) and first.turn is not None:
                turns.append({"at": first.at, "scene": count, "title": first.title or str(first.turn)})
            scenes = list(self.shown(events))
            yield between + b",".join(map(jsontext.encode, scenes))
            count, duration, between = count + len(scenes), max(duration, *map(end, events)), b","
        yield b'],"turns":' + jsontext.encode(turns) + b',"durationMs":%d}' % duration

    def messages(self) -> Iterator[list[Scene]]:
        """Yield the scenes of each message, or of each part of one that sub-agents interrupt."""
        for events in by_message(timeline(self.session, self.options, self.notices)):
            held: list[Scene] = []
            for scene in self.shown(events):
                if scene["type"] == "message" and held:
                    yield held
                    held = []
                held.append(scene)
            yield held

    def shown(self, events: Iterable[Event]) -> Iterator[Scene]:
        """Yield the scene of each event; a message that goes on has one where something of it is still to come."""
        goes_on: Scene | None = None
        for event in events:
            if isinstance(event, Returned):
                goes_on = self.begun[event.message]
                continue
            if goes_on is not None and not isinstance(event, ToolEnded):
                self.before = goes_on["who"], goes_on.get("depth", 0)
                yield {name: value for name, value in goes_on.items() if name != "turn"} | {
                    "at": event.at,
                    "same": True,
                }
                goes_on = None
            scene = {"at": event.at} | {name: value for name, value in self._scene(event).items() if value}
            if isinstance(event, Began):
                self.begun[event.message] = scene
            yield scene

    def _scene(self, event: Event) -> Scene:  # noqa: PLR0911 - one return per kind of event
        if isinstance(event, Began):
            return self._began(event)
        if isinstance(event, Typed):
            return {"type": "said", "what": "typed", "for": event.duration_ms, "parts": parts(event.text)}
        if isinstance(event, Streamed):
            return self._streamed(event)
        if isinstance(event, ToolStarted):
            return {
                "type": "started",
                "call": event.call,
                "name": event.name,
                "subject": event.subject,
                "steps": list(marks(event.steps)),
                "input": event.input,
            }
        if isinstance(event, ToolEnded):
            sign = "failed" if event.status in _FAILED else "ok" if event.status == "completed" else "open"
            how = ended(event, self.options.locale)
            return {"type": "ended", "call": event.call, "sign": sign, "how": how, "output": event.output}
        if isinstance(event, FileChanged):
            text = self._word(f"replay.file-{event.change}", path=event.path)
            return {"type": "line", "what": "file", "text": text}
        if isinstance(event, Noted):
            named = None if event.what in ("event", "unknown") else self._word(f"replay.noted-{event.what}")
            return {"type": "line", "what": event.what, "label": named, "text": event.text}
        assert isinstance(event, Failed)  # noqa: S101 - there is no other
        label = " ".join(filter(None, (self._word("markdown.error"), one_line(event.code or ""))))
        return {"type": "line", "what": "error", "label": label, "text": event.text}

    def _began(self, event: Began) -> Scene:
        iso = "" if event.clock is None else times.iso(event.clock, self.options.timezone)
        who = speaker(event, self._model, self.options.locale)
        same = self.before == (who, event.depth) and event.turn is None
        self.before = who, event.depth
        return {
            "type": "message",
            "role": "note" if event.note else event.role,
            "who": who,
            "same": same,
            "time": iso.partition("T")[2].partition(".")[0] or iso,
            "depth": event.depth,
            "turn": event.turn,
        }

    def _streamed(self, event: Streamed) -> Scene:
        found = [{"code": event.text, "language": event.language}] if event.what == "code" else parts(event.text)
        label = event.path or (self._word("markdown.thinking") if event.what == "thinking" else None)
        return {"type": "said", "what": event.what, "for": event.duration_ms, "label": label, "parts": found}

    def _word(self, key: str, **values: str | int) -> str:
        return translate(key, self.options.locale, **values)


def parts(text: str) -> list[Scene]:
    r"""
    Return a text's words and code, in order: what stands between two fences is code (CommonMark, 4.5).

    A fence may be indented as far as a list needs it; the code is then moved out by as much.

    >>> parts("Run this:\n```sh\nls\n```\nThanks.")
    [{'text': 'Run this:'}, {'code': 'ls', 'language': 'sh'}, {'text': 'Thanks.'}]
    """
    if "```" not in text and "~~~" not in text:
        return _words(text)
    found: list[Scene] = []
    at = 0
    opened: re.Match[str] | None = None
    for match in _FENCE.finditer(text):
        if opened is None:
            found += _words(text[at : match.start()])
            opened, at = match, match.end()
        elif match[2].startswith(opened[2]) and not match[0].strip().strip(opened[2][0]):
            found += _code(text[at : match.start()], opened)
            opened, at = None, match.end()
    return found + (_words(text[at:]) if opened is None else _code(text[at:], opened))


def _words(text: str) -> list[Scene]:
    text = text.strip("\r\n")
    return [{"text": text}] if text.strip() else []


def _code(text: str, opened: re.Match[str]) -> list[Scene]:
    text = text.rstrip("\r\n")
    if opened[1]:
        text = re.sub(rf"^ {{1,{len(opened[1])}}}", "", text, flags=re.MULTILINE)
    language = {"language": opened[3]} if opened[3] else {}
    return [{"code": text} | language] if text.strip() else []
