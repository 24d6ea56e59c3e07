"""From the menu of a session to its file, as a person goes."""

from __future__ import annotations

import re
from pathlib import Path

from playwright.sync_api import Page, Worker, expect

import py_export
from py_export.options import MarkdownOptions, parse
from py_export.writers import OF_SESSIONS, find_writer
from tests.e2e.app import App, Saved, saved
from tests.e2e.conftest import Serve
from tests.e2e.screens import ALL, CLAUDE, CODEX, LONG, SHORT
from tests.e2e.watch import Watch

KEY = "hapi.sessionExportFormat"
FORMATS = [writer.id for writer in OF_SESSIONS if not writer.binary]
"""PDFs have a test of their own: each start of an engine would fetch what sets them anew."""


def expected(app: App, title: str, to: str) -> Saved:
    """Return what the library itself makes of the payload that the server sends."""
    payload = app.server.get(f"/api/sessions/{app.server.sessions()[title]}/export")
    [session] = py_export.read(payload)
    return Saved(py_export.filename(session, find_writer(to)), py_export.convert(payload, to))


def test_a_saved_file_is_byte_for_byte_the_librarys(app: App) -> None:
    app.open_session(CLAUDE)  # on a phone every format is compared without a network: test_offline.py
    for to in FORMATS:
        assert app.export(to) == expected(app, CLAUDE, to), to
        app.dismiss()


def test_every_demo_session_is_saved_as_the_library_writes_it(
    page: Page, serve: Serve, watch: Watch, own_store: Path
) -> None:
    app = App(page, serve(own_store, exports_per_minute="1000"), watch).open()
    for title in ALL:
        app.open_session(title)
        # The writers' bytes are compared for all of them in tests/engine; a page of the long one takes its time.
        for to in ("markdown",) if title == LONG else ("markdown", "html"):
            assert app.export(to) == expected(app, title, to), title
            app.dismiss()
        app.back_to_list()


def test_images_travel_in_a_zip_and_a_copy_names_them(app: App) -> None:
    app.page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    dialog = app.open_session(CLAUDE).open_dialog()
    app.choose("markdown")
    dialog.get_by_label(app.word("option_images"), exact=True).select_option("folder")
    expect(app.preview).to_contain_text("](images/001-")
    dialog.get_by_role("button", name=app.word("copy_clipboard"), exact=True).click()
    expect(app.page.get_by_role("status").filter(has_text=app.word("copied", format="Markdown"))).to_be_visible()
    assert app.page.evaluate("navigator.clipboard.readText()").encode() == expected(app, CLAUDE, "markdown").data
    with app.page.expect_download() as download:
        app.download_button.click()
    found = saved(download.value.suggested_filename, download.value.path())
    [session] = py_export.read(app.server.get(f"/api/sessions/{app.server.sessions()[CLAUDE]}/export"))
    options = {"images": "folder"}
    assert found.data == b"".join(py_export.write(session, "markdown", options=options))
    assert found.name == py_export.filename(session, find_writer("markdown"), parse(MarkdownOptions, options))


def test_json_is_the_default(app: App) -> None:
    dialog = app.open_session(SHORT).open_dialog()
    expect(dialog.get_by_role("radio", checked=True).first).to_have_accessible_name(app.word("card_json"))


def test_the_format_is_remembered_over_a_reload(app: App) -> None:
    app.open_session(SHORT).export("markdown")
    app.page.reload()
    dialog = app.open_dialog()
    expect(dialog.get_by_role("radio", checked=True).first).to_have_accessible_name(app.word("card_markdown"))
    assert app.page.evaluate(f"localStorage.getItem('{KEY}')") == "markdown"


def test_a_format_that_was_only_looked_at_is_not_remembered(app: App) -> None:
    app.open_session(SHORT).open_dialog()
    app.choose("markdown")
    app.page.keyboard.press("Escape")
    dialog = app.open_dialog()
    expect(dialog.get_by_role("radio", checked=True).first).to_have_accessible_name(app.word("card_json"))


def test_the_toast_names_the_saved_file(app: App) -> None:
    file = app.open_session(SHORT).export("json")
    expect(app.page.get_by_role("status").filter(has_text=file.name).first).to_be_visible()


def test_what_could_not_be_carried_over_is_listed(app: App) -> None:
    [session] = py_export.read(app.server.get(f"/api/sessions/{app.server.sessions()[CODEX]}/export"))
    notices = py_export.Notices()
    for _ in py_export.write(session, "markdown", notices=notices):
        pass
    app.open_session(CODEX).export("markdown")
    for notice in notices:
        expect(app.dialog.get_by_role("listitem").filter(has_text=notice.message())).to_be_visible()


def test_progress_counts_what_is_written(app: App) -> None:
    heard = "(window.__heard ??= []).push([event.type, event.detail?.phase ?? event.phase])"
    for name in ("export-start", "export-progress", "export-done"):
        app.page.evaluate(f"addEventListener('{name}', (event) => {{ {heard}; }})")
    app.open_session(LONG).export("markdown")
    phases = [phase for kind, phase in app.page.evaluate("window.__heard") if kind == "export-progress"]
    assert list(dict.fromkeys(phases)) == ["receiving", "writing", "done"]


def test_two_exports_in_a_row_use_one_engine(app: App, page: Page) -> None:
    started: list[Worker] = []
    page.on("worker", lambda worker: started.append(worker))  # noqa: PLW0108 - Playwright marks what it is handed
    app.open_session(SHORT).export("json")
    app.dismiss()
    app.export("markdown")
    assert len(started) == 1


def test_a_session_in_the_list_has_the_same_menu(app: App, page: Page) -> None:
    row = page.get_by_role("listitem").filter(has_text=SHORT)
    row.get_by_role("button", name=re.compile(app.word("actions"))).click()
    page.get_by_role("menuitem", name=app.word("export")).click()
    app.choose("markdown")
    with page.expect_download() as download:
        app.download_button.click()
    file = saved(download.value.suggested_filename, download.value.path())
    assert file == expected(app, SHORT, "markdown")


def test_the_context_menu_of_a_session_in_the_list_exports_it(app: App, page: Page) -> None:
    page.get_by_role("link", name=SHORT).click(button="right")
    page.get_by_role("menuitem", name=app.word("export")).click()
    with page.expect_download() as download:
        app.download_button.click()
    assert saved(download.value.suggested_filename, download.value.path()) == expected(app, SHORT, "json")
