"""The element in a host application on another origin, under that host's own policy."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

import py_export
from tests.e2e.app import App, Saved, saved
from tests.e2e.conftest import Serve
from tests.e2e.screens import CLAUDE
from tests.e2e.server import Server
from tests.e2e.watch import Watch
from tests.embedding.host import Host, hosting, introduce


@pytest.fixture
def host() -> Iterator[Host]:
    """Serve the host application."""
    with hosting() as host:
        yield host


@pytest.fixture
def exports(host: Host, serve: Serve, own_store: Path) -> Server:
    """Serve py-export to that host's origin alone, and tell the host where."""
    server = serve(own_store, cors_origins=json.dumps([host.origin]))
    introduce(server, host, CLAUDE)
    return server


@pytest.fixture
def embedded(page: Page, host: Host, exports: Server, watch: Watch) -> App:
    """Open the host application."""
    watch.allowed.add(host.origin)
    app = App(page, exports, watch)
    page.goto(host.origin)
    return app


def export(app: App, button: str, to: str) -> Saved:
    """Export through the menu that a button of the host's page opens."""
    app.page.get_by_role("button", name=button).click()
    app.page.get_by_role("menuitem", name=app.word("export")).click()
    return download(app, to)


def download(app: App, to: str) -> Saved:
    """Choose a format in the open dialog, and return the saved file."""
    app.choose(to)
    with app.page.expect_download() as downloaded:
        app.download_button.click()
    app.dismiss()
    return saved(downloaded.value.suggested_filename, downloaded.value.path())


@pytest.mark.parametrize("to", ["json", "markdown"])
def test_a_stored_session_is_exported_through_cors(embedded: App, host: Host, exports: Server, to: str) -> None:
    file = export(embedded, "Actions of the stored session", to)
    assert file.data == py_export.convert(exports.get(f"/api/sessions/{host.session_id}/export"), to)
    expect(embedded.page.get_by_role("log")).to_contain_text(f"export-done {file.name}")


def test_a_session_that_the_host_holds_needs_no_server(embedded: App, page: Page) -> None:
    own = page.locator("#own-menu")
    embedded.locale = "zh-CN"  # inherited from the host's markup
    own.get_by_role("button").first.click()
    page.get_by_role("menuitem", name=embedded.word("export")).click()
    file = download(embedded, "markdown")
    assert "On this page, and nowhere else." in file.data.decode()
    assert embedded.watch.paths("/api/") == []


def test_the_context_menu_of_a_row_exports_the_bytes_that_the_host_gave(embedded: App, page: Page) -> None:
    page.locator("#row").click(button="right")
    page.get_by_role("menuitem", name=embedded.word("export")).click()
    file = download(embedded, "json")
    assert json.loads(file.data)["session"]["title"] == "Kept by the host"
    assert embedded.watch.paths("/api/") == []


def test_a_refused_token_is_asked_for_once_more(embedded: App, host: Host, exports: Server) -> None:
    asked: list[bool] = []

    def token(refresh: bool) -> str:  # noqa: FBT001 - the host's own signature
        asked.append(refresh)
        return exports.token if refresh else "a.stale.token"

    host.token = token
    embedded.watch.expect("status of 401")
    assert export(embedded, "Actions of the stored session", "json").data
    assert asked == [False, True]


def test_an_origin_that_is_not_listed_is_refused(
    page: Page, watch: Watch, host: Host, serve: Serve, own_store: Path
) -> None:
    server = serve(own_store)
    introduce(server, host, CLAUDE)
    watch.allowed.add(host.origin)
    watch.expect("CORS policy|ERR_FAILED")
    app = App(page, server, watch)
    page.goto(host.origin)
    page.get_by_role("button", name="Actions of the stored session").click()
    page.get_by_role("menuitem", name=app.word("export")).click()
    app.download_button.click()
    app.error("network")


@pytest.mark.keeps
def test_the_host_is_given_no_service_worker(embedded: App, page: Page) -> None:
    assert export(embedded, "Actions of the stored session", "json").data
    assert page.evaluate("navigator.serviceWorker.getRegistrations().then(({ length }) => length)") == 0
    assert page.evaluate("caches.keys()") == []


def test_the_format_is_remembered_under_the_hosts_own_key(embedded: App, page: Page) -> None:
    embedded.locale = "zh-CN"
    page.locator("#own-menu").get_by_role("button").first.click()
    page.get_by_role("menuitem", name=embedded.word("export")).click()
    download(embedded, "markdown")
    assert page.evaluate("({ ...localStorage })") == {"host.exportFormat": "markdown"}
