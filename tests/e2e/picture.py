"""Takes the README's picture: a session, with the export dialog open."""

from __future__ import annotations

import tempfile
from pathlib import Path

from playwright.sync_api import expect, sync_playwright

from tests.checkout import ROOT
from tests.e2e.app import App
from tests.e2e.conftest import CONFIG, launch_args
from tests.e2e.screens import CLAUDE
from tests.e2e.server import DEMO, fill, serving
from tests.e2e.watch import Watch

PICTURE = ROOT / "tests" / "e2e" / "page.png"


def take() -> None:
    """Write the picture."""
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        database = Path(folder) / "demo.sqlite3"
        fill(database, *sorted(DEMO.glob("*.json")))
        with serving(database, CONFIG["START_TIMEOUT_S"]) as server:
            browser = playwright.chromium.launch(**launch_args())
            context = browser.new_context(locale="en-US", timezone_id="UTC", viewport={"width": 1200, "height": 760})
            app = App(context.new_page(), server, Watch(context)).open().open_session(CLAUDE)
            expect(app.page.get_by_role("article").nth(3)).to_be_visible()
            app.open_dialog()
            app.choose("markdown")
            expect(app.preview).to_contain_text(CLAUDE)
            app.page.wait_for_timeout(500)  # the dialog's entrance
            app.page.screenshot(path=PICTURE)
            browser.close()


if __name__ == "__main__":
    take()
