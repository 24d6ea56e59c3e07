"""The page with the network off: what works, what says that it does not, and what is kept on the device for it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, Response, expect

import py_export
from py_export.writers import WRITERS, find_writer
from tests.e2e.app import App, Saved, saved
from tests.e2e.conftest import Serve
from tests.e2e.looks import every_look, findings
from tests.e2e.screens import CLAUDE, SHORT, on_every_screen
from tests.e2e.server import Server
from tests.e2e.versions import PATH, site_below_a_path
from tests.e2e.watch import Watch
from tests.engine.site import serve as serve_site

AppOn = Callable[[Server], App]

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


def go_offline(app: App) -> None:
    """Take the network away, and the server too: nothing can answer but the device."""
    app.watch.expect("ERR_INTERNET_DISCONNECTED|ERR_CONNECTION_REFUSED|Failed to fetch|Failed to load")
    app.page.context.set_offline(True)
    if app.server.process.poll() is None:
        app.server.stop()


def share(page: Page, folder: str, *files: Path) -> None:
    """Share files into the page, as the system does: a form posted from elsewhere."""
    page.goto("about:blank")
    page.set_content(
        f'<form action="{folder}share" method="post" enctype="multipart/form-data">'
        '<input type="file" name="files" multiple><button>Share</button></form>'
    )
    page.locator("input").set_input_files(list(files))
    page.get_by_role("button", name="Share").click()
    page.wait_for_url(f"{folder}**")


@on_every_screen
def test_after_one_visit_and_one_export_every_format_works_without_a_network(
    app_on: AppOn, serve: Serve, own_store: Path, page: Page, tmp_path: Path
) -> None:
    app = app_on(serve(own_store))
    payload = app.server.get(f"/api/sessions/{app.server.sessions()[CLAUDE]}/export")
    file = tmp_path / "talk.json"
    file.write_bytes(payload)
    make_ready(app)
    go_offline(app)
    page.reload()
    share(page, f"{app.server.origin}/", file)
    expect(app.dialog).to_be_visible()
    [session] = py_export.read(payload)
    for writer in WRITERS:
        if not app.dialog.is_visible():
            page.get_by_role("button", name=app.word("actions_for", title=file.name)).click()
            page.get_by_role("menuitem", name=app.word("export")).click()
        app.choose(writer.id)
        with page.expect_download() as download:
            app.download_button.click()
        file_saved = saved(download.value.suggested_filename, download.value.path())
        expected = Saved(py_export.filename(session, find_writer(writer.id)), py_export.convert(payload, writer.id))
        assert file_saved == expected
        app.dismiss()


def test_what_was_shared_is_gone_from_the_device_once_it_was_taken(app: App, page: Page, tmp_path: Path) -> None:
    file = tmp_path / "secret.json"
    file.write_bytes(app.server.get(f"/api/sessions/{app.server.sessions()[SHORT]}/export"))
    ready(page)
    share(page, f"{app.server.origin}/", file)
    expect(app.dialog).to_be_visible()
    assert "shared" not in page.url
    assert [each for each in page.evaluate("caches.keys()") if each.endswith(" shared")] == []
    assert [line for line in app.server.lines if "share" in line] == [], "the files went to the server"
    page.reload()
    expect(page.get_by_role("link", name=SHORT)).to_be_visible()
    expect(app.dialog).to_be_hidden()


def test_the_server_hears_nothing_of_a_file_that_is_converted_on_the_device(
    app: App, page: Page, tmp_path: Path
) -> None:
    file = tmp_path / "secret.json"
    file.write_bytes(app.server.get(f"/api/sessions/{app.server.sessions()[CLAUDE]}/export"))
    make_ready(app)
    share(page, f"{app.server.origin}/", file)
    expect(app.dialog).to_be_visible()
    expect(page.get_by_role("link", name=SHORT)).to_be_attached()
    page.wait_for_load_state("networkidle")
    heard, asked = len(app.server.lines), len(app.watch.requests)
    for to in ("html", "markdown"):
        app.choose(to)
        with page.expect_download():
            app.download_button.click()
        app.dismiss()
        page.get_by_role("button", name=app.word("actions_for", title=file.name)).click()
        page.get_by_role("menuitem", name=app.word("export")).click()
    assert app.server.lines[heard:] == []
    # What the browser asked for by itself was answered from the device, and is the program's own.
    assert [each for each in app.watch.requests[asked:] if "/engine/" not in each] == []


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
    dialog.get_by_role("button", name=app.word("offline_keep")).click()
    expect(dialog).to_contain_text(app.word("offline_is_ready"))
    expect(dialog.get_by_role("button", name=app.word("offline_keep"))).to_be_hidden()
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
    page.on("response", answers.append)
    page.goto(app.server.url)
    app.open_session(CLAUDE).export("markdown")
    asked = [each for each in answers if "/api/" in each.url]
    assert asked
    assert [each.url for each in asked if each.from_service_worker] == []
    document = next(each for each in answers if each.request.is_navigation_request())
    assert document.from_service_worker
    kept = page.evaluate(KEPT)
    assert len(kept) > 10
    assert [each for each in kept if "/api/" in each or "token" in each or app.server.token in each] == []


def test_the_engine_is_not_fetched_before_an_export_for_working_offline_either(app: App, page: Page) -> None:
    app.open_session(SHORT)
    ready(page)
    page.wait_for_timeout(500)
    assert [each for each in page.evaluate(KEPT) if ".wasm" in each or ".whl" in each] == []


def test_a_device_without_room_exports_all_the_same_and_says_why_it_keeps_nothing(app: App, page: Page) -> None:
    ready(page)
    full = {"origin": app.server.origin, "quotaSize": 2_000_000}
    page.context.new_cdp_session(page).send("Storage.overrideQuotaForOrigin", full)
    assert app.open_session(SHORT).export("markdown").data
    app.dismiss()
    page.get_by_role("button", name=app.word("offline_title")).click()
    dialog = page.get_by_role("dialog", name=app.word("offline_title"))
    dialog.get_by_role("button", name=app.word("offline_keep")).click()
    expect(dialog.get_by_role("status")).to_have_text(app.word("offline_full"))


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
        answer = page.goto(f"{site.origin}/elsewhere")
        assert answer
        assert (answer.status, answer.from_service_worker) == (404, False)


def test_where_the_page_is_gone_for_good_another_application_is_not_hidden_behind_it(page: Page, watch: Watch) -> None:
    with serve_site(site_below_a_path()) as site:
        watch.allowed.add(site.origin)
        watch.expect("status of 404|404")
        page.goto(site.origin + PATH)
        ready(page)
        site.files[PATH] = b"<title>Another application</title>"
        site.missing.add(f"{PATH}sw.js")
        page.goto(site.origin + PATH)
        page.wait_for_function("navigator.serviceWorker.getRegistrations().then((all) => all.length === 0)")
        page.reload()
        expect(page).to_have_title("Another application")
        assert page.evaluate("caches.keys()") == []


def test_a_file_that_is_not_as_it_was_built_is_never_kept(page: Page, watch: Watch) -> None:
    with serve_site(site_below_a_path()) as site:
        watch.allowed.add(site.origin)
        watch.expect("status of 404|integrity")
        site.files[f"{PATH}favicon.svg"] = b"<svg xmlns='http://www.w3.org/2000/svg'/>"
        page.goto(site.origin + PATH)
        page.wait_for_function(
            "navigator.serviceWorker.getRegistration().then((it) => it === undefined || !it.installing && !it.active)"
        )
        page.wait_for_function("caches.keys().then((names) => names.length === 0)")
        expect(page.locator("#main")).to_be_visible()


@on_every_screen
@every_look
def test_axe_finds_nothing_offline(looked_at: App, page: Page, tmp_path: Path) -> None:
    app = looked_at
    app.watch.expect("ERR_INTERNET_DISCONNECTED")
    file = tmp_path / "talk.json"
    file.write_bytes(app.server.get(f"/api/sessions/{app.server.sessions()[SHORT]}/export"))
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
    share(page, f"{app.server.origin}/", file)
    expect(app.dialog).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.get_by_role("heading", name=app.word("received"))).to_be_visible()
    assert findings(page) == []


def ready(page: Page) -> None:
    """Wait until the page itself is on the device."""
    page.evaluate("navigator.serviceWorker.ready.then(() => true)")
