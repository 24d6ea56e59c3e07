"""What leaves the page, and when: nothing but what was asked for, and no token in sight."""

from __future__ import annotations

from playwright.sync_api import Page, expect

from tests.e2e.app import App
from tests.e2e.screens import SHORT


def test_the_token_leaves_the_address_at_once(app: App, page: Page) -> None:
    expect(page.get_by_role("link", name=SHORT)).to_be_visible()
    assert app.server.token not in page.url
    assert page.evaluate("history.length") <= 2
    page.go_back()
    assert app.server.token not in page.url


def test_the_token_stands_in_no_request_address_but_the_first(app: App, page: Page) -> None:
    app.open_session(SHORT).export("json")
    page.reload()
    expect(app.menu_button).to_be_visible()
    assert [each for each in app.watch.requests if app.server.token in each] == [app.server.url]


def test_no_engine_byte_is_fetched_before_intent(app: App, page: Page) -> None:
    app.open_session(SHORT)
    page.wait_for_load_state("networkidle")
    assert app.watch.paths("/engine/") == []
    assert page.workers == []


def test_the_open_menu_is_intent(app: App, page: Page) -> None:
    app.open_session(SHORT)
    with page.expect_worker():
        app.menu_button.click()


def test_logs_hold_no_token_no_title_and_no_query(app: App) -> None:
    app.open_session(SHORT).export("markdown")
    log = "".join(line for line in app.server.lines if not line.startswith("py-export: "))
    assert log
    assert app.server.token not in log
    assert SHORT not in log
    assert "?" not in log
