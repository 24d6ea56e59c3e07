"""Runs the program as people do: a process of its own, with standard streams."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

DEMO = Path(__file__).parents[1] / "demo"
PROGRAM = (sys.executable, "-m", "py_export")
NOW = 1_767_323_045
"""Seconds; what SOURCE_DATE_EPOCH says in these tests."""


def environment(**variables: str) -> dict[str, str]:
    """Return a clean environment: English, a fixed clock, no settings of whoever runs the tests."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("PY_EXPORT_", "LC_", "LANG"))}
    return kept | {"LANG": "C.UTF-8", "SOURCE_DATE_EPOCH": str(NOW)} | variables


def run(
    *arguments: str | Path, stdin: bytes = b"", cwd: Path | None = None, **variables: str
) -> subprocess.CompletedProcess[bytes]:
    """Run the program to its end."""
    return subprocess.run(  # noqa: S603 - our own program
        [*PROGRAM, *map(str, arguments)],
        input=stdin, cwd=cwd, env=environment(**variables), capture_output=True, timeout=60, check=False,
    )  # fmt: skip
