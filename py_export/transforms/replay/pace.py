"""
How long everything takes in a replay.

A text is whole at the time that its source gives for it: it takes as long as typing or streaming it does, and what is
left of the time since the event before it is a pause. A pause is never longer than ``max_pause`` seconds. Where times
are unknown, or go back, a pause is as long as it takes to read what came since the last question, before a person
types, and short before anything else.

A person types ``typing_speed`` characters a second, a model eight times as many; a long text comes faster, so that
none takes more than eight seconds to type or ten to stream.
"""

from __future__ import annotations

from py_export.replay_options import ReplayOptions

STREAMS_FASTER = 8
MOST_TYPED, MOST_STREAMED = 8_000, 10_000
"""Milliseconds that a text takes at most."""

READ_PER_SECOND = 25
"""Characters: 250 words a minute, and a little more."""

BREATH = 500
"""Milliseconds before what nobody waited for."""


class Pace:
    """The replay's clock."""

    def __init__(self, options: ReplayOptions) -> None:
        self.at = 0
        self._most = options.max_pause * 1000
        self._speed = options.typing_speed
        self._unread = 0
        self._since: tuple[int, int] | None = None  # a time of the source's, and where in the replay it stands

    def wait(self, clock: int | None, *, otherwise: int = BREATH, taking: int = 0) -> None:
        """
        Let the time pass until an event that its source dates ``clock``, or for ``otherwise`` where that says nothing.

        ``taking`` is how long the event itself takes, which is over by then.
        """
        if clock is not None and self._since is not None:
            then, stood = self._since
            otherwise = clock - then - (self.at - stood) - taking
        self.at += max(0, min(self._most, otherwise))
        if clock is not None:
            self._since = clock, self.at + taking

    def reading(self) -> int:
        """Return how long it takes to read what came since the last question, and begin anew."""
        unread, self._unread = self._unread, 0
        return BREATH + unread * 1000 // READ_PER_SECOND

    def typing(self, text: str) -> int:
        """Return how long a person types a text."""
        return min(MOST_TYPED, len(text) * 1000 // self._speed)

    def streaming(self, text: str) -> int:
        """Return how long a text takes to come in."""
        return min(MOST_STREAMED, len(text) * 1000 // (self._speed * STREAMS_FASTER))

    def spend(self, duration: int, text: str = "") -> None:
        """Let an event take its time; ``text`` is what is to be read of it."""
        self.at += duration
        self._unread += len(text)
