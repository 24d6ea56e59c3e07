"""The turns of a report: which messages open one is looked up once, for the contents and for what is written below."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator

from py_export.model import Message
from py_export.writers.sheet import Sheet
from py_export.writers.turns import Turn, answers, asks, command, opens, shows

_SHOWN, _OPENS = 1, 2


class Turns:
    """
    What is shown of some messages, turn by turn, as ``turns`` has it.

    A byte a message is kept: a session may have a great many of them.
    """

    def __init__(self, messages: list[Message], page: Sheet) -> None:
        self._messages = messages
        self._page = page
        self._kinds = bytearray(len(messages))
        before: str | None = None
        given = -1  # the command that a model may answer
        for at, message in enumerate(messages):
            if not shows(message, page):
                continue
            if given >= 0 and answers(message):
                self._kinds[given] = _OPENS
            begins = before is None or (before != "user" and asks(message))
            self._kinds[at] = _OPENS if begins else _SHOWN
            given = at if before != "user" and command(message) is not None else -1
            before = message.role

    @property
    def asked(self) -> bool:
        """Whether the first message is what a person asked, and not what goes on with a turn above."""
        shown = (one for one, kind in zip(self._messages, self._kinds, strict=True) if kind)
        first = next(shown, None)
        return first is not None and opens(first, next(shown, None))

    def count_left_out(self) -> None:
        """Count what the options leave out of messages that are not shown at all."""
        for at, (message, kind) in enumerate(zip(self._messages, self._kinds, strict=True)):
            if not kind and not message.hidden:
                deque(self._page.shown.blocks(message, f"messages[{at}]"), maxlen=0)

    def questions(self) -> Iterator[Message]:
        """Yield the message that opens each turn."""
        return (one for one, kind in zip(self._messages, self._kinds, strict=True) if kind == _OPENS)

    def last(self) -> Message | None:
        """Return the last message that is shown."""
        at = max(self._kinds.rfind(_SHOWN), self._kinds.rfind(_OPENS))
        return None if at < 0 else self._messages[at]

    def __iter__(self) -> Iterator[Turn]:
        """Yield the turns."""
        turn: list[tuple[int, Message]] = []
        number = 0
        for at, kind in enumerate(self._kinds):
            if kind == _OPENS:
                if turn:
                    yield Turn(number, turn)
                    turn = []
                number += 1
            if kind:
                turn.append((at, self._messages[at]))
        if turn:
            yield Turn(number, turn)
