"""Installing the page as an app: what Chromium itself finds missing."""

from __future__ import annotations

from pathlib import Path

from playwright.sync_api import BrowserType

from tests.e2e.conftest import launch_args
from tests.e2e.server import Server


def test_chromium_finds_nothing_that_hinders_the_installation(
    browser_type: BrowserType, demo_server: Server, tmp_path: Path
) -> None:
    # Installing is for profiles that last: a test's usual context is a private window.
    with browser_type.launch_persistent_context(tmp_path / "profile", **launch_args()) as context:
        page = context.new_page()
        page.goto(demo_server.url)
        page.evaluate("navigator.serviceWorker.ready.then(() => true)")
        browser = context.new_cdp_session(page)
        answer = browser.send("Page.getAppManifest")
        assert answer["errors"] == []
        assert browser.send("Page.getInstallabilityErrors")["installabilityErrors"] == []
        manifest = answer["manifest"]
        assert {each["formFactor"] for each in manifest["screenshots"]} == {"kWide", "kNarrow"}
        assert manifest["shareTarget"]["action"] == f"{demo_server.origin}/share"
        assert {each["url"] for each in manifest["shortcuts"]} == {
            f"{demo_server.origin}/#/local",
            f"{demo_server.origin}/#/",
        }
