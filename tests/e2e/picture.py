"""Takes the README's picture, and the app's screenshots for its installation: a session under the export dialog."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Any

from playwright.sync_api import expect, sync_playwright

from tests.checkout import ROOT
from tests.e2e.app import App
from tests.e2e.conftest import CONFIG, launch_args
from tests.e2e.screens import CLAUDE
from tests.e2e.server import DEMO, fill, serving
from tests.e2e.watch import Watch

PICTURE = ROOT / "tests" / "e2e" / "page.png"
SCREENSHOTS = ROOT / "web" / "public" / "screenshots"


def take() -> None:
    """Write the pictures."""
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        database = Path(folder) / "demo.sqlite3"
        fill(database, *sorted(DEMO.glob("*.json")))
        with serving(database, CONFIG["START_TIMEOUT_S"]) as server:
            browser = playwright.chromium.launch(**launch_args())
            devices: dict[Path, dict[str, Any]] = {
                PICTURE: {"viewport": {"width": 1200, "height": 760}},
                SCREENSHOTS / "wide.png": {"viewport": {"width": 1280, "height": 800}},
                SCREENSHOTS / "narrow.png": {
                    "viewport": {"width": 360, "height": 640},
                    "device_scale_factor": 2,
                    "is_mobile": True,
                    "has_touch": True,
                },
            }
            for path, device in devices.items():
                context = browser.new_context(locale="en-US", timezone_id="UTC", **device)
                app = App(context.new_page(), server, Watch(context)).open().open_session(CLAUDE)
                expect(app.page.get_by_role("article").nth(3)).to_be_visible()
                app.open_dialog()
                app.choose("markdown")
                expect(app.preview).to_contain_text(CLAUDE)
                app.page.wait_for_timeout(500)  # the dialog's entrance
                path.parent.mkdir(exist_ok=True)
                app.page.screenshot(path=path)
                context.close()
            browser.close()


if __name__ == "__main__":
    take()
