"""The built engine: under Node for what Python does, in Chromium behind a bare page for what the worker does."""

from __future__ import annotations

import base64
import json
import os
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page

from tests.checkout import ROOT
from tests.demo import long
from tests.e2e.conftest import whole_chromium
from tests.engine.bundle import ENGINE, node, page
from tests.engine.site import Site, serve
from tests.tools import lighter

DEMO = ROOT / "tests" / "demo"

Ask = Callable[..., dict[str, Any]]


@pytest.fixture(scope="session")
def engine() -> Path:
    """Return the folder of the built engine."""
    if not (ENGINE / "manifest.json").exists():
        pytest.fail("the engine is not built: run make setup")
    return ENGINE


@pytest.fixture(scope="session")
def in_node(engine: Path) -> Ask:
    """Return a function that runs the built engine under Node and gives back its answer; see in_node.mjs."""
    assert engine.exists()

    def ask(**wanted: object) -> dict[str, Any]:
        command: list[str | Path] = [node(), Path(__file__).parent / "in_node.mjs"]
        done = subprocess.run(command, input=json.dumps(wanted), check=True, capture_output=True, text=True)  # noqa: S603
        answer: dict[str, Any] = json.loads(done.stdout)
        return answer

    return ask


@pytest.fixture(scope="session")
def browser_type_launch_args() -> dict[str, Any]:
    """Launch the machine's own browser, or where tests run side by side its lighter sibling."""
    if "PYTEST_XDIST_WORKER" not in os.environ:
        return whole_chromium()
    return whole_chromium() | {"executable_path": lighter("Chromium", "Chromium's headless shell")}


@pytest.fixture(scope="session")
def made(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """Return the bare page and the sessions that tests export, by their paths."""
    document = long.document()
    messages = document["messages"]
    files = page(tmp_path_factory.mktemp("page"))
    files["/short.json"] = (DEMO / "short.json").read_bytes()
    files["/long.json"] = _compact(document)
    files["/huge.json"] = _compact(document | {"messages": messages * 12})
    return files


@pytest.fixture
def site(engine: Path, made: dict[str, bytes]) -> Iterator[Site]:
    """Serve the engine and the bare page."""
    with serve(Site({"/engine/": engine}, dict(made))) as served:
        yield served


class Bench:
    """The bare page, as a test drives it."""

    def __init__(self, tab: Page, address: str) -> None:
        self.tab = tab
        self.complaints: list[str] = []
        self.requests: list[str] = []
        tab.on("console", lambda message: self.complaints.append(message.text))
        tab.on("pageerror", lambda error: self.complaints.append(str(error)))
        tab.context.on("request", lambda request: self.requests.append(request.url))
        tab.goto(address)

    def run(self, path: str, request: dict[str, Any], **how: int) -> dict[str, Any]:
        """Export the session at ``path``; see page.mjs."""
        answer: dict[str, Any] = self.tab.evaluate(
            "([path, request, how]) => bench.run(path, request, how)", [path, request, how]
        )
        return answer


@pytest.fixture
def bench(page: Page, site: Site) -> Bench:
    """Open the bare page, on which nothing has been asked of the engine yet."""
    return Bench(page, f"{site.origin}/")


def content(answer: dict[str, Any]) -> bytes:
    """Return the file of an answer."""
    return base64.b64decode(answer["base64"])


def _compact(document: dict[str, Any]) -> bytes:
    return json.dumps(document, ensure_ascii=False, separators=(",", ":")).encode()
