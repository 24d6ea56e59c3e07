"""Importing from the page: every file is answered for, by its sessions or by a sentence."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

from py_export.errors import NewerVersion
from py_export.l10n import translate
from tests.checkout import ROOT
from tests.e2e.app import App
from tests.e2e.conftest import Serve
from tests.e2e.looks import every_look_and_screen, findings
from tests.e2e.screens import SHORT, on_every_screen
from tests.e2e.server import DEMO
from tests.e2e.watch import Watch

OLD = ROOT / "tests" / "golden" / "migrations" / "hfs-json-0.1.0.json"
OLD_TITLE = "Fix the login redirect"


@pytest.fixture
def files(tmp_path: Path) -> dict[str, Path]:
    """Return a new session, one that is stored already, an old version, a future one, and no session at all."""
    new = {"id": "new-one", "title": "<b>Brand new</b>", "createdAt": 1767600000000}
    message = {"id": "m1", "role": "user", "createdAt": 1767600000000, "blocks": [{"type": "text", "text": "Hello"}]}
    payload = {"schemaVersion": 1, "generator": "py-export 0.1.0", "exportedAt": 1767700000000, "session": new}
    made = {
        "new.json": json.dumps(payload | {"messages": [message]}),
        "future.json": json.dumps(payload | {"schemaVersion": 9, "messages": []}),
        "<img src=x>.txt": "nothing of ours",
    }
    for name, text in made.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    return {name: tmp_path / name for name in made} | {"same": DEMO / "short.json", "old": OLD}


@pytest.fixture
def own_app(page: Page, serve: Serve, watch: Watch, own_store: Path) -> Callable[..., App]:
    """Return a function that opens the page on a store of the test's own: importing changes it."""
    return lambda locale="en": App(page, serve(own_store), watch, locale).open()


def choose(app: App, files: list[Path], how: Callable[[], None]) -> Locator:
    """Choose files in the picker that ``how`` opens, and return the dialog when it has done with them."""
    with app.page.expect_file_chooser() as chooser:
        how()
    assert chooser.value.is_multiple()
    chooser.value.set_files(files)
    dialog = app.page.get_by_role("dialog", name=app.word("import_title"))
    expect(dialog.get_by_role("button", name=app.word("done"), exact=True)).to_be_visible()
    return dialog


def button(app: App) -> Callable[[], None]:
    """Return what presses the list's button."""
    return app.page.get_by_role("button", name=app.word("import"), exact=True).click


def row(dialog: Locator, name: str) -> Locator:
    """Return what is said of one file."""
    return dialog.get_by_role("listitem").filter(has=dialog.page.get_by_role("heading", name=name, exact=True))


@on_every_screen
def test_each_file_is_answered_for(own_app: Callable[..., App], files: dict[str, Path]) -> None:
    app = own_app()
    app.watch.expect("status of 4")
    dialog = choose(app, list(files.values()), button(app))
    expect(row(dialog, "new.json")).to_contain_text(app.word("import_new"))
    expect(row(dialog, "short.json")).to_contain_text(app.word("import_same"))
    migrated = [("0.1.0", "0.9.0"), ("0.9.0", "1.0.0")]
    for found, to in migrated:
        expect(row(dialog, OLD.name)).to_contain_text(translate("notice.migrated", "en", count=1, found=found, to=to))
    expect(row(dialog, "future.json")).to_contain_text(NewerVersion(found=9, known=1).message())
    expect(row(dialog, "<img src=x>.txt")).to_contain_text("no known kind")
    state = dialog.get_by_role("status")
    for name, count in (("new", 2), ("same", 1), ("refused", 2)):
        expect(state).to_contain_text(app.word(f"imported_{name}", count=count))


def test_the_links_lead_to_the_sessions_and_the_list_has_them(
    own_app: Callable[..., App], files: dict[str, Path]
) -> None:
    app = own_app()
    dialog = choose(app, [files["new.json"]], button(app))
    dialog.get_by_role("button", name=app.word("done"), exact=True).click()
    expect(app.page.get_by_role("link", name="<b>Brand new</b>")).to_be_visible()
    dialog = choose(app, [files["old"]], button(app))
    dialog.get_by_role("link", name=OLD_TITLE).click()
    expect(app.page.get_by_role("heading", name=OLD_TITLE, level=1)).to_be_visible()
    expect(dialog).to_be_hidden()


