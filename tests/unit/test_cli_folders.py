"""The command line with folders, zips and patterns: every session in them, each in a file of its own."""

from __future__ import annotations

import json
import zipfile
from pathlib import Path

import pytest

from tests.golden.transcript_cases import FOLDER as AGENTS
from tests.unit.program import run
from tests.unit.readers.transcripts import answer, lines, meta, prompt, result, spoken, use


@pytest.fixture
def logs(tmp_path: Path) -> Path:
    """Return a folder of two sessions, one with a sub-agent's file, and a file that is no session."""
    folder = tmp_path / "logs"
    main = (prompt("u1", "Ask Claude"), answer("u2", "m1", use("t1", "Task", prompt="Count")), result("u3", "t1", "3"))
    child = [
        record | {"isSidechain": True, "agentId": "a1"}
        for record in (prompt("c1", "Count"), answer("c2", "n1", "Counted"))
    ]
    (folder / "s" / "subagents").mkdir(parents=True)
    (folder / "s.jsonl").write_bytes(lines(*main))
    (folder / "s" / "subagents" / "agent-a1.jsonl").write_bytes(lines(*child))
    (folder / "codex.jsonl").write_bytes(lines(meta(), spoken("user", "Ask Codex")))
    (folder / "notes.txt").write_text("nothing", encoding="utf-8")
    return folder


def test_a_folder_is_one_file_per_session(logs: Path, tmp_path: Path) -> None:
    done = run("convert", logs, "--to", "markdown", "-o", f"{tmp_path / 'out'}/")
    assert done.returncode == 0, done.stderr
    pages = sorted(path.read_text(encoding="utf-8") for path in (tmp_path / "out").iterdir())
    assert ["Ask Claude" in page for page in pages] == [True, False]
    assert "Counted" in pages[0]
    assert b"1 file in it holds no session" in done.stderr


def test_several_sessions_need_a_place_for_each_unless_one_is_picked(logs: Path) -> None:
    assert run("convert", logs, "--to", "markdown").returncode == 2
    picked = run("convert", logs, "--to", "text", "--session", meta()["payload"]["id"])
    assert (picked.returncode, b"Ask Codex" in picked.stdout) == (0, True)
    both = run("convert", logs, "--to", "json")
    assert len(json.loads(both.stdout)["sessions"]) == 2


def test_a_sub_agents_file_beside_the_one_that_is_named_is_found(logs: Path) -> None:
    assert b"Counted" in run("convert", logs / "s.jsonl", "--to", "markdown").stdout


def test_a_zip_of_a_folder_is_that_folder(logs: Path, tmp_path: Path) -> None:
    packed = tmp_path / "logs.zip"
    with zipfile.ZipFile(packed, "w") as archive:
        for path in logs.rglob("*"):
            archive.write(path, path.relative_to(tmp_path))
    assert run("convert", packed, "--to", "json").stdout == run("convert", logs, "--to", "json").stdout


def test_a_pattern_that_no_shell_expanded_names_its_files(logs: Path) -> None:
    found = json.loads(run("convert", logs / "*.jsonl", "--to", "json").stdout)
    assert len(found["sessions"]) == 2
    assert run("convert", logs / "*.none", "--to", "json").returncode == 3


def test_a_run_that_failed_in_part_says_which_and_writes_the_rest(logs: Path, tmp_path: Path) -> None:
    newer = {"schemaVersion": 99, "generator": "py-export 99", "session": {"id": "x"}, "messages": []}
    (logs / "newer.json").write_text(json.dumps(newer), encoding="utf-8")
    done = run("convert", logs, "--to", "text", "-o", f"{tmp_path / 'out'}/")
    assert done.returncode == 1
    assert b"newer.json" in done.stderr
    assert len(list((tmp_path / "out").iterdir())) == 2


def test_a_folder_without_a_session_is_no_success(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("nothing", encoding="utf-8")
    done = run("convert", tmp_path, "--to", "json")
    assert (done.returncode, done.stdout) == (3, b"")
    assert b"1 txt" in done.stderr


def test_inspect_says_what_each_file_of_a_folder_holds(logs: Path) -> None:
    found = json.loads(run("inspect", logs, "--json").stdout)
    assert [(Path(one["input"]).name, one["source"]) for one in found] == [
        ("codex.jsonl", "codex"),
        ("s.jsonl", "claude-code"),
    ]
    assert {notice["code"] for one in found for notice in one["notices"]} >= {"files_skipped"}


def test_every_file_of_the_golden_folders_is_read(tmp_path: Path) -> None:
    done = run("convert", AGENTS / "claude-code", AGENTS / "codex", "--to", "text", "-o", f"{tmp_path}/out/")
    assert done.returncode == 0, done.stderr
    assert len(list((tmp_path / "out").iterdir())) >= 10
