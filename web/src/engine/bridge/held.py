"""The sessions of what is open: read once to list them, kept while they are small, else read again when wanted."""

from __future__ import annotations

import gc
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from py_export.errors import ReadError, UsageError
from py_export.model import Message, Session
from py_export.notices import Notice, Notices
from py_export.transforms.branch import leaves
from py_export_bridge.opened import Again, Files, Source, sources
from py_export_bridge.reports import add, copy, failure, said

KEPT = 64 << 20
"""Bytes of files whose sessions stay in memory; they take several times as much there."""

_LONG = 4 << 20
"""Bytes of files whose sessions are so many objects that to look through them for garbage takes a while."""

EXCERPT = 80
"""Characters of a branch's last message: enough to know it by."""


@dataclass(slots=True)
class _Place:
    """Where sessions lie, the numbers of which begin at ``first``, and what was noticed there."""

    first: int
    again: Again
    notices: Notices
    sessions: list[Session] | None


@dataclass(slots=True)
class _Listed:
    """What is told of one source."""

    name: str
    size: int = 0
    readers: list[str] = field(default_factory=list)
    sessions: list[int] = field(default_factory=list)
    failures: list[dict[str, Any]] = field(default_factory=list)
    notices: Notices = field(default_factory=Notices)


@contextmanager
def _unwatched() -> Iterator[None]:
    """Read what nobody looks through for garbage meanwhile: a session has no circles, and to look takes a tenth."""
    gc.disable()
    try:
        yield
    finally:
        gc.enable()


class Held:
    """Every session of the files that were opened, by its number from 0."""

    def __init__(self, files: Files, request: dict[str, Any]) -> None:
        self._source: str | None = request.get("source")
        self._at: int | None = request.get("exportedAt")
        self._places: list[_Place] = []
        self._listed: list[_Listed] = []
        self._about: list[dict[str, Any] | Session] = []
        self._left = KEPT
        self._latest: _Place | None = None
        with _unwatched():
            for source in sources(files):
                self._listed.append(self._look(source))
            if sum(one.size for one in self._listed) >= _LONG:
                # Else the next look would go through all of it, for as long as it took to read a fifth.
                gc.freeze()

    @property
    def about(self) -> list[dict[str, Any]]:
        """What a page lists of each session; looked up when somebody asks, which who exports one at once does not."""
        found = [_about(one) if isinstance(one, Session) else one for one in self._about]
        self._about = [*found]
        return found

    def files(self) -> list[dict[str, Any]]:
        """Return ``[{name, bytes, readers, sessions, failures: [{name, code, where, params}], notices}]``."""
        return [
            {
                "name": one.name,
                "bytes": one.size,
                "readers": one.readers,
                "sessions": one.sessions,
                "failures": one.failures,
                "notices": said(one.notices),
            }
            for one in self._listed
        ]

    def noticed(self) -> Iterator[Notice]:
        """Yield what was noticed in any of the files."""
        for one in self._listed:
            yield from one.notices

    def noticed_at(self, numbers: Sequence[int | None]) -> Notices:
        """Return what was noticed where these sessions lie, once per place."""
        heard = Notices()
        for place in {id(one): one for one in map(self._place, numbers)}.values():
            add(heard, place.notices)
        return heard

    def session(self, number: int | None) -> Session:
        """
        Return a session, the only one where no number is given.

        Raises:
            UsageError: There are several, or none has that number.
            ReadError: Its file cannot be read any more.
        """
        place = self._place(number)
        return self._sessions(place)[(number or 0) - place.first]

    def _place(self, number: int | None) -> _Place:
        if number is None and len(self._about) == 1:
            number = 0
        if number is None or not 0 <= number < len(self._about):
            raise UsageError(reason="several_sessions", count=len(self._about))
        return next(one for one in reversed(self._places) if one.first <= number)

    def _look(self, source: Source) -> _Listed:
        listed = _Listed(source.name)
        try:
            self._read(source, listed)
        except ReadError as error:
            if not source.name:  # bytes alone: whoever hands them over hears of it as of any failure
                raise
            listed.failures.append({"name": "", **failure(error)})
        return listed

    def _read(self, source: Source, listed: _Listed) -> None:
        told = Notices()
        for part, again in source.parts(self._source, listed.notices):
            own, told = _new(listed.notices, told), copy(listed.notices)
            listed.size += part.size
            if part.error is not None:
                listed.failures.append({"name": part.name, **failure(part.error)})
                continue
            if part.source not in listed.readers:
                listed.readers.append(part.source)
            self._dated(part.sessions)
            place = _Place(len(self._about), again, own, part.sessions)
            self._places.append(place)
            listed.sessions += range(place.first, place.first + len(part.sessions))
            self._left -= part.size
            if self._left < 0:
                place.sessions = None
            self._about += part.sessions if place.sessions is not None else map(_about, part.sessions)

    def _sessions(self, place: _Place) -> list[Session]:
        if place.sessions is not None:
            return place.sessions
        if self._latest is not None:
            self._latest.sessions = None
        place.sessions = self._dated(place.again.read())
        self._latest = place
        return place.sessions

    def _dated(self, sessions: list[Session]) -> list[Session]:
        for session in sessions:
            if session.exported_at is None:
                session.exported_at = self._at
        return sessions


def _new(notices: Notices, told: Notices) -> Notices:
    """Return what was noticed since ``told``: a container's parts share one list."""
    counts = {(one.code, *sorted(one.params.items())): one.count for one in told}
    found = Notices()
    for one in notices:
        count = one.count - counts.get((one.code, *sorted(one.params.items())), 0)
        if count:
            found.add(one.code, one.where if count == one.count else "", count, **one.params)
    return found


def _about(session: Session) -> dict[str, Any]:
    shown = [message for message in session.messages if not message.hidden]
    return {
        "id": session.id,
        "title": session.title,
        "app": session.source.app,
        "createdAt": session.created_at,
        "updatedAt": session.updated_at,
        "messages": len(shown),
        "numbered": len(shown) if session.document is None else sum(session.document.visible),
        "roles": list(dict.fromkeys(message.role for message in shown)),
        "branches": [{"leaf": end.id, "at": end.created_at, "text": _excerpt(end)} for end in leaves(session)],
        "topics": any(message.topic_path for message in session.messages),
    }


def _excerpt(message: Message) -> str:
    text = " ".join(block.text[:400] for block in message.blocks if block.type == "text")
    return " ".join(text.split())[:EXCERPT]
