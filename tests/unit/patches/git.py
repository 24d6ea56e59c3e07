"""Real git and real patch, on files in a folder of the test's own."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

from tests.tools import require

QUIET = {
    "GIT_CONFIG_NOSYSTEM": "1",
    "GIT_CONFIG_GLOBAL": os.devnull,
    "GIT_AUTHOR_NAME": "a",
    "GIT_AUTHOR_EMAIL": "a@b.invalid",
    "GIT_COMMITTER_NAME": "a",
    "GIT_COMMITTER_EMAIL": "a@b.invalid",
    "GIT_AUTHOR_DATE": "1700000000 +0000",
    "GIT_COMMITTER_DATE": "1700000000 +0000",
    "LC_ALL": "C",
}


def lay(folder: Path, files: dict[str, str]) -> None:
    """Write files below a folder, byte for byte."""
    for path, text in files.items():
        whole = folder / path
        whole.parent.mkdir(parents=True, exist_ok=True)
        whole.write_bytes(text.encode())


def found(folder: Path) -> dict[str, str]:
    """Return the files below a folder, git's own aside."""
    paths = (path for path in folder.rglob("*") if path.is_file() and ".git" not in path.relative_to(folder).parts)
    return {path.relative_to(folder).as_posix(): path.read_bytes().decode() for path in paths}


def run(folder: Path, *words: str, given: bytes = b"", program: str = "git") -> str:
    """Run a program in a folder; what it prints where it succeeds, else the test fails with it."""
    environment = {**os.environ, **QUIET, "GIT_CEILING_DIRECTORIES": str(folder.parent)}
    done = subprocess.run(  # noqa: S603 - programs by their paths
        [str(require(program)), *words], cwd=folder, input=given, capture_output=True, check=False, env=environment
    )
    assert done.returncode == 0, (done.stdout + done.stderr).decode(errors="replace")
    return (done.stdout + done.stderr).decode(errors="replace")


def apply(folder: Path, patch: bytes) -> dict[str, str]:
    """Apply a patch by ``git apply``; return the files."""
    run(folder, "apply", "--whitespace=nowarn", "-", given=patch)
    return found(folder)


def patch(folder: Path, data: bytes) -> dict[str, str]:
    """Apply a patch by ``patch -p1``; return the files."""
    run(folder, "-p1", "--no-backup-if-mismatch", "--binary", "--fuzz=0", given=data, program="patch")
    return found(folder)


def am(folder: Path, mailbox: bytes) -> dict[str, str]:
    """Commit what lies in a folder, apply a mailbox by ``git am``; return the files, which are committed all."""
    run(folder, "init", "--quiet", ".")
    run(folder, "add", "--all", "--force")
    run(folder, "commit", "--quiet", "--allow-empty", "--message", "as it was")
    run(folder, "am", "--quiet", given=mailbox)
    assert run(folder, "status", "--porcelain", "--ignored") == ""
    return found(folder)
