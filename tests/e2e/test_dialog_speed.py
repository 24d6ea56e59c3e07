"""How soon the dialog answers: a preview follows a change at once, and no key stroke waits for one."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Page, expect

from tests.demo import long
from tests.e2e.app import App
from tests.e2e.conftest import CONFIG
from tests.e2e.poll import until
from tests.e2e.screens import LONG
from tests.e2e.server import Server, fill, serving

pytestmark = pytest.mark.alone

MESSAGES = 200
PREVIEW_MS = 150
KEY_STROKE_MS = 50

AppOn = Callable[[Server], App]

# Notes in the page when the preview's text has changed, and the longest task since; the dialog lives in a shadow root.
OBSERVE = """
() => {
  const dialog = document.querySelector("main session-export-menu").shadowRoot.querySelector("dialog");
  const sheet = dialog.querySelector("pre");
  window.seen = { asked: 0, shown: 0, longest: 0 };
  dialog.addEventListener("change", () => { window.seen.asked = performance.now(); }, { capture: true });
  dialog.addEventListener("input", () => { window.seen.asked = performance.now(); }, { capture: true });
  const watch = { childList: true, characterData: true };
  new MutationObserver(() => { window.seen.shown = performance.now(); }).observe(sheet, watch);
  new PerformanceObserver((list) => {
    for (const { duration } of list.getEntries()) window.seen.longest = Math.max(window.seen.longest, duration);
  }).observe({ type: "longtask" });
}
"""


@pytest.fixture(scope="session")
def middling_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """Serve a session of 200 messages."""
    folder = tmp_path_factory.mktemp("middling")
    document = long.document()
    (folder / "s.json").write_text(json.dumps(document | {"messages": document["messages"][:MESSAGES]}))
    fill(folder / "s.sqlite3", folder / "s.json")
    with serving(folder / "s.sqlite3", CONFIG["START_TIMEOUT_S"]) as server:
        yield server


def test_an_option_refreshes_the_preview_at_once_and_no_key_stroke_waits(
    app_on: AppOn, middling_server: Server, page: Page
) -> None:
    app = app_on(middling_server)
    app.open_session(LONG).open_dialog()
    app.choose("markdown")
    expect(app.preview).to_contain_text(LONG)
    page.wait_for_timeout(500)
    page.evaluate(OBSERVE)
    waited = [_refreshed(app, change) for _ in range(3) for change in _changes(app)]
    assert sorted(waited)[len(waited) // 2] < PREVIEW_MS, waited
    app.dialog.get_by_label(app.word("redact_mode"), exact=True).select_option("on")
    page.wait_for_timeout(1500)  # the session is looked through once
    waited = [_refreshed(app, change) for _ in range(2) for change in _changes(app)]
    assert sorted(waited)[len(waited) // 2] < PREVIEW_MS, waited
    app.dialog.get_by_text(app.word("selection")).click()
    page.evaluate("window.seen.longest = 0")
    app.dialog.get_by_label(app.word("filter"), exact=True).press_sequentially("r20 & c'tide'", delay=30)
    page.wait_for_timeout(300)
    assert page.evaluate("window.seen.longest") < KEY_STROKE_MS * 2, "a task of the page's, on busy cores"


def _changes(app: App) -> tuple[Callable[[], object], ...]:
    """Return what a person may change of the options."""
    tools = app.dialog.get_by_label(app.word("option_tools"))
    return (
        app.dialog.get_by_label(app.word("option_timestamps")).click,
        app.dialog.get_by_label(app.word("option_front_matter")).click,
        lambda: tools.select_option("full"),
        lambda: tools.select_option("summary"),
    )


def _refreshed(app: App, change: Callable[[], object]) -> float:
    """Return how many milliseconds a change takes until it is seen."""
    change()
    until(lambda: app.page.evaluate("window.seen.shown > window.seen.asked"), timeout_s=5)
    waited: float = app.page.evaluate("window.seen.shown - window.seen.asked")
    return waited
