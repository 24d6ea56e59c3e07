"""What a transcript's records say of the session as a whole, each of them a little: its id, its title, its place."""

from __future__ import annotations

from collections.abc import Container, Sequence
from typing import Any

from msgspec import UNSET

from py_export.model import Event, Json, Message, Session, Source, Text
from py_export.readers.claude_code.usual import Usual
from py_export.readers.records import values
from py_export.readers.records.draft import Draft
from py_export.transforms.measure import Figures

_KEPT = ("sessionId", "cwd", "gitBranch", "version", "slug", "entrypoint", "userType", "permissionMode", "teamName")
"""What records say again and again, of which the header keeps the last."""

_TITLES = {"custom-title": "customTitle", "ai-title": "aiTitle", "agent-name": "agentName"}
_INTERRUPTED = "[Request interrupted by user"


class Heading:
    """
    Gathers what the records say.

    Attributes:
        workspace: The folder in which the session began.
    """

    def __init__(self) -> None:
        self.workspace: str | None = None
        self._said: dict[str, Json] = {}
        self._titles: dict[str, str] = {}
        self._summaries: list[tuple[str | None, str]] = []
        self._last: tuple[Any, ...] = ()
        self._agent: str | None = None
        self._own = False

    @property
    def id(self) -> str | None:
        """The session's id; that of the agent where every record is one sub-agent's."""
        if not self._own and self._agent is not None:
            return f"agent-{self._agent}"
        return values.identifier(self._said.get("sessionId"))

    def note(self, record: dict[str, Any], draft: Draft) -> None:
        """Take what one record says."""
        self._last = ()
        kind = record.get("type")
        if draft.side:
            self._agent = self._agent or draft.agent_id
        else:
            self._own = self._own or "message" in record
        if not draft.side or not self._own:
            for key in _KEPT:
                if key in record:
                    self._said[key] = record[key]
            if "session_id" in record and "sessionId" not in record:
                self._said["sessionId"] = record["session_id"]
            self.workspace = self.workspace or values.string(record.get("cwd"))
        if kind == "summary":
            summary = values.string(values.text(record.get("summary")))
            if summary is not None:
                self._summaries.append((values.identifier(record.get("leafUuid")), summary))
        elif isinstance(kind, str) and kind in _TITLES:
            title = values.string(values.first(record, _TITLES[kind], "title"))
            if title is not None:
                self._titles[kind] = title

    def note_usual(self, record: Usual, draft: Draft) -> None:
        """Take what a record of the usual shape says, which is what the one before it said, as a rule."""
        if draft.side:
            self._agent = self._agent or draft.agent_id
            if self._own:
                return
        else:
            self._own = True
        told = record.told
        if told != self._last:
            self._last = told
            self._said.update((key, value) for key, value in zip(_KEPT, told, strict=True) if value is not UNSET)
            self.workspace = self.workspace or values.string(record.workspace)

    def take(self, later: Heading) -> None:
        """Take what the records below say, of the session itself."""
        self._last = ()
        self._said |= later._said
        self._titles |= later._titles
        self._summaries += later._summaries
        self._agent = self._agent or later._agent
        self._own = self._own or later._own
        self.workspace = self.workspace or later.workspace

    def title(self, words: str | None, known: Container[str]) -> str | None:
        """
        Return the title that the user gave, else the application, else what the user first typed.

        Args:
            words: What the user first typed.
            known: The uuids of its records: a summary may stand in a file and speak of another.
        """
        summary = next((text for leaf, text in reversed(self._summaries) if leaf is not None and leaf in known), None)
        return self._titles.get("custom-title") or self._titles.get("ai-title") or summary or words

    def session(self, identity: str, title: str | None, leaf: str | None, figures: Figures) -> Session:
        """Return the session, as yet without messages and metadata; ``leaf`` is the id of the message it ends with."""
        first, last = figures.times or (None, None)
        return Session(
            id=identity,
            title=title,
            source=Source("claude-code", "claude-code", values.string(self._said.get("version"))),
            created_at=first,
            updated_at=last,
            duration_ms=figures.duration,
            model=figures.model,
            workspace=self.workspace,
            leaf_id=leaf,
            usage=figures.usage,
            counts=figures.counts,
        )

    def metadata(self, resumed: Sequence[str]) -> dict[str, Json]:
        """Return what the records say, as they say it; and the ids of sessions that this one went on from."""
        found = dict(self._said)
        if "agent-name" in self._titles:
            found["agentName"] = self._titles["agent-name"]
        if resumed:
            found["resumedFrom"] = list(resumed)
        return found


def first_words(messages: Sequence[Message]) -> str | None:
    """Return the first line that a person typed, else the first command; in a sub-agent's file, what it was asked."""
    typed = typed_words(messages)
    return first_command(messages) if typed is None else typed


def typed_words(messages: Sequence[Message]) -> str | None:
    """Return the first line that a person typed; in a sub-agent's file, what it was asked."""
    typed = [one for one in messages if one.role == "user" and not one.hidden]
    for message in [one for one in typed if one.sub_agent is None] or typed:
        for block in message.blocks:
            if isinstance(block, Text) and not block.text.startswith(_INTERRUPTED):
                return _first_line(block.text)
    return None


def first_command(messages: Sequence[Message]) -> str | None:
    """Return the first command that was given in the agent's console."""
    commands = (
        block for one in messages for block in one.blocks if isinstance(block, Event) and block.name == "command"
    )
    return next((_first_line(str(block.data["command"])) for block in commands), None)


def _first_line(text: str) -> str:
    return next((line.strip() for line in text.split("\n") if line.strip()), "")
