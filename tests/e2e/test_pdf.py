"""PDFs in the dialog: their size is said before, they are the library's own, and work offline once somebody asked."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

import py_export
from py_export.writers import find_writer
from tests.checkout import ROOT
from tests.e2e.app import App, Saved, hold
from tests.e2e.local import Device
from tests.e2e.poll import until
from tests.e2e.screens import CLAUDE, GEMINI, SHORT, on_every_screen
from tests.tools import require

LIMIT_MS = 250
CHINESE = ROOT / "tests" / "demo" / "gemini-zh.json"


def expected(data: bytes, to: str) -> Saved:
    [session] = py_export.read(data)
    return Saved(py_export.filename(session, find_writer(to)), py_export.convert(data, to))


def beginning(app: App, key: str) -> Locator:
    """Return what begins as a sentence of the page does, before the first figure in it."""
    return app.dialog.get_by_text(app.word(key).split("{")[0])


@on_every_screen
def test_a_pdf_says_its_size_before_and_is_the_librarys_own(app: App, page: Page, tmp_path: Path) -> None:
    held = hold(page.context, "**/core-*")
    app.open_session(CLAUDE).open_dialog()
    app.choose("session-pdf")
    until(lambda: page.evaluate("true") and held)
    expect(app.download_button).to_be_disabled()
    held.pop().continue_()
    expect(beginning(app, "weight")).to_contain_text("MB")
    expect(app.download_button).to_be_enabled()
    expect(app.dialog.get_by_text(app.word("preview_pdf"))).to_be_visible()
    expect(app.dialog.get_by_role("button", name=app.word("copy_clipboard"), exact=True)).to_be_hidden()
    assert app.watch.paths("_typst") + app.watch.paths("/fonts/") == [], "nothing before it is asked for"
    app.choose("json")
    expect(beginning(app, "weight")).to_be_hidden()
    app.choose("session-pdf")

    said = page.evaluate_handle("""() => {
      const said = [];
      addEventListener("export-progress", ({ detail }) => { said.push(detail.phase); });
      return said;
    }""")
    found = app.export_chosen()
    payload = app.server.get(f"/api/sessions/{app.server.sessions()[CLAUDE]}/export")
    assert found == expected(payload, "session-pdf")
    file = tmp_path / "found.pdf"
    file.write_bytes(found.data)
    subprocess.run([require("qpdf"), "--check", file], check=True, capture_output=True)  # noqa: S603
    assert list(dict.fromkeys(said.json_value())) == ["receiving", "writing", "fetching", "done"]
    app.dismiss()

    app.open_dialog()
    app.choose("pdf")
    expect(beginning(app, "weight_fonts")).to_be_visible()
    expect(beginning(app, "weight")).to_be_hidden()
    assert app.export_chosen() == expected(payload, "pdf")
    assert len(app.watch.paths("_typst")) == 1


def test_cancelled_while_it_is_fetched_a_pdf_leaves_nothing_behind(app: App, page: Page) -> None:
    downloads: list[str] = []
    page.on("download", lambda download: downloads.append(download.suggested_filename))
    held = hold(page.context, "**/_typst*")
    app.open_session(SHORT).open_dialog()
    app.choose("session-pdf")
    expect(beginning(app, "weight")).to_be_visible()
    with page.context.expect_event("requestfailed", lambda request: "_typst" in request.url, timeout=30_000):
        app.download_button.click()
        expect(app.dialog.get_by_role("progressbar")).to_be_visible()
        until(lambda: page.evaluate("true") and held)
        app.dialog.get_by_role("button", name=app.word("cancel"), exact=True).click()
    expect(app.dialog).to_be_hidden()
    page.context.unroute_all(behavior="ignoreErrors")
    page.wait_for_timeout(LIMIT_MS)
    assert downloads == []
    assert app.export("json").data


@pytest.mark.keeps
@pytest.mark.timeout(180)
def test_offline_a_pdf_says_what_it_lacks_until_that_is_made_available(app: App, page: Page) -> None:
    app.watch.expect("ERR_INTERNET_DISCONNECTED|Failed to fetch")
    page.evaluate("navigator.serviceWorker.ready.then(() => true)")
    page.get_by_role("button", name=app.word("offline_title")).click()
    sheet = page.get_by_role("dialog", name=app.word("offline_title"))
    # What every conversion needs; it says nothing of what is heavy.
    sheet.get_by_role("button", name=app.word("offline_keep"), exact=True).click()
    expect(sheet).to_contain_text(app.word("offline_is_ready"))
    page.keyboard.press("Escape")
    page.reload()  # from now on the page is served from the device

    device = Device(app)
    device.drop(CHINESE)
    device.read()
    app.open_session(GEMINI).open_dialog()
    expect(app.preview).to_contain_text("schemaVersion")
    # Only now: Chromium's emulation of no network tells a page that it is online again once a worker starts.
    page.context.set_offline(True)
    app.choose("session-pdf")
    expect(beginning(app, "weight_offline")).to_contain_text("MB")
    app.download_button.click()
    app.error("engine_unavailable")
    page.keyboard.press("Escape")

    page.context.set_offline(False)
    page.get_by_role("button", name=app.word("offline_title")).click()
    for part in ("offline_part_pdf", "offline_part_fonts"):
        row = sheet.get_by_role("listitem").filter(has_text=app.word(part))
        expect(row).to_contain_text("MB")
        row.get_by_role("button").click()
        expect(row).to_contain_text(app.word("offline_kept"))
    page.keyboard.press("Escape")

    page.context.set_offline(True)
    page.reload()
    device.drop(CHINESE)
    device.read()
    app.open_session(GEMINI).open_dialog()
    app.choose("session-pdf")
    expect(app.dialog.get_by_text(app.word("preview_pdf"))).to_be_visible()
    expect(beginning(app, "weight_fonts")).to_be_hidden()
    assert app.export_chosen() == expected(CHINESE.read_bytes(), "session-pdf")
