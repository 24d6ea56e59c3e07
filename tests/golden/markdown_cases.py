"""
The Markdown writer's golden files: which session, with which options. Look at the difference before you keep it.

    .venv/bin/python -m tests.golden.markdown_cases     writes them anew
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from py_export import convert
from py_export.notices import Notices

FOLDER = Path(__file__).parent / "markdown"

CASES: dict[str, tuple[str, dict[str, Any]]] = {
    "plain": ("plain", {}),
    "empty": ("empty", {}),
    "part": ("part", {}),
    "rich": ("rich", {}),
    "rich-tools-full": ("rich", {"tools": "full"}),
    "rich-tools-none": ("rich", {"tools": "none", "thinking": False}),
    "rich-no-front-matter": ("rich", {"front_matter": False, "timezone": "America/St_Johns"}),
    "rich-zh-cn": ("rich", {"locale": "zh-CN", "timezone": "Asia/Shanghai"}),
    "hostile": ("hostile", {}),
    "hostile-tools-full": ("hostile", {"tools": "full"}),
    "unknown": ("unknown", {}),
}
"""By golden file: the session's file, and the options."""


def written(case: str) -> tuple[bytes, dict[str, int]]:
    """Return the document of a case, and its notices' codes with their counts."""
    session, options = CASES[case]
    notices = Notices()
    document = convert((FOLDER / f"{session}.json").read_bytes(), options=options, notices=notices)
    return document, {notice.code: notice.count for notice in notices}


if __name__ == "__main__":
    for name in CASES:
        (FOLDER / f"{name}.md").write_bytes(written(name)[0])
