"""The copy of each owner's settings that the function keeps."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

from sqlalchemy import delete, insert, select, update
from sqlalchemy.exc import IntegrityError

from .database import Database
from .tables import kept_settings as kept


class Conflict(Exception):
    """What is kept is not what the writer has seen."""


@dataclass(slots=True, frozen=True)
class Kept:
    """A settings document as it is kept, and how often it was written."""

    document: str
    revision: int

    @property
    def etag(self) -> str:
        """A strong entity tag: no two writings have the same, though they say the same."""
        digest = hashlib.sha256(self.document.encode("utf-8")).hexdigest()[:16]
        return f'"{self.revision}-{digest}"'


class SettingsStore:
    """One document at most for each owner."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def get(self, owner: str) -> Kept | None:
        """Return what is kept of an owner."""
        with self._database.reading() as connection:
            row = connection.execute(select(kept.c.document, kept.c.revision).where(kept.c.owner == owner)).first()
        return None if row is None else Kept(row.document, row.revision)

    def put(self, owner: str, document: str, seen: Kept | None) -> Kept:
        """
        Keep a document in place of the one that the writer has seen; None is where there was none.

        Raises:
            Conflict: Somebody else has written in between.
        """
        made = Kept(document, 1 if seen is None else seen.revision + 1)
        values = {"document": document, "revision": made.revision}
        with self._database.writing(owner) as connection:
            if seen is None:
                try:
                    connection.execute(insert(kept).values(values | {"owner": owner}))
                except IntegrityError:
                    raise Conflict from None
            elif not connection.execute(
                update(kept).where(kept.c.owner == owner, kept.c.revision == seen.revision).values(values)
            ).rowcount:
                raise Conflict
        return made

    def remove(self, owner: str, seen: Kept) -> None:
        """Keep nothing any more. Raises ``Conflict``."""
        with self._database.writing(owner) as connection:
            gone = connection.execute(delete(kept).where(kept.c.owner == owner, kept.c.revision == seen.revision))
            if not gone.rowcount:
                raise Conflict
