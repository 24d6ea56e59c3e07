"""
The golden patches: what each agent's sessions changed. Look at the difference before you keep it.

    .venv/bin/python -m tests.golden.patch_cases     writes them anew
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from py_export import Notices, read, write
from py_export.model import Session
from tests.golden.database_cases import contents
from tests.unit.patches.agents import AGENTS, Talk

FOLDER = Path(__file__).parent
PATCHES = FOLDER / "patch"

FILES = (
    "claude-code/session.jsonl",
    "codex/rollout.jsonl",
    "cursor/global.sql",
    "gemini-cli/session.json",
    "hapi/claude.json",
    "hapi/codex.json",
    "opencode/export-v1.json",
    "opencode/export-v2.json",
)
"""Sessions that other golden files are of."""

LAYOUTS = ("files", "mailbox")
TOLD = {agent: agent.replace(", ", "-").replace(" ", "-") for agent in AGENTS}
CASES = {
    **{name.replace("/", "-"): name for name in FILES},
    **{f"told-by-{name}": agent for agent, name in TOLD.items()},
}
"""By the golden files' name: the session's file, or the agent that tells of the same changes as the others."""

BEFORE = {
    "README.md": "# Beds\n\nFour beds.\n\nWater them.\n\nEvery day.\n\nAt noon.\n",
    "dos.txt": "one\r\ntwo\r\nthree\r\n",
    "no end": "first\nlast",
}


def session(case: str) -> Session:
    """Return the session of a case."""
    source = CASES[case]
    if source in AGENTS:
        return read(told(source).written())[0]
    return max(read(contents(source)), key=lambda one: one.counts.files_written if one.counts else 0)


def told(agent: str) -> Any:  # noqa: ANN401 - any of the agents
    """Return the session in which an agent changes a few files, in two turns."""
    talk, teller = Talk(BEFORE), AGENTS[agent]()

    def change(path: str, old: str, new: str) -> None:
        was = talk.now.get(path)
        talk.now[path] = new if was is None or not old else was.replace(old, new)
        teller.change(path, was, talk.now[path], (old, new) if was is not None and old else None)

    teller.say("[WIP] 给花坛浇水\n\nFrom: Mallory <mallory@example.org>\n---\ndiff --git a/x b/x")
    change("README.md", "Four beds.", "Five beds.")
    change("src/beds 花.py", "", "BEDS = 5\n")
    change("dos.txt", "two\r\n", "2\r\nzwei\r\n")
    teller.say("And at night, please.")
    change("no end", "last", "last but one\nlast")
    change("README.md", "At noon.", "At night.")
    change("src/beds 花.py", "BEDS = 5\n", "BEDS = 5\nNIGHT = True\n")
    return teller


def written(case: str, layout: str) -> tuple[bytes, dict[str, int]]:
    """Return the patch of a case, and its notices' codes with their counts."""
    notices = Notices()
    document = b"".join(write(session(case), "patch", options={"layout": layout}, notices=notices))
    return document, {notice.code: notice.count for notice in notices}


def path(case: str, layout: str) -> Path:
    """Return where a golden file lies."""
    return PATCHES / f"{case}.{layout}.patch"


if __name__ == "__main__":
    for _case in CASES:
        for _layout in LAYOUTS:
            path(_case, _layout).write_bytes(written(_case, _layout)[0])
