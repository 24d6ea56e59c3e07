"""Stopping an export: nothing is saved, no error is shown, Python stops, and the next export works."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

import py_export
from tests.e2e.app import App, hold
from tests.e2e.big import BIG, BIG_COUNT
from tests.e2e.poll import until
from tests.e2e.screens import SHORT
from tests.e2e.server import Server
from tests.e2e.watch import Watch
from tests.e2e.workers import OBSERVE

LIMIT_MS = 250

Writing = Callable[..., App]

WAYS: dict[str, Callable[[App], None]] = {
    "cancel": lambda app: app.dialog.get_by_role("button", name=app.word("cancel"), exact=True).click(),
    "escape": lambda app: app.page.keyboard.press("Escape"),
    "close": lambda app: app.dialog.get_by_role("button", name=app.word("close"), exact=True).click(),
}

every_way = pytest.mark.parametrize("stop", WAYS.values(), ids=WAYS.keys())
# All ways lead to one signal, which the longest stage is stopped by in each of them.
cancelled = pytest.mark.parametrize("stop", [WAYS["cancel"]], ids=["cancel"])


@pytest.fixture
def writing(app_on: Callable[[Server], App], big_server: Server, page: Page) -> Writing:
    """
    Return a function that begins to export a long session, and returns while Python writes it.

    As a page: that takes seconds, and all other formats so little that the export may be over before it is stopped.
    """

    def begin(to: str = "html") -> App:
        page.add_init_script(OBSERVE)
        app = app_on(big_server).open_session(BIG)
        app.open_dialog()
        app.choose(to)
        app.download_button.click()
        until(lambda: page.evaluate("window.workers.some((worker) => worker.wrote > 0)"))
        return app

    return begin


@pytest.fixture
def downloads(page: Page) -> list[str]:
    """Return the names of what the browser has saved, as they come."""
    names: list[str] = []
    page.on("download", lambda download: names.append(download.suggested_filename))
    return names


@cancelled
def test_while_the_session_is_fetched(app: App, page: Page, downloads: list[str], stop: Callable[[App], None]) -> None:
    hold(page, "**/api/**/export*")  # and not the code that exports
    app.open_session(SHORT).open_dialog()
    with page.expect_event("requestfailed", lambda request: "/export" in request.url and "/api/" in request.url):
        app.download_button.click()
        expect(app.dialog.get_by_role("progressbar")).to_be_visible()
        stop(app)
    page.unroute_all(behavior="ignoreErrors")
    nothing_happened(app, downloads)
    next_export_works(app, downloads)


@cancelled
def test_while_the_engine_starts(app: App, page: Page, downloads: list[str], stop: Callable[[App], None]) -> None:
    held = hold(page.context, "**/*.wasm")
    app.open_session(SHORT)
    with page.expect_response(lambda response: "/api/" in response.url and "/export" in response.url):
        app.open_dialog()
    app.download_button.click()
    expect(app.dialog.get_by_role("progressbar")).to_be_visible()
    stop(app)
    nothing_happened(app, downloads)
    for route in held:
        route.continue_()
    page.context.unroute_all(behavior="ignoreErrors")
    next_export_works(app, downloads)


@pytest.mark.alone
@every_way
def test_in_the_middle_of_python(
    writing: Writing, page: Page, downloads: list[str], stop: Callable[[App], None]
) -> None:
    app = writing()
    stop(app)
    page.wait_for_timeout(LIMIT_MS * 2)
    [worker] = page.evaluate("window.workers.filter(({ wrote }) => wrote > 0)")  # the next one may be there already
    assert worker["wrote"] < BIG_COUNT
    assert worker["stopped"] - page.evaluate("window.asked") < LIMIT_MS
    nothing_happened(app, downloads)
    next_export_works(app, downloads)


@pytest.mark.alone
def test_by_leaving_the_page(writing: Writing, page: Page, downloads: list[str]) -> None:
    app = writing()
    page.goto("about:blank")
    until(lambda: page.workers == [], timeout_s=LIMIT_MS / 1000)
    assert downloads == []
    app.open().open_session(BIG)
    next_export_works(app, downloads)


@pytest.mark.keeps
def test_by_closing_the_tab_which_is_then_opened_again(
    writing: Writing, big_server: Server, page: Page, downloads: list[str], watch: Watch
) -> None:
    writing()
    context = page.context
    page.close()
    assert downloads == []

    again = App(context.new_page(), big_server, watch).open().open_session(BIG)
    found = again.export("json")
    [session] = py_export.read(big_server.get(f"/api/sessions/{big_server.sessions()[BIG]}/export"))
    assert found.data == b"".join(py_export.write(session, "json"))
    expect(again.page.get_by_text(again.word("offline_ready"), exact=True)).to_be_visible()
    again.dismiss()
    again.page.get_by_role("button", name=again.word("offline_title")).click()
    expect(again.page.get_by_role("dialog")).to_contain_text(again.word("offline_is_ready"))


@pytest.mark.alone
def test_by_going_back_to_the_list(writing: Writing, page: Page, downloads: list[str]) -> None:
    app = writing()
    page.go_back()
    page.wait_for_timeout(LIMIT_MS * 2)
    [worker] = page.evaluate("window.workers.filter(({ wrote }) => wrote > 0)")  # the next one may be there already
    assert worker["stopped"] - page.evaluate("window.asked") < LIMIT_MS
    nothing_happened(app, downloads)


def nothing_happened(app: App, downloads: list[str]) -> None:
    """Expect no dialog, no message, no file."""
    expect(app.dialog).to_be_hidden()
    app.page.wait_for_timeout(500)
    expect(app.page.get_by_role("alert").filter(has_text="export")).to_have_count(0)
    assert downloads == []


def next_export_works(app: App, downloads: list[str]) -> None:
    """Expect the next export to save its file."""
    assert app.export("json").data
    assert len(downloads) == 1
