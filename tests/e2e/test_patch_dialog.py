"""A patch before it is exported: which files it changes and how much, and the patch itself in colours."""

from __future__ import annotations

from playwright.sync_api import expect

import py_export
from tests.e2e.app import App
from tests.e2e.looks import every_look_and_screen, findings
from tests.e2e.screens import CLAUDE, CODEX, CURSOR
from tests.e2e.test_thumb import TARGETS

COLOURS = """(pre) => Object.fromEntries([...pre.querySelectorAll("span")].map((span) => [
  span.textContent[0], [getComputedStyle(span).color, getComputedStyle(span).whiteSpace]
]))"""


def chosen(app: App, title: str) -> str:
    """Choose the patch of a session, and return the patch as the library writes it."""
    app.open_session(title).open_dialog()
    app.choose("patch")
    payload = app.server.get(f"/api/sessions/{app.server.sessions()[title]}/export")
    return py_export.convert(payload, "patch").decode()


@every_look_and_screen
def test_what_a_patch_changes_is_seen_before_it_is_exported(looked_at: App) -> None:
    app = looked_at
    whole = chosen(app, CLAUDE)
    files = app.dialog.get_by_role("list", name=app.word("patch_list"))
    expect(files.get_by_role("listitem")).to_have_text(
        [f"{app.word('patch_modified')}tidewatch/calendar.py+1 \N{MINUS SIGN}3"], use_inner_text=False
    )
    expect(app.dialog.get_by_text(app.word("patch_files", count=1, added=1, removed=3))).to_be_visible()
    # What is not in it is said, too.
    expect(app.dialog.get_by_text(py_export.Notice("patch_commands", 5).message(app.locale))).to_be_visible()
    expect(app.preview).to_have_text(whole, use_inner_text=False)
    assert app.preview.text_content() == whole
    colours = app.preview.evaluate(COLOURS)
    assert len({colours[mark][0] for mark in "+- @"}) == 4
    assert {space for _, space in colours.values()} == {"pre"}
    assert findings(app.page) == []
    if app.page.evaluate("matchMedia('(pointer: coarse)').matches"):
        small = [each for each in app.page.evaluate(TARGETS, 44) if min(each["width"], each["height"]) < 43.5]
        assert small == []


def test_several_files_are_counted_and_a_session_without_changes_says_so(app: App) -> None:
    chosen(app, CODEX)
    files = app.dialog.get_by_role("list", name=app.word("patch_list"))
    expect(files.get_by_role("listitem")).to_have_text(
        [f"{app.word('patch_added')}{path}+2 \N{MINUS SIGN}0" for path in ("herbarium/dates.py", "tests/test_dates.py")]
    )
    app.choose("markdown")
    expect(files).to_be_hidden()
    app.dismiss()
    app.back_to_list()
    assert chosen(app, CURSOR) == ""
    expect(app.dialog.get_by_text(app.word("patch_none"))).to_be_visible()
    expect(files).to_be_hidden()
    expect(app.dialog.get_by_text("1 file (tiefen.css)")).to_be_visible()
