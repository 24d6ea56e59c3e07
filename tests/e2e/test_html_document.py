"""An exported HTML file, opened in a real browser: readable without a script, searchable, printable, silent."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from py_export import convert
from py_export.convert import write
from tests.e2e.looks import findings
from tests.e2e.screens import on_every_screen
from tests.e2e.server import DEMO
from tests.e2e.watch import Watch
from tests.golden.html_cases import SESSIONS
from tests.unit.writers.hostile import HOSTILE, everywhere

FILES = {
    "claude": (DEMO / "claude-code.json", "en"),
    "gemini": (DEMO / "gemini-zh.json", "zh-CN"),
    "rich": (SESSIONS / "rich.json", "en"),
    "hostile": (SESSIONS / "hostile.json", "en"),
}

UNFOLD = "() => { for (const each of document.querySelectorAll('details')) each.open = true }"
TEXT = "() => document.querySelector('main').innerText"


@pytest.fixture
def scheme() -> str:
    """Return the colour scheme; a test may ask for the other."""
    return "light"


@pytest.fixture
def browser_context_args(browser_context_args: dict[str, object], scheme: str) -> dict[str, object]:
    """Show the file in the scheme that the test names."""
    return browser_context_args | {"color_scheme": scheme}


@pytest.fixture
def watching(watch: Watch) -> Iterator[Watch]:
    """Let the browser ask for the file itself, and for nothing else, ever."""
    watch.allowed.add("file://")
    yield watch
    assert len(watch.requests) == len(set(watch.requests)) == 1


def file_of(folder: Path, name: str, style: str = "report") -> str:
    """Write a demo session as an HTML file and return its address."""
    source, locale = FILES[name]
    options = {"style": style, "locale": locale, "tools": "full", "thinking": True}
    target = folder / "session.html"
    target.write_bytes(convert(source.read_bytes(), "html", options=options))
    return target.as_uri()


@pytest.mark.parametrize(("scheme", "screen"), [("light", "desktop"), ("dark", "phone")], indirect=["screen"])
@pytest.mark.parametrize("style", ["report", "cursor"])
@pytest.mark.parametrize("name", FILES)
@pytest.mark.usefixtures("watching")
def test_axe_finds_nothing_folded_or_unfolded(page: Page, tmp_path: Path, name: str, style: str) -> None:
    page.goto(file_of(tmp_path, name, style))
    assert findings(page) == []
    page.evaluate(UNFOLD)
    assert findings(page) == []


@pytest.mark.parametrize("style", ["report", "cursor"])
@pytest.mark.usefixtures("watching")
def test_the_sessions_images_are_shown(page: Page, tmp_path: Path, style: str) -> None:
    page.goto(file_of(tmp_path, "claude", style))
    assert page.evaluate("() => [...document.images].map((each) => each.naturalWidth)") == [192]


@on_every_screen
@pytest.mark.parametrize("style", ["report", "cursor"])
@pytest.mark.usefixtures("watching")
def test_nothing_is_wider_than_the_screen(page: Page, tmp_path: Path, style: str) -> None:
    page.set_viewport_size(
        {"width": min(page.viewport_size["width"], 360) if page.viewport_size else 360, "height": 740}
    )
    page.goto(file_of(tmp_path, "claude", style))
    page.evaluate(UNFOLD)
    assert page.evaluate("() => document.documentElement.scrollWidth - innerWidth") <= 0


@pytest.mark.parametrize("style", ["report", "cursor"])
@pytest.mark.usefixtures("watching")
def test_nothing_that_a_session_says_runs_or_asks_for_anything(page: Page, tmp_path: Path, style: str) -> None:
    page.on("dialog", lambda dialog: pytest.fail(dialog.message))
    whole = everywhere("")
    two: tuple[Any, ...] = ("user", "assistant")  # as axe needs its time for every element
    whole.messages = [message for said in HOSTILE for message in everywhere(said, roles=two).messages]
    options = {"style": style, "tools": "full", "thinking": True}
    (tmp_path / "hostile.html").write_bytes(b"".join(write(whole, "html", options=options)))
    page.goto((tmp_path / "hostile.html").as_uri())
    page.evaluate(UNFOLD)
    page.wait_for_timeout(300)
    assert page.evaluate("() => document.scripts.length") == (style == "report")
    assert findings(page, "color-contrast") == [], "of colours a session says nothing"


def test_the_whole_conversation_is_there_without_a_script(browser: Browser, page: Page, tmp_path: Path) -> None:
    address = file_of(tmp_path, "claude")
    page.goto(address)
    page.evaluate(UNFOLD)
    without = browser.new_context(java_script_enabled=False).new_page()
    without.goto(address)
    for each in without.locator("main details > summary").all():
        if each.is_visible():
            each.click()
    expect(without.get_by_role("search")).to_be_hidden()
    assert without.locator("main").inner_text() == page.evaluate(TEXT)
    without.get_by_role("navigation").get_by_role("link").last.click()
    expect(without.locator("#turn-3")).to_be_in_viewport()
    without.context.close()


@pytest.fixture
def opened(page: Page, tmp_path: Path, watching: Watch) -> Page:
    """Open a session's file."""
    assert watching.requests == []
    page.goto(file_of(tmp_path, "claude"))
    return page


