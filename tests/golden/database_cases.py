"""
The golden files of Cursor's forms and of a HAPI hub's database. Look at the difference before you keep it.

    .venv/bin/python -m tests.golden.database_cases     writes them anew
"""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from pathlib import Path

from py_export import Notices, read, write
from tests.golden.hapi_cases import plain_notice

FOLDER = Path(__file__).parent

CASES = (
    "cursor/global.sql",
    "cursor/workspace.sql",
    "cursor/store.sql",
    "cursor/transcript.jsonl",
    "cursor/export.md",
    "hapi-db/hub.sql",
)
"""The files, databases as the SQL that makes them. Beside each lie ``<file>.read.json`` and ``<file>.read.md``."""


def contents(name: str) -> bytes:
    """Return the bytes of a case's file, made by SQLite where that is SQL."""
    path = FOLDER / name
    return database(path.read_text(encoding="utf-8")) if path.suffix == ".sql" else path.read_bytes()


def database(script: str) -> bytes:
    """Return the SQLite file that a script makes."""
    with closing(sqlite3.connect(":memory:")) as connection:
        connection.executescript(script)
        return connection.serialize()


def written(name: str) -> tuple[str, str]:
    """Return what is read from a file as JSON, with the notices, and its sessions as Markdown."""
    notices = Notices()
    sessions = read(contents(name), notices=notices)
    payloads = [json.loads(b"".join(write(session, "json"))) for session in sessions]
    found = {"notices": [plain_notice(notice) for notice in notices], "sessions": payloads}
    pages = (b"".join(write(session, "markdown", options={"style": "trace"})).decode() for session in sessions)
    return json.dumps(found, ensure_ascii=False, indent=2) + "\n", "\n\n<!-- the next session -->\n\n".join(pages)


def paths(name: str) -> tuple[Path, Path]:
    """Return where a case's golden files lie."""
    return FOLDER / f"{name}.read.json", FOLDER / f"{name}.read.md"


if __name__ == "__main__":
    for _name in CASES:
        for _path, _text in zip(paths(_name), written(_name), strict=True):
            _path.write_text(_text, encoding="utf-8")
