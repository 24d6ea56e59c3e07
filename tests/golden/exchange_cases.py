"""
The golden files of JSON Lines, the sidepanel's JSON and HFS's. Look at the difference before you keep it.

    .venv/bin/python -m tests.golden.exchange_cases     writes them anew
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from py_export import convert
from py_export.notices import Notices

FOLDER = Path(__file__).parent

FORMATS = {"jsonl": "jsonl", "sidepanel-json": "json", "hfs-json": "json"}

CASES: dict[str, tuple[str, dict[str, Any]]] = {
    "debug-auth": ("debug-auth", {}),
    "what-is-cursor": ("what-is-cursor", {}),
    "rich": ("rich", {}),
    "rich-tools": ("rich", {"tools": "summary", "thinking": True, "timezone": "Asia/Shanghai", "locale": "zh-CN"}),
    "rich-bare": ("rich", {"messages": False, "timestamps": False, "tools": "none"}),
    "rich-no-file-contents": ("rich", {"tools": "full", "file_contents": False}),
    "hostile": ("hostile", {}),
    "unknown": ("unknown", {}),
    "empty": ("empty", {}),
}
"""By golden file: the session's file, and the options."""


def path(to: str, case: str) -> Path:
    """Return where a golden file lies."""
    return FOLDER / to / f"{case}.{FORMATS[to]}"


def written(to: str, case: str) -> tuple[bytes, dict[str, int]]:
    """Return the document of a case, and its notices' codes with their counts."""
    session, options = CASES[case]
    notices = Notices()
    document = convert((FOLDER / "markdown" / f"{session}.json").read_bytes(), to, options=options, notices=notices)
    counts: dict[str, int] = {}
    for notice in notices:
        counts[notice.code] = counts.get(notice.code, 0) + notice.count
    return document, counts


if __name__ == "__main__":
    for _to in FORMATS:
        for _case in CASES:
            path(_to, _case).parent.mkdir(exist_ok=True)
            path(_to, _case).write_bytes(written(_to, _case)[0])
