"""The player, opened in a real browser: it plays, seeks, prints, asks for nothing, and is quick with long sessions."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from py_export import convert
from py_export.convert import write
from tests.demo import long
from tests.e2e.looks import findings
from tests.e2e.server import DEMO
from tests.e2e.test_html_document import browser_context_args, scheme
from tests.e2e.watch import Watch
from tests.unit.writers.hostile import HOSTILE, everywhere

__all__ = ["browser_context_args", "scheme"]

TEXT = "() => document.getElementById('shown').innerText"
STILL = "() => document.getElementById('now').textContent"


@pytest.fixture
def watching(watch: Watch) -> Iterator[Watch]:
    """Let the browser ask for the file itself, and for nothing else, ever."""
    watch.allowed.add("file://")
    yield watch
    assert len(watch.requests) == len(set(watch.requests)) == 1


def file_of(folder: Path, name: str = "claude-code", locale: str = "en") -> str:
    """Write a demo session as a player and return its address."""
    target = folder / "player.html"
    options = {"locale": locale, "tools": "full"}
    target.write_bytes(convert((DEMO / f"{name}.json").read_bytes(), "player", options=options))
    return target.as_uri()


@pytest.fixture
def opened(page: Page, tmp_path: Path, watching: Watch) -> Page:
    """Open a session's player, for a person who asks for less motion: it does not play."""
    assert watching.requests == []
    page.emulate_media(reduced_motion="reduce")
    page.goto(file_of(tmp_path))
    return page


@pytest.mark.usefixtures("watching")
def test_it_plays_when_opened_and_pauses(page: Page, tmp_path: Path) -> None:
    page.goto(file_of(tmp_path))
    pause = page.get_by_role("button", name="Pause")
    expect(pause).to_be_visible()
    page.get_by_label("Speed").select_option("16")
    expect(page.get_by_text("Twenty passes, so chance is not the cause.")).to_be_visible(timeout=10_000)
    pause.click()
    at = page.evaluate(STILL)
    page.wait_for_timeout(300)
    assert page.evaluate(STILL) == at != "0:00"


def test_less_motion_starts_paused_and_texts_come_whole(opened: Page) -> None:
    expect(opened.get_by_role("button", name="Play")).to_be_visible()
    opened.keyboard.press("ArrowRight")
    assert opened.evaluate(STILL) == "0:05"
    expect(opened.get_by_text("retry it.")).to_be_visible()
    assert opened.locator(".coming").count() == 0


def test_the_keyboard_does_it_all(opened: Page) -> None:
    keys = opened.keyboard
    keys.press("End")
    assert opened.evaluate(STILL) == opened.locator("#whole").text_content()
    expect(opened.get_by_text("Ask Jonas")).to_be_visible()
    keys.press("Shift+ArrowLeft")
    expect(opened.get_by_role("status")).to_have_text("Chatham, with its 45 minutes? I like that. 🌊")
    keys.press("Home")
    assert opened.evaluate(STILL) == "0:00"
    keys.press(">")
    expect(opened.get_by_label("Speed")).to_have_value("1.5")
    keys.press("<")
    keys.press("<")
    expect(opened.get_by_label("Speed")).to_have_value("0.75")
    keys.press("Space")
    expect(opened.get_by_role("button", name="Pause")).to_be_visible()
    keys.press("Space")
    keys.press("?")
    expect(opened.get_by_role("dialog", name="Keyboard")).to_be_visible()
    keys.press("Escape")
    seek = opened.get_by_role("slider", name="Position")
    seek.focus()
    keys.press("ArrowRight")
    assert seek.get_attribute("aria-valuetext") == f"0:05 of {opened.locator('#whole').text_content()}"


def test_a_chapter_leads_to_its_turn_and_a_tool_unfolds(opened: Page) -> None:
    chapters = opened.get_by_role("navigation", name="Chapters")
    chapters.get_by_role("button", name="Lovely. Push it.").click()
    expect(chapters.locator("[aria-current]")).to_have_text("Lovely. Push it.")
    opened.keyboard.press("End")
    tool = opened.locator("details", has_text="git switch -c keep-the-zone")
    tool.locator("summary").click()
    expect(tool.locator("pre").first).to_contain_text("git switch")


def test_silence_is_skipped(opened: Page) -> None:
    gap = opened.evaluate(
        """() => {
          const { scenes } = JSON.parse(document.getElementById("replay").textContent);
          return scenes.findIndex((one, at) => scenes[at + 1]?.at - one.at - (one.for ?? 0) >= 2000);
        }"""
    )
    opened.get_by_label("Skip silence").check()
    passed = opened.evaluate(
        """async (gap) => {
          const { scenes } = JSON.parse(document.getElementById("replay").textContent);
          const seek = document.getElementById("seek");
          seek.step = 1;
          seek.value = scenes[gap].at + (scenes[gap].for ?? 0) + 10;
          seek.dispatchEvent(new Event("input"));
          document.getElementById("play").click();
          const before = performance.now();
          while (Number(seek.value) < scenes[gap + 1].at) await new Promise(requestAnimationFrame);
          return performance.now() - before;
        }""",
        gap,
    )
    assert passed < 1500


