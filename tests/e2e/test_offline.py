"""The page with the network off: what works, what says that it does not, and what is kept on the device for it."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Page, Response, expect
from pytest_playwright import CreateContextCallback

import py_export
from py_export.writers import OF_SESSIONS, find_writer
from tests.e2e.app import App, Saved
from tests.e2e.conftest import CONFIG
from tests.e2e.local import Device
from tests.e2e.looks import every_look_and_screen, findings
from tests.e2e.poll import until_page
from tests.e2e.recorder import recording
from tests.e2e.screens import CLAUDE, SHORT
from tests.e2e.server import Server
from tests.e2e.sharing import share
from tests.e2e.versions import DIST, PATH, site_below_a_path, version_of
from tests.e2e.watch import Watch
from tests.engine.site import serve as serve_site

pytestmark = pytest.mark.keeps


@pytest.fixture
def talk(demo_server: Server, tmp_path: Path) -> Path:
    """Return a file with a session, as the function hands it out."""
    file = tmp_path / "a-talk-of-mine.json"
    file.write_bytes(demo_server.get(f"/api/sessions/{demo_server.sessions()[CLAUDE]}/export"))
    return file


FAKE_LAUNCH_QUEUE = """
Object.defineProperty(window, "launchQueue", { value: { setConsumer: (consumer) => { window.launch = consumer; } } });
"""
"""Stands for the system's "Open with", which no test can press."""

LAUNCH = """async (text) => {
  const folder = await navigator.storage.getDirectory();
  const handle = await folder.getFileHandle("opened.json", { create: true });
  const writable = await handle.createWritable();
  await writable.write(text);
  await writable.close();
  window.launch({ files: [handle] });
}"""

KEPT = """async () => {
  const urls = [];
  for (const name of await caches.keys()) {
    for (const { url } of await (await caches.open(name)).keys()) urls.push(url);
  }
  return urls;
}"""


def make_ready(app: App) -> None:
    """Export once, and see it said that the page works offline now."""
    app.open_session(SHORT).export("json")
    expect(app.page.get_by_text(app.word("offline_ready"), exact=True)).to_be_visible()
    app.dismiss()


def export_and_compare(app: App, file: Path, to: str) -> None:
    """Export the open session, and compare it with what the library makes of the file."""
    data = file.read_bytes()
    [session] = py_export.read(data)
    expected = Saved(py_export.filename(session, find_writer(to)), py_export.convert(data, to))
    assert app.export(to) == expected
    app.dismiss()


@pytest.mark.parametrize("screen", ["phone"], indirect=True)  # a desktop's way offline runs in three engines
def test_after_one_visit_every_format_works_without_a_network_and_nothing_of_a_file_is_ever_sent(
    demo_server: Server, new_context: CreateContextCallback, talk: Path
) -> None:
    with recording(demo_server.origin) as recorder:
        context = new_context(proxy={"server": recorder.address})
        app = App(context.new_page(), demo_server, Watch(context)).open()
        context.set_default_timeout(CONFIG["TIMEOUT_MS"])
        expect(app.page.get_by_role("link", name=SHORT)).to_be_visible()
        ready(app.page)
        online = len(recorder.heard)
        device = Device(app)
        device.drop(talk)
        device.read()
        app.open_session(CLAUDE)
        export_and_compare(app, talk, "markdown")
        expect(app.page.get_by_text(app.word("offline_ready"), exact=True)).to_be_visible()
        offline = len(recorder.heard)

        recorder.cut = True
        app.watch.expect("ERR_|Failed to fetch|Failed to load")
        app.page.reload()
        share(app.page, f"{demo_server.origin}/", talk)
        device.read()
        app.open_session(CLAUDE)
        for writer in (one for one in OF_SESSIONS if not one.binary):  # which are kept where a person asks for them
            export_and_compare(app, talk, writer.id)

        asked = recorder.heard[online:]
        # The engine, the code for opened files, whether the page still stands, and the picture in the tab.
        own = ("/engine/", "/assets/", "/sw.js", "/favicon.svg")
        assert [each.url for each in asked[: offline - online] if not each.path.startswith(own)] == []
        assert {each.method for each in asked} <= {"GET", "HEAD"}
        assert [each.url for each in asked if each.body or talk.stem in each.url + each.headers] == []
        assert {urlsplit(each.url).query for each in asked} <= {"", f"v={version_of(DIST)}", "limit=50"}
        app.watch.check()


