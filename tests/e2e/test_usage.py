"""What all sessions took, from the list: tables and reports of everything that the function keeps for its owner."""

from __future__ import annotations

import csv
import io
import json
import subprocess
from collections.abc import Callable, Sequence
from pathlib import Path

from playwright.sync_api import Locator, Page, expect

import py_export
from py_export import Notices, Session
from py_export.options import parse
from py_export.together import together
from py_export.writers import find_writer
from tests.e2e.app import App, hold
from tests.e2e.conftest import Serve
from tests.e2e.looks import every_look_and_screen, findings
from tests.e2e.poll import until
from tests.e2e.screens import ALL, CLAUDE, on_every_screen
from tests.e2e.server import Server
from tests.e2e.watch import Watch
from tests.golden.database_cases import contents
from tests.tools import require

USAGE = "/api/analytics/export"
HAIKU = "claude-haiku-4-5-20251001"


class Usage(App):
    """The page, whose dialog is about the usage of all sessions."""

    @property
    def dialog(self) -> Locator:
        """The dialog."""
        return self.page.get_by_role("dialog", name=self.word("export_usage"))

    def open_usage(self) -> Locator:
        """Open it as a person does, from the list."""
        self.page.get_by_role("button", name=self.word("export_usage"), exact=True).click()
        expect(self.dialog).to_be_visible()
        return self.dialog


def usage_of(app: App) -> Usage:
    return Usage(app.page, app.server, app.watch, app.locale)


def library(sessions: Sequence[Session], to: str, **options: str) -> bytes:
    writer = find_writer(to)
    return b"".join(together(sessions, writer, parse(writer.options, options), Notices(), None))


def every_session(server: Server) -> list[Session]:
    ids = server.sessions().values()
    return [session for one in ids for session in py_export.read(server.get(f"/api/sessions/{one}/export"))]


def rows(data: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(data.decode())))


@every_look_and_screen
def test_the_tables_of_all_sessions_are_what_their_payloads_give(looked_at: App, page: Page) -> None:
    app = usage_of(looked_at)
    app.open_usage()
    expect(app.dialog.get_by_role("radio", name=app.word("card_markdown"), exact=True)).to_have_count(0)
    sessions = every_session(app.server)
    for to in ("csv", "tool-calls-csv", "sessions-csv"):
        app.choose(to)
        expect(app.preview).not_to_be_empty()
        shown = app.preview.text_content() or ""
        if to == "csv":
            assert len(shown) > 1000
            expect(app.dialog.get_by_role("checkbox", name=HAIKU)).to_be_visible()
            assert findings(page) == []
        found = app.export_chosen()
        app.dismiss()
        assert to != "csv" or found.data.decode().startswith(shown.rstrip()), "the file begins as its preview"
        wanted = rows(library(sessions, to))
        assert len(rows(found.data)) == len(wanted) > len(sessions) / 2
        if to == "tool-calls-csv":  # what calls were given is with the conversations alone
            lost = {"subject", "description", "paths", "exit_code", "call_id"}
            wanted = [{name: "" if name in lost else value for name, value in row.items()} for row in wanted]
        assert sorted(map(str, rows(found.data))) == sorted(map(str, wanted))
        app.open_usage()
    app.choose("csv")
    expect(app.dialog.get_by_role("radio", name=app.word("variant_messages-csv"), exact=True)).to_have_count(0)


@on_every_screen
def test_the_report_and_the_document_for_programs_hold_every_session(app: App, tmp_path: Path) -> None:
    shown = usage_of(app)
    shown.open_usage()
    shown.choose("analytics-json")
    document = json.loads(shown.export_chosen().data)
    shown.dismiss()
    assert app.page.evaluate("localStorage.getItem('hapi.sessionExportFormat')") is None, (
        "of a conversation it says nothing"
    )
    told = json.loads(library(every_session(app.server), "analytics-json"))
    assert document["totals"] == told["totals"]
    assert [one["title"] for one in document["bySession"]] == [one["title"] for one in told["bySession"]]
    assert len(document["bySession"]) == len(ALL)

    shown.open_usage()
    shown.choose("pdf")
    expect(shown.download_button).to_be_enabled(timeout=30_000)
    report = tmp_path / "report.pdf"
    report.write_bytes(shown.export_chosen().data)
    command = [str(require("pdftotext")), "-layout", str(report), "-"]
    text = subprocess.run(command, capture_output=True, text=True, check=True).stdout  # noqa: S603 - poppler's
    assert CLAUDE in " ".join(text.split())


def test_days_and_models_decide_what_is_written(app: App) -> None:
    shown = usage_of(app)
    shown.open_usage()
    shown.choose("csv")
    shown.dialog.get_by_role("checkbox", name=HAIKU).uncheck()
    shown.dialog.get_by_label(app.word("period_which"), exact=True).select_option("days")
    first, last = (shown.dialog.locator(f"#period-{end}") for end in ("since", "until"))
    expect(first).not_to_have_value("")
    first.fill("2026-01-01")
    last.fill("2026-01-31")
    found = rows(shown.export_chosen().data)
    assert found
    assert {row["timestamp"][:7] for row in found} == {"2026-01"}
    assert HAIKU not in {row["model"] for row in found}
    assert len(app.watch.paths(USAGE)) == 1, "what has come is not fetched again"


