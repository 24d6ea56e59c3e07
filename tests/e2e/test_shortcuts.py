"""Every shortcut does what the list of shortcuts says, and never takes a key from someone who is typing."""

from __future__ import annotations

import pytest
from playwright.sync_api import Locator, Page, expect

import py_export
from tests.e2e.app import App
from tests.e2e.looks import every_look_and_screen, findings
from tests.e2e.screens import CODEX, SHORT, on_every_screen
from tests.e2e.server import Server
from tests.e2e.watch import Watch

EXPORT, COPY = "Control+Shift+E", "Control+Shift+C"

WRITERS = """
(kind) => {
  const place = document.createElement("div");
  if (kind === "shadow") place.attachShadow({ mode: "open" }).append(document.createElement("input"));
  else if (kind === "editable") place.append(document.createElement("p"));
  else place.append(document.createElement(kind));
  if (kind === "editable") place.contentEditable = "true";
  document.body.append(place);
  const field = place.shadowRoot?.firstChild ?? (kind === "editable" ? place : place.firstChild);
  field.focus();
}
"""


@pytest.fixture
def session(app: App) -> App:
    """Open a short session."""
    app.open_session(SHORT)
    expect(app.page.get_by_role("article").first).to_be_visible()
    return app


def list_of_shortcuts(app: App) -> Locator:
    """Return the dialog that lists them."""
    return app.page.get_by_role("dialog", name=app.word("shortcuts"))


def no_dialog(app: App) -> None:
    """Expect that none is open, after a moment in which one could have opened."""
    app.page.wait_for_timeout(150)
    expect(app.page.get_by_role("dialog")).to_have_count(0)


def test_ctrl_shift_e_opens_the_export_dialog_and_the_focus_returns_to_where_it_was(session: App) -> None:
    app = session
    keys = "Control+Shift+E Control+Shift+C"
    expect(app.menu_button).to_have_attribute("aria-keyshortcuts", keys)
    expect(app.page.locator("session-export-menu[aria-keyshortcuts]")).to_have_count(0)
    app.open_dialog()
    app.page.keyboard.press("Escape")
    expect(app.menu_button).to_be_focused()
    place = app.page.get_by_role("article").first
    place.focus()
    app.page.keyboard.press(EXPORT)
    expect(app.dialog).to_be_visible()
    app.page.keyboard.press("Escape")
    expect(place).to_be_focused()


def test_ctrl_shift_c_copies_the_session_as_markdown(session: App) -> None:
    app = session
    app.page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    app.page.keyboard.press(COPY)
    expect(app.page.get_by_text(app.word("copied", format=app.format_name("markdown")))).to_be_visible()
    payload = app.server.get(f"/api/sessions/{app.server.sessions()[SHORT]}/export")
    assert app.page.evaluate("navigator.clipboard.readText()") == py_export.convert(payload, "markdown").decode()


def test_a_question_mark_lists_every_shortcut_and_escape_closes_it(session: App) -> None:
    app = session
    app.page.keyboard.press("?")
    shown = list_of_shortcuts(app)
    expect(shown).to_be_visible()
    caps = shown.locator("kbd").all_inner_texts()
    assert [*caps[:11]] == ["Ctrl", "Shift", "E", "Ctrl", "Shift", "C", "Ctrl", "O", ":", "/", "?"]
    expect(shown).to_contain_text(app.word("shortcut_export_else"))
    expect(shown).to_contain_text(app.word("shortcut_copy_else"))
    app.page.keyboard.press("Escape")
    expect(shown).to_be_hidden()


@on_every_screen
def test_the_list_is_behind_a_button_too(app: App) -> None:
    button = app.page.get_by_role("button", name=app.word("shortcuts"))
    expect(button).to_have_attribute("aria-keyshortcuts", "?")
    button.click()
    expect(list_of_shortcuts(app)).to_be_visible()
    app.page.keyboard.press("Escape")
    expect(button).to_be_focused()


@pytest.mark.parametrize("key", [":", "/"])
def test_a_sign_goes_to_the_command_line_and_is_not_typed(session: App, key: str) -> None:
    session.page.keyboard.press(key)
    expect(session.line).to_be_focused()
    expect(session.line).to_have_value("")


