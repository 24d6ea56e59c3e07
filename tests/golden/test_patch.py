"""The golden patches, byte for byte; those of the same changes, told by different agents, do the same."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.golden.patch_cases import BEFORE, CASES, LAYOUTS, PATCHES, TOLD, path, told, written
from tests.unit.patches import git

NOTICES: dict[str, dict[str, int]] = {
    "cursor-global.sql": {"patch_commands": 1, "patch_empty": 1, "patch_file_context": 1},
    "gemini-cli-session.json": {"patch_commands": 1},
    "hapi-claude.json": {"patch_commands": 1, "patch_empty": 1, "patch_file_context": 1},
    "hapi-codex.json": {"patch_commands": 1},
    "opencode-export-v1.json": {"patch_commands": 1},
    "opencode-export-v2.json": {"patch_empty": 1, "patch_file_unseen": 1},
}


@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize("case", CASES)
def test_the_patch_is_the_golden_one(case: str, layout: str) -> None:
    document, notices = written(case, layout)
    assert document.decode() == path(case, layout).read_bytes().decode()
    assert notices == NOTICES.get(case, {})


def test_every_golden_file_has_its_case() -> None:
    assert set(PATCHES.iterdir()) == {path(case, layout) for case in CASES for layout in LAYOUTS}


@pytest.mark.parametrize("agent", TOLD)
def test_git_makes_of_the_files_what_the_agent_made(agent: str, tmp_path: Path) -> None:
    after = {"README.md": BEFORE["README.md"].replace("Four", "Five").replace("noon", "night")}
    after |= {"dos.txt": "one\r\n2\r\nzwei\r\nthree\r\n", "no end": "first\nlast but one\nlast"}
    after |= {"src/beds 花.py": "BEDS = 5\nNIGHT = True\n"}
    assert told(agent).written()
    for name, layout, apply in (("a", "files", git.apply), ("b", "files", git.patch), ("c", "mailbox", git.am)):
        git.lay(tmp_path / name, BEFORE)
        assert apply(tmp_path / name, path(f"told-by-{TOLD[agent]}", layout).read_bytes()) == after
    subjects = git.run(tmp_path / "c", "log", "--format=%s", "--reverse").splitlines()
    assert subjects == ["as it was", "给花坛浇水", "And at night, please."]
    assert "Mallory" not in git.run(tmp_path / "c", "log", "--format=%an %ae")
    assert "> From: Mallory" in git.run(tmp_path / "c", "log", "--format=%b")
