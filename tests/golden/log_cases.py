"""
The golden files of agents' logs: what each hand-made file is read to, and its Markdown. Look at the difference first.

    .venv/bin/python -m tests.golden.log_cases     writes them anew
"""

from __future__ import annotations

import json
from pathlib import Path

from py_export import Notices, read, write
from tests.golden.hapi_cases import plain_notice

FOLDER = Path(__file__).parent

CASES = {
    "gemini-cli": ("session.json", "log.jsonl", "checkpoint.json", "checkpoint-with-history.json", "shared.md"),
    "opencode": ("export-v1.json", "export-v2.json", "with-sub-agents.json", "messages.json"),
    "aider": ("history.md", "trimmed.md"),
}
"""By reader: the files. Beside each lie ``<file>.read.json``, its notices and payloads, and ``<file>.read.md``."""

BETWEEN = "\n\n<!-- the next session -->\n\n"


def written(source: str, name: str) -> tuple[str, str]:
    """Return what is read from a file as JSON, and its sessions as Markdown."""
    notices = Notices()
    sessions = read((FOLDER / source / name).read_bytes(), notices=notices)
    payloads = [json.loads(b"".join(write(session, "json"))) for session in sessions]
    found = {"notices": [plain_notice(notice) for notice in notices], "sessions": payloads}
    pages = (b"".join(write(session, "markdown", options={"style": "trace"})).decode() for session in sessions)
    return json.dumps(found, ensure_ascii=False, indent=2) + "\n", BETWEEN.join(pages)


def paths(source: str, name: str) -> tuple[Path, Path]:
    """Return where a case's golden files lie."""
    return FOLDER / source / f"{name}.read.json", FOLDER / source / f"{name}.read.md"


if __name__ == "__main__":
    for _source, _names in CASES.items():
        for _name in _names:
            for _path, _text in zip(paths(_source, _name), written(_source, _name), strict=True):
                _path.write_text(_text, encoding="utf-8")
