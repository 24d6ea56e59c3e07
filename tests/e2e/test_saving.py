"""Saving where a person picks, and by a share sheet: both are fakes, for no test can use one; the files are real."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import Page, expect

import py_export
from py_export.writers import find_writer
from tests.e2e.app import App, saved
from tests.e2e.poll import until
from tests.e2e.screens import CLAUDE, LONG, SHORT
from tests.e2e.server import Server
from tests.e2e.watch import Watch

FAKE_PICKER = """
window.asked = [];
window.showSaveFilePicker = async (options) => {
  window.asked.push({ ...options, tapped: navigator.userActivation.isActive });
  if (window.refuse) throw new DOMException("", window.refuse);
  const folder = await navigator.storage.getDirectory();
  return folder.getFileHandle(window.instead ?? options.suggestedName, { create: true });
};
"""
"""Asks nobody, and gives a file in the origin's private file system, which is written like any other."""

FAKE_SHARE_SHEET = """
window.shared = [];
Object.defineProperties(Navigator.prototype, {
  userAgent: { get: () => "Mozilla/5.0 (iPhone; CPU iPhone OS 26_1 like Mac OS X) AppleWebKit/605.1.15" },
  standalone: { get: () => true },
  canShare: { value: ({ files }) => files.every(({ type }) => window.types.includes(type)) },
  share: { value: async ({ files }) => {
    for (const file of files) window.shared.push({ name: file.name, type: file.type, text: await file.text() });
  } },
});
"""
"""An app on an iPhone's home screen, which shares files of the types in ``window.types``."""

LOCK = """async () => {
  const folder = await navigator.storage.getDirectory();
  const handle = await folder.getFileHandle("locked.md", { create: true });
  window.held = await handle.createWritable({ mode: "exclusive" });
  window.instead = "locked.md";
}"""

BEFORE = """async () => {
  const folder = await navigator.storage.getDirectory();
  const writable = await (await folder.getFileHandle("mine.html", { create: true })).createWritable();
  await writable.write("what stood there before");
  await writable.close();
  window.instead = "mine.html";
}"""

# A file that is being written lies beside the one it takes the place of, and may be gone by the time it is read.
STORED = """async () => {
  const found = {};
  for await (const [name, file] of (await navigator.storage.getDirectory()).entries()) {
    if (file.kind === "directory") continue; // the engine's own
    try {
      found[name] = await (await file.getFile()).text();
    } catch (error) {
      if (error.name !== "NotFoundError") throw error;
    }
  }
  return found;
}"""


@pytest.fixture
def picking(page: Page, demo_server: Server, watch: Watch) -> App:
    """Open the page in a browser that has a picker."""
    page.add_init_script(FAKE_PICKER)
    return App(page, demo_server, watch).open()


@pytest.fixture
def downloads(page: Page) -> list[Any]:
    """Return every download from here on."""
    found: list[Any] = []
    page.on("download", lambda one: found.append(one))  # noqa: PLW0108 - Playwright takes no built-in
    return found


def save_as(app: App, to: str) -> None:
    """Press "Save as…" for a format, in the open dialog."""
    app.choose(to)
    app.dialog.get_by_role("button", name=app.word("save_as"), exact=True).click()


def expected(app: App, title: str, to: str, redact: str | None = None) -> tuple[str, str]:
    """Return the name and the text that the library makes of a stored session."""
    payload = app.server.get(f"/api/sessions/{app.server.sessions()[title]}/export")
    [session] = py_export.read(payload)
    return py_export.filename(session, find_writer(to)), py_export.convert(payload, to, redact=redact).decode()


