"""
The golden files of PDFs, the conversation's and the report: which session, with which options.

Look at the pages before you keep them.

    .venv/bin/python -m tests.golden.session_pdf_cases     writes them anew

Of each document stands here what poppler reads from it, and a digest of its bytes.
"""

from __future__ import annotations

import json
import subprocess
from hashlib import sha256
from pathlib import Path
from typing import Any

from py_export import convert
from py_export.notices import Notices
from tests.checkout import ROOT
from tests.tools import require

FOLDER = Path(__file__).parent / "session-pdf"
DIGESTS = FOLDER / "digests.json"
SESSIONS = Path(__file__).parent / "markdown"
DEMO = ROOT / "tests" / "demo"

PRICES = (
    '{"version": 1, "date": "2026-01-01", "source": "x", '
    '"prices": [{"models": ["gemini-3-pro"], "input": 2, "output": 12, "cacheRead": 0.2}]}'
)
"""A table of our own: the one that comes along changes."""

CASES: dict[str, tuple[Path, dict[str, Any]]] = {
    "empty": (SESSIONS / "empty.json", {}),
    "part": (SESSIONS / "part.json", {"paper": "letter"}),
    "rich": (SESSIONS / "rich.json", {"tools": "full"}),
    "rich-bare": (
        SESSIONS / "rich.json",
        {"tools": "none", "thinking": False, "timestamps": False, "token_counts": False, "cost": False},
    ),
    "hostile": (SESSIONS / "hostile.json", {"tools": "full"}),
    "unknown": (SESSIONS / "unknown.json", {}),
    "figures": (DEMO / "claude-code.json", {"timezone": "Europe/Amsterdam", "contents": False}),
    "chinese": (DEMO / "gemini-zh.json", {"locale": "zh-CN", "timezone": "Asia/Shanghai"}),
    "report": (DEMO / "claude-code.json", {"estimate": False}),
    "report-chinese": (
        DEMO / "gemini-zh.json",
        {"locale": "zh-CN", "timezone": "Asia/Shanghai", "paper": "letter", "prices": PRICES},
    ),
}
"""By golden file: the session's file, and the options."""


def written(case: str) -> tuple[bytes, dict[str, int]]:
    """Return the document of a case, and its notices' codes with their counts."""
    session, options = CASES[case]
    notices = Notices()
    to = "pdf" if case.startswith("report") else "session-pdf"
    document = convert(session.read_bytes(), to, options=options, notices=notices)
    return document, {notice.code: notice.count for notice in notices}


def said(document: bytes) -> str:
    """Return the text of a document, as poppler reads it."""
    command: list[str | Path] = [require("pdftotext"), "-layout", "-nopgbrk", "-", "-"]
    return subprocess.run(command, input=document, check=True, capture_output=True).stdout.decode()  # noqa: S603


def digest(document: bytes) -> str:
    """Return what tells two documents apart."""
    return sha256(document).hexdigest()


if __name__ == "__main__":
    FOLDER.mkdir(exist_ok=True)
    documents = {case: written(case)[0] for case in CASES}
    for name, made in documents.items():
        (FOLDER / f"{name}.txt").write_text(said(made), encoding="utf-8")
    digests = {name: digest(made) for name, made in documents.items()}
    DIGESTS.write_text(json.dumps(digests, indent=2) + "\n", encoding="utf-8")
