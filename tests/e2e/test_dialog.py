"""The dialog: what is chosen is what is seen, and what is seen is what is saved."""

from __future__ import annotations

import json
from typing import Any

import pytest
from playwright.sync_api import Page, expect

import py_export
from py_export.transforms.select import Selection
from tests.e2e.app import App, Saved, saved
from tests.e2e.poll import until
from tests.e2e.screens import CLAUDE, LONG, SHORT, on_every_screen


def payload(app: App, title: str) -> bytes:
    """Return the payload that the server sends."""
    return app.server.get(f"/api/sessions/{app.server.sessions()[title]}/export")


def written(app: App, title: str, to: str, select: Selection | None = None, **options: Any) -> bytes:  # noqa: ANN401
    """Return what the library makes of it."""
    return py_export.convert(payload(app, title), to, options=options, select=select)


def download(app: App) -> Saved:
    """Press Download and return the saved file."""
    with app.page.expect_download() as downloaded:
        app.download_button.click()
    return saved(downloaded.value.suggested_filename, downloaded.value.path())


def previews(app: App, whole: str) -> None:
    """Expect the preview to be the beginning of a document."""
    until(lambda: whole.startswith(app.preview.text_content() or "-"))


def length(app: App) -> int:
    """Return how many characters the preview shows."""
    return len(app.preview.text_content() or "")


@on_every_screen
def test_the_preview_is_the_beginning_of_the_file(app: App) -> None:
    app.open_session(CLAUDE).open_dialog()
    for to in ("markdown", "text", "jsonl"):
        app.choose(to)
        whole = written(app, CLAUDE, to).decode()
        expect(app.preview).to_contain_text(whole[:60].strip().splitlines()[0])
        previews(app, whole)


def test_show_more_shows_more_until_it_is_all(app: App) -> None:
    app.open_session(LONG).open_dialog()
    app.choose("markdown")
    whole = written(app, LONG, "markdown").decode()
    more = app.dialog.get_by_role("button", name=app.word("show_more"))
    expect(more).to_be_visible()
    lengths: list[int] = []
    while more.is_visible():
        lengths.append(length(app))
        more.click()
        until(lambda: length(app) > lengths[-1])
    assert app.preview.text_content() == whole


def test_an_option_changes_the_preview_and_the_file_alike(app: App) -> None:
    app.open_session(CLAUDE).open_dialog()
    app.choose("markdown")
    app.dialog.get_by_label(app.word("option_style")).select_option("trace")
    app.dialog.get_by_label(app.word("option_timestamps")).uncheck()
    whole = written(app, CLAUDE, "markdown", style="trace", timestamps=False)
    previews(app, whole.decode())
    assert download(app).data == whole


def test_options_are_remembered_for_their_format(app: App, page: Page) -> None:
    app.open_session(SHORT).open_dialog()
    app.choose("markdown")
    app.dialog.get_by_label(app.word("option_front_matter")).uncheck()
    download(app)
    page.reload()
    app.open_dialog()
    expect(app.dialog.get_by_label(app.word("option_front_matter"))).not_to_be_checked()
    app.choose("text")
    app.choose("markdown")
    assert download(app).data == written(app, SHORT, "markdown", front_matter=False)


def test_a_range_of_messages(app: App) -> None:
    app.open_session(CLAUDE).open_dialog()
    app.choose("markdown")
    end = app.dialog.get_by_label(app.word("span_to"), exact=True)
    # As the function counts them: the last one can be had, too.
    expect(end).to_have_value(str(len(json.loads(payload(app, CLAUDE))["messages"])))
    app.dialog.get_by_label(app.word("span_from"), exact=True).fill("2")
    end.fill("4")
    assert download(app).data == written(app, CLAUDE, "markdown", Selection(range=(2, 4)))


def test_roles_a_filter_and_an_order(app: App) -> None:
    roles = {"user", "event", "system", "tool"}
    app.open_session(CLAUDE).open_dialog()
    app.choose("pairs")
    app.dialog.get_by_text(app.word("selection")).click()
    app.dialog.get_by_label(app.word("filter"), exact=True).fill("r2")
    assistant = app.dialog.get_by_label(app.word("role_assistant"))
    assistant.focus()
    app.page.keyboard.press("Space")
    previews(app, written(app, CLAUDE, "pairs", Selection(filter="r2", roles=roles)).decode())
    expect(assistant).to_be_focused()
    app.dialog.get_by_label(app.word("order")).select_option("topic")
    whole = written(app, CLAUDE, "pairs", Selection(filter="r2", roles=roles, order="topic"))
    assert download(app).data == whole
    app.dismiss()
    _by_time_where_the_session_is_by_topic(app)


def _by_time_where_the_session_is_by_topic(app: App) -> None:
    by_topic = written(app, CLAUDE, "maichat-json", Selection(order="topic"))
    app.page.route("**/export", lambda route: route.fulfill(body=by_topic, content_type="application/json"))
    app.open_dialog()
    app.choose("pairs")
    app.dialog.get_by_text(app.word("selection")).click()
    order = app.dialog.get_by_label(app.word("order"))
    expect(order).to_have_value("own")
    order.select_option("time")
    by_time = py_export.convert(by_topic, "pairs", select=Selection(order="time"))
    assert by_time != py_export.convert(by_topic, "pairs")
    assert download(app).data == by_time


