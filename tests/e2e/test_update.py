"""A new version of the page: it waits to be accepted, and takes nobody's work away."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.e2e.app import App
from tests.e2e.conftest import Serve
from tests.e2e.looks import every_look_and_screen, findings
from tests.e2e.poll import until_page
from tests.e2e.screens import SHORT
from tests.e2e.server import Server
from tests.e2e.versions import copy_page, next_version, version_of
from tests.e2e.watch import Watch

pytestmark = pytest.mark.keeps

AppOn = Callable[[Server], App]

TITLE = "py-export, the next"
WAITS = "navigator.serviceWorker.getRegistration().then((it) => it.waiting !== null)"
RUNNING = "document.querySelector('meta[name=application-version]').content"


@pytest.fixture
def deployed(tmp_path: Path) -> Path:
    """Return the folder that the server serves the page from."""
    return copy_page(tmp_path / "page")


@pytest.fixture
def deployed_app(app_on: AppOn, serve: Serve, own_store: Path, deployed: Path) -> App:
    """Open the page, and come back to it: from then on it is served from the device."""
    app = app_on(serve(own_store, page=str(deployed)))
    visit_again(app.page)
    return app


def visit_again(page: Page) -> None:
    """Reload the page once it is on the device."""
    page.evaluate("navigator.serviceWorker.ready.then(() => true)")
    page.reload()
    assert page.evaluate("navigator.serviceWorker.controller !== null")
    page.evaluate("window.stays = true")


def deploy(page: Page, folder: Path) -> str:
    """Lay a next version over the one that is served, and let the browser find it."""
    new = next_version(folder, TITLE)
    page.evaluate("navigator.serviceWorker.getRegistration().then((it) => it.update()).then(() => true)")
    until_page(page, WAITS)
    return new


def offer(app: App) -> Locator:
    """Return what offers the update."""
    return app.page.get_by_role("region", name=app.word("update_available"))


def test_an_update_is_offered_and_taken_by_reloading(deployed_app: App, deployed: Path, page: Page) -> None:
    new = deploy(page, deployed)
    expect(offer(deployed_app)).to_be_visible()
    assert page.evaluate("window.stays"), "the page was reloaded by itself"
    offer(deployed_app).get_by_role("button", name=deployed_app.word("update_reload")).click()
    until_page(page, "window.stays === undefined")
    expect(page.get_by_role("link", name=SHORT)).to_be_visible()
    assert page.evaluate(RUNNING) == new
    expect(offer(deployed_app)).to_be_hidden()


def test_later_means_later(deployed_app: App, deployed: Path, page: Page) -> None:
    old = version_of(deployed)
    deploy(page, deployed)
    offer(deployed_app).get_by_role("button", name=deployed_app.word("update_later")).click()
    expect(offer(deployed_app)).to_be_hidden()
    assert page.evaluate("window.stays")
    page.reload()
    assert page.evaluate(RUNNING) == old, "a reload is not yet a yes"
    expect(offer(deployed_app)).to_be_visible()


def test_an_update_is_not_offered_while_a_dialog_is_open(deployed_app: App, deployed: Path, page: Page) -> None:
    deployed_app.open_session(SHORT).open_dialog()
    deploy(page, deployed)
    page.wait_for_timeout(1500)
    expect(offer(deployed_app)).to_be_hidden()
    page.keyboard.press("Escape")
    expect(offer(deployed_app)).to_be_visible()


def test_an_offer_waits_for_an_export_that_began_after_it(deployed_app: App, deployed: Path, page: Page) -> None:
    app = deployed_app.open_session(SHORT)
    deploy(page, deployed)
    expect(offer(app)).to_be_visible()
    page.route("**/export", lambda _: None)
    page.evaluate("void document.querySelector('session-export-menu').exportNow({ format: 'json' })")
    until_page(page, "document.querySelector('session-export-menu').busy")
    offer(app).get_by_role("button", name=app.word("update_reload")).click()
    expect(offer(app)).to_contain_text(app.word("update_busy"))
    assert page.evaluate("window.stays")


def test_another_tab_goes_on_with_its_own_version_until_it_is_reloaded(
    deployed_app: App, deployed: Path, page: Page, watch: Watch
) -> None:
    old = version_of(deployed)
    second = App(page.context.new_page(), deployed_app.server, watch)
    second.open()
    second.page.evaluate("window.stays = true")
    new = deploy(page, deployed)
    offer(deployed_app).get_by_role("button", name=deployed_app.word("update_reload")).click()
    until_page(page, "window.stays === undefined")
    expect(page.get_by_role("link", name=SHORT)).to_be_visible()

    assert second.page.evaluate("window.stays")
    expect(offer(second)).to_be_visible()
    script = second.page.evaluate("document.querySelector('script[type=module]').src")
    assert second.page.evaluate("(url) => fetch(url).then(({ status }) => status)", script) == 200
    assert second.open_session(SHORT).export("markdown").data
    second.dismiss()
    assert shells(page) == {old, new}

    offer(second).get_by_role("button", name=second.word("update_reload")).click()
    until_page(second.page, "window.stays === undefined")
    expect(second.page.get_by_role("heading", name=SHORT, level=1)).to_be_visible()
    until_page(page, "caches.keys().then((names) => names.filter((name) => name.includes(' shell ')).length === 1)")
    assert shells(page) == {new}


@every_look_and_screen
def test_axe_finds_nothing_in_an_offer(
    page: Page, watch: Watch, serve: Serve, own_store: Path, deployed: Path, language: str, scheme: str
) -> None:
    assert scheme
    app = App(page, serve(own_store, page=str(deployed)), watch, language).open()
    visit_again(page)
    deploy(page, deployed)
    expect(offer(app)).to_be_visible()
    expect(page.get_by_role("link", name=SHORT)).to_be_visible()
    assert findings(page) == []


def shells(page: Page) -> set[str]:
    """Return the versions of the page that are on the device."""
    names = page.evaluate("caches.keys()")
    return {name.split(" shell ")[1] for name in names if " shell " in name}
