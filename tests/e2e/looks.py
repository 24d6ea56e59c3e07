"""The looks that every state is shown in, and what axe finds in it."""

from __future__ import annotations

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

every_look = pytest.mark.parametrize(("scheme", "language"), [("light", "en-US"), ("dark", "zh-CN")])

every_look_and_screen = pytest.mark.parametrize(
    ("scheme", "language", "screen"),
    [("light", "en-US", "desktop"), ("dark", "zh-CN", "phone")],
    indirect=["screen"],
)


def findings(page: Page) -> list[str]:
    """Return what axe finds, each as its rule and the first place."""
    report = Axe().run(page).response["violations"]
    return [f"{each['id']}: {each['nodes'][0]['html']}" for each in report]