def test_what_was_shared_is_gone_from_the_device_once_it_was_taken(app: App, page: Page, talk: Path) -> None:
    ready(page)
    share(page, f"{app.server.origin}/", talk)
    Device(app).read()
    assert "shared" not in page.url
    assert [each for each in page.evaluate("caches.keys()") if each.endswith(" shared")] == []
    assert [line for line in app.server.lines if "share" in line] == [], "the files went to the server"
    page.reload()
    expect(page.get_by_role("heading", name=app.word("nothing_open"))).to_be_visible()


def test_a_file_that_the_system_opens_with_the_app_is_listed(page: Page, demo_server: Server, watch: Watch) -> None:
    page.add_init_script(FAKE_LAUNCH_QUEUE)
    app = App(page, demo_server, watch).open()
    expect(page.get_by_role("link", name=SHORT)).to_be_visible()
    payload = demo_server.get(f"/api/sessions/{demo_server.sessions()[SHORT]}/export").decode()
    page.evaluate(LAUNCH, payload)
    device = Device(app)
    device.read()
    expect(device.file("opened.json")).to_be_visible()


@pytest.mark.parametrize("opened", ["list", "session"])
def test_what_comes_from_the_server_says_so_and_comes_by_itself_when_the_network_is_back(
    app: App, page: Page, opened: str
) -> None:
    app.watch.expect("ERR_INTERNET_DISCONNECTED")
    if opened == "session":
        app.open_session(SHORT)
    ready(page)
    page.context.set_offline(True)
    page.reload()
    expect(page.get_by_role("heading", name=app.word("offline_sessions"))).to_be_visible()
    expect(page.get_by_role("status").filter(has_text=app.word("offline"))).to_be_visible()
    page.context.set_offline(False)
    expect(page.get_by_role("heading", name=app.word("offline_sessions"))).to_be_hidden()
    expect(page.get_by_text(SHORT).first).to_be_visible()
    expect(page.get_by_role("status").filter(has_text=app.word("offline"))).to_be_hidden()


def test_parts_that_were_never_fetched_say_their_size_and_can_be_fetched(app: App, page: Page) -> None:
    ready(page)
    page.get_by_role("button", name=app.word("offline_title")).click()
    dialog = page.get_by_role("dialog", name=app.word("offline_title"))
    expect(dialog.get_by_role("listitem").filter(has_text="MB").first).to_be_visible()
    dialog.get_by_role("button", name=app.word("offline_keep"), exact=True).click()
    expect(dialog).to_contain_text(app.word("offline_is_ready"))
    expect(dialog.get_by_role("button", name=app.word("offline_keep"), exact=True)).to_be_hidden()
    page.keyboard.press("Escape")
    page.context.route("**/*", lambda route: route.abort())
    kept = page.evaluate(KEPT)
    for part in ("pyodide.asm.wasm", "/core-", "micropip", "pygments", "tzdata"):
        assert [each for each in kept if part in each], part


def test_nothing_of_the_api_is_kept_nor_answered_by_the_service_worker_and_no_token_is_kept(
    app: App, page: Page
) -> None:
    make_ready(app)
    answers: list[Response] = []
    page.on("response", lambda response: answers.append(response))  # noqa: PLW0108 - Playwright takes no built-in
    page.goto(app.server.url)
    app.open_session(CLAUDE).export("markdown")
    asked = [each for each in answers if "/api/" in each.url]
    assert asked
    assert [each.url for each in asked if each.from_service_worker] == []
    document = next(each for each in answers if each.request.is_navigation_request())
    assert document.from_service_worker
    kept = page.evaluate(KEPT)
    assert len(kept) > 10
    assert [each for each in kept if "/api/" in each or "token=" in each or app.server.token in each] == []


