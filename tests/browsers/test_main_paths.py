"""The ways that people go most, in Chromium, Firefox and WebKit: what works in one engine may fail in another."""

from __future__ import annotations

import time
from pathlib import Path

from tests.browsers.app import MANY, PATIENCE_S, App, written
from tests.browsers.driver import PHONE, VIEWPORT, Target, until
from tests.browsers.webkit import WebKit
from tests.e2e.big import BIG
from tests.e2e.screens import CLAUDE
from tests.embedding.host import Host

STOPPED_MS = 1000
"""Far more than stopping takes, which Chromium's own tests measure; far less than the export that is stopped."""


def test_the_page_opens_by_its_address_and_a_session_from_the_list(app: App) -> None:
    app.open()
    assert "token" not in app.driver.evaluate("() => location.href")
    until(lambda: len(app.driver.find(Target(css=".sessions > li"))) == 2)
    app.driver.click(Target("searchbox", app.word("search")))
    app.driver.type("tuesdays")
    until(lambda: len(app.driver.find(Target(css=".sessions > li"))) == 1)
    app.open_session(CLAUDE)
    app.driver.see(Target("article"))


def test_each_file_is_previewed_and_saved_as_the_library_writes_it(app: App) -> None:
    app.open().open_session(CLAUDE)
    payload = app.payload(CLAUDE)
    for to in ("json", "markdown", "html"):
        file = written(payload, to)
        app.open_dialog()
        app.choose(to)
        if to == "html":
            app.driver.see(Target("heading", CLAUDE, within=Target(css="iframe", within=app.dialog)), PATIENCE_S)
        else:
            app.previews(file.data.decode())
        assert app.download() == file
        app.dismiss()


def test_what_is_copied_is_what_would_be_saved(app: App) -> None:
    app.open().open_session(CLAUDE).open_dialog()
    app.choose("markdown")
    app.press("copy_clipboard")
    toast = Target(css="[part=toast]", name=app.word("copied", format=app.format_name("markdown")))
    app.driver.see(toast, PATIENCE_S)
    app.driver.press("Escape")
    app.driver.gone(app.dialog)
    app.driver.evaluate("() => { document.body.prepend(document.createElement('textarea')); }")
    box = Target(css="body > textarea")
    app.driver.click(box)
    app.driver.press("Control", "v")
    until(lambda: app.driver.see(box).value)
    pasted = app.driver.see(box).value
    app.driver.evaluate("() => { document.querySelector('body > textarea').remove(); }")
    assert pasted.encode() == written(app.payload(CLAUDE), "markdown").data


def test_a_video_is_offered_with_its_length_or_said_to_be_out_of_reach(app: App) -> None:
    app.open().open_session(CLAUDE).open_dialog()
    app.choose("video")
    # What this engine says it has is not to be asked for: its process ends with the question.
    if isinstance(app.driver, WebKit):
        assert app.word("video_absent") in app.driver.see(Target(css=".video [role=note]")).text
    else:
        until(lambda: app.driver.see(Target(css=".video-figures dd")).text == "1 min 25 sec", PATIENCE_S)
    app.dismiss()
    assert app.export("markdown") == written(app.payload(CLAUDE), "markdown")


def test_an_export_stopped_in_the_middle_saves_nothing_and_the_next_one_works(app: App) -> None:
    app.open()
    button = Target("button", app.word("actions_for", title=BIG))
    app.open_dialog(button)
    app.choose("html")
    app.driver.evaluate("() => { for (const worker of window.workers) worker.wrote = 0; }")
    before = app.driver.saved()
    app.press("download")
    until(lambda: any(worker["wrote"] > 0 for worker in app.driver.evaluate("() => window.workers")), PATIENCE_S)
    app.press("cancel")
    app.driver.gone(app.dialog)
    time.sleep(STOPPED_MS / 1000)
    worker = app.driver.evaluate("() => window.workers.find(({ wrote }) => wrote > 0)")
    assert worker["wrote"] < MANY
    assert worker["stopped"] - app.driver.evaluate("() => window.asked") < STOPPED_MS
    assert app.driver.saved() == before
    assert app.export("markdown", button) == written(app.payload(BIG), "markdown")


def test_a_file_from_the_disk_is_converted_and_nothing_of_it_leaves(app: App, tmp_path: Path) -> None:
    app.open()
    payload = app.payload(CLAUDE)
    file = tmp_path / "talk.json"
    file.write_bytes(payload)
    with app.nothing_leaves():
        app.open_file(file, CLAUDE)
        for to in ("markdown", "html"):
            assert app.export(to) == written(payload, to)


def test_on_a_phone_everything_is_in_reach_and_nothing_is_wider_than_the_screen(app: App) -> None:
    app.driver.resize(*PHONE)
    try:
        app.open()
        assert _too_wide(app) == 0
        app.open_session(CLAUDE)
        app.driver.see(Target("article"))
        assert _too_wide(app) == 0
        app.open_dialog()
        app.choose("markdown")
        assert _too_wide(app) == 0
        assert app.download() == written(app.payload(CLAUDE), "markdown")
        app.dismiss()
    finally:
        app.driver.resize(*VIEWPORT)


def test_the_whole_way_in_chinese(app: App) -> None:
    app.open()
    app.driver.choose("#language", "zh-CN")
    app.locale = "zh-CN"
    app.see("heading", "sessions")
    assert app.driver.evaluate("() => document.documentElement.lang") == "zh-CN"
    app.open_session(CLAUDE)
    assert app.export("markdown") == written(app.payload(CLAUDE), "markdown", locale="zh-CN")
    app.driver.choose("#language", "en")


def test_embedded_elements_export_what_their_host_gives_them_and_what_another_origin_holds(
    app: App, host: Host
) -> None:
    app.driver.open(host.origin)
    payload = app.driver.evaluate("async () => JSON.stringify(await document.querySelector('#own-menu').payload())")
    stored = Target("button", "Actions of the stored session")
    assert app.export("markdown", stored) == written(app.payload(CLAUDE), "markdown")
    app.locale = "zh-CN"  # inherited from the host's markup
    own = Target("button", app.word("actions"))
    assert app.export("markdown", own) == written(payload.encode(), "markdown", locale="zh-CN")
    until(lambda: "export-done" in app.driver.see(Target("log")).text)


def _too_wide(app: App) -> int:
    """Return by how many pixels the page can be moved sideways."""
    width: int = app.driver.evaluate(
        "() => document.documentElement.scrollWidth - document.documentElement.clientWidth"
    )
    return width
