"""Files on the device: dropped, chosen or pasted, read in the worker, converted, and sent nowhere."""

from __future__ import annotations

import io
import json
import zipfile
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Page, Request, expect

import py_export
from py_export.archive import Zip
from py_export.errors import NotRecognised
from py_export.writers import find_writer
from tests.e2e.app import App, saved
from tests.e2e.local import RIVER, Device, made, sessions
from tests.e2e.looks import findings
from tests.e2e.screens import CLAUDE, SHORT, on_every_screen

LOG = "Discounts, and rounding"


@pytest.fixture
def files(tmp_path: Path) -> dict[str, Path]:
    """Return files by their names."""
    return made(tmp_path)


@pytest.fixture
def device(app: App) -> Device:
    """Return the page, with someone who has files."""
    return Device(app)


@pytest.fixture
def sent(page: Page) -> list[Request]:
    """Return every request from here on."""
    found: list[Request] = []
    page.context.on("request", lambda request: found.append(request))  # noqa: PLW0108 - it marks what it is given
    return found


def archive(to: str, *wanted: py_export.Session) -> bytes:
    """Return the zip that the library makes."""
    target = io.BytesIO()
    with Zip(target) as zipped:
        for session in wanted:
            zipped.add(py_export.filename(session, find_writer(to)), py_export.write(session, to))
    return target.getvalue()


@on_every_screen
def test_a_dropped_file_is_listed_read_and_exported_as_the_library_writes_it(
    device: Device, files: dict[str, Path]
) -> None:
    device.drop(files["river.json"])
    device.read()
    device.page.get_by_role("link", name=RIVER).click()
    expect(device.page.get_by_role("heading", name=RIVER, level=1)).to_be_visible()
    expect(device.page.get_by_role("article").first).to_contain_text("Why does it say 3.2 m?")
    [session] = sessions(files["river.json"])
    found = device.app.export("markdown")
    assert found.data == b"".join(py_export.write(session, "markdown"))
    assert found.name == py_export.filename(session, find_writer("markdown"))


def test_nothing_that_was_opened_leaves_the_device(device: Device, files: dict[str, Path], sent: list[Request]) -> None:
    expect(device.page.get_by_role("link", name=SHORT)).to_be_visible()
    sent.clear()
    device.drop(files["river.json"], files["state.vscdb"], files["logs.zip"])
    device.read()
    device.page.get_by_role("link", name=RIVER).click()
    expect(device.page.get_by_role("article").first).to_be_visible()
    device.app.export("html")
    own = ("blob:", "data:")
    version = f"v={device.page.locator('meta[name=application-version]').get_attribute('content')}"
    asked = [one for one in sent if not one.url.startswith(own)]
    assert asked, "the engine itself is fetched"
    for one in asked:
        assert one.url.startswith(device.app.server.origin)
        assert (one.method, one.post_data_buffer) == ("GET", None)
        assert "/api/" not in one.url
        assert urlsplit(one.url).query in ("", version)


def test_a_zone_shows_where_files_may_be_dropped_and_goes_when_they_leave(
    device: Device, files: dict[str, Path]
) -> None:
    zone = device.page.get_by_text(device.app.word("drop_here"))
    device.drag("dragEnter", [files["river.json"]])
    device.drag("dragOver", [files["river.json"]])
    expect(zone).to_be_visible()
    device.leave()
    expect(zone).to_be_hidden()


def test_many_files_are_answered_for_one_by_one(device: Device, files: dict[str, Path]) -> None:
    device.drop(*files.values())
    device.read()
    page, word = device.page, device.app.word
    for title in (RIVER, SHORT, LOG):
        expect(page.get_by_role("link", name=title)).to_be_visible()
    structure = "JSON object with 2 keys: alpha, beta"
    expect(device.file("other.json")).to_contain_text(structure)
    sentence = NotRecognised(structure=structure, known="").message().split(structure)[0]
    expect(device.file("other.json")).to_contain_text(sentence)
    expect(device.file("cut.json")).to_contain_text("line 2")
    expect(device.file("<img src=x onerror=alert(1)>.txt")).to_contain_text("not JSON")
    expect(page.get_by_text(word("files_unread", count=3))).to_be_visible()
    count = sum(
        len(sessions(files[name])) for name in ("session.jsonl", "state.vscdb", "short.json", "river.json", "logs.zip")
    )
    expect(device.file("logs.zip")).to_contain_text("2")
    expect(page.get_by_role("list").first.get_by_role("link")).to_have_count(count + 1)  # and one in the folder


def test_a_folder_is_read_with_what_belongs_together(device: Device, files: dict[str, Path]) -> None:
    page = device.page
    device.choose(files["river.json"])
    device.read()
    device.choose(files["sessions"], folder=True)
    expect(page.get_by_role("link", name="Ask another")).to_be_visible()
    expect(page.get_by_role("link", name=RIVER)).to_be_hidden()
    expect(device.file("sessions")).to_be_visible()


def test_several_ticked_sessions_are_one_zip_the_same_each_time(device: Device, files: dict[str, Path]) -> None:
    device.drop(files["river.json"], files["short.json"], files["state.vscdb"])
    device.read()
    device.tick(RIVER, SHORT)
    wanted = archive("markdown", *sessions(files["river.json"]), *sessions(files["short.json"]))
    for _ in range(2):
        dialog = device.open_several()
        device.app.choose_in(dialog, "markdown")
        with device.page.expect_download() as download:
            dialog.get_by_role("button", name=device.app.word("download"), exact=True).click()
        found = saved(download.value.suggested_filename, download.value.path())
        assert found.name == "sessions-2-2026-01-20.zip"
        assert found.data == wanted
        device.page.keyboard.press("Escape")


