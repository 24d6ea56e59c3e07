"""A session of 2,000 messages stays smooth."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.app import App
from tests.e2e.screens import LONG, on_every_screen

LONGEST_TASK_MS = 250  # on two busy cores; a person notices more
MOST_ARTICLES = 600

OBSERVE = """
() => {
  window.longest = 0;
  new PerformanceObserver((list) => {
    for (const { duration } of list.getEntries()) window.longest = Math.max(window.longest, duration);
  }).observe({ type: "longtask", buffered: true });
}
"""


@pytest.mark.alone
@on_every_screen
def test_scrolling_through_it_never_blocks_the_page_nor_fills_it(app: App, page: Page) -> None:
    app.open_session(LONG)
    expect(page.get_by_role("article").first).to_be_visible()
    page.evaluate(OBSERVE)
    for _ in range(30):
        page.evaluate("scrollBy(0, 4000)")
        page.wait_for_timeout(50)
    expect(page.get_by_role("feed")).to_have_attribute("aria-busy", "false")
    assert page.get_by_role("article").count() < MOST_ARTICLES
    assert page.evaluate("window.longest") < LONGEST_TASK_MS


def test_its_last_message_is_one_press_away(app: App, page: Page) -> None:
    app.open_session(LONG)
    page.get_by_role("button", name=app.word("last_message")).click()
    expect(page.get_by_text("125 done, 0 to go.")).to_be_in_viewport()