def test_a_place_is_picked_by_the_press_itself_and_the_file_is_written_there(
    picking: App, page: Page, downloads: list[Any]
) -> None:
    app = picking.open_session(CLAUDE)
    app.open_dialog()
    expect(app.preview).to_contain_text(CLAUDE)
    save_as(app, "html")
    name, text = expected(app, CLAUDE, "html")
    expect(page.get_by_text(name).last).to_be_visible()
    until(lambda: page.evaluate(STORED) == {name: text})
    [asked] = page.evaluate("asked")
    assert asked["tapped"]
    assert asked["suggestedName"] == name
    assert asked["types"] == [{"accept": {"text/html": [".html"]}}]
    assert downloads == []
    app.dismiss()

    app.open_dialog()
    page.evaluate("window.refuse = 'AbortError'")
    save_as(app, "json")
    until(lambda: len(page.evaluate("asked")) == 2)
    expect(app.download_button).to_be_enabled()
    expect(app.dialog.get_by_role("alert")).to_be_empty()
    assert page.evaluate(STORED) == {name: text}
    assert downloads == [], "dismissed is dismissed"

    page.evaluate("window.refuse = 'SecurityError'")
    with page.expect_download() as download:
        save_as(app, "markdown")
    assert download.value.suggested_filename == expected(app, CLAUDE, "markdown")[0]


def test_what_is_stopped_leaves_no_file_and_no_change(picking: App, page: Page, downloads: list[Any]) -> None:
    app = picking.open_session(LONG)
    app.open_dialog()
    save_as(app, "html")
    until(lambda: page.evaluate(STORED))  # with the file that is written until it is whole
    page.keyboard.press("Escape")
    expect(app.dialog).to_be_hidden()
    until(lambda: page.evaluate(STORED) == {})

    page.evaluate(BEFORE)
    app.open_dialog()
    save_as(app, "html")
    until(lambda: len(page.evaluate("asked")) == 2)
    page.keyboard.press("Escape")
    expect(app.dialog).to_be_hidden()
    page.wait_for_timeout(500)
    assert page.evaluate(STORED) == {"mine.html": "what stood there before"}
    assert downloads == []


def test_a_place_that_cannot_be_written_to_is_told_and_a_download_still_works(picking: App, page: Page) -> None:
    app = picking.open_session(SHORT)
    app.open_dialog()
    expect(app.preview).to_contain_text(SHORT)
    page.evaluate(LOCK)
    save_as(app, "markdown")
    app.error("not_writable")
    with page.expect_download() as download:
        app.dialog.get_by_role("button", name=app.word("retry"), exact=True).click()
    assert download.value.path().read_text(encoding="utf-8") == expected(app, SHORT, "markdown")[1]


@pytest.mark.parametrize("screen", ["phone"], indirect=True)
def test_a_phone_has_one_button_to_save(picking: App) -> None:
    picking.open_session(SHORT).open_dialog()
    expect(picking.download_button).to_be_visible()
    expect(picking.dialog.get_by_role("button", name=picking.word("save_as"))).to_be_hidden()


@pytest.mark.parametrize("screen", ["phone"], indirect=True)
def test_a_type_that_a_device_does_not_share_goes_as_text_or_is_downloaded(
    page: Page, demo_server: Server, watch: Watch
) -> None:
    page.add_init_script(f"window.types = ['text/plain'];{FAKE_SHARE_SHEET}")
    app = App(page, demo_server, watch).open().open_session(SHORT)
    name, text = expected(app, SHORT, "json", redact="all")
    assert text != expected(app, SHORT, "json")[1], "it holds a user's name"
    app.open_dialog()
    expect(app.dialog.get_by_label(app.word("redact_mode"), exact=True)).to_have_value("on")
    app.choose("json")
    app.download_button.click()
    expect(app.dialog).to_contain_text(app.word("shared_as_text"))
    expect(app.dialog).to_contain_text(f"{name}.txt")
    expect(app.dialog.get_by_role("button", name=app.word("redact_see"))).to_be_visible()
    app.dialog.get_by_role("button", name=app.word("save_share"), exact=True).click()
    until(lambda: page.evaluate("shared") == [{"name": f"{name}.txt", "type": "text/plain", "text": text}])
    app.dismiss()

    page.evaluate("window.types = []")
    app.open_dialog()
    app.choose("json")
    with page.expect_download() as download:
        app.download_button.click()
    assert saved(download.value.suggested_filename, download.value.path()).name == name
    expect(app.dialog).to_contain_text(app.word("share_refused"))
