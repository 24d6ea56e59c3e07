"""What the user typed while the agent was at work: it waits in a queue, and may be recorded nowhere else."""

from __future__ import annotations

from collections import Counter, deque
from typing import Any

from py_export.readers.records import tagged, values
from py_export.readers.records.draft import Draft


class Queue:
    """Follows the queue's records. What was taken out of it, for the agent to read at once, the user has said."""

    def __init__(self) -> None:
        self._waiting: deque[str] = deque()
        self._gone: Counter[str] = Counter()
        self._taken: list[tuple[Draft, str]] = []
        self._said: set[str] = set()
        self._users: list[Draft] = []

    def note(self, draft: Draft, record: dict[str, Any]) -> None:
        """Follow one record."""
        self.note_said(draft)
        if draft.message.role == "user":
            pass
        elif record.get("type") == "attachment" and draft.blocks:  # a task's notice, which the queue has too
            self._said.add((values.text(values.mapping(record.get("attachment")).get("prompt")) or "").strip())
        if record.get("type") == "queue-operation":
            self._follow(draft, record.get("operation"), values.text(record.get("content")))

    def note_said(self, draft: Draft) -> None:
        """Take what a user said without it, too."""
        if draft.message.role == "user":
            self._users.append(draft)  # what it says is asked for where something waited, which is seldom so

    @property
    def idle(self) -> bool:
        """Whether nothing waits, and nothing that waited is to be shown."""
        return not (self._waiting or self._taken or self._gone.total())

    def settle(self) -> None:
        """Show what was said and stands in no record but the queue's."""
        if self._taken:
            self._said.update(user.shown_text.strip() for user in self._users)
        for draft, text in self._taken:
            if text.strip() in self._said:
                continue
            self._said.add(text.strip())
            draft.blocks.clear()
            draft.message.hidden = False
            if not tagged.notification(draft, text):
                draft.say(text, role="user")

    def _follow(self, draft: Draft, operation: object, text: str | None) -> None:
        if operation == "enqueue" and text is not None:
            self._waiting.append(text)
        elif operation == "popAll":
            self._waiting.clear()
            self._gone.clear()
        elif operation in ("dequeue", "remove"):
            if text is None:
                text = self._next()
            else:
                self._gone[text] += 1
            if operation == "remove" and text is not None and text.strip():
                self._taken.append((draft, text))

    def _next(self) -> str | None:
        """Return what has waited longest, but for what was taken by name."""
        while self._waiting:
            text = self._waiting.popleft()
            if not self._gone[text]:
                return text
            self._gone[text] -= 1
        return None
