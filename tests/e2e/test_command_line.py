"""The command line of a session: what is shown is what is exported, and what is wrong is said where it is wrong."""

from __future__ import annotations

import re
from itertools import pairwise

import pytest
from playwright.sync_api import expect

import py_export
from py_export.errors import InvalidFilter
from py_export.transforms import filter as language
from py_export.transforms.select import Selection
from tests.e2e.app import App, Saved, saved
from tests.e2e.line import LAST, let_through, narrowed, payload_of, run, shown
from tests.e2e.screens import CLAUDE, LONG, SHORT, on_every_screen


def downloaded(app: App, line: str) -> Saved:
    """Run a line that saves a file."""
    with app.page.expect_download() as download:
        run(app, line)
    return saved(download.value.suggested_filename, download.value.path())


@on_every_screen
def test_a_filter_shows_what_passes_and_an_empty_line_shows_all(session: App) -> None:
    app = session
    everything, some = let_through(app, CLAUDE, ""), let_through(app, CLAUDE, LAST)
    assert 0 < len(some) < len(everything)
    field = run(app, LAST)
    narrowed(app, len(some))
    expect(app.page.get_by_role("article")).to_have_count(len(some))
    assert shown(app.page) == some
    expect(field).to_have_value(LAST)
    run(app, "")
    expect(app.page.get_by_role("article")).to_have_count(len(everything))
    assert shown(app.page) == everything


def test_show_all_shows_all_and_empties_the_line(session: App) -> None:
    app = session
    field = run(app, LAST)
    app.page.get_by_role("button", name=app.word("show_all")).click()
    expect(app.page.get_by_role("article")).to_have_count(len(let_through(app, CLAUDE, "")))
    expect(field).to_have_value("")


def test_a_filter_that_nothing_passes_says_so(session: App) -> None:
    run(session, "c'no such words'")
    expect(session.page.get_by_role("heading", name=session.word("nothing_passes"))).to_be_visible()
    session.page.get_by_role("button", name=session.word("show_all")).click()
    expect(session.page.get_by_role("article").first).to_be_visible()


@pytest.mark.parametrize(
    ("command", "to"), [("", "maichat-json"), ("json", "maichat-json"), ("md", "pairs"), ("txt", "text")]
)
def test_export_saves_the_pairs_that_are_shown_and_names_its_line(session: App, command: str, to: str) -> None:
    app = session
    line = f"{LAST} :export {command}".strip()
    file = downloaded(app, line)
    assert file.data == py_export.convert(
        payload_of(app, CLAUDE), to, select=Selection(filter=LAST), options={"filter_input": line}
    )
    assert re.fullmatch(r"export_chat-\d{8}-\d{6}\.(json|md|txt)", file.name)
    expect(app.page.get_by_role("article")).to_have_count(len(let_through(app, CLAUDE, LAST)))
    expect(app.line).to_have_value(LAST)


def test_an_order_and_a_name_are_taken_exactly(session: App) -> None:
    file = downloaded(session, f"{LAST} :export md --order topic --filename '今夜 \\'notes\\'.markdown'")
    assert file.name == "今夜 'notes'.markdown"
    assert '"orderApplied": "topic"' in file.data.decode()


def test_an_export_with_a_slash_holds_what_is_shown(session: App) -> None:
    app = session
    run(app, LAST)
    narrowed(app, len(let_through(app, CLAUDE, LAST)))
    chosen = Selection(filter=LAST)
    assert downloaded(app, "/export").data == py_export.convert(
        payload_of(app, CLAUDE), "markdown", options={"style": "trace"}, select=chosen
    )
    file = downloaded(app, "/export json trace.json")
    assert file == Saved("trace.json", py_export.convert(payload_of(app, CLAUDE), "hfs-json", select=chosen))
    expect(app.line).to_have_value(LAST)


def test_every_format_is_exported_by_its_id(session: App) -> None:
    assert downloaded(session, "/export jsonl").data == py_export.convert(payload_of(session, CLAUDE), "jsonl")
    html = downloaded(session, ":export html --filename a.html")
    assert html.name == "a.html"
    assert html.data.startswith(b"<!DOCTYPE html>")


