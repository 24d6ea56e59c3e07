"""
The HTML writer's golden files: which session, with which options. Look at the difference before you keep it.

    .venv/bin/python -m tests.golden.html_cases     writes them anew

The style sheet, the script and their hashes are left out of them: a test of its own compares those with the sources.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from py_export import convert
from py_export.notices import Notices
from tests.checkout import ROOT

FOLDER = Path(__file__).parent / "html"
SESSIONS = Path(__file__).parent / "markdown"
DEMO = ROOT / "tests" / "demo"

CASES: dict[str, tuple[Path, dict[str, Any]]] = {
    "plain": (SESSIONS / "plain.json", {}),
    "empty": (SESSIONS / "empty.json", {}),
    "part": (SESSIONS / "part.json", {}),
    "rich": (SESSIONS / "rich.json", {}),
    "rich-summary": (SESSIONS / "rich.json", {"tools": "summary", "charts": False, "highlight": False}),
    "rich-bare": (
        SESSIONS / "rich.json",
        {"tools": "none", "thinking": False, "timestamps": False, "token_counts": False, "cost": False},
    ),
    "rich-no-messages": (SESSIONS / "rich.json", {"messages": False}),
    "rich-no-file-contents": (SESSIONS / "rich.json", {"file_contents": False}),
    "rich-zh-cn": (SESSIONS / "rich.json", {"locale": "zh-CN", "timezone": "Asia/Shanghai"}),
    "rich-cursor": (SESSIONS / "rich.json", {"style": "cursor"}),
    "hostile": (SESSIONS / "hostile.json", {}),
    "hostile-cursor": (SESSIONS / "hostile.json", {"style": "cursor", "tools": "full", "thinking": True}),
    "unknown": (SESSIONS / "unknown.json", {}),
    "figures": (DEMO / "claude-code.json", {"timezone": "Europe/Amsterdam"}),
}
"""By golden file: the session's file, and the options."""

_STYLE = re.compile(r"(<style>).*?(</style>)", re.DOTALL)
_SCRIPT = re.compile(r"(<script>).*?(</script>)", re.DOTALL)
_HASH = re.compile(r"sha256-[A-Za-z0-9+/=]+")


def written(case: str) -> tuple[bytes, dict[str, int]]:
    """Return the document of a case, and its notices' codes with their counts."""
    session, options = CASES[case]
    notices = Notices()
    document = convert(session.read_bytes(), "html", options=options, notices=notices)
    return document, {notice.code: notice.count for notice in notices}


def bare(document: bytes) -> str:
    """Return a document without its style sheet, its script and their hashes."""
    text = _STYLE.sub(r"\1\2", document.decode())
    return _HASH.sub("sha256", _SCRIPT.sub(r"\1\2", text))


if __name__ == "__main__":
    FOLDER.mkdir(exist_ok=True)
    for name in CASES:
        (FOLDER / f"{name}.html").write_bytes(bare(written(name)[0]).encode())