def test_all_that_a_search_finds_is_ticked_at_once_and_becomes_one_document(
    device: Device, files: dict[str, Path]
) -> None:
    device.drop(*files.values())
    device.read()
    page, word = device.page, device.app.word
    page.get_by_role("searchbox", name=word("local_filter")).fill("vscdb")
    count = len(sessions(files["state.vscdb"]))
    expect(page.get_by_role("list").first.get_by_role("link")).to_have_count(count)
    page.get_by_role("checkbox", name=word("tick_all")).check()
    expect(page.get_by_role("status").filter(has_text=word("ticked", count=count))).to_be_visible()
    dialog = device.open_several()
    expect(dialog).to_have_accessible_name(word("export_several", count=count))
    device.app.choose_in(dialog, "json")
    dialog.get_by_label(word("together")).select_option("one")
    with page.expect_download() as download:
        dialog.get_by_role("button", name=word("download"), exact=True).click()
    document = json.loads(Path(download.value.path()).read_bytes())
    ids = [each["session"]["id"] for each in document["sessions"]]
    assert ids == [one.id for one in sessions(files["state.vscdb"])]


def test_sessions_ticked_in_the_functions_list_are_one_zip(app: App) -> None:
    device = Device(app)
    device.tick(CLAUDE, SHORT)
    dialog = device.open_several()
    app.choose_in(dialog, "markdown")
    with app.page.expect_download() as download:
        dialog.get_by_role("button", name=app.word("download"), exact=True).click()
    with zipfile.ZipFile(download.value.path()) as found:
        texts = {name: found.read(name) for name in found.namelist()}
    for title in (CLAUDE, SHORT):
        payload = app.server.get(f"/api/sessions/{app.server.sessions()[title]}/export")
        [session] = py_export.read(payload)
        assert texts[py_export.filename(session, find_writer("markdown"))] == py_export.convert(payload)


def test_pasted_text_is_opened_but_not_while_something_is_typed(device: Device, files: dict[str, Path]) -> None:
    page = device.page
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.evaluate("text => navigator.clipboard.writeText(text)", files["river.json"].read_text(encoding="utf-8"))
    page.get_by_role("searchbox").focus()
    page.keyboard.press("Control+V")
    expect(page.get_by_role("heading", name=device.app.word("sessions"), level=1)).to_be_visible()
    page.get_by_role("heading", level=1).click()
    page.get_by_role("searchbox").evaluate("input => input.blur()")
    page.keyboard.press("Control+V")
    device.read()
    expect(page.get_by_role("link", name=RIVER)).to_be_visible()
    expect(device.file(device.app.word("pasted"))).to_be_visible()


def test_the_key_opens_the_picker_anywhere(device: Device, files: dict[str, Path]) -> None:
    device.app.open_session(SHORT)
    with device.page.expect_file_chooser() as chooser:
        device.page.keyboard.press("Control+o")
    chooser.value.set_files(files["state.vscdb"])
    device.read()
    expect(device.file("state.vscdb")).to_contain_text("Cursor")


def test_the_list_is_found_as_it_was_left_and_is_gone_after_a_reload(device: Device, files: dict[str, Path]) -> None:
    page, word = device.page, device.app.word
    device.drop(files["river.json"], files["short.json"])
    device.read()
    device.tick(RIVER)
    page.get_by_role("link", name=SHORT).click()
    expect(page.get_by_role("heading", name=SHORT, level=1)).to_be_visible()
    page.go_back()
    expect(page.get_by_role("checkbox", name=word("tick", title=RIVER))).to_be_checked()
    page.reload()
    expect(page.get_by_text(word("nothing_open"), exact=True)).to_be_visible()


def test_files_in_which_nothing_is_found_are_no_success(device: Device, files: dict[str, Path]) -> None:
    device.drop(files["other.json"], files["cut.json"])
    device.read()
    expect(device.page.get_by_role("alert")).to_contain_text(device.app.word("no_sessions_found"))
    expect(device.page.get_by_role("checkbox")).to_have_count(0)


def test_a_filter_works_in_a_session_on_the_device(device: Device, files: dict[str, Path]) -> None:
    device.drop(files["session.jsonl"])
    device.read()
    page = device.page
    page.get_by_role("link", name=LOG).click()
    line = device.app.open_line()
    before = page.get_by_role("article").count()
    line.fill("r1")
    line.press("Enter")
    expect(page.get_by_role("button", name=device.app.word("show_all"), exact=True)).to_be_visible()
    expect(page.get_by_role("article").first).to_be_visible()
    assert 0 < page.get_by_role("article").count() < before


@pytest.mark.parametrize(
    ("screen", "scheme", "language"),
    [("desktop", "light", "en-US"), ("phone", "dark", "zh-CN")],
    indirect=["screen"],
)
def test_axe_finds_nothing_in_any_state(looked_at: App, files: dict[str, Path]) -> None:
    device = Device(looked_at)
    device.drop(*files.values())
    device.read()
    assert findings(looked_at.page) == []
    device.tick(RIVER, SHORT)
    assert findings(looked_at.page) == []
    expect(device.open_several().locator("pre")).to_be_visible()
    assert findings(looked_at.page) == []
