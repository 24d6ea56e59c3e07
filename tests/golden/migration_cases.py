"""
The golden files of the migrations: a document in each version of each format. Look at a difference before you keep it.

    .venv/bin/python -m tests.golden.migration_cases     writes all but the oldest anew, each from the one before
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from py_export.notices import Notices
from py_export.readers.migrations import MIGRATIONS, Migration

FOLDER = Path(__file__).parent / "migrations"


def path(of: str, version: str) -> Path:
    """Return where a format's document in a version lies."""
    return FOLDER / f"{of}-{version}.json"


def document(of: str, version: str) -> dict[str, Any]:
    """Return a format's document in a version."""
    found: dict[str, Any] = json.loads(path(of, version).read_bytes())
    return found


def stepped(row: Migration) -> str:
    """Return what a step makes of the document that it starts from, laid out."""
    found = row.step(document(row.format, row.found), Notices())
    return json.dumps(found, ensure_ascii=False, indent=2) + "\n"


if __name__ == "__main__":
    for _row in MIGRATIONS:
        path(_row.format, _row.to).write_text(stepped(_row), encoding="utf-8")
