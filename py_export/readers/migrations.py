"""
Brings older versions of the formats that we read to the present one, step by step.

Each step is a row of the table; a document goes through as many as it takes, each of them a notice. A version newer
than the present one is refused.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from py_export.errors import InvalidPayload, NewerVersion
from py_export.notices import Notices
from py_export.readers import hfs_legacy
from py_export.versions import PRESENT

Document = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Migration:
    """One step: a format's id, the version it starts from, the next one, and what makes the one into the other."""

    format: str
    found: str
    to: str
    step: Callable[[Document, Notices], Document]


MIGRATIONS = (
    Migration("hfs-json", "0.1.0", "0.9.0", hfs_legacy.with_session),
    Migration("hfs-json", "0.9.0", "1.0.0", hfs_legacy.with_metadata),
)
"""Every step. A new version of a format is a row here, a golden file, and its line in ``versions.py``."""

_NUMBERS = re.compile(r"\d{1,9}(?:\.\d{1,9}){0,3}")


def migrate(document: Document, of: str, version: object, where: str, notices: Notices) -> Document:
    """
    Return a document in the present version of its format.

    Args:
        document: As it was read; it is not changed.
        of: The format's id.
        version: What the document says of itself: ``1``, ``"1.0"``, ``"1.0.0"``.
        where: Where it says so.
        notices: Told of each step, and by the steps of what was lost.

    Raises:
        NewerVersion: A later version of this program, or of the format's own, wrote it.
        InvalidPayload: That is no version, or none that any step starts from.
    """
    present = PRESENT[of]
    found = _parsed(version, where)
    if found > _parsed(present, where):
        raise NewerVersion(where, found=str(version), known=present)
    while found != _parsed(present, where):
        row = next((row for row in MIGRATIONS if row.format == of and _parsed(row.found, where) == found), None)
        if row is None:
            raise InvalidPayload(where, reason="not a version number")
        document = row.step(document, notices)
        notices.add("migrated", where, found=row.found, to=row.to)
        found = _parsed(row.to, where)
    return document


def _parsed(version: object, where: str) -> tuple[int, ...]:
    """Return a version's numbers, without zeros at its end: 1, "1.0" and "1.0.0" are the same."""
    if isinstance(version, bool) or not isinstance(version, int | str) or not _NUMBERS.fullmatch(str(version)):
        raise InvalidPayload(where, reason="not a version number")
    numbers = [int(part) for part in str(version).split(".")]
    while numbers and not numbers[-1]:
        numbers.pop()
    return tuple(numbers)
