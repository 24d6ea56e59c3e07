"""What each event of a replay looks like in a terminal."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

from py_export import times
from py_export.l10n import translate
from py_export.markdown import one_line
from py_export.model import Session
from py_export.moments import moment
from py_export.replay_options import AsciicastOptions
from py_export.terminal import harmless, line, wrapped
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
from py_export.writers.replay_words import ended, marks, speaker

_END, _BOLD, _FAINT, _INVERSE, _RED, _GREEN = (f"\x1b[{code}m" for code in (0, 1, 2, 7, 31, 32))
_DEEPEST = 6
"""Sub-agents of sub-agents are moved in no further: the columns would run out."""

Drawn = tuple[str, Sequence[str], str]
"""What comes at once before the rows, the rows, and what comes at once after them."""


@dataclass(slots=True)
class Screen:
    """The terminal: how far in the speaker stands, which calls have been named, and who said what."""

    options: AsciicastOptions
    model: str | None
    depth: int = 0
    last: int = 0
    before: tuple[str, int] | None = None
    names: dict[int, str] = field(default_factory=dict)
    speakers: dict[int, tuple[str, int]] = field(default_factory=dict)

    def opening(self, session: Session) -> str:
        """Return the title with what is known of the session."""
        title = line(session.title or "") or self._word("markdown.untitled")
        known = [session.source.app, self.model]
        if self.options.timestamps and session.created_at is not None:
            known.append(moment(session.created_at, self.options.timezone, self.options.locale))
        facts = " · ".join(line(one) for one in known if one)
        rows = [f"{_BOLD}{row}{_END}" for row in wrapped(title, self.options.width)]
        rows += [f"{_FAINT}{row}{_END}" for row in wrapped(facts, self.options.width) if row]
        return "\r\n".join([*rows, ""])

    def shown(self, event: Event) -> Drawn:
        """Return what an event puts on the screen."""
        return _DRAWN[type(event)](self, event)

    def began(self, event: Began) -> Drawn:
        """Name who speaks; a model only where it is not the session's."""
        self.depth = min(event.depth, _DEEPEST)
        who = line(speaker(event, self.model, self.options.locale))
        same = self.before == (who, event.depth) and event.turn is None
        self.before = self.speakers[event.message] = who, event.depth
        if same:
            return f"{self._margin()}\r\n", (), ""
        at = self._clock(event)
        label = f"{_INVERSE}{_BOLD} {who} {_END}" + (f" {_FAINT}{at}{_END}" if at else "")
        return f"\r\n{self._margin()}{label}\r\n", (), ""

    def returned(self, event: Returned) -> Drawn:
        """Move out to the message that a sub-agent has interrupted."""
        self.before = self.speakers[event.message]
        self.depth = min(self.before[1], _DEEPEST)
        return "", (), ""

    def typed(self, event: Typed) -> Drawn:
        """Show what is typed, with a mark before it."""
        return "", self._rows(event.text.rstrip("\r\n")), "\r\n"

    def streamed(self, event: Streamed) -> Drawn:
        """Show what comes in: thinking faint, code below its path."""
        if event.what == "thinking":
            head = f"{self._margin()}{_FAINT}{self._word('markdown.thinking')}\r\n"
            return head, self._rows(event.text.strip("\r\n"), "  "), f"{_END}\r\n"
        head = f"{self._margin()}{_BOLD}{line(event.path)}{_END}\r\n" if event.path else ""
        return head, self._rows(event.text.rstrip("\r\n"), "  " if event.what == "code" else ""), "\r\n"

    def started(self, event: ToolStarted) -> Drawn:
        """Show a call's name and what it does."""
        self.last = event.call
        self.names[event.call] = line(event.name)
        text = f"● {line(event.name)}" + (f"  {line(event.subject)}" if event.subject else "")
        rows = self._rows(text)
        named = min(len(rows[0]), len(self._margin()) + 2 + len(line(event.name)))
        rows[0] = f"{_BOLD}{rows[0][:named]}{_END}{rows[0][named:]}"
        rows += [row for one in marks(event.steps) for row in self._rows(one, "  ")]
        given = self._faint(event.input) if event.input else []
        return "", [], "\r\n".join([*rows, *given, ""])

    def ended(self, event: ToolEnded) -> Drawn:
        """Show how a call ended; name it where another one has started since."""
        failed = event.status in ("error", "denied", "cancelled")
        sign = f"{_RED}✗{_END}" if failed else f"{_GREEN}✓{_END}" if event.status == "completed" else "·"
        named = self.names.pop(event.call, "")
        how = line(ended(event, self.options.locale))
        text = how if event.call == self.last else self._named(named, how)
        rows = self._rows(text, "    ")
        margin = self._margin()
        rows[0] = f"{margin}  {sign} {rows[0][len(margin) + 4 :]}"
        out = self._faint(event.output) if event.output else []
        return "", [], "\r\n".join([*rows, *out, ""])

    def changed(self, event: FileChanged) -> Drawn:
        """Show which file was written or changed."""
        text = self._word(f"replay.file-{event.change}", path=line(event.path))
        return "", [], "\r\n".join([*self._rows(f"± {text}", "  "), ""])

    def noted(self, event: Noted) -> Drawn:
        """Show what is no one's speech."""
        sign = self._word(f"replay.noted-{event.what}")
        text = event.text if event.what in ("event", "unknown") else self._named(sign, event.text)
        return "", [], "\r\n".join([*self._faint(text, "· "), ""])

    def failed(self, event: Failed) -> Drawn:
        """Show a failure."""
        named = self._word("markdown.error") + (f" {one_line(event.code)}" if event.code else "")
        head, *rows = self._rows(self._named(named, event.text) if event.text else named)
        return "", [], "\r\n".join([f"{_RED}{head}", *rows]) + f"{_END}\r\n"

    def _named(self, name: str, text: str) -> str:
        return self._word("markdown.because", what=name, why=text)

    def _rows(self, text: str, before: str = "") -> list[str]:
        margin = self._margin() + before
        width = max(20, self.options.width - len(margin))
        return [margin + row for row in wrapped(harmless(text), width)]

    def _faint(self, text: str, before: str = "  │ ") -> list[str]:
        return [f"{_FAINT}{row}{_END}" for row in self._rows(text, before)]

    def _margin(self) -> str:
        return "  │ " * self.depth

    def _clock(self, event: Began) -> str:
        if event.clock is None:
            return ""
        iso = times.iso(event.clock, self.options.timezone)
        return iso.partition("T")[2].partition(".")[0] or iso

    def _word(self, key: str, **values: str | int) -> str:
        return translate(key, self.options.locale, **values)


_DRAWN: dict[type[Event], Callable[[Screen, Any], Drawn]] = {
    Began: Screen.began,
    Returned: Screen.returned,
    Typed: Screen.typed,
    Streamed: Screen.streamed,
    ToolStarted: Screen.started,
    ToolEnded: Screen.ended,
    FileChanged: Screen.changed,
    Noted: Screen.noted,
    Failed: Screen.failed,
}
