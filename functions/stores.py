"""What the routes ask of a store, and which store an address means."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Protocol

from py_export.model import Range

from .database import Database, parse_url
from .hub import HubStore, is_hub
from .store import Page, Store


class SessionSnapshot(Protocol):
    """One session as it stands at one moment, to be sent and then closed."""

    @property
    def count(self) -> int:
        """How many visible messages the session holds."""

    def etag(self, part: Range | None) -> str:
        """Return the weak entity tag of the payload, or of a part of it."""

    def size(self, part: Range | None) -> int:
        """Return the bytes of the payload, or of a part of it, before any content coding."""

    def chunks(self, part: Range | None) -> Iterator[bytes]:
        """Yield the payload's bytes."""

    def close(self) -> None:
        """Give back what it holds."""


class SessionStore(Protocol):
    """Sessions of many owners, to be listed, shown and exported. Only ``Store`` takes new ones."""

    def check(self) -> None:
        """Return when the store answers, else raise ``StoreUnavailable``."""

    def close(self) -> None:
        """Give back what is kept open."""

    def list(self, owner: str, limit: int, cursor: str | None = None, title: str | None = None) -> Page:
        """Return the owner's sessions, the latest first; ``ValueError`` where the cursor is none."""

    def view(self, owner: str, session_id: str) -> str | None:
        """Return the JSON text of a session's header as the page shows it."""

    def views(self, owner: str, session_id: str, first: int, last: int) -> tuple[Sequence[str], int] | None:
        """Return the JSON texts of the messages that the page shows, and how many there are."""

    def snapshot(self, owner: str, session_id: str) -> SessionSnapshot | None:
        """Return one session; None where the owner has none such."""


def open_store(address: str) -> Store | HubStore:
    """
    Return the store of an address: a hub's database is read as it is, everything else is the program's own.

    Raises:
        ValueError: The address is none, or of a database that no installed driver speaks to.
    """
    url = parse_url(address)
    if url.get_backend_name() == "sqlite" and url.database is not None and is_hub(Path(url.database)):
        return HubStore(Path(url.database))
    return Store(Database(address))
