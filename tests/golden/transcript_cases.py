"""
The golden files of agents' transcripts, of one file or a folder of them. Look at the difference before you keep it.

    .venv/bin/python -m tests.golden.transcript_cases     writes them anew
"""

from __future__ import annotations

import json
from pathlib import Path

from py_export import Notices, read, write
from tests.golden.hapi_cases import plain_notice

FOLDER = Path(__file__).parent

CASES = (
    "claude-code/session.jsonl",
    "claude-code/inline.jsonl",
    "claude-code/loglines.json",
    "claude-code/stream.jsonl",
    "claude-code/project",
    "codex/rollout.jsonl",
    "codex/flat.jsonl",
    "codex/exec.jsonl",
    "codex/exec-2025.jsonl",
    "codex/sessions",
)
"""Each a file or a folder; beside it ``<name>.read.json``, its notices and payloads, and ``<name>.read.md``."""

BETWEEN = "\n\n<!-- the next session -->\n\n"


def written(case: str) -> tuple[str, str]:
    """Return what is read from a case as JSON, and its sessions as Markdown."""
    notices = Notices()
    path = FOLDER / case
    if path.is_dir():
        files = {each.relative_to(path).as_posix(): each.read_bytes() for each in path.rglob("*") if each.is_file()}
        sessions = read(files=files, notices=notices)
    else:
        sessions = read(path.read_bytes(), notices=notices)
    payloads = [json.loads(b"".join(write(session, "json"))) for session in sessions]
    found = {"notices": [plain_notice(notice) for notice in notices], "sessions": payloads}
    pages = (b"".join(write(session, "markdown", options={"style": "trace"})).decode() for session in sessions)
    return json.dumps(found, ensure_ascii=False, indent=2) + "\n", BETWEEN.join(pages)


def paths(case: str) -> tuple[Path, Path]:
    """Return where a case's golden files lie."""
    return FOLDER / f"{case}.read.json", FOLDER / f"{case}.read.md"


if __name__ == "__main__":
    for _case in CASES:
        for _path, _text in zip(paths(_case), written(_case), strict=True):
            _path.write_text(_text, encoding="utf-8")
