"""No finding by axe in any state, on any screen, in either scheme and language; and the keyboard is enough."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.app import App, hold
from tests.e2e.conftest import Serve
from tests.e2e.looks import every_look, every_look_and_screen, findings
from tests.e2e.screens import CLAUDE, CODEX, GEMINI, LONG, SHORT
from tests.e2e.server import Server
from tests.e2e.watch import Watch


@every_look_and_screen
def test_axe_finds_nothing_on_the_way_to_a_file(looked_at: App, page: Page) -> None:
    app = looked_at
    expect(page.get_by_role("link", name=CODEX)).to_be_visible()
    assert findings(page) == []
    app.open_session(CODEX)
    assert findings(page) == []
    app.menu_button.click()
    assert findings(page) == []
    page.get_by_role("menuitem", name=app.word("export")).click()
    expect(app.dialog).to_be_visible()
    assert findings(page) == []
    app.choose("markdown")
    with page.expect_download():
        app.download_button.click()
    page.wait_for_timeout(300)
    assert findings(page) == []


@every_look_and_screen
def test_axe_finds_nothing_while_it_waits_and_when_it_fails(looked_at: App, page: Page) -> None:
    app = looked_at
    app.watch.expect("ERR_FAILED")
    held = hold(page, "**/export")
    app.open_session(SHORT).open_dialog()
    app.download_button.click()
    expect(app.dialog.get_by_role("progressbar")).to_be_visible()
    assert findings(page) == []
    # The preview has asked, and the download with it or, where it came later, by itself: neither gets an answer.
    page.route("**/export", lambda route: route.abort())
    for route in held:
        route.abort()
    expect(app.dialog.get_by_role("alert")).not_to_be_empty()
    assert findings(page) == []


@every_look
def test_axe_finds_nothing_when_a_session_is_too_long(
    page: Page, serve: Serve, watch: Watch, own_store: Path, language: str, scheme: str
) -> None:
    assert scheme
    watch.expect("status of 413")
    app = App(page, serve(own_store, max_messages="700"), watch, language).open().open_session(LONG)
    app.open_dialog()
    app.download_button.click()
    app.error("too_large")
    assert findings(page) == []


@every_look
def test_axe_finds_nothing_when_the_token_is_refused(
    page: Page, demo_server: Server, watch: Watch, language: str, scheme: str
) -> None:
    assert scheme
    watch.expect("status of 401")
    stranger = Server(demo_server.origin, "of.bad.news", demo_server.process)
    app = App(page, stranger, watch, language).open()
    expect(page.get_by_role("heading", name=app.word("signed_out"), level=1)).to_be_visible()
    assert findings(page) == []


@every_look
def test_axe_finds_nothing_when_there_is_nothing(
    page: Page, serve: Serve, watch: Watch, tmp_path_factory: pytest.TempPathFactory, language: str, scheme: str
) -> None:
    assert scheme
    App(page, serve(tmp_path_factory.mktemp("empty") / "empty.sqlite3"), watch, language).open()
    expect(page.get_by_role("main")).to_contain_text("py-export import")
    assert findings(page) == []


def test_the_keyboard_is_enough(app: App, page: Page) -> None:
    link = page.get_by_role("link", name=GEMINI)
    expect(link).to_be_visible()
    _tab_to(page, link)
    page.keyboard.press("Enter")
    _tab_to(page, app.menu_button)
    page.keyboard.press("Enter")
    expect(page.get_by_role("menuitem", name=app.word("export"))).to_be_focused()
    page.keyboard.press("Enter")
    expect(app.dialog.get_by_role("radio", checked=True).first).to_be_focused()
    page.keyboard.press("ArrowUp")
    with page.expect_download() as download:
        page.keyboard.press("Enter")
    assert download.value.suggested_filename.endswith(".md")


def test_focus_returns_to_the_button_that_opened_the_dialog(app: App, page: Page) -> None:
    app.open_session(SHORT).open_dialog()
    page.keyboard.press("Escape")
    expect(app.menu_button).to_be_focused()


def test_the_arrow_keys_rove_and_escape_closes(app: App, page: Page) -> None:
    app.open_session(SHORT)
    app.menu_button.focus()
    page.keyboard.press("ArrowDown")
    items = page.get_by_role("menuitem")
    expect(items.first).to_be_focused()
    page.keyboard.press("ArrowUp")
    expect(items.last).to_be_focused()
    page.keyboard.press("Home")
    expect(items.first).to_be_focused()
    page.keyboard.press("Escape")
    expect(items.first).to_be_hidden()
    expect(app.menu_button).to_be_focused()


@pytest.mark.parametrize(("scheme", "language"), [("light", "zh-CN")])
def test_the_page_speaks_chinese(looked_at: App, page: Page) -> None:
    app = looked_at.open_session(CLAUDE)
    expect(page.locator("html")).to_have_attribute("lang", "zh-CN")
    expect(app.open_dialog()).to_contain_text(app.word("export_lead"))


@pytest.mark.parametrize(("scheme", "language"), [("dark", "en-US")])
def test_dark_is_dark(looked_at: App, page: Page) -> None:
    looked_at.open_session(CLAUDE)
    background = page.evaluate(
        "getComputedStyle(document.body).backgroundColor + getComputedStyle(document.documentElement).backgroundColor"
    )
    assert "255, 255, 255" not in background


def _tab_to(page: Page, target: object) -> None:
    """Press Tab until the target has the focus; a person would give up after forty."""
    for _ in range(40):
        page.keyboard.press("Tab")
        if target.evaluate("(element) => element.matches(':focus')"):  # type: ignore[attr-defined]
            return
    pytest.fail("Tab does not lead there")
