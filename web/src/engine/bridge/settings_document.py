"""A settings document as the page gathered it, or as a file holds it: validated, and laid out as every other is."""

from __future__ import annotations

from typing import Any

from py_export import settings
from py_export.filenames import filename_of_settings
from py_export.notices import Notices
from py_export_bridge.reports import answer, said


def validated(text: str) -> str:
    """Return ``{text, filename, settings, notices}`` of a document, or a failure, as JSON."""
    return answer(lambda: _settings(text))


def _settings(text: str) -> dict[str, Any]:
    notices = Notices()
    document = settings.read(text.encode("utf-8", "replace"), notices)
    return {
        "text": settings.text(document).decode(),
        "filename": filename_of_settings(document.get("exportedAt")),
        "settings": document["settings"],
        "notices": said(notices),
    }