def test_in_the_list_a_sign_goes_to_the_search(app: App) -> None:
    expect(app.page.get_by_role("link", name=SHORT)).to_be_visible()
    app.page.keyboard.press("/")
    expect(app.page.get_by_role("searchbox")).to_be_focused()


def test_in_the_list_they_act_on_the_row_that_has_the_focus(app: App) -> None:
    app.page.get_by_role("link", name=CODEX).focus()
    app.page.keyboard.press(EXPORT)
    app.choose("jsonl")
    with app.page.expect_download() as download:
        app.download_button.click()
    assert app.server.sessions()[CODEX] in download.value.suggested_filename


def test_in_the_list_without_a_row_they_say_what_to_do(app: App) -> None:
    expect(app.page.get_by_role("link", name=CODEX)).to_be_visible()
    app.page.keyboard.press(EXPORT)
    expect(app.page.get_by_role("status").filter(has_text=app.word("shortcut_no_row"))).to_be_visible()
    no_dialog(app)


@pytest.mark.parametrize("kind", ["input", "textarea", "select", "editable", "shadow"])
def test_someone_who_types_elsewhere_keeps_every_key(session: App, kind: str) -> None:
    session.page.evaluate(WRITERS, kind)
    for key in (EXPORT, COPY, "?", ":", "/"):
        session.page.keyboard.press(key)
    no_dialog(session)
    expect(session.line).not_to_be_focused()
    if kind in ("input", "textarea"):
        assert session.page.evaluate("document.activeElement.value") == "?:/"


def test_in_the_command_line_signs_are_letters_and_the_dialog_still_opens(session: App) -> None:
    session.page.keyboard.press("/")
    session.page.keyboard.type("?:/")
    expect(session.line).to_have_value("?:/")
    session.page.keyboard.press(EXPORT)
    expect(session.dialog).to_be_visible()


def test_an_open_dialog_keeps_every_key(session: App) -> None:
    session.open_dialog()
    for key in ("?", ":", COPY):
        session.page.keyboard.press(key)
    session.page.wait_for_timeout(150)
    expect(session.page.get_by_role("dialog")).to_have_count(1)
    session.page.keyboard.press("Escape")
    session.page.keyboard.press("?")
    session.page.keyboard.press(EXPORT)
    session.page.wait_for_timeout(150)
    expect(session.page.get_by_role("dialog")).to_have_count(1)


def test_a_key_that_is_held_down_acts_once(session: App) -> None:
    session.page.evaluate("dispatchEvent(new KeyboardEvent('keydown', { key: '?', repeat: true, bubbles: true }))")
    no_dialog(session)
    session.page.evaluate("dispatchEvent(new KeyboardEvent('keydown', { key: '?', bubbles: true }))")
    expect(list_of_shortcuts(session)).to_be_visible()


def test_single_keys_can_be_turned_off_for_good(session: App) -> None:
    app = session
    app.page.keyboard.press("?")
    app.page.get_by_role("checkbox", name=app.word("single_keys")).uncheck()
    app.page.keyboard.press("Escape")
    app.page.reload()
    expect(app.page.get_by_role("article").first).to_be_visible()
    app.page.keyboard.press("?")
    no_dialog(app)
    app.page.keyboard.press(EXPORT)
    expect(app.dialog).to_be_visible()


@every_look_and_screen
def test_axe_finds_nothing_in_the_list_of_shortcuts(looked_at: App) -> None:
    app = looked_at
    app.page.get_by_role("button", name=app.word("shortcuts")).click()
    expect(list_of_shortcuts(app)).to_contain_text(app.word("shortcut_line"))
    assert findings(app.page) == []


def test_a_page_that_waits_for_a_token_has_no_line_and_no_export(page: Page, demo_server: Server, watch: Watch) -> None:
    watch.expect("status of 401")
    app = App(page, Server(demo_server.origin, "of.bad.news", demo_server.process), watch).open()
    expect(page.get_by_role("heading", name=app.word("signed_out"), level=1)).to_be_visible()
    page.keyboard.press(EXPORT)
    no_dialog(app)
