"""Stretches of a long transcript made one session: what each says of itself, and whether none needs another."""

from __future__ import annotations

from array import array
from collections.abc import Sequence

from py_export.model import Session
from py_export.readers.claude_code.heading import Heading
from py_export.readers.claude_code.stretch import BUCKETS, Told, bucketed
from py_export.transforms import measure


class Joined:
    """Stretches, one after the other: what they say of the session, as long as they need nothing of each other."""

    def __init__(self) -> None:
        self.apart = True
        self.messages = 0
        self.shown = 0
        self._ids = bucketed(())
        self._beyond: set[int] = set()
        self._asked: set[int] = set()
        self._nested = self._asked_twice = self._mute = self._named = False
        self._before: Told | None = None
        self._leaf: str | None = None
        self._heading: Heading | None = None
        self._figures: measure.Figures | None = None
        self._typed: str | None = None
        self._command: str | None = None

    def add(self, told: Told, messages: int) -> str | None:
        """Add a stretch of so many messages; return the id of the message that its first one follows."""
        before, self._before = self._before, told
        self.apart = self.apart and told.apart and (before is None or _follows(told, before))
        self.messages += messages
        self.shown += told.shown
        for mine, theirs in zip(self._ids, told.ids, strict=True):
            mine.extend(theirs)
        self._beyond |= told.beyond
        self._nested = self._nested or told.nested
        self._mute = self._mute or told.mute
        self._named = self._named or told.named
        self._asked_twice = self._asked_twice or not self._asked.isdisjoint(told.asked)
        self._asked |= told.asked
        self._leaf = told.leaf or self._leaf
        self._typed = told.typed if self._typed is None else self._typed
        self._command = told.command if self._command is None else self._command
        if self._heading is None or self._figures is None:
            self._heading, self._figures = told.heading, told.figures
        else:
            self._heading.take(told.heading)
            self._figures.take(told.figures)
        return None if before is None or told.after is None else before.end

    def session(self) -> Session | None:
        """Return the session, without its messages; None where its stretches are no whole."""
        heading, figures = self._heading, self._figures
        if heading is None or figures is None or heading.id is None or not self._whole():
            return None
        words = self._command if self._typed is None else self._typed
        session = heading.session(heading.id, heading.title(words, _Names(self._ids)), self._leaf, figures)
        session.metadata = heading.metadata(())
        return session

    def _whole(self) -> bool:
        """Return whether no stretch has what another has or asks for."""
        if not self.apart or (self._nested and self._asked_twice) or (self._mute and self._named):
            return False
        asked = bucketed(self._beyond)
        return all(
            len(known := set(ids)) == len(ids) and known.isdisjoint(beyond)
            for ids, beyond in zip(self._ids, asked, strict=True)
        )


class _Names:
    """What has a name in any stretch."""

    def __init__(self, ids: Sequence[array[int]]) -> None:
        self._ids = ids

    def __contains__(self, name: object) -> bool:
        return hash(name) in self._ids[hash(name) % BUCKETS]


def _follows(told: Told, before: Told) -> bool:
    """Return whether a stretch goes on where the one before it ends."""
    return before.counted and told.after in (None, before.last)
