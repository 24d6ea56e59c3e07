"""
The golden files of one session with secrets in every field, after hiding. Look at the difference before you keep it.

    .venv/bin/python -m tests.golden.redaction_cases     writes them anew

The session itself is made by the tests of hiding: as a file it would be taken for a leak.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import py_export
from py_export.notices import Notices
from py_export.transforms.redact import Redaction, as_json, redact
from tests.unit.transforms.redact.planted import planted

FOLDER = Path(__file__).parent / "redacted"
CASES: dict[str, tuple[str, str, dict[str, Any]]] = {
    "all.json": ("all", "json", {}),
    "all.md": ("all", "markdown", {"tools": "full"}),
    "all.txt": ("all", "text", {"tools": "full", "thinking": True}),
}
"""By golden file: what is hidden, the format, its options."""
REPORT = "report.json"


def written(case: str) -> tuple[bytes, dict[str, int]]:
    """Return a case's document, and how often what was hidden."""
    kinds, to, options = CASES[case]
    notices = Notices()
    session, _ = redact(planted(), Redaction.of(kinds), notices)
    data = b"".join(py_export.write(session, to, options=options))
    return data, {str(one.params.get("kind", one.code)): one.count for one in notices}


def reported() -> bytes:
    """Return the report of hiding all."""
    _, report = redact(planted(), Redaction.of("all"))
    return json.dumps(as_json([("session-1", report)]), indent=2).encode() + b"\n"


if __name__ == "__main__":
    FOLDER.mkdir(exist_ok=True)
    for _case in CASES:
        (FOLDER / _case).write_bytes(written(_case)[0])
    (FOLDER / REPORT).write_bytes(reported())
