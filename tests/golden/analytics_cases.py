"""
The golden files of the tables and the document of what sessions took. Look at the difference before you keep it.

    .venv/bin/python -m tests.golden.analytics_cases     writes them anew
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from py_export import convert, read
from py_export.notices import Notices
from py_export.options import parse
from py_export.together import together
from py_export.writers import find_writer

FOLDER = Path(__file__).parent

FORMATS = {
    "csv": "csv",
    "messages-csv": "csv",
    "tool-calls-csv": "csv",
    "sessions-csv": "csv",
    "analytics-json": "json",
}

CASES: dict[str, tuple[tuple[str, ...], dict[str, Any]]] = {
    "debug-auth": (("debug-auth",), {}),
    "rich": (("rich",), {}),
    "rich-no-estimates": (("rich",), {"estimate": False, "timezone": "Asia/Shanghai"}),
    "hostile": (("hostile",), {}),
    "empty": (("empty",), {}),
    "together": (("debug-auth", "rich", "what-is-cursor", "unknown"), {"since": "2025-01-15", "until": "2026-12-31"}),
}
"""By golden file: the sessions' files, and the options."""


def path(to: str, case: str) -> Path:
    """Return where a golden file lies."""
    return FOLDER / to / f"{case}.{FORMATS[to]}"


def written(to: str, case: str) -> tuple[bytes, dict[str, int]]:
    """Return the document of a case, and its notices' codes with their counts."""
    names, options = CASES[case]
    files = [(FOLDER / "markdown" / f"{name}.json").read_bytes() for name in names]
    notices = Notices()
    if len(files) == 1:
        document = convert(files[0], to, options=options, notices=notices)
    else:
        writer = find_writer(to)
        sessions = (session for data in files for session in read(data, notices=notices))
        document = b"".join(together(sessions, writer, parse(writer.options, options), notices, 1_767_323_045_000))
    counts: dict[str, int] = {}
    for notice in notices:
        counts[notice.code] = counts.get(notice.code, 0) + notice.count
    return document, counts


if __name__ == "__main__":
    for _to in FORMATS:
        for _case in CASES:
            path(_to, _case).parent.mkdir(exist_ok=True)
            path(_to, _case).write_bytes(written(_to, _case)[0])
