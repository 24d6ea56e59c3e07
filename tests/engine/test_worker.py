"""The worker in a real browser, under the real policy: start, export, abort, breakdown, nothing from elsewhere."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page

from py_export import convert, write
from py_export.writers import WRITERS
from tests.demo import long
from tests.engine.conftest import Bench, content
from tests.engine.site import POLICY, Site, serve
from tests.unit.transforms.redact.planted import ANTHROPIC, AWS, EMAIL, planted

pytestmark = pytest.mark.browser

JSON = {"to": "json"}
MARKDOWN = {"to": "markdown"}
ABORTED = "AbortError"
STOP = 0.25
"""Seconds after which an aborted worker must have stopped."""


@pytest.mark.parametrize("to", ["json", "markdown"])
def test_a_file_is_the_librarys_own(bench: Bench, made: dict[str, bytes], to: str) -> None:
    answer = bench.run("/long.json", {"to": to})
    assert content(answer) == convert(made["/long.json"], to)
    assert answer["bytes"] == len(content(answer))
    assert answer["filename"].endswith({"json": ".json", "markdown": ".md"}[to])
    assert answer["type"] == answer["mediaType"]
    assert answer["messages"] == len(long.document()["messages"])
    assert bench.complaints == []


def test_nothing_is_fetched_before_intent(bench: Bench, site: Site) -> None:
    assert site.requests == ["/", "/page.js"]
    bench.tab.evaluate("() => { bench.engine.prepare(); bench.engine.prepare(); }")
    _wait(lambda: any(path.endswith(".so") for path in site.requests))
    assert site.requests.count("/engine/worker.js") == 1


def test_no_request_leaves_the_origin_even_for_an_optional_part(bench: Bench, site: Site) -> None:
    answer = bench.run("/short.json", {"to": "markdown", "options": {"timezone": "Asia/Tokyo"}})
    assert b"+09:00" in content(answer)
    assert any("tzdata" in path for path in site.requests)
    assert {url.partition("//")[2].partition("/")[0] for url in bench.requests} == {site.origin.partition("//")[2]}
    assert bench.complaints == []


def test_parts_are_not_fetched_without_need_and_only_once(bench: Bench, site: Site) -> None:
    bench.run("/short.json", {"to": "markdown", "options": {"timezone": "UTC"}})
    assert [path for path in site.requests if "/parts-" in path] == []
    for _ in range(2):
        bench.run("/short.json", {"to": "markdown", "options": {"timezone": "Asia/Tokyo"}})
    fetched = [path for path in site.requests if "/parts-" in path]
    assert len(fetched) == len(set(fetched)) == 2


def test_progress_grows_to_the_total(bench: Bench) -> None:
    for request in (JSON, MARKDOWN):
        progress = bench.run("/huge.json", request)["progress"]
        total = 12 * len(long.document()["messages"])
        assert progress[-1] == [total, total]
        assert progress == sorted(progress)
        assert len({done for done, _ in progress}) > 5, "the bar moves"


def test_the_table_of_writers_is_the_librarys(bench: Bench) -> None:
    writers = bench.tab.evaluate("() => bench.engine.formats()")
    assert [writer["id"] for writer in writers] == [writer.id for writer in WRITERS]
    assert "timezone" in writers[1]["options"]["properties"]


def test_what_would_be_hidden_is_told_then_hidden_and_needs_no_part(bench: Bench, site: Site) -> None:
    site.files["/planted.json"] = b"".join(write(planted(), "json"))
    told, preview, notices = bench.tab.evaluate(
        """async () => {
          const { signal } = new AbortController();
          const bytes = await (await fetch("/planted.json")).blob();
          const file = await bench.engine.open(bytes, {}, { signal });
          const redact = { kinds: ["email", "api-key"] };
          const told = await file.secrets({ redact }, signal);
          const request = { to: "markdown", redact: { ...redact, keep: [told.hits.at(-1).id] } };
          const { text } = await file.preview(request, 100000, signal);
          const { notices } = await file.export(request, signal);
          return [told, text, notices];
        }"""
    )
    assert [hit["text"] for hit in told["hits"]] == [ANTHROPIC, AWS, EMAIL]
    assert EMAIL in preview
    assert AWS not in preview
    assert "[redacted:api-key-2]" in preview
    assert {each["params"].get("kind") for each in notices if each["code"] == "redacted"} == {"api-key"}
    assert [url for url in bench.requests if "/parts-" in url] == []


def test_an_error_crosses_with_its_code_and_place(bench: Bench, site: Site) -> None:
    site.files["/broken.json"] = b'{"schemaVersion": 1,\n "messages": ['
    answer = bench.run("/broken.json", JSON)
    assert (answer["error"], answer["code"]) == ("EngineError", "unreadable")
    assert "line 2" in answer["where"]
    assert bench.run("/short.json", {"to": "nothing"})["code"] == "unknown_format"
    assert bench.run("/short.json", JSON)["bytes"] > 0


@pytest.mark.alone
def test_an_export_aborted_while_writing_stops_softly_and_the_worker_goes_on(bench: Bench, site: Site) -> None:
    bench.run("/short.json", JSON)
    for request in (JSON, MARKDOWN):
        answer = bench.run("/huge.json", request, abortAt=3)
        assert answer["error"] == ABORTED
        assert answer["latency"] < 50
        assert len(answer["progress"]) == 3, "nothing is delivered afterwards"
        assert bench.run("/short.json", request)["bytes"] > 0
    assert site.requests.count("/engine/worker.js") == 1


@pytest.mark.alone
def test_an_export_aborted_in_the_middle_of_python_stops_and_the_worker_goes_on(bench: Bench, site: Site) -> None:
    bench.run("/long.json", JSON)
    kept = []
    for wait in (150, 200, 250, 300):
        started = site.requests.count("/engine/worker.js")
        answer, then = _abort_and_go_on(bench, wait)
        assert answer["error"] == ABORTED
        assert {done for done, _ in answer["progress"]} <= {0}, "before anything is written"
        assert answer["latency"] < 50
        kept.append(then < STOP and site.requests.count("/engine/worker.js") == started)
    # One in four may be lost to a machine that does something else at that moment: then the worker is replaced.
    assert sum(kept) >= 3


@pytest.mark.alone
def test_where_a_policy_forbids_to_interrupt_the_worker_is_ended_and_the_next_one_works(
    bench: Bench, site: Site
) -> None:
    site.headers = {"Content-Security-Policy": POLICY.replace("connect-src 'self' blob:", "connect-src 'self'")}
    bench.run("/short.json", JSON)
    answer, _ = _abort_and_go_on(bench, 150)
    assert answer["error"] == ABORTED
    assert {done for done, _ in answer["progress"]} <= {0}, "before anything is written"
    assert answer["latency"] < 50
    assert site.requests.count("/engine/worker.js") == 2


def test_an_abort_while_the_engine_starts_keeps_the_engine(bench: Bench, site: Site) -> None:
    answer = bench.run("/short.json", JSON, abortAfter=30)
    assert answer["error"] == ABORTED
    assert bench.run("/short.json", JSON)["bytes"] > 0
    assert site.requests.count("/engine/worker.js") == 1


def test_exports_asked_for_at_once_are_done_in_turn(bench: Bench) -> None:
    both = bench.tab.evaluate("req => Promise.all([1, 2, 3].map(() => bench.run('/short.json', req)))", JSON)
    assert [answer["bytes"] for answer in both] == [both[0]["bytes"]] * 3


def test_a_disposed_engine_stops_and_can_be_used_again(bench: Bench) -> None:
    script = """async request => {
      setTimeout(() => { bench.engine.dispose(); }, 1000);
      return bench.run("/huge.json", request);
    }"""
    assert bench.tab.evaluate(script, JSON)["error"] == ABORTED
    assert bench.run("/short.json", JSON)["bytes"] > 0


def test_an_engine_that_breaks_down_is_replaced(bench: Bench, site: Site) -> None:
    bench.run("/short.json", JSON)
    # No caller of ours sends this: the bug stands for whatever Python cannot survive.
    answer = bench.run("/short.json", {"to": "json", "source": "json", "options": 7})
    assert answer["code"] == "engine_crashed"
    assert answer["params"].keys() == {"kind"}, "an error's text may be content"
    assert bench.run("/short.json", JSON)["bytes"] > 0
    assert site.requests.count("/engine/worker.js") == 2


@pytest.mark.parametrize("part", ["worker.js", "pyodide.asm.mjs", "pyodide.asm.wasm", "core-", ".so"])
def test_an_engine_that_does_not_load_says_so_and_is_tried_again(
    bench: Bench, site: Site, engine: Path, part: str
) -> None:
    paths = [f"/engine/{path.relative_to(engine)}" for path in engine.rglob("*") if part in path.name]
    site.missing.update(paths)
    assert bench.run("/short.json", JSON)["code"] == "engine_unavailable"
    site.missing.clear()
    assert bench.run("/short.json", JSON)["bytes"] > 0


def test_a_part_that_does_not_load_fails_the_export_and_nothing_else(bench: Bench, site: Site, engine: Path) -> None:
    request = {"to": "markdown", "options": {"timezone": "Asia/Tokyo"}}
    site.missing.update(f"/engine/{path.relative_to(engine)}" for path in engine.rglob("tzdata*.whl"))
    assert bench.run("/short.json", request)["code"] == "engine_unavailable"
    assert bench.run("/short.json", MARKDOWN)["bytes"] > 0
    site.missing.clear()
    assert b"+09:00" in content(bench.run("/short.json", request))


def test_a_page_of_another_origin_starts_the_engine_by_a_blob(page: Page, site: Site, made: dict[str, bytes]) -> None:
    site.headers = {"Access-Control-Allow-Origin": "*"}
    policy = (
        f"default-src 'none'; img-src data:; script-src 'self' {site.origin} 'wasm-unsafe-eval'; "
        f"worker-src blob:; connect-src 'self' {site.origin} blob:"
    )
    with serve(Site({}, dict(made), {"Content-Security-Policy": policy})) as host:
        bench = Bench(page, f"{host.origin}/?engine={site.origin}/engine/")
        answer = bench.run("/short.json", {"to": "markdown", "options": {"timezone": "Asia/Tokyo"}})
        assert bench.complaints == []
        assert b"+09:00" in content(answer)


def _abort_and_go_on(bench: Bench, after: int) -> tuple[dict[str, Any], float]:
    """Abort a long export after so many milliseconds; return its answer, and the seconds to the end of a short one."""
    script = """async after => {
      // To look for what to hide takes long, and Python says nothing meanwhile.
      const request = { to: "json", redact: { kinds: ["email", "api-key", "token"] } };
      const answer = await bench.run("/huge.json", request, { abortAfter: after });
      const aborted = performance.now();
      await bench.run("/short.json", { to: "json" });
      return [answer, (performance.now() - aborted) / 1000];
    }"""
    answer, seconds = bench.tab.evaluate(script, after)
    return answer, seconds


def _wait(condition: Callable[[], Any]) -> None:
    end = time.monotonic() + 10
    while not condition():
        assert time.monotonic() < end, "nothing happened"
        time.sleep(0.01)
