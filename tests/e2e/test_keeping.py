"""What is kept for working offline where something is in the way: no room, a tab closed in the middle."""

from __future__ import annotations

from hashlib import sha256
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Page, expect
from pytest_playwright import CreateContextCallback

from tests.e2e.app import App
from tests.e2e.recorder import recording
from tests.e2e.screens import SHORT
from tests.e2e.server import Server
from tests.e2e.sharing import share
from tests.e2e.versions import DIST
from tests.e2e.watch import Watch

pytestmark = pytest.mark.keeps

DIGESTS = """async () => {
  const found = {};
  for (const name of await caches.keys()) {
    const cache = await caches.open(name);
    for (const request of await cache.keys()) {
      const bytes = await (await cache.match(request)).arrayBuffer();
      const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
      found[request.url] = Array.from(digest, (byte) => byte.toString(16).padStart(2, "0")).join("");
    }
  }
  return found;
}"""


def ready(page: Page) -> None:
    """Wait until the page itself is on the device."""
    page.evaluate("navigator.serviceWorker.ready.then(() => true)")


def make_full(page: Page, origin: str, size: int) -> None:
    """Leave only this many bytes of room on the device."""
    page.context.new_cdp_session(page).send("Storage.overrideQuotaForOrigin", {"origin": origin, "quotaSize": size})


def kept_as_built(page: Page) -> set[str]:
    """Return the paths of what is kept, each of which must be the built file, whole."""
    kept = {url: digest for url, digest in page.evaluate(DIGESTS).items() if not url.endswith("?older")}
    paths = {url: urlsplit(url).path.removeprefix("/") or "index.html" for url in kept}
    built = {url: sha256((DIST / path).read_bytes()).hexdigest() for url, path in paths.items()}
    assert kept == built
    return set(paths.values())


def offline_dialog_says(app: App, key: str) -> None:
    """Open "Working offline", and expect a sentence there."""
    app.page.get_by_role("button", name=app.word("offline_title")).click()
    dialog = app.page.get_by_role("dialog", name=app.word("offline_title"))
    keep = dialog.get_by_role("button", name=app.word("offline_keep"), exact=True)
    if key == "offline_full":
        keep.click()
    expect(dialog.get_by_role("status")).to_have_text(app.word(key))
    app.page.keyboard.press("Escape")


def test_a_device_without_room_for_the_engine_exports_all_the_same_and_says_why_it_keeps_nothing(
    app: App, page: Page, tmp_path: Path
) -> None:
    ready(page)
    make_full(page, app.server.origin, 2_000_000)
    assert app.open_session(SHORT).export("markdown").data
    expect(page.get_by_text(app.word("offline_not_kept"))).to_be_visible()
    app.dismiss()
    offline_dialog_says(app, "offline_full")
    large = tmp_path / "large.json"
    large.write_bytes(b"[" + b" " * 3_000_000 + b"]")
    share(page, f"{app.server.origin}/", large)
    expect(page.get_by_text(app.word("received_failed"))).to_be_visible()
    assert [each for each in page.evaluate("caches.keys()") if each.endswith(" shared")] == []


def test_a_device_without_any_room_is_harmed_by_nothing(page: Page, demo_server: Server, watch: Watch) -> None:
    make_full(page, demo_server.origin, 20_000)
    watch.expect("QuotaExceeded|quota")
    app = App(page, demo_server, watch).open()
    assert app.open_session(SHORT).export("markdown").data
    app.dismiss()
    offline_dialog_says(app, "offline_unavailable")
    assert page.evaluate("caches.keys()") == []
    page.reload()
    expect(page.get_by_role("heading", name=SHORT, level=1)).to_be_visible()


def test_a_tab_closed_in_the_middle_leaves_nothing_half_on_the_device(
    demo_server: Server, new_context: CreateContextCallback
) -> None:
    with recording(demo_server.origin) as recorder:
        context = new_context(proxy={"server": recorder.address})
        watch = Watch(context)
        watch.expect("ERR_|Failed to fetch|Failed to load|integrity")

        recorder.stall(r"/icons/icon-512\.png$")
        App(context.new_page(), demo_server, watch).open()
        assert recorder.stalled.wait(20), "the page was being kept"
        context.pages[0].close()
        recorder.release()

        app = App(context.new_page(), demo_server, watch).open()
        ready(app.page)
        shell = kept_as_built(app.page)
        assert {"index.html", "sw.js"} & shell == {"index.html"}
        app.page.reload()

        recorder.stall(r"/engine/.*\.wasm$")
        app.open_session(SHORT).menu_button.click()
        assert recorder.stalled.wait(20), "the engine was on its way"
        app.page.close()
        recorder.release()

        app = App(context.new_page(), demo_server, watch).open()
        kept_as_built(app.page)
        assert app.open_session(SHORT).export("markdown").data
        expect(app.page.get_by_text(app.word("offline_ready"), exact=True)).to_be_visible()
        assert [each for each in kept_as_built(app.page) if each.endswith(".wasm")]
        recorder.cut = True
        app.page.reload()
        expect(app.page.get_by_role("heading", name=app.word("server_away"))).to_be_visible()
        watch.check()
