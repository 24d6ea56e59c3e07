"""``py-export sources``: every agent's logs are found where it keeps them, counted, and not read aloud."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from py_export.commands.places import places
from py_export.readers import READERS
from tests.golden.database_cases import contents
from tests.unit.program import run

SECRET = b'{"secret": "never told"}\n'


def _put(path: Path, data: bytes = SECRET) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)


def _sources(home: Path, cwd: Path | None = None, **variables: str) -> list[dict[str, Any]]:
    kept = dict.fromkeys(
        (
            "CLAUDE_CONFIG_DIR",
            "CODEX_HOME",
            "GEMINI_CLI_HOME",
            "XDG_DATA_HOME",
            "XDG_CONFIG_HOME",
            "HAPI_HOME",
            "DB_PATH",
        ),
        "",
    )
    done = run("sources", "--json", stdin=b"", cwd=cwd or home, **(kept | variables | {"HOME": str(home)}))
    assert done.returncode == 0, done.stderr
    assert b"never told" not in done.stdout
    found: list[dict[str, Any]] = json.loads(done.stdout)
    return found


@pytest.fixture
def home(tmp_path: Path) -> Path:
    home = tmp_path / "home"
    _put(home / ".claude/projects/-w/one.jsonl")
    _put(home / ".claude/projects/-w/two.jsonl")
    _put(home / ".claude/projects/-w/agent-1.jsonl")
    _put(home / ".claude/projects/-w/one/subagents/agent-2.jsonl")
    _put(home / ".codex/sessions/2026/01/02/rollout-2026-01-02T03-04-05-x.jsonl")
    _put(home / ".codex/archived_sessions/rollout-y.jsonl.zst")
    _put(home / ".gemini/tmp/abc/chats/session-1.json")
    _put(home / ".local/share/opencode/storage/session/p/ses_1.json")
    _put(home / ".config/Cursor/User/globalStorage/state.vscdb", contents("cursor/global.sql"))
    _put(home / ".config/Cursor/User/workspaceStorage/a/state.vscdb", contents("cursor/workspace.sql"))
    _put(home / ".cursor/projects/p/agent-transcripts/s/s.jsonl")
    _put(home / ".cursor/chats/m/c/store.db", contents("cursor/store.sql"))
    _put(home / ".hapi/hapi.db", contents("hapi-db/hub.sql"))
    start = b"\n# aider chat started at 2026-01-02 03:04:05\n\n#### never told\n"
    _put(home / "code/.aider.chat.history.md", start * 3)
    return home


def test_every_agents_logs_are_found_and_counted(home: Path) -> None:
    found = [(row["source"], row["path"], row["files"], row["sessions"]) for row in _sources(home, home / "code")]
    assert found == [
        ("claude-code", "~/.claude/projects", 2, 2),
        ("codex", "~/.codex/sessions", 1, 1),
        ("codex", "~/.codex/archived_sessions", 1, 1),
        ("gemini-cli", "~/.gemini/tmp", 1, 1),
        ("opencode", "~/.local/share/opencode/storage", 1, 1),
        ("cursor", "~/.config/Cursor/User/globalStorage/state.vscdb", 1, 3),
        ("cursor", "~/.config/Cursor/User/workspaceStorage", 1, 2),
        ("cursor", "~/.cursor/projects", 1, 1),
        ("cursor", "~/.cursor/chats", 1, 1),
        ("aider", "~/code/.aider.chat.history.md", 1, 3),
        ("hapi-db", "~/.hapi/hapi.db", 1, 3),
    ]


def test_agents_own_variables_move_their_folders(home: Path, tmp_path: Path) -> None:
    other = tmp_path / "other"
    _put(other / "claude/projects/-w/a.jsonl")
    _put(other / "codex/sessions/rollout-a.jsonl")
    _put(other / "xdg/opencode/storage/session/p/ses_2.json")
    _put(other / "hapi/hapi.db", contents("hapi-db/hub.sql"))
    found = _sources(
        home,
        CLAUDE_CONFIG_DIR=str(other / "claude"),
        CODEX_HOME=str(other / "codex"),
        XDG_DATA_HOME=str(other / "xdg"),
        HAPI_HOME=str(other / "hapi"),
    )
    moved = {row["source"]: row["path"] for row in found if str(other) in row["path"]}
    assert moved == {
        "claude-code": str(other / "claude/projects"),
        "codex": str(other / "codex/sessions"),
        "opencode": str(other / "xdg/opencode/storage"),
        "hapi-db": str(other / "hapi/hapi.db"),
    }
    assert not {row["path"] for row in found} & {"~/.claude/projects", "~/.codex/sessions", "~/.hapi/hapi.db"}


def test_people_read_a_line_per_place_in_their_language(home: Path) -> None:
    lines = run("sources", cwd=home, HOME=str(home)).stdout.decode().splitlines()
    assert "Claude Code" in lines[0]
    assert "2 sessions" in lines[0]
    assert lines[0].endswith("~/.claude/projects")
    assert str(home) not in "\n".join(lines)
    assert "2 个会话" in run("sources", cwd=home, HOME=str(home), LANG="zh_CN.UTF-8").stdout.decode()


def test_a_machine_without_logs_says_so(tmp_path: Path) -> None:
    assert _sources(tmp_path) == []
    assert run("sources", cwd=tmp_path, HOME=str(tmp_path)).stdout.startswith(b"No agent")


def test_a_database_that_cannot_be_read_is_listed_without_a_count(tmp_path: Path) -> None:
    _put(tmp_path / ".hapi/hapi.db", b"SQLite format 3\0" + b"\xff" * 2000)
    (row,) = _sources(tmp_path)
    assert (row["files"], row["sessions"]) == (1, None)


@pytest.mark.parametrize(
    ("system", "environ", "folder"),
    [
        ("linux", {}, "/h/.config/Cursor/User/globalStorage"),
        ("linux", {"XDG_CONFIG_HOME": "/x"}, "/x/Cursor/User/globalStorage"),
        ("darwin", {"XDG_CONFIG_HOME": "/x"}, "/h/Library/Application Support/Cursor/User/globalStorage"),
        ("win32", {}, "/h/AppData/Roaming/Cursor/User/globalStorage"),
        ("win32", {"APPDATA": "/a"}, "/a/Cursor/User/globalStorage"),
    ],
)
def test_each_system_has_its_own_place_for_cursor(system: str, environ: dict[str, str], folder: str) -> None:
    found = {place.folder for place in places(environ, Path("/h"), system, Path("/h")) if place.source == "cursor"}
    assert Path(folder) in found


def test_every_place_is_a_readers() -> None:
    known = {reader.id for reader in READERS}
    assert {place.source for place in places({}, Path("/h"), "linux", Path("/h/w"))} <= known
