"""Hiding before a session is given away: asked about, undone, remembered, and the same bytes as the library's."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Iterator

import pytest
from msgspec.structs import replace
from playwright.sync_api import Locator, Page, expect

import py_export
from py_export import Message, Session
from py_export.model import Text
from py_export.transforms.redact import SECRETS, Redaction
from tests.e2e.app import App, Saved, saved
from tests.e2e.conftest import CONFIG
from tests.e2e.looks import findings
from tests.e2e.poll import until
from tests.e2e.server import Server, fill, serving
from tests.e2e.watch import Watch
from tests.unit.transforms.redact.planted import ANTHROPIC, AWS, EMAIL, GITHUB, PASSWORD, PLANTED, planted

TITLE = "Keys in every drawer"
OTHER = "One key"
HOSTILE = "(a+)+$"
"""It comes to no end on the second session."""

AT = 1_767_700_000_000

STOPPED_MS = 3000


@pytest.fixture(scope="module")
def keys_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """Serve a session with secrets everywhere, and one with a few."""
    folder = tmp_path_factory.mktemp("keys")
    said = f"{GITHUB} {EMAIL} {'a' * 40}!"
    other = Session(id="other", title=OTHER, messages=[Message(id="m1", role="user", blocks=[Text(said)])])
    for session in (replace(planted(), title=TITLE), other):
        (folder / f"{session.id}.json").write_bytes(b"".join(py_export.write(replace(session, exported_at=AT), "json")))
    fill(folder / "keys.sqlite3", *folder.glob("*.json"))
    with serving(folder / "keys.sqlite3", CONFIG["START_TIMEOUT_S"]) as server:
        yield server


@pytest.fixture
def app(page: Page, keys_server: Server, watch: Watch) -> App:
    """Open the list."""
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    return App(page, keys_server, watch).open()


def payload(app: App, title: str) -> bytes:
    """Return the payload that the server sends."""
    return app.server.get(f"/api/sessions/{app.server.sessions()[title]}/export")


def hidden(app: App, title: str, to: str, kinds: str = "secrets", keep: tuple[str, ...] = ()) -> bytes:
    """Return what the library writes."""
    return py_export.convert(payload(app, title), to, redact=Redaction.of(kinds, keep=keep))


def button(app: App, key: str) -> Locator:
    """Return a button of the dialog."""
    return app.dialog.get_by_role("button", name=app.word(key), exact=True)


def choose(app: App, mode: str) -> None:
    """Choose when to hide."""
    app.dialog.get_by_label(app.word("redact_mode"), exact=True).select_option(mode)


def pressed(app: App, key: str) -> Saved:
    """Press a button of the dialog, and return the file that it saves."""
    with app.page.expect_download() as downloaded:
        button(app, key).click()
    return saved(downloaded.value.suggested_filename, downloaded.value.path())


def found(app: App, count: int) -> Locator:
    """Expect the dialog to show what was found, with its heading read first."""
    heading = app.dialog.get_by_role("heading", name=app.word("redact_found", count=count))
    expect(heading).to_be_focused()
    return heading


def test_what_is_found_is_asked_about_masked_and_undone_before_it_is_saved(app: App, page: Page) -> None:
    app.open_session(TITLE).open_dialog()
    app.choose("markdown")
    expect(app.preview).to_contain_text(TITLE)
    button(app, "download").click()
    found(app, len(SECRETS) + 1)
    assert findings(page) == []
    shown = app.dialog.inner_text()
    assert not [secret for secret in (ANTHROPIC, GITHUB, AWS, PASSWORD) if secret in shown]

    show = button(app, "redact_show_all")
    show.click()
    expect(show).to_have_attribute("aria-pressed", "true")
    expect(app.dialog).to_contain_text(ANTHROPIC)
    report = pressed(app, "redact_report")
    assert not [secret for secret in PLANTED if secret in report.data.decode()]
    counted = {each["placeholder"]: each["count"] for each in json.loads(report.data)["sessions"][0]["hidden"]}
    assert counted.keys() >= {"[redacted:api-key-1]", "[redacted:api-key-2]"}

    app.dialog.get_by_role("checkbox", name=ANTHROPIC, exact=True).uncheck()
    keys = app.dialog.get_by_role("checkbox", name=app.word("redact_all", kind=app.word("redact_kind_api-key")))
    assert keys.evaluate("(box) => box.indeterminate")
    assert pressed(app, "redact_save").data == hidden(app, TITLE, "markdown", keep=("api-key-1",))

    see = button(app, "redact_see")
    expect(see).to_be_visible()
    assert findings(page) == []
    see.click()
    found(app, len(SECRETS) + 1)
    expect(keys).to_have_js_property("indeterminate", value=True)
    keys.check()
    assert pressed(app, "redact_save").data == hidden(app, TITLE, "markdown")
    see.click()
    assert pressed(app, "redact_leave").data == py_export.convert(payload(app, TITLE), "markdown")


def test_always_hides_in_the_preview_the_file_the_clipboard_and_the_command_line(app: App, page: Page) -> None:
    app.open_session(TITLE).open_dialog()
    app.choose("markdown")
    choose(app, "on")
    whole = hidden(app, TITLE, "markdown").decode()
    until(lambda: whole.startswith(app.preview.text_content() or "-"))
    assert pressed(app, "download").data.decode() == whole
    expect(app.dialog.get_by_role("status")).to_contain_text([app.word("redact_kind_api-key")])
    page.reload()
    expect(page.get_by_role("article").first).to_be_visible()
    page.keyboard.press("Control+Shift+C")
    expect(page.get_by_text(app.word("copied", format=app.format_name("markdown")))).to_be_visible()
    assert page.evaluate("navigator.clipboard.readText()") == whole
    line = app.open_line()
    line.fill("/export json x.json")
    with page.expect_download() as downloaded:
        line.press("Enter")
    assert downloaded.value.path().read_bytes() == hidden(app, TITLE, "hfs-json")
    expect(page.get_by_text(app.word("redact_kind_api-key"))).to_be_visible()


def test_copying_asks_in_the_dialog_and_a_command_says_how_much_is_inside(app: App, page: Page) -> None:
    app.open_session(OTHER)
    expect(page.get_by_role("article").first).to_be_visible()
    page.keyboard.press("Control+Shift+C")
    found(app, 1)
    button(app, "redact_copy").click()
    expect(page.get_by_text(app.word("copied", format=app.format_name("markdown")))).to_be_visible()
    assert page.evaluate("navigator.clipboard.readText()") == hidden(app, OTHER, "markdown").decode()
    app.dismiss()
    line = app.open_line()
    line.fill("/export json x.json")
    with page.expect_download() as downloaded:
        line.press("Enter")
    assert downloaded.value.path().read_bytes() == py_export.convert(payload(app, OTHER), "hfs-json")
    expect(page.get_by_text(app.word("secrets_inside", count=1))).to_be_visible()


def test_a_pattern_of_ones_own_that_is_wrong_is_said_beside_it_and_one_without_end_is_stopped(app: App) -> None:
    app.open_session(OTHER).open_dialog()
    app.choose("text")
    app.dialog.get_by_text(app.word("redact_what")).click()
    patterns = app.dialog.get_by_label(app.word("redact_patterns"))
    patterns.fill("ok\n\n(oops")
    expect(patterns).to_have_attribute("aria-invalid", "true")
    expect(app.dialog.get_by_role("alert").filter(has_text="3")).to_be_visible()
    choose(app, "on")
    patterns.fill(HOSTILE)
    app.page.wait_for_timeout(500)
    began = app.page.evaluate("performance.now()")
    patterns.fill("a{40}")
    expect(app.preview).to_contain_text("[redacted:custom-1]")
    assert app.page.evaluate("performance.now()") - began < STOPPED_MS + 5000  # a new engine, on busy cores
    expect(patterns).to_have_attribute("aria-invalid", "false")
    choose(app, "ask")
    patterns.fill(HOSTILE)
    button(app, "download").click()
    expect(button(app, "exporting")).to_be_visible()
    app.page.keyboard.press("Escape")
    expect(app.dialog).to_be_hidden()
    app.open_dialog()
    choose(app, "off")
    assert app.export_chosen().data == py_export.convert(payload(app, OTHER), "text")


@pytest.mark.parametrize(("scheme", "language", "screen"), [("dark", "zh-CN", "phone")], indirect=["screen"])
def test_several_sessions_are_asked_about_together(
    page: Page, keys_server: Server, watch: Watch, scheme: str, language: str
) -> None:
    assert scheme
    app = App(page, keys_server, watch, language).open()
    for title in (TITLE, OTHER):
        page.get_by_role("checkbox", name=app.word("tick", title=title)).check()
    page.get_by_role("button", name=app.word("export_ticked"), exact=True).click()
    dialog = page.get_by_role("dialog", name=app.word("export_several", count=2))
    app.choose_in(dialog, "markdown")
    dialog.get_by_role("button", name=app.word("download"), exact=True).click()
    expect(dialog.get_by_role("heading", name=app.word("redact_found", count=len(SECRETS) + 1))).to_be_visible()
    expect(dialog).to_contain_text(f"{TITLE} · ")
    assert findings(page) == []
    with page.expect_download() as downloaded:
        dialog.get_by_role("button", name=app.word("redact_save"), exact=True).click()
    with zipfile.ZipFile(io.BytesIO(downloaded.value.path().read_bytes())) as archive:
        texts = [archive.read(name).decode() for name in archive.namelist()]
    assert len(texts) == 2
    assert not [text for text in texts if GITHUB in text]
    assert all("[redacted:token-1]" in text for text in texts), "the same in both"
    assert any(EMAIL in text for text in texts), "of people nothing is hidden unless that is chosen"
