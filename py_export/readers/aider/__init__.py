"""
aider's chat history, `.aider.chat.history.md`: every chat of a project in one file, each a session.

A chat begins at `# aider chat started at`, lines in `#### ` are the person's, lines in `> ` aider's own, the rest the
model's. aider ends its own lines and the person's with two spaces, and by that they are told from headings and
quotations of the model's; in a file whose trailing spaces were cut, they cannot be. What stands in a closed fence is
the model's text, whatever it looks like. Times are local and have no zone, so the start of a chat is taken as UTC, and
its messages have no times. Tokens and cost stand in words and are rounded; a chat's cost is the last sum that aider
prints, and whether what was sent includes cache hits depends on the model's provider. Of the model's edits the file
says only which were applied: they stand as tool calls that name the file. A chat without a line is left out.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from hashlib import sha256

from py_export import times
from py_export.errors import Unreadable
from py_export.model import Session, Source, Usage
from py_export.notices import Notices
from py_export.readers import assembled
from py_export.readers.aider.chat import Piece, pieces
from py_export.readers.aider.turns import Turns
from py_export.readers.input import Input

FORMAT = "aider"

_BEGINS = re.compile(rb"\n# aider chat started at \d{4}-\d\d-\d\d \d\d:\d\d:\d\d")


def matches(given: Input) -> bool:
    """Return whether a line of it is the heading of a chat, and it is no JSON."""
    return given.data[:1] not in (b"{", b"[") and _has_chats(given.data)


def read(given: Input, notices: Notices) -> list[Session]:
    """
    Read every chat of the file, in its order; one without a single line is left out.

    Raises:
        Unreadable: There is no heading of a chat, or nothing below any.
    """
    if not _has_chats(given.data):
        raise Unreadable("line 1", reason="no heading of a chat")
    sessions = []
    empty = 0
    for chat in _chats(given.data):
        session = _session(chat, notices)
        if session.messages:
            sessions.append(session)
        else:
            empty += 1
    if not sessions:
        raise Unreadable("line 1", reason="nothing below the headings of chats")
    if empty:
        notices.add("empty_sessions", count=empty)
    seen: dict[str, int] = {}
    for session in sessions:
        number = seen[session.id] = seen.get(session.id, 0) + 1
        if number > 1:
            session.id = f"{session.id}-{number}"
    dated = sum(session.created_at is not None for session in sessions)
    if dated:
        notices.add("time_zone_unknown", count=dated)
    return sessions


def _has_chats(data: bytes) -> bool:
    return _BEGINS.match(b"\n" + data[:64]) is not None or _BEGINS.search(data) is not None


def _chats(data: bytes) -> Iterator[list[Piece]]:
    """Yield the pieces of each chat; what stands before the first heading is a chat whose beginning was cut off."""
    chat: list[Piece] = []
    for piece in pieces(data):
        if piece.kind == "start" and chat:
            yield chat
            chat = []
        chat.append(piece)
    yield chat


def _session(chat: list[Piece], notices: Notices) -> Session:
    start = chat[0].text if chat[0].kind == "start" else None
    turns = Turns()
    for piece in chat:
        turns.add(piece)
    turns.end()
    if turns.rounded:
        notices.add("figures_rounded", count=turns.rounded)
    found = assembled.session(
        _identity(chat, start),
        Source("aider", FORMAT, turns.version),
        turns.messages,
        created_at=None if start is None else times.parse(start),
        workspace=turns.workspace,
        leaf_id=turns.messages[-1].id if turns.messages else None,
        metadata={} if start is None else {"startedAt": start},
    )
    found.model = found.model or turns.model
    if turns.cost is not None:  # each message's is rounded, their sum is not
        found.usage = found.usage or Usage()
        found.usage.cost_usd = turns.cost
    return found


def _identity(chat: list[Piece], start: str | None) -> str:
    """Return an id that stays while the chat goes on: its start, and all up to what the person first said."""
    digest = sha256()
    for piece in chat:
        digest.update(piece.text.encode("utf-8"))
        if piece.kind == "user":
            break
    named = "cut" if start is None else re.sub(r"\D", "", start)
    return f"{digest.hexdigest()[:8]}-{named}"  # names of files take the beginning of an id
