"""The names of exported files; the only place that makes one."""

from __future__ import annotations

from py_export.model import Session
from py_export.writers import Writer


def filename(session: Session, writer: Writer) -> str:
    """Return ``{title-slug}-{id, 8 characters}-{YYYY-MM-DD}.{ext}``."""
    raise NotImplementedError
