"""The ways that people go most, in Chromium, Firefox and WebKit: what works in one engine may fail in another."""

from __future__ import annotations

import time

from tests.browsers.app import App, written
from tests.browsers.driver import Target
from tests.e2e.big import BIG, BIG_COUNT
from tests.e2e.poll import until
from tests.e2e.screens import CLAUDE
from tests.e2e.workers import OBSERVE
from tests.embedding.host import Host

STOPPED_MS = 250


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
            app.driver.see(Target("heading", CLAUDE, within=Target(css="iframe", within=app.dialog)))
        else:
            app.previews(file.data.decode())
        assert app.download() == file
        app.dismiss()


def test_what_is_copied_is_what_would_be_saved(app: App) -> None:
    app.open().open_session(CLAUDE).open_dialog()
    app.choose("markdown")
    app.press("copy_clipboard")
    app.driver.see(Target(css="[part=toast]", name=app.word("copied", format=app.format_name("markdown"))))
    app.driver.press("Escape")
    app.driver.gone(app.dialog)
    app.driver.evaluate("() => { document.body.prepend(document.createElement('textarea')); }")
    app.driver.click(Target(css="body > textarea"))
    app.driver.press("Control", "v")
    until(lambda: app.driver.see(Target(css="body > textarea")).value)
    assert app.driver.see(Target(css="body > textarea")).value.encode() == written(app.payload(CLAUDE), "markdown").data


def test_an_export_stopped_in_the_middle_saves_nothing_and_the_next_one_works(app: App) -> None:
    app.open()
    app.driver.evaluate(f"() => {{ {OBSERVE} }}")
    button = Target("button", app.word("actions_for", title=BIG))
    app.open_dialog(button)
    app.choose("html")
    app.press("download")
    until(lambda: any(worker["wrote"] > 0 for worker in app.driver.evaluate("() => window.workers")))
    app.press("cancel")
    app.driver.gone(app.dialog)
    time.sleep(STOPPED_MS * 2 / 1000)
    [worker] = app.driver.evaluate("() => window.workers")
    assert worker["wrote"] < BIG_COUNT
    assert worker["stopped"] - app.driver.evaluate("() => window.asked") < STOPPED_MS
    assert app.driver.saved() == []
    app.open_dialog(button)
    app.choose("markdown")
    assert app.download() == written(app.payload(BIG), "markdown")


def test_an_embedded_element_exports_what_its_host_gives_it(app: App, host: Host) -> None:
    app.driver.open(host.origin)
    app.locale = "zh-CN"  # inherited from the host's markup
    payload = app.driver.evaluate("async () => JSON.stringify(await document.querySelector('#own-menu').payload())")
    app.open_dialog(Target("button", app.word("actions")))
    app.choose("markdown")
    assert app.download() == written(payload.encode(), "markdown")
    until(lambda: "export-done" in app.driver.see(Target("log")).text)


def test_an_embedded_element_exports_what_another_origin_holds(app: App, host: Host) -> None:
    app.driver.open(host.origin)
    app.open_dialog(Target("button", "Actions of the stored session"))
    app.choose("markdown")
    assert app.download() == written(app.payload(CLAUDE), "markdown")


def test_the_whole_way_in_chinese(app: App) -> None:
    app.open()
    app.driver.choose("#language", "zh-CN")
    app.locale = "zh-CN"
    app.see("heading", "sessions")
    assert app.driver.evaluate("() => document.documentElement.lang") == "zh-CN"
    app.open_session(CLAUDE).open_dialog()
    app.choose("markdown")
    assert app.download() == written(app.payload(CLAUDE), "markdown")
