"""What a format needs beside the engine's archive is what the worker adds for it: people begin with any of them."""

from __future__ import annotations

import re
import subprocess
import sys

import pytest

from py_export.writers import WRITERS
from tests.checkout import ROOT

PARTS = ("jinja2", "markupsafe", "pygments")
WITHOUT = """
import sys
from pathlib import Path
to, file, *missing = sys.argv[1:]
sys.modules.update(dict.fromkeys(missing))
import py_export
assert py_export.convert(Path(file).read_bytes(), to)
"""


def added(to: str) -> list[str]:
    """Return the parts that the worker adds for a format."""
    code = (ROOT / "web" / "src" / "engine" / "worker" / "parts.ts").read_text(encoding="utf-8")
    found = re.search(rf'^  "?{re.escape(to)}"?: \[([^\]]*)\],$', code, re.MULTILINE)
    return re.findall(r'"([\w-]+)"', found[1]) if found else []


# The engine sets no PDFs, and settings are of no session.
@pytest.mark.parametrize("to", [one.id for one in WRITERS if not one.binary and one.id != "settings"])
def test_a_format_is_written_with_the_parts_that_are_added_for_it(to: str) -> None:
    missing = [part for part in PARTS if part not in added(to)]
    file = ROOT / "tests" / "demo" / "claude-code.json"
    subprocess.run([sys.executable, "-c", WITHOUT, to, str(file), *missing], check=True, cwd=ROOT)  # noqa: S603
