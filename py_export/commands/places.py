"""Where agents keep their logs on a machine: the one table of folders, by system and by their own settings."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Place:
    """
    A folder where an agent keeps logs.

    Attributes:
        source: The id of the reader that reads them.
        folder: Where they lie; it need not exist.
        patterns: Which files in it are logs, as ``Path.glob`` has it.
        without: The beginning of names that are none: what belongs to another log.
    """

    source: str
    folder: Path
    patterns: tuple[str, ...]
    without: str = ""


def places(environ: Mapping[str, str], home: Path, system: str, here: Path) -> Iterator[Place]:
    """
    Yield every place where logs may lie.

    Args:
        environ: The environment; agents' own variables move their folders.
        home: The person's home folder.
        system: As ``sys.platform`` has it.
        here: The current folder; aider writes into the project's.
    """
    yield from _claude(environ, home)
    codex = _named(environ, "CODEX_HOME") or home / ".codex"
    for name in ("sessions", "archived_sessions"):
        yield Place("codex", codex / name, ("**/rollout-*.jsonl", "**/rollout-*.jsonl.zst"))
    gemini = (_named(environ, "GEMINI_CLI_HOME") or home) / ".gemini" / "tmp"
    yield Place("gemini-cli", gemini, ("*/chats/session-*.json", "*/chats/session-*.jsonl"))
    opencode = (_named(environ, "XDG_DATA_HOME") or home / ".local" / "share") / "opencode"
    yield Place("opencode", opencode, ("opencode*.db",))
    yield Place("opencode", opencode / "storage", ("session/*/*.json",))
    yield from _cursor(environ, home, system)
    yield from _aider(environ, home, here)
    database = _named(environ, "DB_PATH")
    hapi = _named(environ, "HAPI_HOME") or home / ".hapi"
    yield Place("hapi-db", database.parent, (database.name,)) if database else Place("hapi-db", hapi, ("hapi.db",))


def _claude(environ: Mapping[str, str], home: Path) -> Iterator[Place]:
    """Yield Claude Code's folders; newer versions also keep to the XDG folder, and its own variable wins over both."""
    stated = environ.get("CLAUDE_CONFIG_DIR", "")
    folders = [Path(each.strip()) for each in stated.split(",") if each.strip()]
    for folder in folders or [home / ".claude", _config(environ, home, "linux") / "claude"]:
        yield Place("claude-code", folder / "projects", ("*/*.jsonl",), without="agent-")


def _cursor(environ: Mapping[str, str], home: Path, system: str) -> Iterator[Place]:
    user = _config(environ, home, system) / "Cursor" / "User"
    yield Place("cursor", user / "globalStorage", ("state.vscdb",))
    yield Place("cursor", user / "workspaceStorage", ("*/state.vscdb",))
    yield Place(
        "cursor", home / ".cursor" / "projects", ("*/agent-transcripts/*/*.jsonl", "*/agent-transcripts/*.jsonl")
    )
    yield Place("cursor", home / ".cursor" / "chats", ("*/*/store.db",))


def _aider(environ: Mapping[str, str], home: Path, here: Path) -> Iterator[Place]:
    """Yield where aider's history can be found without a search of the whole disk: here, above, and at home."""
    stated = _named(environ, "AIDER_CHAT_HISTORY_FILE")
    if stated is not None:
        yield Place("aider", (here / stated).parent, (stated.name,))
    for folder in dict.fromkeys((here, *here.parents, home)):
        yield Place("aider", folder, (".aider.chat.history.md",))


def _config(environ: Mapping[str, str], home: Path, system: str) -> Path:
    """Return where programs keep what is a person's, as the system has it."""
    if system == "win32":
        return _named(environ, "APPDATA") or home / "AppData" / "Roaming"
    if system == "darwin":
        return home / "Library" / "Application Support"
    return _named(environ, "XDG_CONFIG_HOME") or home / ".config"


def _named(environ: Mapping[str, str], name: str) -> Path | None:
    value = environ.get(name, "")
    return Path(value) if value.strip() else None
