"""
The built page as Lighthouse sees it: on a phone of the middle class, over a slow network, as it simulates both.

Lighthouse has a lock of its own: it is no part of what builds or tests the page. It sends nothing to anyone.
"""

from __future__ import annotations

import json
import os
import subprocess
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.benchmarks.browser import arguments
from tests.benchmarks.row import Row
from tests.checkout import ROOT
from tests.e2e.server import serving
from tests.tools import require

PROGRAM = ROOT / "build" / "lighthouse" / "node_modules" / "lighthouse" / "cli" / "index.js"
SHORT = {"performance": 5, "accessibility": 0, "best-practices": 0}
"""By category: how many points of 100 may be missing."""

_WAIT_S = 30


def rows(runs: int) -> Iterator[Row]:
    """Yield how many points of 100 the page misses in each category."""
    with TemporaryDirectory() as folder, serving(ROOT / "build" / "demo.sqlite3", _WAIT_S) as server:
        found = [_scores(server.url, Path(folder) / "report.json") for _ in range(runs)]
    for category, limit in SHORT.items():
        missing = [100 - scores[category] for scores in found]
        yield Row(f"page: Lighthouse, {category}, short of 100", missing, unit="", limit=limit)


def _scores(address: str, report: Path) -> dict[str, float]:
    flags = " ".join(["--headless=new", *arguments()])
    command = [
        *("node", str(PROGRAM), address, "--quiet", "--no-enable-error-reporting", f"--chrome-flags={flags}"),
        *(f"--only-categories={','.join(SHORT)}", "--output=json", f"--output-path={report}"),
    ]
    environment = os.environ | {"CHROME_PATH": require("Chromium")}
    for last in (False, True):  # it loses its browser now and then, and one loss must not end an hour's measuring
        done = subprocess.run(command, check=last, stdout=subprocess.DEVNULL, env=environment)  # noqa: S603 - ours
        if done.returncode == 0:
            break
    categories = json.loads(report.read_text(encoding="utf-8"))["categories"]
    return {name: 100 * found["score"] for name, found in categories.items()}
