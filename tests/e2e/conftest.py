"""The built page in a real browser, served by the real server, watched for every request and every complaint."""

from __future__ import annotations

import os
import runpy
import shutil
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.checkout import ROOT
from tests.demo import long
from tests.e2e import big
from tests.e2e.app import App
from tests.e2e.screens import CLAUDE
from tests.e2e.server import DEMO, Server, fill, serving
from tests.e2e.watch import Watch
from tests.tools import lighter, require

CONFIG = runpy.run_path(str(ROOT / "playwright.config.py"))
BUILT = ROOT / "web" / "dist" / "index.html"

Serve = Callable[..., Server]

# Chromium's sandbox does not run as root, as which containers run.
_AS_ROOT = ["--no-sandbox"] if os.geteuid() == 0 else []

# As a person leaves it who wants no picture of memory.
REFUSE = """async () => {
  const root = await navigator.storage.getDirectory();
  const name = `py-export ${encodeURIComponent(new URL("engine/", document.baseURI).href)}`;
  await (await root.getDirectoryHandle(name, { create: true })).getFileHandle("refused", { create: true });
}"""

expect.set_options(timeout=CONFIG["TIMEOUT_MS"])


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark every test in this folder, so that ``-m "not browser"`` leaves them out."""
    here = Path(__file__).parent
    for item in items:
        if here in item.path.parents:
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session")
def browser_type_launch_args() -> dict[str, Any]:
    """Launch the machine's own browser."""
    return launch_args()


def launch_args() -> dict[str, Any]:
    """Return what launches the machine's own browser, or where tests run side by side its lighter sibling."""
    if "PYTEST_XDIST_WORKER" not in os.environ:
        return whole_chromium()
    program = lighter("Chromium", "Chromium's headless shell")
    return {"executable_path": program, "args": [*CONFIG["LAUNCH_ARGS"], *CONFIG["SIDE_BY_SIDE_ARGS"], *_AS_ROOT]}


def whole_chromium() -> dict[str, Any]:
    """Return what launches the browser as people have it."""
    return {"executable_path": require("Chromium"), "args": [*CONFIG["LAUNCH_ARGS"], *_AS_ROOT]}


@pytest.fixture
def screen(request: pytest.FixtureRequest) -> str:
    """Return the name of the device that the test runs on; ``on_every_screen`` asks for each."""
    return getattr(request, "param", "desktop")


@pytest.fixture
def browser_context_args(screen: str, request: pytest.FixtureRequest) -> dict[str, Any]:
    """Make the device, in English and UTC; a test in ``every_look`` names its look, and is judged without motion."""
    look = request.node.callspec.params if hasattr(request.node, "callspec") else {}
    chosen: dict[str, Any] = {
        "color_scheme": look.get("scheme", "light"),
        "locale": look.get("language", "en-US"),
        "timezone_id": "UTC",
        **CONFIG["DEVICES"][screen],
    }
    return chosen | {"reduced_motion": "reduce"} if "scheme" in look else chosen


@pytest.fixture(scope="session")
def demo_store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a store with the demo sessions, filled as ``make run`` does it."""
    if not BUILT.exists():
        pytest.fail("the page is not built: run make setup")
    folder = tmp_path_factory.mktemp("store")
    long_session = folder / "long.json"
    long_session.write_bytes(long.payload())
    fill(folder / "demo.sqlite3", *sorted(DEMO.glob("*.json")), long_session)
    return folder / "demo.sqlite3"


@pytest.fixture(scope="session")
def demo_server(demo_store: Path) -> Iterator[Server]:
    """Serve the demo store to every test that needs nothing special."""
    with serving(demo_store, CONFIG["START_TIMEOUT_S"]) as server:
        yield server


@pytest.fixture(scope="session")
def big_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """Serve one session of 20,000 messages."""
    folder = tmp_path_factory.mktemp("big")
    (folder / "big.json").write_bytes(big.payload())
    fill(folder / "big.sqlite3", folder / "big.json")
    with serving(folder / "big.sqlite3", CONFIG["START_TIMEOUT_S"]) as server:
        yield server


@pytest.fixture
def own_store(demo_store: Path, tmp_path: Path) -> Path:
    """Return a copy of the demo store, for a test that harms it or limits it."""
    return Path(shutil.copy(demo_store, tmp_path / "own.sqlite3"))


@pytest.fixture
def serve() -> Iterator[Serve]:
    """Return a function that starts a server of its own for this test: ``serve(database, **settings)``."""
    with ExitStack() as stack:

        def start(database: Path, **settings: str) -> Server:
            environment = {f"PY_EXPORT_{name.upper()}": value for name, value in settings.items()}
            return stack.enter_context(serving(database, CONFIG["START_TIMEOUT_S"], environment))

        yield start


@pytest.fixture(autouse=True)
def keep_nothing(request: pytest.FixtureRequest) -> None:
    """
    Take the service worker away, and want no picture of memory.

    In each test's own private window the one would fetch and store the engine once more, the other start it once more.
    """
    if "context" in request.fixturenames and request.node.get_closest_marker("keeps") is None:
        context: BrowserContext = request.getfixturevalue("context")
        context.add_init_script("delete Navigator.prototype.serviceWorker")
        context.add_init_script(f"if (isSecureContext) ({REFUSE})().catch(() => {{}})")


@pytest.fixture
def watch(context: BrowserContext) -> Iterator[Watch]:
    """Watch every page of the test; at its end nothing may have left the origin or been complained about."""
    context.set_default_timeout(CONFIG["TIMEOUT_MS"])
    watching = Watch(context)
    yield watching
    watching.check()


@pytest.fixture
def app(page: Page, demo_server: Server, watch: Watch) -> App:
    """Open the page on the demo store, by the address that the server printed."""
    return App(page, demo_server, watch).open()


@pytest.fixture
def looked_at(page: Page, demo_server: Server, watch: Watch, language: str, scheme: str) -> App:
    """Open the page in the look that the test names."""
    assert scheme
    return App(page, demo_server, watch, language).open()


@pytest.fixture
def session(app: App) -> App:
    """Open a session of several pairs."""
    app.open_session(CLAUDE)
    expect(app.page.get_by_role("article").first).to_be_visible()
    return app


@pytest.fixture
def app_on(page: Page, watch: Watch) -> Callable[[Server], App]:
    """Return a function that opens the page on a server of the test's own."""
    return lambda server: App(page, server, watch).open()
