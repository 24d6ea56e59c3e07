"""From the bytes of a file that any reader reads to stored sessions."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, replace

from py_export import payload
from py_export.convert import read, write
from py_export.errors import FiguresAlone
from py_export.model import Session
from py_export.notices import Notices
from py_export.view import as_json, header_view, message_view

from .store import Record, Status, Store
from .usage_rows import usage_rows


@dataclass(slots=True, frozen=True)
class Imported:
    """What became of one session; of its payload's visible messages the page shows some as one: ``view_count``."""

    id: str
    title: str | None
    status: Status
    message_count: int
    view_count: int


def import_files(
    store: Store, owner: str, files: Sequence[bytes], notices: Notices, source: str | None = None
) -> list[Imported]:
    """
    Read files and store each session they hold under its owner and its own id; nothing unless all can be read.

    Raises:
        ExportError: No reader knows a file, or it is broken.
        StoreUnavailable: The database does not answer.
    """
    return import_sessions(store, owner, [session for data in files for session in read(data, source, notices=notices)])


def import_sessions(store: Store, owner: str, sessions: Sequence[Session]) -> list[Imported]:
    """
    Store sessions under their owner and their own ids.

    Raises:
        FiguresAlone: One of them is known by its usage alone; none is stored.
        StoreUnavailable: The database does not answer.
    """
    if any(session.source.format == "analytics-json" for session in sessions):
        raise FiguresAlone
    return [_store(store, owner, session) for session in sessions]


def record(session: Session) -> Record:
    """Return a session as the store keeps it: the payload it came as, or else the one that the JSON writer makes."""
    if session.document is not None:
        parts, visible = payload.split(session.document.data), session.document.visible
    else:
        parts = payload.split(b"".join(write(session, "json")))
        visible = [not message.hidden for message in session.messages]
    views = [message_view(message) for message in session.messages if not message.hidden]
    whole = payload.join(parts)
    view = as_json(header_view(session) | {"messageCount": sum(visible), "viewCount": len(views), "bytes": len(whole)})
    digest = hashlib.sha256(whole)
    for text in (view, *views):  # a better reader makes better views of the same payload: that is an update too
        digest.update(text.encode("utf-8"))
    columns = {
        "id": session.id,
        "title": session.title,
        "title_folded": (session.title or "").casefold(),
        "source_app": session.source.app,
        "source_format": session.source.format,
        "created_at": session.created_at,
        "updated_at": session.updated_at,
        "sorted_at": session.updated_at or session.created_at or 0,
        "bytes": len(whole),
        "digest": digest.hexdigest(),
        "head": parts.head,
        "view": view,
    }
    return Record(columns, parts.messages, visible, views)


def _store(store: Store, owner: str, session: Session) -> Imported:
    made = replace(record(session), usage=usage_rows(session))
    return Imported(session.id, session.title, store.save(owner, made), sum(made.visible), len(made.views))