def test_the_engine_is_not_fetched_before_an_export_for_working_offline_either(app: App, page: Page) -> None:
    app.open_session(SHORT)
    ready(page)
    page.wait_for_timeout(500)
    assert [each for each in page.evaluate(KEPT) if ".wasm" in each or ".whl" in each] == []


def test_a_browser_that_refuses_service_workers_is_harmed_by_nothing(
    page: Page, demo_server: Server, watch: Watch
) -> None:
    refused = "{ get() { throw new DOMException('refused', 'SecurityError'); } }"
    page.add_init_script(f"Object.defineProperty(Navigator.prototype, 'serviceWorker', {refused})")
    app = App(page, demo_server, watch).open()
    assert app.open_session(SHORT).export("markdown").data
    app.dismiss()
    page.get_by_role("button", name=app.word("offline_title")).click()
    expect(page.get_by_role("dialog", name=app.word("offline_title"))).to_contain_text(app.word("offline_unavailable"))


def test_below_a_path_it_works_offline_and_leaves_the_rest_of_the_origin_alone(page: Page, watch: Watch) -> None:
    with serve_site(site_below_a_path()) as site:
        watch.allowed.add(site.origin)
        watch.expect("status of 404|ERR_INTERNET_DISCONNECTED")
        page.goto(site.origin + PATH)
        ready(page)
        assert page.evaluate("navigator.serviceWorker.controller") is None
        site.missing.update({PATH, f"{PATH}index.html"})
        page.goto(f"{site.origin}{PATH}?token=of.no.use")
        expect(page.locator("#main")).to_be_visible()
        assert "token" not in page.url
        assert page.evaluate("navigator.serviceWorker.controller.scriptURL") == f"{site.origin}{PATH}sw.js"
        assert [each for each in page.evaluate(KEPT) if not each.startswith(site.origin + PATH)] == []
        site.files["/elsewhere"] = b"<title>Another application</title>"
        answer = page.goto(f"{site.origin}/elsewhere")
        assert answer
        assert not answer.from_service_worker


def test_where_the_page_is_gone_for_good_another_application_is_not_hidden_behind_it(page: Page, watch: Watch) -> None:
    with serve_site(site_below_a_path()) as site:
        watch.allowed.add(site.origin)
        watch.expect("status of 404|404")
        page.goto(site.origin + PATH)
        ready(page)
        site.files[PATH] = b"<title>Another application</title>"
        site.missing.add(f"{PATH}sw.js")
        page.goto(site.origin + PATH)
        until_page(page, "navigator.serviceWorker.getRegistrations().then((all) => all.length === 0)")
        page.reload()
        expect(page).to_have_title("Another application")
        until_page(page, "caches.keys().then((names) => names.length === 0)")


def test_a_file_that_is_not_as_it_was_built_is_never_kept(page: Page, watch: Watch) -> None:
    with serve_site(site_below_a_path()) as site:
        watch.allowed.add(site.origin)
        watch.expect("status of 404|integrity")
        site.files[f"{PATH}favicon.svg"] = b"<svg xmlns='http://www.w3.org/2000/svg'/>"
        page.goto(site.origin + PATH)
        until_page(
            page,
            "navigator.serviceWorker.getRegistration().then((it) => it === undefined || !it.installing && !it.active)",
        )
        until_page(page, "caches.keys().then((names) => names.length === 0)")
        expect(page.locator("#main")).to_be_visible()


@every_look_and_screen
def test_axe_finds_nothing_offline(looked_at: App, page: Page) -> None:
    app = looked_at
    app.watch.expect("ERR_INTERNET_DISCONNECTED")
    ready(page)
    page.get_by_role("button", name=app.word("offline_title")).click()
    dialog = page.get_by_role("dialog", name=app.word("offline_title"))
    expect(dialog.get_by_role("listitem").nth(3)).to_be_visible()
    assert findings(page) == []
    page.keyboard.press("Escape")
    page.context.set_offline(True)
    page.reload()
    expect(page.get_by_role("heading", name=app.word("offline_sessions"))).to_be_visible()
    assert findings(page) == []


def ready(page: Page) -> None:
    """Wait until the page itself is on the device."""
    page.evaluate("navigator.serviceWorker.ready.then(() => true)")