def test_the_dialog_exports_what_is_shown_and_copy_copies_it(session: App) -> None:
    app = session
    app.page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    run(app, LAST)
    some, of = len(let_through(app, CLAUDE, LAST)), len(let_through(app, CLAUDE, ""))
    narrowed(app, some)
    expect(app.page.locator("dd").filter(has_text=re.compile(rf"^{of}$"))).to_be_visible()
    app.page.keyboard.press("Control+Shift+C")
    said = app.word("copied_some", count=some, of=of, format=app.format_name("markdown"))
    expect(app.page.get_by_text(said)).to_be_visible()
    copied = app.page.evaluate("navigator.clipboard.readText()")
    assert copied == py_export.convert(payload_of(app, CLAUDE), "markdown", select=Selection(filter=LAST)).decode()
    data = app.export("jsonl").data
    assert data == py_export.convert(payload_of(app, CLAUDE), "jsonl", select=Selection(filter=LAST))


def place_of(filter_text: str) -> int:
    """Return where the library finds the filter wrong."""
    with pytest.raises(InvalidFilter) as found:
        language.parse(filter_text)
    return int(found.value.params["position"])


@on_every_screen
def test_a_wrong_filter_is_said_at_its_place_runs_nothing_and_stays(session: App) -> None:
    app = session
    line = "c'👩' & x5 :export md"
    files: list[str] = []
    app.page.on("download", lambda download: files.append(download.suggested_filename))
    field = run(app, line)
    alert = app.page.get_by_role("alert").filter(has_text="“x”")
    expect(alert).to_be_visible()
    expect(alert.locator("mark")).to_have_text("x")
    expect(field).to_have_attribute("aria-invalid", "true")
    expect(field).to_have_value(line)
    assert field.evaluate("each => each.value.slice(each.selectionStart, each.selectionEnd)") == "x"
    assert line[place_of("c'👩' & x5")] == "x"
    assert files == []
    field.fill(line.replace(" & x5", ""))
    expect(alert).to_be_hidden()
    expect(field).not_to_have_attribute("aria-invalid", "true")


def test_a_wrong_command_is_said_at_its_place(session: App) -> None:
    field = run(session, f"{LAST} :export docx")
    alert = session.page.get_by_role("alert").filter(has_text="docx")
    expect(alert.locator("mark")).to_have_text("docx")
    expect(alert).to_contain_text("jsonl")
    expect(field).to_have_accessible_description(re.compile("docx"))


def test_another_language_keeps_the_filter(session: App) -> None:
    app = session
    some = let_through(app, CLAUDE, LAST)
    run(app, LAST)
    narrowed(app, len(some))
    app.page.get_by_role("combobox", name=app.word("language")).select_option("zh-CN")
    app.locale = "zh-CN"
    narrowed(app, len(some))
    expect(app.page.get_by_role("article")).to_have_count(len(some))
    assert shown(app.page) == some
    expect(app.line).to_have_value(LAST)


def test_in_a_long_session_messages_that_lie_far_apart_stand_together(app: App) -> None:
    app.open_session(LONG)
    some = let_through(app, LONG, "c'7 done, 118' | r2")
    assert 2 < len(some) < 200
    assert any(later - earlier > 500 for earlier, later in pairwise(some))
    run(app, "c'7 done, 118' | r2")
    expect(app.page.get_by_role("feed")).to_have_attribute("aria-busy", "false")
    expect(app.page.get_by_role("article").first).to_have_attribute("aria-setsize", str(len(some)))
    first = shown(app.page)
    assert first == some[: len(first)]


def test_a_session_that_is_gone_has_no_line(app: App) -> None:
    app.watch.expect("status of 404")
    app.page.goto(f"{app.server.origin}/#/sessions/nobody")
    expect(app.page.get_by_role("alert")).to_be_visible()
    expect(app.line).to_be_hidden()


def test_offline_is_said_beside_the_line_and_the_line_stays(app: App) -> None:
    app.watch.expect("ERR_INTERNET_DISCONNECTED")
    app.open_session(SHORT)
    expect(app.page.get_by_role("article").first).to_be_visible()
    app.page.context.set_offline(True)
    field = run(app, "r1")
    expect(app.page.get_by_role("alert").filter(has_text=app.word("error_offline"))).to_be_visible()
    expect(field).to_have_value("r1")
    app.page.context.set_offline(False)
    field.press("Enter")
    expect(app.page.get_by_role("button", name=app.word("show_all"))).to_be_visible()
