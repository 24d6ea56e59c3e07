"""Which files a patch changes, before it is written: what a preview shows beside its text."""

from __future__ import annotations

from typing import Any

from py_export.model import Session
from py_export.notices import Notices
from py_export.options import Options
from py_export.transforms.changes import FileDifference, folded


def changed(session: Session, options: Options) -> list[dict[str, Any]]:
    """
    Return ``{path, was, status, added, removed, binary}`` of each file that differs, over the whole session.

    ``status`` is ``added``, ``deleted``, ``renamed`` or ``modified``; ``was`` is the name before, where it is another.
    """
    return [_file(one) for one in folded(session, getattr(options, "root", "") or None, Notices())]


def _file(one: FileDifference) -> dict[str, Any]:
    return {
        "path": one.path,
        "was": one.old if one.status == "renamed" else None,
        "status": one.status,
        "added": one.count("+"),
        "removed": one.count("-"),
        "binary": one.is_binary,
    }
