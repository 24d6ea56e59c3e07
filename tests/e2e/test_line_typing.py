"""The command line while it is written: completion, history, and what is said meanwhile."""

from __future__ import annotations

import json

from playwright.sync_api import expect

from tests.e2e.app import App
from tests.e2e.line import LAST, let_through, narrowed, options, run, shown
from tests.e2e.looks import every_look_and_screen, findings
from tests.e2e.screens import CLAUDE, CODEX, on_every_screen


def test_the_keyboard_completes(session: App) -> None:
    field = session.open_line()
    field.type("e :ex")
    expect(options(session)).to_have_count(1)
    field.press("Tab")
    expect(field).to_have_value("e :export ")
    expect(field).to_have_attribute("aria-expanded", "true")
    field.press("ArrowDown")
    field.press("ArrowDown")
    active = options(session, selected=True)
    expect(field).to_have_attribute("aria-activedescendant", active.get_attribute("id") or "")
    field.press("Enter")
    expect(field).to_have_value("e :export md ")
    field.press("Escape")
    expect(session.page.get_by_role("listbox")).to_be_hidden()
    field.press("Tab")
    expect(field).not_to_be_focused()


@on_every_screen
def test_a_press_completes_and_the_caret_stands_between_the_quotes(session: App) -> None:
    field = session.open_line()
    field.click()
    options(session).filter(has_text="c'…'").click()
    expect(field).to_have_value("c''")
    expect(field).to_be_focused()
    assert field.evaluate("each => each.selectionStart") == 2


def test_the_arrows_bring_back_lines_also_after_a_reload(session: App) -> None:
    app = session
    run(app, "r1")
    narrowed(app, len(let_through(app, CLAUDE, "r1")))
    run(app, "r2")
    narrowed(app, len(let_through(app, CLAUDE, "r2")))
    app.page.reload()
    field = app.open_line()
    field.press("Escape")
    field.type("dra")
    field.press("ArrowUp")
    expect(field).to_have_value("r2")
    field.press("ArrowUp")
    expect(field).to_have_value("r1")
    field.press("ArrowDown")
    field.press("ArrowDown")
    expect(field).to_have_value("dra")
    kept = app.page.evaluate("JSON.stringify(Object.entries(localStorage))")
    assert "r2" not in json.dumps(kept)


def test_what_a_line_would_show_is_said_while_it_is_written(session: App) -> None:
    count, of = len(let_through(session, CLAUDE, LAST)), len(let_through(session, CLAUDE, ""))
    session.open_line().type(LAST)
    hint = session.page.get_by_role("status").filter(has_text=session.word("line_would_show", count=count, of=of))
    expect(hint).to_be_visible()
    assert len(shown(session.page)) == of


def test_what_is_wrong_is_said_while_it_is_written(session: App) -> None:
    session.open_line().type("x5 & r2")
    expect(session.page.get_by_role("alert").filter(has_text="“x”")).to_be_visible()


@every_look_and_screen
def test_axe_finds_nothing_in_any_state_of_the_line(looked_at: App) -> None:
    app = looked_at
    app.open_session(CODEX)
    field = app.open_line()
    field.press("ArrowDown")
    expect(options(app, selected=True)).to_be_visible()
    assert findings(app.page) == []
    run(app, "x")
    expect(app.page.get_by_role("alert").filter(has=app.page.locator("mark"))).to_be_visible()
    assert findings(app.page) == []
    run(app, "r1")
    expect(app.page.get_by_role("button", name=app.word("show_all"))).to_be_visible()
    assert findings(app.page) == []
    run(app, "c'no such words'")
    expect(app.page.get_by_role("heading", name=app.word("nothing_passes"))).to_be_visible()
    assert findings(app.page) == []