@on_every_screen
def test_a_filter_that_is_wrong_is_said_beside_it_and_the_character_is_marked(app: App) -> None:
    app.open_session(CLAUDE).open_dialog()
    app.choose("markdown")
    app.dialog.get_by_text(app.word("selection")).click()
    box = app.dialog.get_by_label(app.word("filter"), exact=True)
    box.fill("r20 & z")
    expect(box).to_have_attribute("aria-invalid", "true")
    expect(app.dialog.locator("mark")).to_have_text("z")
    expect(app.dialog.get_by_role("alert").filter(has_text="7")).to_be_visible()
    box.fill("r20")
    expect(box).to_have_attribute("aria-invalid", "false")
    expect(app.dialog.locator("mark")).to_have_count(0)


def test_a_time_zone_and_a_language_of_the_document(app: App) -> None:
    app.open_session(CLAUDE).open_dialog()
    app.choose("markdown")
    app.dialog.get_by_text(app.word("options_rare")).click()
    app.dialog.get_by_label(app.word("option_timezone")).select_option("Asia/Shanghai")
    app.dialog.get_by_label(app.word("option_locale")).select_option("zh-CN")
    assert download(app).data == written(app, CLAUDE, "markdown", timezone="Asia/Shanghai", locale="zh-CN")


@pytest.mark.parametrize(("scheme", "language", "screen"), [("dark", "zh-CN", "phone")], indirect=["screen"])
def test_documents_are_in_the_pages_language_until_a_person_chooses_another(looked_at: App, page: Page) -> None:
    app = looked_at
    app.open_session(CLAUDE).open_dialog()
    app.choose("markdown")
    assert download(app).data == written(app, CLAUDE, "markdown", locale="zh-CN") != written(app, CLAUDE, "markdown")
    app.dismiss()
    app.open_dialog()
    app.dialog.get_by_text(app.word("options_rare")).click()
    language = app.dialog.get_by_label(app.word("option_locale"))
    expect(language).to_have_value("zh-CN")
    language.select_option("en")
    assert download(app).data == written(app, CLAUDE, "markdown")
    page.reload()
    app.open_dialog()
    app.dialog.get_by_text(app.word("options_rare")).click()
    expect(app.dialog.get_by_label(app.word("option_locale"))).to_have_value("en")
    app.choose("html")
    assert download(app).data == written(app, CLAUDE, "html", locale="zh-CN")


def test_a_page_is_previewed_as_a_page_in_which_nothing_runs(app: App, page: Page) -> None:
    app.open_session(CLAUDE).open_dialog()
    app.choose("html")
    frame = app.dialog.frame_locator("iframe")
    expect(frame.get_by_role("heading", name=CLAUDE)).to_be_visible()
    assert app.dialog.locator("iframe").get_attribute("sandbox") == "allow-same-origin"
    assert frame.locator("script, style, meta").count() == 0
    _links_lead_nowhere_else(page)
    background = "(element) => getComputedStyle(element).backgroundColor"
    assert frame.locator("html").evaluate(background) != "rgba(0, 0, 0, 0)", "its own style is on"
    page.wait_for_timeout(100)


# In the page's own world: where the driver has been in the frame's, the browser complains of every event.
_LINK = """
(href) => {
  const { shadowRoot } = document.querySelector("main session-export-menu");
  const { contentDocument } = shadowRoot.querySelector("iframe");
  if (href !== null) {
    const made = Object.assign(contentDocument.createElement("a"), { href, textContent: "elsewhere" });
    contentDocument.body.prepend(made);
  }
  const links = [...contentDocument.querySelectorAll("a[href*='#turn-']")];
  const link = href === null ? links.at(-1) : contentDocument.querySelector("a");
  link.scrollIntoView();
  link.focus();
  const [frame, at] = [shadowRoot.querySelector("iframe").getBoundingClientRect(), link.getBoundingClientRect()];
  window.target = () => contentDocument.getElementById(link.hash.slice(1)).getBoundingClientRect().top;
  return [frame.x + at.x + at.width / 2, frame.y + at.y + at.height / 2];
}
"""


def _links_lead_nowhere_else(page: Page) -> None:
    """Click, and open by the keyboard, links of a page in its preview."""
    before = page.url
    page.mouse.click(*page.evaluate(_LINK, None))
    until(lambda: abs(page.evaluate("window.target()")) < 150)
    outside = page.evaluate(_LINK, "https://elsewhere.example/")
    page.mouse.click(*outside)
    page.mouse.click(*outside, button="middle")
    page.keyboard.press("Enter")
    page.wait_for_timeout(200)
    assert [one.url for one in page.frames] == [before, "about:blank"]
    assert len(page.context.pages) == 1


def test_the_size_is_told_before_and_after(app: App) -> None:
    app.open_session(CLAUDE).open_dialog()
    app.choose("markdown")
    size = f"{len(written(app, CLAUDE, 'markdown')) / 1000:.1f}"
    expect(app.dialog.get_by_role("status").filter(has_text=size)).to_be_visible()
    download(app)
    expect(app.page.get_by_role("status").filter(has_text=size).first).to_be_visible()


def test_copy_puts_the_chosen_format_on_the_clipboard(app: App, page: Page) -> None:
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    app.open_session(CLAUDE).open_dialog()
    app.choose("pairs")
    app.dialog.get_by_role("button", name=app.word("copy_clipboard"), exact=True).click()
    expect(page.get_by_text(app.word("copied", format=app.format_name("pairs")))).to_be_visible()
    expect(app.dialog).to_be_visible()
    assert page.evaluate("navigator.clipboard.readText()") == written(app, CLAUDE, "pairs").decode()


def test_the_session_is_fetched_once_for_preview_and_file(app: App) -> None:
    app.open_session(SHORT).open_dialog()
    app.choose("markdown")
    expect(app.preview).to_contain_text(SHORT)
    app.choose("text")
    download(app)
    assert len([path for path in app.watch.paths("/api/") if path.endswith("/export")]) == 1
