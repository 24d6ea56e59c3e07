"""
Measure the start of the engine against the stock way: from intent to the first export of 200 messages written.

The stock way is the same Pyodide as npm has it, with micropip and the same wheels from the same origin, as Pyodide's
documentation has it. Both ways run behind the same desk, client, page and trigger, in turns; each start has a browser
of its own, so nothing is cached.
"""

from __future__ import annotations

import argparse
import json
import os
import runpy
import shutil
import statistics
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from playwright.sync_api import BrowserType, sync_playwright

from tests.checkout import ROOT
from tests.demo import long
from tests.engine.bundle import ENGINE, bundle, node, page
from tests.engine.site import Site, serve
from tests.tools import require

WEB = ROOT / "web"
WAYS = {"engine": "/engine/", "stock": "/stock/"}
MESSAGES = 200


def main() -> None:
    """Print each way's times, their medians, and the ratio."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=7, help="starts per way")
    parser.add_argument("--to", default="json", help="the format written")
    parser.add_argument("--json", type=Path, help="keep the results in this file")
    options = parser.parse_args()

    with site() as origin, sync_playwright() as playwright:
        times: dict[str, list[float]] = {way: [] for way in WAYS}
        for _ in range(options.runs):
            for way, folder in WAYS.items():
                times[way].append(start(playwright.chromium, f"{origin}/?engine={folder}", options.to))
    medians = {way: statistics.median(each) for way, each in times.items()}
    ratio = medians["engine"] / medians["stock"]
    # The least disturbed starts: on a busy machine they tell two commits apart where medians cannot.
    best = min(times["engine"]) / min(times["stock"])
    for way, each in times.items():
        print(f"{way:8}{medians[way]:8.0f} ms   ({', '.join(f'{value:.0f}' for value in sorted(each))})")  # noqa: T201 - its result
    print(f"ratio   {ratio:8.3f}      (of the fastest: {best:.3f})")  # noqa: T201 - its result
    if options.json:
        options.json.write_text(
            json.dumps({"times": times, "medians": medians, "ratio": ratio, "best": best}, indent=2) + "\n"
        )


def start(chromium: BrowserType, address: str, to: str) -> float:
    """Return the milliseconds of one cold start."""
    arguments = runpy.run_path(str(ROOT / "playwright.config.py"))["LAUNCH_ARGS"]
    # Chromium's sandbox does not run as root, as which containers run.
    arguments += ["--no-sandbox"] if os.geteuid() == 0 else []
    browser = chromium.launch(executable_path=require("Chromium"), args=arguments)
    try:
        tab = browser.new_page()
        tab.goto(address)
        done = tab.evaluate("to => bench.start('/session.json', { to })", to)
        return float(done["ms"])
    finally:
        browser.close()


@contextmanager
def site() -> Iterator[str]:
    """Serve both ways, the page and the session."""
    with TemporaryDirectory() as folder:
        built = Path(folder)
        stock(built / "stock")
        files = page(built) | {"/session.json": session()}
        with serve(Site({"/engine/": ENGINE, "/stock/": built / "stock"}, files)) as served:
            yield served.origin


def session() -> bytes:
    """Return the demo's long session, cut to its first messages."""
    document = long.document()
    document["messages"] = document["messages"][:MESSAGES]
    return json.dumps(document, ensure_ascii=False, separators=(",", ":")).encode()


def stock(folder: Path) -> None:
    """Lay out the stock way: npm's Pyodide, micropip and wheels, py_export's sources, a worker that installs them."""
    shutil.copytree(WEB / "node_modules" / "pyodide", folder / "pyodide")
    wheels = folder / "wheels"
    listing = "import('./engine/wheels.mjs').then(async (wheels) => console.log(await wheels.fetchWheels()))"
    command = [node(), "--eval", listing]
    found = subprocess.run(command, cwd=WEB, check=True, capture_output=True, text=True)  # noqa: S603 - from here
    shutil.copytree(found.stdout.strip(), wheels)
    library = folder / "library"
    shutil.copytree(ROOT / "py_export", library / "py_export", ignore=shutil.ignore_patterns("__pycache__", "*.pyc"))
    shutil.copytree(WEB / "src" / "engine" / "bridge", library / "py_export_bridge")
    shutil.make_archive(str(library), "zip", library)
    names = sorted(path.name for path in wheels.glob("*.whl"))
    micropip = next(name for name in names if name.startswith("micropip"))
    needed = [name for name in names if not name.startswith(("micropip", "tzdata", "jinja2", "markupsafe"))]
    here = Path(__file__).parent
    bundle(here / "stock_worker.mjs", folder, "worker.js", {"MICROPIP": micropip, "WHEELS": needed})


if __name__ == "__main__":
    main()
