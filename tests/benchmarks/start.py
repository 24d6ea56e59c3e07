"""
Measure the start of the engine against the stock way: from intent to the first export of 200 messages written.

The stock way is the same Pyodide as npm has it, with micropip and the same wheels from the same origin, as Pyodide's
documentation has it. All ways run behind the same client, page and trigger, in turns:

stock    in a browser of its own, so that nothing is cached.
first    the same for our engine.
later    the browser started again with what the first visit left: the files, and the picture of memory.
respawn  another worker on that page, as after a cancel that could not be waited for.
"""

from __future__ import annotations

import json
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from playwright.sync_api import BrowserType, Page, sync_playwright

from tests.benchmarks.browser import arguments
from tests.benchmarks.row import Row
from tests.checkout import ROOT
from tests.demo import long
from tests.engine.bundle import ENGINE, bundle, node, page
from tests.engine.site import Site, serve
from tests.tools import require

WEB = ROOT / "web"
WAYS = ("stock", "first", "later", "respawn")
MESSAGES = 200

KEPT = "() => bench.kept()"
MANIFEST = ENGINE / "manifest.json"


def rows(runs: int) -> Iterator[Row]:
    """Yield the figures of a first visit, a later one, and a worker that is replaced."""
    times: dict[str, list[float]] = {way: [] for way in WAYS}
    with site() as origin, sync_playwright() as playwright:
        for _ in range(runs):
            for way, taken in starts(playwright.chromium, origin, "json").items():
                times[way].append(taken / 1000)
    for way, limit in (("first", 0.42), ("later", 0.13), ("respawn", 0.08)):
        yield Row(f"start: {way}", times[way], than=times["stock"], what="the stock way", limit=limit)
    files = json.loads(MANIFEST.read_text(encoding="utf-8"))["files"]
    wire = sum(file["encodings"].get("br", file["bytes"]) for file in files if _first(file["path"]))
    yield Row("start: first visit over the wire", [wire / 1e6], unit="MB", limit=6)


def _first(path: str) -> bool:
    """Return whether a first visit fetches a file before its first export."""
    later = path.startswith(("parts-", "_typst-", "fonts/"))
    return not later and path.endswith((".js", ".mjs", ".wasm", ".so", ".zip"))


def starts(chromium: BrowserType, origin: str, to: str) -> dict[str, float]:
    """Return the milliseconds of one start of each way."""
    ours, stock = f"{origin}/?engine=/engine/", f"{origin}/?engine=/stock/"
    with TemporaryDirectory() as folder:
        with browser(chromium, Path(folder, "stock")) as tab:
            taken = {"stock": start(tab, stock, to)}
        with browser(chromium, Path(folder, "ours")) as tab:
            taken["first"] = start(tab, ours, to)
            tab.evaluate(KEPT)
        with browser(chromium, Path(folder, "ours")) as tab:
            taken["later"] = start(tab, ours, to)
            tab.evaluate("() => { bench.engine.dispose(); }")
            taken["respawn"] = start(tab, None, to)
    return taken


def start(tab: Page, address: str | None, to: str) -> float:
    """Return the milliseconds of one start, on the page at an address or on the one that is open."""
    if address is not None:
        tab.goto(address)
    done = tab.evaluate("to => bench.start('/session.json', { to })", to)
    return float(done["ms"])


@contextmanager
def browser(chromium: BrowserType, profile: Path) -> Iterator[Page]:
    """Start a browser with a profile."""
    context = chromium.launch_persistent_context(str(profile), executable_path=require("Chromium"), args=arguments())
    try:
        yield context.pages[0]
    finally:
        context.close()


@contextmanager
def site() -> Iterator[str]:
    """Serve both ways, the page and the session."""
    with TemporaryDirectory() as folder:
        built = Path(folder)
        stock(built / "stock")
        files = page(built) | {"/session.json": session()}
        served = Site(
            {"/engine/": ENGINE, "/stock/": built / "stock"}, files, keep="public, max-age=31536000, immutable"
        )
        with serve(served):
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
