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
    "sidepanel-debug-auth": ("debug-auth", {"style": "sidepanel"}),
    "sidepanel-rich": ("rich", {"style": "sidepanel"}),
    "sidepanel-rich-full-zh-cn": (
        "rich",
        {"style": "sidepanel", "tools": "full", "thinking": True, "locale": "zh-CN", "timezone": "Asia/Shanghai"},
    ),
    "sidepanel-rich-bare": (
        "rich",
        {"style": "sidepanel", "messages": False, "timestamps": False, "token_counts": False, "cost": False},
    ),
    "sidepanel-hostile": ("hostile", {"style": "sidepanel"}),
    "sidepanel-labels": ("labels", {"style": "sidepanel"}),
    "sidepanel-empty": ("empty", {"style": "sidepanel"}),
    "trace-rich": ("rich", {"style": "trace"}),
    "trace-rich-zh-cn": ("rich", {"style": "trace", "locale": "zh-CN", "timezone": "Asia/Shanghai"}),
    "trace-rich-summary": ("rich", {"style": "trace", "tools": "summary"}),
    "trace-rich-no-file-contents": ("rich", {"style": "trace", "file_contents": False}),
    "trace-debug-auth": ("debug-auth", {"style": "trace"}),
    "trace-hostile": ("hostile", {"style": "trace"}),
    "trace-unknown": ("unknown", {"style": "trace"}),
    "trace-labels": ("labels", {"style": "trace"}),
    "trace-empty": ("empty", {"style": "trace"}),
    "cursor-what-is-cursor": ("what-is-cursor", {"style": "cursor"}),
    "cursor-rich": ("rich", {"style": "cursor"}),
    "cursor-rich-full-zh-cn": (
        "rich",
        {"style": "cursor", "tools": "full", "thinking": True, "locale": "zh-CN", "timezone": "Asia/Shanghai"},
    ),
    "cursor-rich-bare": ("rich", {"style": "cursor", "messages": False, "timestamps": False, "tools": "none"}),
    "cursor-hostile": ("hostile", {"style": "cursor"}),
    "cursor-labels": ("labels", {"style": "cursor"}),
    "cursor-debug-auth-figures": ("debug-auth", {"style": "cursor", "token_counts": True, "cost": True}),
    "cursor-empty": ("empty", {"style": "cursor"}),
    "hapi-debug-auth-figures": ("debug-auth", {"token_counts": True, "cost": True}),
    "hapi-rich-bare": ("rich", {"messages": False, "timestamps": False}),
    "hapi-rich-no-file-contents": ("rich", {"tools": "full", "file_contents": False}),
    "rich-images-embed": ("rich", {"images": "embed"}),
    "trace-rich-images-embed": ("rich", {"style": "trace", "images": "embed"}),
}
"""By golden file: the session's file, and the options; those without a style are the ``hapi`` style's."""


def written(case: str) -> tuple[bytes, dict[str, int]]:
    """Return the document of a case, and its notices' codes with their counts."""
    session, options = CASES[case]
    notices = Notices()
    document = convert((FOLDER / f"{session}.json").read_bytes(), options=options, notices=notices)
    counts: dict[str, int] = {}
    for notice in notices:
        counts[notice.code] = counts.get(notice.code, 0) + notice.count
    return document, counts


if __name__ == "__main__":
    for name in CASES:
        (FOLDER / f"{name}.md").write_bytes(written(name)[0])
