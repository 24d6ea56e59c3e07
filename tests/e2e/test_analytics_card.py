"""The cards of analytics: of which days and models a file tells is chosen in the dialog."""

from __future__ import annotations

from playwright.sync_api import Page, expect

import py_export
from tests.e2e.app import App
from tests.e2e.looks import every_look_and_screen, findings
from tests.e2e.screens import CLAUDE

SMALL = "claude-haiku-4-5-20251001"
OTHER = "claude-opus-4-5-20251101"


@every_look_and_screen
def test_days_and_models_are_chosen_and_decide_what_is_written(looked_at: App, page: Page) -> None:
    app = looked_at
    payload = app.server.get(f"/api/sessions/{app.server.sessions()[CLAUDE]}/export")
    app.open_session(CLAUDE).open_dialog()
    app.choose("csv")
    app.dialog.get_by_role("checkbox", name=SMALL).uncheck()
    expect(app.preview).not_to_contain_text(SMALL)
    expect(app.preview).to_contain_text(OTHER)
    days = app.dialog.get_by_label(app.word("period_which"), exact=True)
    days.select_option("days")
    first = app.dialog.locator("#period-since")
    expect(first).to_have_value("2026-01-13")  # when the session was
    assert findings(page) == []

    last = app.dialog.locator("#period-until")
    last.fill("2026-01-12")
    expect(app.dialog.get_by_text(app.word("period_backwards"))).to_be_visible()
    expect(app.download_button).to_be_disabled()
    first.fill("2026-01-12")
    expect(app.preview).not_to_contain_text(OTHER)
    last.fill("2026-01-13")
    expect(app.preview).to_contain_text(OTHER)
    options = {"since": "2026-01-12", "until": "2026-01-13", "models": OTHER}
    assert app.export_chosen().data == py_export.convert(payload, "csv", options=options)


def test_without_any_model_there_is_nothing_to_export(app: App) -> None:
    app.open_session(CLAUDE).open_dialog()
    app.choose("analytics-json")
    for model in (SMALL, OTHER):
        app.dialog.get_by_role("checkbox", name=model).uncheck()
    expect(app.dialog.get_by_text(app.word("models_none"))).to_be_visible()
    expect(app.download_button).to_be_disabled()
    app.choose("json")
    expect(app.download_button).to_be_enabled()
