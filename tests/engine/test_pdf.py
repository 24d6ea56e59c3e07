"""PDFs in the worker: the library's own bytes, by what is fetched when it is needed, and every way to stop."""

from __future__ import annotations

import base64
import json
import time
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from py_export import Notices, read, write
from tests.checkout import ROOT
from tests.engine.conftest import Ask, Bench, content
from tests.engine.site import Site
from tests.engine.test_same_bytes import AWKWARD

DEMO = ROOT / "tests" / "demo"
PDF = {"to": "session-pdf"}
MARKDOWN = {"to": "markdown"}
ABORTED = "AbortError"
STOP = 0.25
"""Seconds after which an aborted export must have been let go."""

LATIN = {
    "schemaVersion": 1,
    "generator": "py-export",
    "session": {"id": "latin", "title": "Plain"},
    "messages": [{"id": "1", "role": "user", "blocks": [{"type": "text", "text": "Only letters."}]}],
}


def _library(data: bytes, request: dict[str, Any]) -> tuple[bytes, list[tuple[str, int]]]:
    """Return the file, and its notices without their names of scripts: each Python knows those of its own Unicode."""
    notices = Notices()
    (session,) = read(data, notices=notices)
    written = b"".join(write(session, request["to"], options=request.get("options"), notices=notices))
    return written, [(one.code, one.count) for one in notices]


@pytest.mark.timeout(300)  # some start from a picture of memory that must be taken first
@pytest.mark.parametrize("snapshot", [False, True])
def test_every_pdf_is_the_librarys_own(in_node: Ask, tmp_path: Path, snapshot: bool) -> None:  # noqa: FBT001
    awkward = tmp_path / "awkward.json"
    awkward.write_text(json.dumps(AWKWARD), encoding="utf-8")
    claude, chinese = DEMO / "claude-code.json", DEMO / "gemini-zh.json"
    asked: list[tuple[Path, dict[str, Any]]] = [
        (claude, PDF),
        (claude, {"to": "pdf"}),
        (chinese, {"to": "pdf", "options": {"locale": "zh-CN", "timezone": "Asia/Shanghai"}}),
        (
            chinese,
            {"to": "session-pdf", "options": {"locale": "zh-CN", "timezone": "Asia/Shanghai", "paper": "letter"}},
        ),
        (awkward, PDF),
    ]
    asked = asked[-2:] if snapshot else asked
    exports = [{"file": str(file), "request": request} for file, request in asked]
    answers = in_node(exports=exports, snapshot=snapshot)["exports"]
    for (file, request), answer in zip(asked, answers, strict=True):
        found = [(one["code"], one["count"]) for one in answer["result"]["notices"]]
        assert (base64.b64decode(answer["base64"]), found) == _library(file.read_bytes(), request), (file.name, request)


@pytest.mark.browser
def test_a_pdf_fetches_what_sets_it_once_and_other_fonts_only_where_its_text_needs_them(
    bench: Bench, site: Site
) -> None:
    site.files |= {"/latin.json": json.dumps(LATIN).encode(), "/chinese.json": (DEMO / "gemini-zh.json").read_bytes()}
    bench.run("/latin.json", MARKDOWN)
    assert _fetched(site) == [], "nothing before a PDF is asked for"
    assert bench.tab.evaluate("bench.engine.weight('markdown')") == {"missing": 0, "fonts": 0}
    weight = bench.tab.evaluate("bench.engine.weight('session-pdf')")

    answer = bench.run("/latin.json", PDF)
    assert content(answer) == _library(site.files["/latin.json"], PDF)[0]
    assert sorted({path.split("/")[-2] for path in _fetched(site)}) == ["base", "engine"]
    fetched, last = next((step, after) for step, after in _steps(answer) if step[1] == weight["missing"])
    assert fetched == [weight["missing"], weight["missing"]], "all of it was told"
    assert last == [0, 1], "then it is written"
    assert bench.tab.evaluate("bench.engine.weight('pdf')") == {"missing": 0, "fonts": weight["fonts"]}

    before = len(_fetched(site))
    answer = bench.run("/chinese.json", PDF)
    assert content(answer) == _library(site.files["/chinese.json"], PDF)[0]
    assert {path.split("/")[-2] for path in _fetched(site)[before:]} == {"emoji", "sc"}, "of three, and only these"
    before = len(_fetched(site))
    answer = bench.run("/chinese.json", {"to": "pdf"})
    assert content(answer) == _library(site.files["/chinese.json"], {"to": "pdf"})[0]
    assert _fetched(site)[before:] == [], "once"
    assert bench.complaints == []


@pytest.mark.browser
def test_where_what_sets_pdfs_does_not_come_the_export_fails_and_nothing_else(bench: Bench, site: Site) -> None:
    site.files["/latin.json"] = json.dumps(LATIN).encode()
    font = next(path.name for path in site.folders["/engine/"].glob("fonts/base/text-regular-*.ttf"))
    site.files[f"/engine/fonts/base/{font}"] = b"damaged on its way"
    assert bench.run("/latin.json", PDF)["code"] == "engine_unavailable"
    assert bench.run("/latin.json", MARKDOWN)["bytes"] > 0
    del site.files[f"/engine/fonts/base/{font}"]
    assert content(bench.run("/latin.json", PDF)) == _library(site.files["/latin.json"], PDF)[0]
    typst = [path for path in _fetched(site) if "_typst" in path]
    assert len(typst) == 1, "what came stays"


@pytest.mark.alone
@pytest.mark.browser
def test_a_pdf_is_let_go_at_once_while_it_is_fetched_and_while_it_is_set(bench: Bench, site: Site) -> None:
    site.files["/latin.json"] = json.dumps(LATIN).encode()
    bench.run("/latin.json", MARKDOWN)
    answer = bench.run("/latin.json", PDF, abortAt=2)
    assert answer["error"] == ABORTED
    assert answer["latency"] < STOP * 1000
    bench.run("/latin.json", PDF)
    assert site.requests.count("/engine/worker.js") == 1, "to stop a fetch, no worker need end"

    # Nothing of Python is looked at while Typst sets the pages: the worker ends.
    script = """async request => {
      let setting = 0;
      const controller = new AbortController();
      const bytes = await (await fetch("/long.json")).arrayBuffer();
      const { signal } = controller;
      const done = bench.engine.export(bytes, request, { signal, onProgress: ({ done, total }) => {
        if (done < total || setting !== 0) return;
        setting = 1;
        setTimeout(() => { setting = performance.now(); controller.abort(); }, 100);
      } });
      return [await done.catch((error) => error.name), performance.now() - setting];
    }"""
    name, latency = bench.tab.evaluate(script, PDF)
    assert (name, latency < STOP * 1000) == (ABORTED, True)
    started = time.monotonic()
    assert bench.run("/latin.json", MARKDOWN)["bytes"] > 0
    assert time.monotonic() - started < 10
    assert content(bench.run("/latin.json", PDF)) == _library(site.files["/latin.json"], PDF)[0]


def _fetched(site: Site) -> list[str]:
    return [path for path in site.requests if "_typst" in path or "/fonts/" in path]


def _steps(answer: dict[str, Any]) -> list[tuple[list[int], list[int]]]:
    progress: list[list[int]] = answer["progress"]
    return [(one, two) for one, two in pairwise(progress) if one[1] != two[1]]
