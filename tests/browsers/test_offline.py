"""The network taken away, in three engines: the server is really gone, and files are converted all the same."""

from __future__ import annotations

from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

import pytest

from tests.browsers.app import PATIENCE_S, App, written
from tests.browsers.driver import Target, until
from tests.e2e.screens import CLAUDE
from tests.e2e.server import Server

ACTIVE = "() => navigator.serviceWorker.ready.then(({ active, scope }) => [active.state, scope])"

FORGET = """async () => {
  const names = await caches.keys();
  await Promise.all(names.filter((name) => name.endsWith(" parts")).map((name) => caches.delete(name)));
}"""


@pytest.fixture
def app(app: App, own_server: Server) -> App:
    """Return the page on a server of the test's own."""
    app.server = own_server
    return app


def test_after_one_visit_and_one_export_a_file_is_converted_without_a_network(app: App, tmp_path: Path) -> None:
    payload = app.payload(CLAUDE)
    file = tmp_path / "talk.json"
    file.write_bytes(payload)
    app.open().open_session(CLAUDE).export("json")
    app.driver.see(Target(css="[role=status]", name=app.word("offline_ready")), PATIENCE_S)
    keep_all(app)
    assert app.driver.evaluate(ACTIVE) == ["activated", f"{app.server.origin}/"]

    end(app.server)
    app.expected.append(r"Failed to load|ERR_CONNECTION_REFUSED|NetworkError|Could not connect|Load failed")
    app.driver.reload()
    app.driver.evaluate("() => { location.hash = '#/'; }")
    app.see("heading", "server_away")
    app.open_file(file, CLAUDE)
    for to in ("markdown", "html"):
        assert app.export(to) == written(payload, to)


def keep_all(app: App) -> None:
    """Clear the engine away, as a browser does that needs room, and fetch it anew by the button."""
    title = app.word("offline_title")
    dialog = Target("dialog", title)
    keep = Target("button", app.word("offline_keep"), within=dialog)
    kept = Target(css="[role=status]", name=app.word("offline_is_ready"), within=dialog)

    def is_missed() -> bool:
        # What makes the picture of memory may be fetching it at this moment, and with it keeping it.
        app.driver.evaluate(FORGET)
        app.driver.click(Target("button", title))
        until(lambda: app.driver.find(keep) or app.driver.find(kept))
        if app.driver.find(keep):
            return True
        app.driver.press("Escape")
        app.driver.gone(dialog)
        return False

    until(is_missed)
    app.driver.click(keep)
    app.driver.see(kept)
    app.driver.press("Escape")
    app.driver.gone(dialog)


def end(server: Server) -> None:
    """End the server's process, and see that nobody answers where it was."""
    server.stop()
    assert server.process.returncode is not None
    with pytest.raises(URLError, match="refused"):
        urlopen(server.origin, timeout=5)  # noqa: S310
