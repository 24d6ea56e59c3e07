"""A phone in one hand: what is to be touched is large enough, in reach, and clear of the screen's edges."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.app import App
from tests.e2e.conftest import REFUSE
from tests.e2e.local import Device, made
from tests.e2e.screens import CLAUDE, LONG, SHORT
from tests.e2e.server import Server
from tests.e2e.watch import Watch

WIDTH, HEIGHT = 360, 740
TARGET = 44
INSETS = {"top": 47, "left": 0, "bottom": 34, "right": 0}
"""Of a phone with a notch and a home indicator, in CSS pixels."""

TARGETS = """(target) => {
  // What lies over its own box, as a row's link over the whole row: seen by where a touch ends up.
  const reaches = (node) => {
    node.scrollIntoView({ block: "center" });
    const { left, top, width, height } = node.getBoundingClientRect();
    const half = target / 2 - 1;
    const [x, y] = [left + width / 2, top + height / 2];
    const corners = [[x - half, y - half], [x + half, y - half], [x - half, y + half], [x + half, y + half]];
    return corners.every(([x, y]) => node.contains(node.getRootNode().elementFromPoint(x, y)));
  };
  const found = [];
  const seen = new Set();
  const look = (root) => {
    for (const node of root.querySelectorAll("*")) {
      if (node.shadowRoot) look(node.shadowRoot);
      if (!node.matches("button, a[href], select, input, textarea, summary, [role=menuitem], [role=option]")) continue;
      if (!node.checkVisibility({ visibilityProperty: true }) || node.matches(":disabled")) continue;
      if (node.closest("[inert]") || getComputedStyle(node).pointerEvents === "none") continue;
      // Who touches a label touches what it is of.
      const whole = node.matches("input[type=checkbox], input[type=radio]") ? node.labels?.[0] ?? node : node;
      // A link within a sentence is as high as its line, and may be.
      if (whole.matches("a") && getComputedStyle(whole).display === "inline") continue;
      if (seen.has(whole)) continue;
      seen.add(whole);
      const boxes = [whole, node].map((one) => one.getBoundingClientRect());
      const [left, top] = ["left", "top"].map((side) => Math.min(...boxes.map((box) => box[side])));
      const [right, bottom] = ["right", "bottom"].map((side) => Math.max(...boxes.map((box) => box[side])));
      const [width, height] = [right - left, bottom - top];
      // Clipped to a point until it has the focus: for the keyboard alone.
      if (width < 2 || height < 2) continue;
      const modal = document.querySelector("dialog:modal") ?? [...document.querySelectorAll("session-export-menu")]
        .map((menu) => menu.shadowRoot.querySelector("dialog:modal")).find(Boolean);
      if (modal && !modal.contains(node)) continue;
      if ((width < target - 0.5 || height < target - 0.5) && reaches(whole)) continue;
      const name = node.ariaLabel || node.textContent.trim().slice(0, 40) || node.id || node.className;
      found.push({ name: `${node.localName} ${name}`, left, top, right, bottom, width, height });
    }
  };
  look(document);
  return found;
}"""


@pytest.fixture
def browser_context_args() -> dict[str, Any]:
    """Make the smallest phone in use."""
    return {
        "viewport": {"width": WIDTH, "height": HEIGHT},
        "device_scale_factor": 3,
        "is_mobile": True,
        "has_touch": True,
        "locale": "en-US",
        "timezone_id": "UTC",
        "reduced_motion": "reduce",
    }


@pytest.fixture
def held(page: Page, demo_server: Server, watch: Watch) -> App:
    """Open the page on a phone with a notch."""
    page.context.new_cdp_session(page).send("Emulation.setSafeAreaInsetsOverride", {"insets": INSETS})
    return App(page, demo_server, watch).open()


def too_small(page: Page) -> list[str]:
    """Return what a thumb would miss, and what stands out of the screen at its sides."""
    targets = page.evaluate(TARGETS, TARGET)
    page.evaluate("scrollTo(0, 0)")
    return [
        f"{each['name']}: {each['width']:.0f} x {each['height']:.0f} at {each['left']:.0f}, {each['top']:.0f}"
        for each in targets
        if each["width"] < TARGET - 0.5 or each["height"] < TARGET - 0.5 or each["left"] < 0 or each["right"] > WIDTH
    ]


@pytest.mark.keeps
def test_everything_is_large_enough_for_a_thumb_and_clear_of_the_edges(held: App, tmp_path: Path) -> None:
    app, page = held, held.page
    expect(page.get_by_role("link", name=SHORT)).to_be_visible()
    assert too_small(page) == [], "the list"
    assert page.evaluate("document.documentElement.scrollWidth") == WIDTH
    brand = page.get_by_role("banner").get_by_role("link", name="py-export").bounding_box()
    assert brand
    assert brand["y"] >= INSETS["top"]

    page.evaluate(REFUSE)  # the row is there at once, with its box
    page.get_by_role("button", name=app.word("offline_title")).click()
    expect(page.get_by_role("dialog").get_by_role("checkbox", name=app.word("offline_part_quick"))).not_to_be_checked()
    assert too_small(page) == [], "working offline"
    page.keyboard.press("Escape")

    app.open_session(CLAUDE)
    expect(page.get_by_role("article").first).to_be_visible()
    assert too_small(page) == [], "a session"
    app.menu_button.click()
    assert too_small(page) == [], "its menu"
    page.get_by_role("menuitem", name=app.word("export")).click()
    app.choose("markdown")
    expect(app.preview).to_contain_text(CLAUDE)
    for summary in app.dialog.locator("summary").all():
        summary.click()
    assert too_small(page) == [], "the export dialog"
    box = app.download_button.bounding_box()
    assert box
    assert box["y"] > HEIGHT * 0.6, "out of the thumb's reach"
    assert box["y"] + box["height"] <= HEIGHT - INSETS["bottom"], "under the home indicator"
    with page.expect_download():
        app.download_button.click()
    app.dismiss()

    files = made(tmp_path)
    Device(app).drop(files["river.json"], files["state.vscdb"], files["other.json"])
    Device(app).read()
    assert too_small(page) == [], "files on the device"
    page.get_by_role("checkbox").nth(1).check()
    assert too_small(page) == [], "ticked"
    export = page.get_by_role("button", name=app.word("export_ticked"), exact=True).bounding_box()
    assert export
    assert export["y"] + export["height"] <= HEIGHT - INSETS["bottom"]


def test_a_long_session_keeps_its_buttons_in_reach(held: App) -> None:
    app, page = held, held.page
    app.open_session(LONG)
    expect(page.get_by_role("article").first).to_be_visible()
    page.mouse.wheel(0, 4000)
    expect(app.menu_button).to_be_in_viewport()
    box = app.menu_button.bounding_box()
    assert box
    assert box["y"] >= INSETS["top"], "under the notch"
    assert too_small(page) == []
