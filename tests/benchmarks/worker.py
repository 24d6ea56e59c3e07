"""
The engine in its worker on a payload of 20,000 messages: time against plain JavaScript in a worker, memory, cancelling.

Chromium as people run it; ours and JavaScript take turns, each in a worker that stays, on bytes that are transferred.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from playwright.sync_api import Page, sync_playwright

from tests.benchmarks import conversation, data
from tests.benchmarks.browser import launched
from tests.benchmarks.row import Row
from tests.engine.bundle import ENGINE, page
from tests.engine.site import Site, serve

MESSAGES = 20_000
BYTES = 30_000_000
INPUTS = {"/long.json": "20,000 messages", "/conversation.json": "20,000 of lists and code"}
HERE = Path(__file__).parent

PLAIN = """async ([path, to]) => {
  window.plain ??= new Worker("/plain_worker.mjs", { type: "module" });
  const bytes = await (await fetch(path)).arrayBuffer();
  const begun = performance.now();
  const blob = await new Promise((resolve) => {
    window.plain.onmessage = ({ data }) => { resolve(data); };
    window.plain.postMessage({ bytes, to }, [bytes]);
  });
  return [performance.now() - begun, blob.size];
}"""

OURS = """async ([path, request]) => {
  const bytes = await (await fetch(path)).arrayBuffer();
  const tasks = [];
  const observer = new PerformanceObserver((list) => {
    tasks.push(...list.getEntries().map(({ duration }) => duration));
  });
  observer.observe({ entryTypes: ["longtask"] });
  const begun = performance.now();
  const { blob } = await bench.engine.export(bytes, request, { signal: new AbortController().signal });
  const ms = performance.now() - begun;
  await new Promise((resolve) => { setTimeout(resolve); });
  observer.disconnect();
  return [ms, blob.size, Math.max(0, ...tasks)];
}"""

CANCEL = """async ([path, request, after]) => {
  const { engine } = bench;
  const controller = new AbortController();
  const bytes = await (await fetch(path)).arrayBuffer();
  const short = await (await fetch("/short.json")).arrayBuffer();
  const task = engine.export(bytes, request, { signal: controller.signal }).then(() => "done", () => "stopped");
  await new Promise((resolve) => { setTimeout(resolve, after); });
  const begun = performance.now();
  controller.abort();
  await engine.export(short, { to: "json" }, { signal: new AbortController().signal });
  return [performance.now() - begun, await task];
}"""


def rows(runs: int) -> Iterator[Row]:
    """Yield the figures of throughput, memory and cancelling."""
    with _site() as origin, sync_playwright() as playwright, launched(playwright) as browser:
        tab = browser.new_page()
        tab.goto(origin)
        for path, what in INPUTS.items():
            yield from _throughput(tab, path, what, runs)
        for request in ({"to": "markdown"}, {"to": "json"}, {"to": "html"}):
            yield from _cancelled(tab, request, runs)
        for path, times in zip(INPUTS, (20, 2), strict=True):
            for to, limit in (("json", 120), ("jsonl", 120), ("markdown", 120), ("html", 250)):
                yield from _memory(browser.new_page(), f"{origin}/?engine=/measured/", path, to, limit, times)


def _throughput(tab: Page, path: str, what: str, runs: int) -> Iterator[Row]:
    markdown: list[float] = []
    for to in ("json", "markdown"):
        ours, plain = _in_turns(tab, path, to, runs)
        yield Row(f"worker: {what} to {to}", ours, than=plain, what="JavaScript", limit=1.0)
        markdown = ours
    plainly = {"to": "html", "options": {"highlight": False}}
    found = [tab.evaluate(OURS, [path, plainly]) for _ in range(runs)]
    page_of = [ms / 1000 for ms, _, _ in found]
    yield Row(f"worker: {what} to html", page_of, than=markdown, what="our Markdown", limit=7)
    yield Row(f"worker: the page's longest task, {what}", [task for _, _, task in found], unit="ms", limit=50)


def _in_turns(tab: Page, path: str, to: str, runs: int) -> tuple[list[float], list[float]]:
    ours, plain = [], []
    for run in range(runs + 1):
        mine: list[float] = tab.evaluate(OURS, [path, {"to": to}])
        theirs: list[float] = tab.evaluate(PLAIN, [path, to])
        if run:  # the first starts the worker, and its code is not compiled well yet
            ours.append(mine[0] / 1000)
            plain.append(theirs[0] / 1000)
    return ours, plain


def _cancelled(tab: Page, request: dict[str, Any], runs: int) -> Iterator[Row]:
    """Yield how long it takes from an abort, at any moment of an export, until a short export after it is done."""
    short: float = min(tab.evaluate(OURS, ["/short.json", {"to": "json"}])[0] for _ in range(5))
    found = []
    for run in range(runs * 4):
        ms, ended = tab.evaluate(CANCEL, ["/long.json", request, 20 + 37 * run % 400])
        if ended == "stopped":
            found.append(ms - short)
    yield Row(f"worker: next job after cancelling {request['to']}", found, unit="ms", limit=60)
    yield Row(f"worker: the same, at worst of {len(found)}", [max(found)], unit="ms", limit=250)


def _memory(tab: Page, address: str, path: str, to: str, limit: float, times: int) -> Iterator[Row]:
    """Yield the worker's memory after one export, and how much it has grown after several."""
    tab.goto(address)
    peaks = []
    for _ in range(times):
        tab.evaluate(OURS, [path, {"to": to}])
        [worker] = tab.workers
        peaks.append(worker.evaluate("peak()") / 1e6)
    name = f"worker: memory, {INPUTS[path]} to {to}"
    yield Row(name, peaks[:1], unit="MB", limit=limit)
    yield Row(f"{name}, after {times}", peaks[-1:], unit="MB", than=peaks[:1], what="after 1", limit=1)
    tab.close()


@contextmanager
def _site() -> Iterator[str]:
    with TemporaryDirectory() as folder:
        files = page(Path(folder))
        files["/long.json"] = b"".join(data.payload(MESSAGES, BYTES))
        files["/conversation.json"] = b"".join(conversation.payload(MESSAGES, BYTES))
        files["/short.json"] = b"".join(data.payload(20, 20_000))
        files["/plain_worker.mjs"] = (HERE / "plain_worker.mjs").read_bytes()
        files["/measured/worker.js"] = (HERE / "prelude.js").read_bytes() + (ENGINE / "worker.js").read_bytes()
        with serve(Site({"/engine/": ENGINE, "/measured/": ENGINE}, files)) as served:
            yield served.origin