@pytest.mark.usefixtures("opened")
def test_messages_without_the_words_go_and_their_number_is_said(page: Page) -> None:
    messages = page.locator(".turn > .message")
    expect(messages).to_have_count(18)
    page.get_by_role("searchbox").fill("CHATHAM")
    expect(page.get_by_role("status")).to_have_text("3 of 18 messages")
    assert [each.is_visible() for each in messages.all()].count(True) == 3
    assert page.get_by_role("navigation").get_by_role("link").count() == 2
    page.get_by_role("searchbox").fill("no such words")
    expect(page.get_by_role("status")).to_have_text("Nothing found")
    page.get_by_role("searchbox").fill("")
    expect(page.get_by_role("status")).to_be_empty()
    assert all(each.is_visible() for each in messages.all())


@pytest.mark.usefixtures("opened")
def test_enter_leads_to_a_match_and_unfolds_what_hides_it(page: Page) -> None:
    page.get_by_role("searchbox").fill("faketime")
    page.keyboard.press("Enter")
    for _ in range(10):
        page.keyboard.press("Enter")
        if page.locator("details.tool[open]").count():
            break
    expect(page.locator("details.tool[open]").first).to_be_in_viewport()
    assert page.evaluate("() => getSelection().toString()") == "faketime"


@pytest.mark.usefixtures("opened")
def test_a_match_may_lie_across_colours_and_emphasis(page: Page) -> None:
    page.get_by_role("searchbox").fill("closure.start.replace(tzinfo=None)")
    page.get_by_role("button", name="Next").click()
    assert page.evaluate("() => getSelection().toString()") == "closure.start.replace(tzinfo=None)"
    assert page.evaluate("() => CSS.highlights.get('found').size") >= 1


@pytest.mark.usefixtures("opened")
def test_everything_unfolds_and_folds(page: Page) -> None:
    page.get_by_role("button", name="Unfold all").click()
    assert page.locator(".conversation details:not([open])").count() == 0
    page.get_by_role("button", name="Fold all").click()
    assert page.locator(".conversation details[open]").count() == 0


@pytest.mark.usefixtures("opened")
def test_axe_finds_nothing_while_it_searches(page: Page) -> None:
    page.get_by_role("searchbox").fill("the")
    expect(page.get_by_role("status")).not_to_be_empty()
    assert findings(page) == []


@pytest.mark.parametrize("scheme", ["dark"])
@pytest.mark.usefixtures("watching")
def test_paper_is_white_and_has_no_controls(page: Page, tmp_path: Path) -> None:
    page.goto(file_of(tmp_path, "claude"))
    assert page.evaluate("() => getComputedStyle(document.documentElement).backgroundColor") == "rgb(22, 23, 23)"
    page.emulate_media(media="print", color_scheme="dark")
    assert page.evaluate("() => getComputedStyle(document.documentElement).backgroundColor") == "rgb(255, 255, 255)"
    assert page.evaluate("() => getComputedStyle(document.querySelector('h1')).color") == "rgb(29, 29, 27)"
    expect(page.get_by_role("navigation")).to_be_hidden()
    expect(page.locator("svg.chart").first).to_be_visible()
    page.set_viewport_size({"width": 700, "height": 900})
    page.evaluate(UNFOLD)
    assert page.evaluate("() => document.documentElement.scrollWidth - innerWidth") <= 0
    assert page.pdf(format="A4").startswith(b"%PDF")
