"""A file that is open: what it holds, the beginning of what it would become, and which messages a selection takes."""

from __future__ import annotations

import json
from time import monotonic
from typing import Any, Protocol

from py_export.convert import read, write
from py_export.errors import UsageError
from py_export.model import Message, Session
from py_export.notices import Notices
from py_export.options import parse
from py_export.transforms.branch import ALL, leaves
from py_export.writers import find_writer
from py_export_bridge.prepared import Prepared
from py_export_bridge.reports import answer, copy, described, said

LOOK = 0.06
"""Seconds that a preview goes on, once its text is there, to learn the size of the whole."""

MOST_BYTES_A_CHARACTER = 4
"""In UTF-8."""

EXCERPT = 80
"""Characters of a branch's last message: enough to know it by."""


class Buffer(Protocol):
    """A JavaScript Uint8Array, as Pyodide hands it over."""

    def to_bytes(self) -> bytes:
        """Copy it into Python's memory."""


class File:
    """A file that is open: read once, at first use; then looked at, previewed and exported as often as wanted."""

    def __init__(self, data: Buffer, request: str) -> None:
        self._data: bytes | None = data.to_bytes()
        self._request = json.loads(request)
        self._sessions: list[Session] = []
        self._notices = Notices()
        self._chosen: tuple[str, Session, Notices] | None = None

    def about(self) -> str:
        """Return ``{sessions: [{id, title, messages, roles, branches, topics}], notices}`` or a failure, as JSON."""
        return answer(lambda: {"sessions": [_about(one) for one in self._read()], "notices": said(self._notices)})

    def numbers(self, selection: str) -> str:
        """Return ``{numbers}``, the messages that a selection takes in its order, or a failure, as JSON."""
        return answer(lambda: {"numbers": self._numbers(json.loads(selection))})

    def preview(self, request: str, limit: int) -> str:
        """
        Return the beginning of a document, or a failure, as JSON.

        The beginning is ``{text, complete, bytes, exact, filename, mediaType, messages, notices}``: the first ``limit``
        characters, the whole document where it is ``complete``; ``bytes`` is its size, estimated unless ``exact``.
        """
        return answer(lambda: self._preview(json.loads(request), limit))

    def prepare(self, request: dict[str, Any]) -> Prepared:
        """Return what a request asks to be written."""
        writer = find_writer(request["to"])
        options = parse(writer.options, request.get("options"))
        session, notices = self._select(request.get("select") or {}, options.timezone)
        return Prepared(session, writer, options, notices)

    def _read(self) -> list[Session]:
        if self._data is not None:
            data, self._data = self._data, None
            at = self._request.get("exportedAt")
            self._sessions = read(data, self._request.get("source"), exported_at=at, notices=self._notices)
        return self._sessions

    def _select(self, wanted: dict[str, Any], timezone: str) -> tuple[Session, Notices]:
        """Select, or return what was selected the same way last: a preview follows every key stroke."""
        sessions = self._read()
        if len(sessions) != 1:
            raise UsageError(reason="several_sessions", count=len(sessions))
        key = json.dumps([wanted, timezone])
        if self._chosen is None or self._chosen[0] != key:
            notices = copy(self._notices)
            self._chosen = (key, _selected(sessions[0], wanted, timezone, notices), notices)
        return self._chosen[1], copy(self._chosen[2])

    def _numbers(self, wanted: dict[str, Any]) -> list[int]:
        chosen, _ = self._select(wanted, "UTC")
        shown = (message for message in self._sessions[0].messages if not message.hidden)
        places = {message.id: number for number, message in enumerate(shown, 1)}
        return [places[message.id] for message in chosen.messages if message.id in places]

    def _preview(self, request: dict[str, Any], limit: int) -> dict[str, Any]:
        session, writer, options, notices = prepared = self.prepare(request)
        held: list[bytes] = []
        sizes: list[int] = []
        size = 0
        complete = True
        end = monotonic() + LOOK
        for chunk in write(session, writer.id, options=options, notices=notices):
            if size < MOST_BYTES_A_CHARACTER * limit:
                held.append(chunk)
            size += len(chunk)
            sizes.append(len(chunk))
            if size >= MOST_BYTES_A_CHARACTER * limit and monotonic() > end:
                complete = False
                break
        # A chunk may end within a character.
        text = b"".join(held).decode(errors="ignore")
        return {
            "text": text[:limit],
            "complete": complete and len(text) <= limit,
            "bytes": size if complete else prepared.whole(sizes),
            "exact": complete,
            **described(prepared),
        }


def _about(session: Session) -> dict[str, Any]:
    return {
        "id": session.id,
        "title": session.title,
        "messages": sum(not message.hidden for message in session.messages),
        "roles": list(dict.fromkeys(message.role for message in session.messages if not message.hidden)),
        "branches": [{"leaf": end.id, "at": end.created_at, "text": _excerpt(end)} for end in leaves(session)],
        "topics": any(message.topic_path for message in session.messages),
    }


def _excerpt(message: Message) -> str:
    text = " ".join(block.text[:400] for block in message.blocks if block.type == "text")
    return " ".join(text.split())[:EXCERPT]


def _selected(session: Session, wanted: dict[str, Any], timezone: str, notices: Notices) -> Session:
    if not wanted:
        return session
    # What selects stays out of the way of the many exports that select nothing.
    from py_export.transforms.filter import Context  # noqa: PLC0415
    from py_export.transforms.select import Selection, select  # noqa: PLC0415

    first, last = wanted.get("range") or (None, None)
    selection = Selection(
        range=None if first is None and last is None else (first, last),
        branch=wanted.get("branch", ALL),
        filter=wanted.get("filter", ""),
        context=Context(timezone=timezone),
        roles=wanted.get("roles"),
        order=wanted.get("order"),
    )
    return select(session, selection, notices)
