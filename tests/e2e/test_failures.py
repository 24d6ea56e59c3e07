"""What can go wrong on the way: a sentence for a person each time, a way on, and nothing saved by halves."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import Page, Route, expect

import py_export
from tests.e2e.app import App, Saved, saved
from tests.e2e.conftest import Serve
from tests.e2e.proxy import proxy
from tests.e2e.screens import LONG, MARKDOWN, SHORT, on_every_screen
from tests.e2e.server import Server
from tests.e2e.watch import Watch

AppOn = Callable[[Server], App]


def try_in_vain(app: App) -> None:
    """Press Download and see no file come."""
    app.open_dialog()
    app.download_button.click()
    expect(app.dialog.get_by_role("alert")).not_to_be_empty()


def retry(app: App) -> Saved:
    """Press "Try again" and return the saved file."""
    with app.page.expect_download() as download:
        app.dialog.get_by_role("button", name=app.word("retry"), exact=True).click()
    return saved(download.value.suggested_filename, download.value.path())


@on_every_screen
def test_401_asks_to_sign_in_again(app: App, page: Page) -> None:
    def forget(route: Route) -> None:
        route.continue_(headers=route.request.headers | {"authorization": "Bearer of.bad.news"})

    app.watch.expect("status of 401")
    page.route("**/export", forget)
    try_in_vain(app.open_session(SHORT))
    app.error("unauthorized")
    expect(app.dialog.get_by_role("button", name=app.word("sign_in"))).to_be_visible()


def test_404_says_that_the_session_is_gone(app_on: AppOn, serve: Serve, own_store: Path) -> None:
    app = app_on(serve(own_store))
    app.watch.expect("status of 404")
    app.open_session(SHORT)
    with sqlite3.connect(own_store) as store:
        store.execute("PRAGMA foreign_keys = ON")
        store.execute("DELETE FROM sessions WHERE title = ?", (SHORT,))
    try_in_vain(app)
    app.error("not_found")
    expect(app.dialog.get_by_role("button", name=app.word("retry"))).to_be_hidden()


def test_413_offers_the_session_in_parts(app_on: AppOn, serve: Serve, own_store: Path, page: Page) -> None:
    server = serve(own_store, max_messages="700")
    app = app_on(server)
    app.watch.expect("status of 413")
    files: list[Saved] = []
    page.on("download", lambda download: files.append(saved(download.suggested_filename, download.path())))
    app.open_session(LONG).open_dialog()
    app.choose("markdown")
    app.download_button.click()
    app.error("too_large")
    expect(app.dialog.get_by_role("combobox", name=app.word("span"))).to_contain_text(app.word("span_parts", count=3))
    copy = app.dialog.get_by_role("button", name=app.word("copy_clipboard"), exact=True)
    expect(copy).to_be_disabled()
    expect(app.dialog.get_by_text(app.word("copy_one_part", count=700))).to_be_visible()
    end = app.dialog.get_by_label(app.word("span_to"), exact=True)
    end.fill("700")
    expect(copy).to_be_enabled()
    expect(app.dialog.get_by_text(app.word("copy_one_part", count=700))).to_be_hidden()
    end.fill("701")
    expect(copy).to_be_disabled()
    app.dialog.get_by_role("combobox", name=app.word("span")).select_option("all")
    app.download_button.click()
    expect(app.dialog).to_be_hidden()
    page.wait_for_timeout(500)
    path = f"/api/sessions/{server.sessions()[LONG]}/export"
    parts = [server.get(f"{path}?from={first}&to={last}") for first, last in ((1, 700), (701, 1400), (1401, 2000))]
    assert [file.data for file in files] == [py_export.convert(part, "markdown") for part in parts]
    assert len({file.name for file in files}) == 3


def test_413_offers_a_range(app_on: AppOn, serve: Serve, own_store: Path, page: Page) -> None:
    server = serve(own_store, max_messages="700")
    app = app_on(server)
    app.watch.expect("status of 413")
    app.open_session(LONG).open_dialog()
    app.download_button.click()
    app.dialog.get_by_label(app.word("span_from"), exact=True).fill("1990")
    app.dialog.get_by_label(app.word("span_to"), exact=True).fill("2000")
    with page.expect_download() as download:
        app.download_button.click()
    part = server.get(f"/api/sessions/{server.sessions()[LONG]}/export?from=1990&to=2000")
    assert download.value.path().read_bytes() == py_export.convert(part, "json")


def test_429_says_when_to_try_again(app_on: AppOn, serve: Serve, own_store: Path) -> None:
    app = app_on(serve(own_store, exports_per_minute="1"))
    app.watch.expect("status of 429")
    app.open_session(SHORT).export("json")
    app.back_to_list()  # another session: the same one again would not be sent, and does not count
    try_in_vain(app.open_session(MARKDOWN))
    expect(app.dialog.get_by_role("alert")).to_contain_text("seconds")
    expect(app.dialog.get_by_role("button", name=app.word("retry"))).to_be_visible()


def test_a_cut_connection_saves_nothing_and_the_next_try_works(demo_server: Server, page: Page, watch: Watch) -> None:
    watch.expect("ERR_")
    downloads: list[str] = []
    page.on("download", lambda download: downloads.append(download.suggested_filename))
    with proxy(demo_server.origin) as way:
        app = App(page, Server(way.origin, demo_server.token, demo_server.process), watch).open()
        app.open_session(LONG)
        way.cutting = True
        try_in_vain(app)
        app.error("network")
        assert downloads == []
        way.cutting = False
        assert retry(app).data == py_export.convert(
            demo_server.get(f"/api/sessions/{demo_server.sessions()[LONG]}/export"), "json"
        )


def test_a_store_that_is_gone_is_said_and_can_be_tried_again(app_on: AppOn, serve: Serve, own_store: Path) -> None:
    app = app_on(serve(own_store))
    app.watch.expect("status of 503")
    app.open_session(SHORT)
    whole = own_store.read_bytes()
    own_store.write_bytes(b"\xff" * len(whole))
    try_in_vain(app)
    app.error("unavailable")
    own_store.write_bytes(whole)
    assert retry(app).data


def test_offline_is_said_and_can_be_tried_again(app: App, page: Page) -> None:
    app.watch.expect("ERR_INTERNET_DISCONNECTED")
    app.open_session(SHORT)
    page.context.set_offline(True)
    try_in_vain(app)
    app.error("offline")
    page.context.set_offline(False)
    assert retry(app).data


def test_blocked_storage_harms_nothing(page: Page, demo_server: Server, watch: Watch) -> None:
    blocked = "{ get() { throw new DOMException('blocked', 'SecurityError'); } }"
    page.add_init_script(f"Object.defineProperty(window, 'localStorage', {blocked})")
    app = App(page, demo_server, watch).open()
    assert app.open_session(SHORT).export("markdown").data
    expect(app.open_dialog()).to_be_visible()


def test_an_engine_that_does_not_load_is_said_and_can_be_tried_again(app: App, page: Page) -> None:
    app.watch.expect("ERR_FAILED")
    page.context.route("**/*.wasm", lambda route: route.abort())
    try_in_vain(app.open_session(SHORT))
    app.error("engine_unavailable")
    page.context.unroute_all(behavior="ignoreErrors")
    assert retry(app).data


def test_code_that_does_not_come_is_said_and_comes_at_the_next_press(app: App, page: Page, watch: Watch) -> None:
    watch.expect("ERR_FAILED")
    page.route(re.compile("/assets/(session|exporter)-"), lambda route: route.abort())
    page.reload()
    page.get_by_role("link", name=SHORT).first.click()
    expect(page.get_by_role("heading", name=app.word("server_away"))).to_be_visible()
    page.go_back()
    actions = page.get_by_role("button", name=app.word("actions_for", title=SHORT))
    actions.click()
    page.get_by_role("menuitem", name=app.word("export")).click()
    expect(page.get_by_role("status").filter(has_text=app.word("error_network"))).to_be_visible()

    page.unroute_all(behavior="ignoreErrors")
    actions.click()
    page.get_by_role("menuitem", name=app.word("export")).click()
    expect(app.dialog).to_be_visible()
    app.dismiss()
    app.open_session(SHORT)
