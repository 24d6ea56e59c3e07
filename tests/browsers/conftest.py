"""The three engines, each started once, and what they look at: one server and one host application for all tests."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import pytest
from typing_extensions import override
from xdist.remote import Producer
from xdist.scheduler import LoadScopeScheduling

from tests.browsers.app import MANY, App
from tests.browsers.chromium import Chromium
from tests.browsers.driver import Driver
from tests.browsers.firefox import Firefox
from tests.browsers.outside import Outside, watching
from tests.browsers.webkit import WebKit
from tests.e2e.big import payload as big_payload
from tests.e2e.conftest import BUILT, CONFIG, whole_chromium
from tests.e2e.screens import CLAUDE
from tests.e2e.server import DEMO, Server, fill, serving
from tests.embedding.host import Host, hosting, introduce
from tests.tools import require

Start = Callable[[pytest.FixtureRequest, Path, int], Driver]

ENGINES: dict[str, Start] = {
    # One process can hold Playwright once: the other end-to-end tests share it.
    "chromium": lambda request, *rest: Chromium(request.getfixturevalue("playwright"), whole_chromium(), *rest),
    "firefox": lambda _, *rest: Firefox(require("Firefox"), *rest),
    "webkit": lambda _, *rest: WebKit(require("WebKitWebDriver"), require("MiniBrowser"), require("Xvfb"), *rest),
}


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark every test in this folder."""
    here = Path(__file__).parent
    for item in items:
        if here in item.path.parents:
            item.add_marker(pytest.mark.browser)


class ByEngine(LoadScopeScheduling):  # type: ignore[misc]  # xdist ships no types
    """
    Gives one process all tests of an engine, which is started once, and deals out every other test by itself.

    Of tests that are marked as a group xdist 3.8 tells by their id, which pytest 9.2 does not let it change.
    """

    @override
    def _split_scope(self, nodeid: str) -> str:
        path, _, parameters = nodeid.partition("[")
        return parameters if path.startswith("tests/browsers/") and parameters else nodeid


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Producer) -> ByEngine | None:
    """Keep an engine's tests together where groups are asked for."""
    return ByEngine(config, log) if config.getvalue("dist") == "loadgroup" else None


@pytest.fixture(scope="session", params=list(ENGINES))
def driver(
    request: pytest.FixtureRequest, outside: Outside, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Driver]:
    """Run an engine for all of its tests."""
    driver = ENGINES[request.param](request, tmp_path_factory.mktemp(request.param), outside.port)
    try:
        yield driver
    finally:
        driver.close()


@pytest.fixture(scope="session")
def outside() -> Iterator[Outside]:
    """Stand between the engines and the rest of the network."""
    with watching() as outside:
        yield outside


@pytest.fixture(scope="session")
def host() -> Iterator[Host]:
    """Serve a host application."""
    with hosting() as host:
        yield host


@pytest.fixture(scope="session")
def server(host: Host, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """Serve a session to read and one that keeps Python busy, to the host application's origin too."""
    folder = tmp_path_factory.mktemp("store")
    (folder / "big.json").write_bytes(big_payload(MANY))
    settings = {"PY_EXPORT_CORS_ORIGINS": json.dumps([host.origin]), "PY_EXPORT_EXPORTS_PER_MINUTE": "1000"}
    with serving_sessions(folder, DEMO / "claude-code.json", folder / "big.json", settings=settings) as server:
        introduce(server, host, CLAUDE)
        yield server


@pytest.fixture
def own_server(tmp_path: Path) -> Iterator[Server]:
    """Serve one session to a test that will stop the server, on an origin that no browser has seen."""
    with serving_sessions(tmp_path, DEMO / "claude-code.json") as server:
        yield server


@contextmanager
def serving_sessions(folder: Path, *files: Path, settings: Mapping[str, str] | None = None) -> Iterator[Server]:
    """Serve the sessions in files from a store in a folder."""
    if not BUILT.exists():
        pytest.fail("the page is not built: run make setup")
    fill(folder / "store.sqlite3", *files)
    with serving(folder / "store.sqlite3", CONFIG["START_TIMEOUT_S"], settings) as server:
        yield server


@pytest.fixture
def app(driver: Driver, server: Server, outside: Outside, request: pytest.FixtureRequest) -> Iterator[App]:
    """
    Let a test use the page; afterwards nothing may have been complained about, or asked for from elsewhere.

    The page stays open for the next test, as it would before a person, and is thrown away with a test that failed.
    """
    complaints, asked, failures = len(driver.complaints()), len(outside.asked), request.session.testsfailed
    for file in driver.downloads.iterdir():
        file.unlink()
    app = App(driver, server)
    yield app
    driver.evaluate("() => { localStorage.clear(); }")
    if request.session.testsfailed > failures:
        driver.open("about:blank")
    unexpected = [
        each for each in driver.complaints()[complaints:] if not any(re.search(one, each) for one in app.expected)
    ]
    assert unexpected == []
    assert [each for each in outside.asked[asked:] if not any(maker in each for maker in driver.makers)] == []