def test_the_command_imports_from_a_session_and_from_the_list(
    own_app: Callable[..., App], files: dict[str, Path]
) -> None:
    app = own_app()
    search = app.page.get_by_role("searchbox")
    search.fill("/import")
    expect(app.page.get_by_role("status").filter(has_text=app.word("list_import"))).to_be_visible()
    dialog = choose(app, [files["same"]], lambda: search.press("Enter"))
    app.page.keyboard.press("Escape")
    expect(dialog).to_be_hidden()
    expect(search).to_have_value("")
    app.open_session(SHORT)
    app.open_line().fill("/import")
    dialog = choose(app, [files["new.json"]], lambda: app.line.press("Enter"))
    expect(row(dialog, "new.json")).to_contain_text(app.word("import_new"))


def test_a_command_that_the_list_does_not_know_is_explained_and_not_searched_for(app: App) -> None:
    link = app.page.get_by_role("link", name=SHORT)
    expect(link).to_be_visible()
    app.page.get_by_role("searchbox").fill(":export md")
    expect(app.page.get_by_role("status").filter(has_text=app.word("list_export"))).to_be_visible()
    expect(link).to_be_visible()


def test_a_session_that_has_grown_is_updated(own_app: Callable[..., App], files: dict[str, Path]) -> None:
    app = own_app()
    choose(app, [files["new.json"]], button(app))
    app.page.keyboard.press("Escape")
    document = json.loads(files["new.json"].read_text())
    document["messages"].append(document["messages"][0] | {"id": "m2"})
    files["new.json"].write_text(json.dumps(document))
    dialog = choose(app, [files["new.json"]], button(app))
    expect(row(dialog, "new.json")).to_contain_text(app.word("import_updated"))


def test_an_empty_store_offers_to_import(page: Page, serve: Serve, watch: Watch, tmp_path: Path) -> None:
    app = App(page, serve(tmp_path / "empty.sqlite3"), watch).open()
    choose(app, [DEMO / "short.json"], page.get_by_role("button", name=app.word("import"), exact=True).last.click)
    page.keyboard.press("Escape")
    expect(page.get_by_role("link", name=SHORT)).to_be_visible()


def test_the_network_failing_refuses_one_file_and_not_the_next(
    own_app: Callable[..., App], files: dict[str, Path]
) -> None:
    app = own_app()
    app.watch.expect("ERR_FAILED")
    app.page.route("**/api/sessions", lambda route: route.abort(), times=1)
    dialog = choose(app, [files["same"], files["new.json"]], button(app))
    expect(row(dialog, "short.json")).to_contain_text(app.word("error_network"))
    expect(row(dialog, "new.json")).to_contain_text(app.word("import_new"))


def test_a_refusal_is_said_in_the_pages_language_which_may_not_be_the_browsers(
    own_app: Callable[..., App], files: dict[str, Path]
) -> None:
    app = own_app()
    app.watch.expect("status of 4")
    app.page.get_by_role("combobox", name=app.word("language")).select_option("zh-CN")
    app.locale = "zh-CN"
    dialog = choose(app, [files["future.json"]], button(app))
    expect(row(dialog, "future.json")).to_contain_text(NewerVersion(found=9, known=1).message("zh-CN"))


@every_look_and_screen
def test_axe_finds_nothing_and_every_word_is_of_the_language(
    own_app: Callable[..., App], files: dict[str, Path], scheme: str, language: str
) -> None:
    assert scheme
    app = own_app(language)
    app.watch.expect("status of 4")
    dialog = choose(app, list(files.values()), button(app))
    refused = NewerVersion(found=9, known=1).message(language)
    expect(row(dialog, "future.json")).to_contain_text(refused)
    expect(dialog.get_by_role("status")).to_contain_text(app.word("imported_refused", count=2))
    assert findings(app.page) == []
