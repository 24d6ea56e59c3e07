"""Real sessions: their patches apply to the files as they were, which Claude Code's results hold."""

from __future__ import annotations

from pathlib import Path

from py_export import read, write
from py_export.model import Session, ToolCall
from py_export.transforms.measure import walk
from tests.unit.patches import git


def _originals(session: Session) -> dict[str, str]:
    """Return the files that results hold as they were before the first change."""
    found: dict[str, str] = {}
    root = (session.workspace or "").rstrip("/") + "/"
    for message in walk(session.messages):
        for block in message.blocks:
            data = block.result.data if isinstance(block, ToolCall) and block.result else None
            text = (data.get("originalFile") or data.get("originalFileContents")) if isinstance(data, dict) else None
            if isinstance(text, str) and isinstance(data, dict):
                found.setdefault(str(data["filePath"]).removeprefix(root), text)
    return found


def test_the_patches_of_real_sessions_apply_to_the_files_that_they_were_made_from(
    samples: Path, tmp_path: Path
) -> None:
    seen: set[str] = set()
    for number, path in enumerate(sorted((samples / "claude-code").iterdir())):
        for session in read(path.read_bytes()):
            document = b"".join(write(session, "patch"))
            before = _originals(session)
            for name, apply in (("git", git.apply), ("patch", git.patch)) if document else ():
                folder = tmp_path / f"{number}-{name}"
                folder.mkdir()
                git.lay(folder, before)
                after = apply(folder, document)
                assert after != before
                seen.add(path.name)
    assert {"edits.jsonl", "v2.jsonl"} <= seen
