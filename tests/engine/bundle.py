"""Bundle the tests' own modules with Vite, as the page's build does it."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from pathlib import Path

from tests.checkout import ROOT

ENGINE = ROOT / "web" / "dist" / "engine"
PAGE = Path(__file__).parent / "page"


def bundle(entry: Path, folder: Path, name: str, definitions: dict[str, object] | None = None) -> Path:
    """Bundle one module to ``folder/name``; ``definitions`` stand for its free names."""
    literals = {key: json.dumps(value) for key, value in (definitions or {}).items()}
    command: list[str | Path] = [node(), PAGE / "bundle.mjs", entry, folder, name, json.dumps(literals)]
    subprocess.run(command, check=True, capture_output=True)  # noqa: S603 - every word is from here
    return folder / name


def page(folder: Path) -> dict[str, bytes]:
    """Return the bare page's files by their paths."""
    script = bundle(PAGE / "page.mjs", folder, "page.js")
    return {"/": (PAGE / "index.html").read_bytes(), "/page.js": script.read_bytes()}


def node() -> str:
    """Return Node: the installed one, else the one beside this Python, as `make` chooses."""
    beside = ROOT / ".venv" / "bin"
    found = shutil.which("node", path=f"{beside}{os.pathsep}{os.environ['PATH']}")
    if found is None:
        msg = "Node is missing: run make setup"
        raise FileNotFoundError(msg)
    return found
