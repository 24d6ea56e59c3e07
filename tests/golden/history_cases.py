"""
The golden files of the formats that hold a history pair by pair. Look at the difference before you keep it.

    .venv/bin/python -m tests.golden.history_cases     writes them anew
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from py_export import Context, Selection, convert
from py_export.notices import Notices

FOLDER = Path(__file__).parent

EXAMPLE = "maichat-json/example.json"
"""The specification's own example."""

FORMATS = {"pairs": "md", "text": "txt", "maichat-json": "json"}

CASES: dict[str, tuple[str, dict[str, Any], Selection | None]] = {
    "of-the-example": (EXAMPLE, {"timezone": "Europe/Istanbul"}, None),
    "starred": (EXAMPLE, {}, Selection(filter="s>=2 & b", context=Context())),
    "rich": ("markdown/rich.json", {}, None),
    "rich-tools-full-zh-cn": (
        "markdown/rich.json",
        {"tools": "full", "thinking": True, "locale": "zh-CN", "timezone": "Asia/Shanghai"},
        Selection(order="topic"),
    ),
    "rich-bare": ("markdown/rich.json", {"messages": False, "timestamps": False}, None),
    "hostile": ("markdown/hostile.json", {}, None),
    "empty": ("markdown/empty.json", {}, None),
}
"""By golden file: the session's file, the options, and what is selected."""


def path(to: str, case: str) -> Path:
    """Return where a golden file lies."""
    return FOLDER / to / f"{case}.{FORMATS[to]}"


def written(to: str, case: str) -> tuple[bytes, dict[str, int]]:
    """Return the document of a case, and its notices' codes with their counts."""
    session, options, selection = CASES[case]
    notices = Notices()
    document = convert((FOLDER / session).read_bytes(), to, options=options, select=selection, notices=notices)
    counts: dict[str, int] = {}
    for notice in notices:
        counts[notice.code] = counts.get(notice.code, 0) + notice.count
    return document, counts


if __name__ == "__main__":
    for _to in FORMATS:
        for _case in CASES:
            path(_to, _case).write_bytes(written(_to, _case)[0])