def test_with_silence_skipped_the_whole_takes_what_is_said_and_a_moment_at_each_pause(opened: Page) -> None:
    opened.get_by_label("Skip silence").check()
    opened.get_by_label("Speed").select_option("8")
    took, wanted = opened.evaluate(
        """async () => {
          const { scenes } = JSON.parse(document.getElementById("replay").textContent);
          const ends = scenes.map((one) => one.at + (one.for ?? 0));
          const pauses = scenes.slice(1).map((one, at) => Math.min(250, Math.max(0, one.at - ends[at])));
          const said = scenes.map((one) => one.for ?? 0);
          const player = document.getElementById("player");
          document.getElementById("play").click();
          const before = performance.now();
          while (player.classList.contains("playing")) await new Promise(requestAnimationFrame);
          return [performance.now() - before, [...said, ...pauses].reduce((sum, one) => sum + one) / 8];
        }"""
    )
    assert opened.evaluate(STILL) == opened.locator("#whole").text_content()
    expect(opened.get_by_text("Ask Jonas")).to_be_visible()
    assert 0.9 * wanted < took < 1.5 * wanted + 500


def test_a_key_that_is_held_down_plays_and_does_not_stop_again(opened: Page) -> None:
    for _ in range(4):
        opened.keyboard.down("Space")
    opened.keyboard.up("Space")
    expect(opened.get_by_role("button", name="Pause")).to_be_visible()
    for _ in range(2):
        opened.keyboard.down("ArrowRight")
    opened.keyboard.up("ArrowRight")
    assert opened.evaluate("() => Number(document.getElementById('seek').value)") >= 10_000


def test_who_presses_play_often_has_one_picture_made_at_a_time(opened: Page) -> None:
    pictures = opened.evaluate(
        """async () => {
          const ask = requestAnimationFrame;
          let asked = 0;
          window.requestAnimationFrame = (work) => ((asked += 1), ask(work));
          for (let press = 0; press < 21; press += 1) document.getElementById("play").click();
          asked = 0;
          let frames = 0;
          while (frames < 10) await new Promise((next) => ask(() => next(frames++)));
          return asked;
        }"""
    )
    assert pictures <= 11


@pytest.mark.parametrize(
    ("scheme", "width", "locale"), [("light", 1280, "en"), ("dark", 360, "zh-CN")], indirect=["scheme"]
)
@pytest.mark.usefixtures("watching")
def test_axe_finds_nothing_and_nothing_is_wider_than_the_screen(
    page: Page, tmp_path: Path, width: int, locale: str
) -> None:
    page.set_viewport_size({"width": width, "height": 740})
    page.emulate_media(reduced_motion="reduce")
    page.goto(file_of(tmp_path, locale=locale))
    for key in ("Home", "End"):
        page.keyboard.press(key)
        page.evaluate("() => { for (const each of document.querySelectorAll('details')) each.open = true }")
        assert findings(page) == []
        assert page.evaluate("() => document.documentElement.scrollWidth - innerWidth") <= 0
    page.keyboard.press("?")
    assert findings(page) == []


@pytest.mark.usefixtures("watching")
def test_nothing_that_a_session_says_runs_or_asks_for_anything(page: Page, tmp_path: Path) -> None:
    page.on("dialog", lambda dialog: pytest.fail(dialog.message))
    whole = everywhere("")
    whole.messages = [message for said in HOSTILE for message in everywhere(said, roles=("user",)).messages]
    (tmp_path / "hostile.html").write_bytes(b"".join(write(whole, "player", options={"tools": "full"})))
    page.goto((tmp_path / "hostile.html").as_uri())
    page.keyboard.press("End")
    page.wait_for_timeout(200)
    assert page.evaluate("() => document.scripts.length") == 2
    assert page.locator(".message").count() > 20


def test_the_whole_conversation_is_on_paper_and_there_without_a_script(
    browser: Browser, opened: Page, tmp_path: Path
) -> None:
    opened.evaluate("() => dispatchEvent(new Event('beforeprint'))")
    opened.emulate_media(media="print")
    words = set(opened.locator("#paper").inner_text().split())
    opened.emulate_media(media="screen")
    opened.evaluate("() => dispatchEvent(new Event('afterprint'))")
    assert opened.locator("#paper > *").count() == 0
    without = browser.new_context(java_script_enabled=False).new_page()
    without.goto((tmp_path / "player.html").as_uri())
    said = set(without.locator("main").inner_text().split())
    without.context.close()
    assert {"`keep-the-zone`.", "Jonas", "faketime", "3.81s"} <= words
    assert words - said <= {"✓", "✗", "·", "●"}


@pytest.mark.usefixtures("watching")
def test_a_session_of_20_000_messages_stays_quick_and_holds_few_elements(page: Page, tmp_path: Path) -> None:
    page.emulate_media(reduced_motion="reduce")
    target = tmp_path / "long.html"
    target.write_bytes(convert(long.payload(), "player"))
    page.goto(target.as_uri())
    messages = page.evaluate("() => document.querySelectorAll('noscript .message, .message').length")
    assert messages <= 80
    jumps = page.evaluate(
        """() => {
          const seek = document.getElementById("seek");
          return [0.9, 0.2, 1, 0.5].map((share) => {
            const before = performance.now();
            seek.value = seek.max * share;
            seek.dispatchEvent(new Event("input"));
            document.getElementById("stage").getBoundingClientRect();
            return performance.now() - before;
          });
        }"""
    )
    assert max(jumps) < 500
    assert page.locator("#shown > .message").count() <= 80
    page.evaluate("() => { document.getElementById('stage').scrollTop = 0 }")
    expect(page.locator("#shown > .message")).not_to_have_count(40)
