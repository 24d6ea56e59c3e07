"""The page's settings: made, kept in a file and on the server, and taken back after a look at what would change."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import httpx
from playwright.sync_api import Locator, expect

import py_export
from py_export import settings
from tests.e2e.app import App, Saved, saved
from tests.e2e.local import Device
from tests.e2e.looks import every_look_and_screen, findings
from tests.e2e.screens import CLAUDE
from tests.e2e.test_thumb import TARGETS

STARTING = 90_000
"""Milliseconds that the engine may take to start on a machine that does other things."""


def dialog(app: App) -> Locator:
    """Return the settings, which are open."""
    found = app.page.get_by_role("dialog", name=app.word("settings"), exact=True)
    expect(found).to_be_visible()
    return found


def opened(app: App) -> Locator:
    """Open the settings by their button."""
    app.page.get_by_role("banner").get_by_role("button", name=app.word("settings"), exact=True).click()
    return dialog(app)


def press(app: App, key: str) -> None:
    """Press a button of the settings."""
    dialog(app).get_by_role("button", name=app.word(key), exact=True).click()


def save(app: App, where: Locator, key: str) -> Saved:
    """Press what saves a file, and return it."""
    with app.page.expect_download(timeout=STARTING) as downloaded:
        where.get_by_role("button", name=app.word(key), exact=True).click()
    return saved(downloaded.value.suggested_filename, downloaded.value.path())


def theme(app: App) -> str | None:
    """Return the theme that the page has."""
    return app.page.locator("html").get_attribute("data-theme")


def change(app: App, name: str) -> list[str]:
    """Return what is said of a setting that would change: what it is, and what it would be."""
    row = dialog(app).get_by_role("row").filter(has=app.page.get_by_role("rowheader", name=name, exact=True))
    return row.get_by_role("cell").all_inner_texts()


def restore(app: App, path: Path) -> None:
    """Choose a file to restore from."""
    with app.page.expect_file_chooser() as chooser:
        press(app, "settings_restore")
    chooser.value.set_files(path)


def document(path: Path, **values: Any) -> Path:  # noqa: ANN401 - any setting
    """Write a settings file."""
    path.write_bytes(settings.write(values, 1_767_323_045_000))
    return path


def test_what_is_set_holds_for_exports_and_comes_back_from_a_file(app: App, tmp_path: Path) -> None:
    opened(app).get_by_label(app.word("theme")).select_option("dark")
    assert theme(app) == "dark"
    dialog(app).get_by_label(app.word("settings_zone")).select_option("Asia/Shanghai")
    name = dialog(app).get_by_label(app.word("settings_filename"))
    name.fill("{titel}")
    expect(name).to_have_attribute("aria-invalid", "true")
    name.fill("{app}-{created}")
    file = save(app, dialog(app), "settings_export")
    kept = json.loads(file.data)
    values = {"theme": "dark", "timezone": "Asia/Shanghai", "filename": "{app}-{created}"}
    assert kept["settings"] == values
    assert file.data == settings.write(values, kept["exportedAt"])
    assert file.name.startswith("sidepanel-settings-2")
    app.page.keyboard.press("Escape")
    expect(app.page.get_by_role("button", name=app.word("settings"), exact=True)).to_be_focused()

    # They hold for an export, and the export dialog's own card saves the same document.
    made = app.open_session(CLAUDE).export("markdown")
    payload = app.server.get(f"/api/sessions/{app.server.sessions()[CLAUDE]}/export")
    assert made.data == py_export.convert(payload, options={"timezone": "Asia/Shanghai"})
    [session] = py_export.read(payload)
    assert made.name == py_export.filename(session, py_export.writers.find_writer("markdown"), None, "{app}-{created}")
    app.dismiss()
    app.open_dialog()
    app.choose("settings")
    expect(app.dialog.get_by_role("region", name=app.word("preview"))).to_contain_text('"Asia/Shanghai"')
    expect(app.dialog.get_by_role("button", name=app.word("copy_clipboard"), exact=True)).to_be_hidden()
    expect(app.dialog.get_by_label(app.word("span_from"), exact=True)).to_be_hidden()
    again = json.loads(save(app, app.dialog, "download").data)
    assert again["settings"] == {"format": "markdown", **values}
    app.dismiss()

    # And back from a file: what would change is seen first, and undone afterwards.
    other = document(tmp_path / "other.json", theme="light", timezone="Asia/Shanghai", shortcuts=False)
    opened(app)
    restore(app, other)
    expect(dialog(app).get_by_role("row")).to_have_count(3)
    assert change(app, app.word("theme")) == [app.word("theme_dark"), app.word("theme_light")]
    assert theme(app) == "dark"
    press(app, "settings_apply")
    expect(dialog(app).get_by_text(app.word("settings_applied.other", count=2))).to_be_focused()
    assert theme(app) == "light"
    expect(dialog(app).get_by_label(app.word("theme"))).to_have_value("light")
    press(app, "settings_undo")
    assert theme(app) == "dark"
    expect(dialog(app).get_by_label(app.word("single_keys"))).to_be_checked()


def test_a_settings_file_is_taken_in_like_any_other_and_a_hostile_one_does_no_harm(app: App, tmp_path: Path) -> None:
    device = Device(app)
    device.drop(document(tmp_path / "settings.json", theme="dark", locale="zh-CN"))
    expect(dialog(app).get_by_role("row")).to_have_count(3, timeout=STARTING)
    assert theme(app) == "auto"
    press(app, "settings_apply")
    expect(app.page.locator("html")).to_have_attribute("lang", "zh-CN")

    # What was said goes on in the other language.
    app.locale = "zh-CN"
    expect(dialog(app).get_by_role("status").last).to_have_text(app.word("settings_applied", count=2))
    press(app, "settings_undo")
    expect(app.page.locator("html")).to_have_attribute("lang", "en")
    app.locale = "en"
    expect(dialog(app)).to_contain_text(app.word("settings_undone"))
    press(app, "settings_apply")
    app.locale = "zh-CN"
    expect(dialog(app).get_by_role("button", name=app.word("settings_undo"))).to_be_visible()
    bad = {
        "newer.json": '{"settingsVersion": 2, "settings": {}}',
        "types.json": '{"settingsVersion": 1, "settings": {"theme": ["pink"]}}',
        "huge.json": '{"settingsVersion": 1, "settings": {"filename": "' + "x" * 70_000 + '"}}',
    }

    for name, text in bad.items():
        (tmp_path / name).write_text(text)
        restore(app, tmp_path / name)
        expect(dialog(app).get_by_role("alert").last).not_to_be_empty()
        assert "pink" not in dialog(app).inner_text()
        expect(dialog(app).get_by_role("button", name=app.word("settings_apply"))).to_be_hidden()
    strange = '{"settingsVersion": 1, "settings": {"__proto__": {"theme": "light"}, "constructor": 1, "token": "t0p"}}'
    (tmp_path / "strange.json").write_text(strange)
    restore(app, tmp_path / "strange.json")
    expect(dialog(app).get_by_text(app.word("settings_same"))).to_be_visible()
    expect(dialog(app)).to_contain_text(py_export.Notice("setting_unknown", 3).message("zh-CN"))
    assert theme(app) == "dark"
    assert app.page.evaluate("({}).theme") is None


def test_the_copy_on_the_server_is_never_written_over_unseen(app: App) -> None:
    opened(app).get_by_label(app.word("theme")).select_option("dark")
    press(app, "settings_keep")
    expect(dialog(app).get_by_text(app.word("settings_kept"))).to_be_visible()
    headers = {"Authorization": f"Bearer {app.server.token}"}
    address = f"{app.server.origin}/api/settings"
    there = httpx.get(address, headers=headers)
    assert there.json()["settings"] == {"theme": "dark"}
    elsewhere = {"If-Match": there.headers["etag"], **headers}
    assert httpx.put(address, content=settings.write({"theme": "light"}), headers=elsewhere).status_code == 200

    app.watch.expect("status of 412")
    press(app, "settings_keep")
    expect(dialog(app).get_by_role("alert")).to_have_text(app.word("settings_conflict"))
    expect(dialog(app).get_by_role("button", name=app.word("settings_look"))).to_be_focused()
    assert httpx.get(address, headers=headers).json()["settings"] == {"theme": "light"}
    press(app, "settings_look")
    expect(dialog(app).get_by_role("row")).to_have_count(2, timeout=STARTING)
    press(app, "settings_apply")
    assert theme(app) == "light"
    dialog(app).get_by_label(app.word("theme")).select_option("dark")
    press(app, "settings_keep")
    expect(dialog(app).get_by_text(app.word("settings_kept"))).to_be_visible()
    last = httpx.get(address, headers=headers)
    assert last.json()["settings"] == {"theme": "dark"}
    httpx.delete(address, headers={"If-Match": last.headers["etag"], **headers})
    press(app, "settings_take")
    app.watch.expect("status of 404")
    expect(dialog(app).get_by_text(app.word("settings_none_kept"))).to_be_visible()


@every_look_and_screen
def test_axe_finds_nothing_in_the_settings_and_a_thumb_misses_nothing(looked_at: App, tmp_path: Path) -> None:
    app = looked_at
    opened(app)
    assert findings(app.page) == []
    restore(
        app,
        document(
            tmp_path / "s.json", theme="light", redaction={"mode": "on", "kinds": ["email"], "patterns": ["a", "b"]}
        ),
    )
    expect(dialog(app).get_by_role("button", name=app.word("settings_apply"))).to_be_visible(timeout=STARTING)
    assert findings(app.page) == []
    if not app.page.evaluate("matchMedia('(pointer: coarse)').matches"):
        return
    small = [each for each in app.page.evaluate(TARGETS, 44) if min(each["width"], each["height"]) < 43.5]
    assert small == []