def test_where_all_is_too_much_a_shorter_period_is_fetched(
    own_store: Path, serve: Serve, app_on: Callable[[Server], App]
) -> None:
    count = len(json.loads(serve(own_store).get(f"{USAGE}?from=2026-01-13&to=2026-01-13"))["events"]) * 4
    app = usage_of(app_on(serve(own_store, max_usage_events=str(count))))
    app.watch.expect("status of 413")
    app.open_usage()
    app.choose("csv")
    sentence = app.word("usage_too_large").split("{")[0]
    expect(app.dialog.get_by_role("alert").filter(has_text=sentence)).to_be_visible()
    app.download_button.click()
    expect(app.dialog.get_by_role("alert").filter(has_text=sentence).first).to_be_visible()
    app.dialog.get_by_label(app.word("period_which"), exact=True).select_option("days")
    app.dialog.locator("#period-since").fill("2026-01-13")
    app.dialog.locator("#period-until").fill("2026-01-13")
    expect(app.preview).to_contain_text("2026-01-13")
    expect(app.dialog.get_by_role("checkbox", name=HAIKU)).to_be_visible()
    found = rows(app.export_chosen().data)
    assert {row["timestamp"][:10] for row in found} == {"2026-01-13"}


@every_look_and_screen
def test_a_server_that_keeps_no_usage_says_so_and_what_to_do_instead(
    page: Page, watch: Watch, tmp_path: Path, serve: Serve, language: str, scheme: str
) -> None:
    assert scheme
    hub = tmp_path / "hub.db"
    hub.write_bytes(contents("hapi-db/hub.sql"))
    watch.expect("status of 501")
    app = usage_of(App(page, serve(hub), watch, language).open())
    app.open_usage()
    app.choose("csv")
    expect(app.dialog.get_by_role("alert").filter(has_text=app.word("usage_not_kept"))).to_be_visible()
    assert findings(page) == []
    app.download_button.click()
    expect(app.dialog.get_by_role("alert").filter(has_text=app.word("usage_not_kept")).first).to_be_visible()


def test_closing_the_dialog_stops_the_fetch_and_saves_nothing(app: App, page: Page) -> None:
    downloads: list[object] = []
    page.on("download", lambda download: downloads.append(download))  # noqa: PLW0108 - a method of a list takes no mark
    held = hold(page, f"**{USAGE}*")
    shown = usage_of(app)
    shown.open_usage()
    shown.choose("csv")
    until(lambda: page.evaluate("true") and held)
    shown.download_button.click()
    expect(shown.dialog.get_by_role("progressbar")).to_be_visible()
    failed: list[str] = []
    page.on("requestfailed", lambda request: failed.append(request.url))
    shown.dialog.get_by_role("button", name=app.word("cancel"), exact=True).click()
    expect(shown.dialog).to_be_hidden()
    until(lambda: page.evaluate("true") and any(USAGE in url for url in failed))
    assert not downloads


def test_a_place_is_asked_for_one_document_by_its_name(app: App, page: Page) -> None:
    page.evaluate("""() => {
      globalThis.asked = [];
      globalThis.showSaveFilePicker = async (wanted) => {
        globalThis.asked.push(wanted.suggestedName);
        throw new DOMException("", "AbortError");
      };
    }""")
    shown = usage_of(app)
    shown.open_usage()
    shown.choose("csv")
    expect(shown.preview).not_to_be_empty()
    shown.dialog.get_by_role("button", name=app.word("save_as"), exact=True).click()
    until(lambda: page.evaluate("globalThis.asked.length") == 1)
    assert page.evaluate("globalThis.asked") == [f"sessions-{len(ALL)}.csv"]


def test_of_ticked_sessions_the_models_are_offered_too(app: App, page: Page) -> None:
    for box in page.get_by_role("listitem").get_by_role("checkbox").all()[:3]:
        box.check()
    page.get_by_role("button", name=app.word("export_ticked"), exact=True).click()
    dialog = page.get_by_role("dialog", name=app.word("export_several.other", count=3))
    app.choose_in(dialog, "csv")
    expect(dialog.get_by_role("checkbox", name=HAIKU)).to_be_visible()


def test_without_a_session_there_is_no_usage_to_export(
    tmp_path: Path, serve: Serve, app_on: Callable[[Server], App]
) -> None:
    app = usage_of(app_on(serve(tmp_path / "empty.sqlite3")))
    expect(app.page.get_by_text(app.word("no_sessions"), exact=True)).to_be_visible()
    expect(app.page.get_by_role("button", name=app.word("export_usage"), exact=True)).to_be_hidden()
