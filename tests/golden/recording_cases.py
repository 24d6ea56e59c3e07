"""
The golden files of the formats that play a session again. Look at the difference before you keep it.

    .venv/bin/python -m tests.golden.recording_cases     writes them anew

The player's style sheet, its script and their hashes are left out of them.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from py_export import convert
from py_export.notices import Notices
from tests.checkout import ROOT
from tests.golden.html_cases import bare

FOLDER = Path(__file__).parent / "recording"
SESSIONS = Path(__file__).parent / "markdown"
DEMO = ROOT / "tests" / "demo"

EXTENSIONS = {"recording": "json", "asciicast": "cast", "player": "html"}

CASES: dict[str, tuple[Path, dict[str, Any]]] = {
    "empty": (SESSIONS / "empty.json", {}),
    "rich": (SESSIONS / "rich.json", {}),
    "rich-full": (SESSIONS / "rich.json", {"tools": "full", "max_pause": 0, "typing_speed": 200}),
    "rich-bare": (SESSIONS / "rich.json", {"tools": "none", "thinking": False, "timestamps": False}),
    "rich-zh-cn": (SESSIONS / "rich.json", {"locale": "zh-CN", "timezone": "Asia/Shanghai"}),
    "hostile": (SESSIONS / "hostile.json", {"tools": "full"}),
    "unknown": (SESSIONS / "unknown.json", {}),
}
"""By golden file: the session's file, and the options of every format."""


def written(case: str, to: str) -> tuple[str, dict[str, int]]:
    """Return the document of a case in a format, and its notices' codes with their counts."""
    session, options = CASES[case]
    notices = Notices()
    document = convert(session.read_bytes(), to, options=options, notices=notices)
    counted = {notice.code: notice.count for notice in notices}
    return (bare(document) if to == "player" else document.decode()), counted


def path_of(case: str, to: str) -> Path:
    """Return where a golden file lies."""
    return FOLDER / f"{case}.{EXTENSIONS[to]}"


if __name__ == "__main__":
    FOLDER.mkdir(exist_ok=True)
    for name in CASES:
        for format_id in EXTENSIONS:
            path_of(name, format_id).write_bytes(written(name, format_id)[0].encode())
