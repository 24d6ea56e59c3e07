"""
Count what the hot paths cost, beside what they cost when the limits were written; ``--write`` makes that the limits.

``python -m tests.guard [--write]``. Limits are raised for a reason, which the commit gives.
"""

from __future__ import annotations

import argparse
import tempfile
from collections.abc import Iterator
from pathlib import Path

from playwright.sync_api import sync_playwright

from tests.e2e.conftest import CONFIG, launch_args
from tests.e2e.server import DEMO, fill, serving
from tests.guard import limits
from tests.guard.conversions import conversions
from tests.guard.counts import Counts
from tests.guard.visits import visits


def main() -> None:
    """Print every path's counts."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--write", action="store_true", help="make these counts the limits")
    options = parser.parse_args()
    found: dict[str, Counts] = {}
    for path, counts in _all():
        found[path] = counts
        print(limits.compared(path, counts), flush=True)  # noqa: T201 - its result
    if options.write:
        limits.write(found)


def _all() -> Iterator[tuple[str, Counts]]:
    with tempfile.TemporaryDirectory() as folder:
        yield from conversions(Path(folder))
        store = Path(folder) / "demo.sqlite3"
        fill(store, *sorted(DEMO.glob("*.json")))
        with serving(store, CONFIG["START_TIMEOUT_S"]) as server, sync_playwright() as playwright:
            browser = playwright.chromium.launch(**launch_args())
            yield from visits(browser, server)
            browser.close()


if __name__ == "__main__":
    main()
