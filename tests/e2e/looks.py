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


def findings(page: Page, *without: str) -> list[str]:
    """
    Return what axe finds wrong, each as its rule and the first place; a rule that needs not be asked can be named.

    Of what passes axe would describe the place of every element, which takes most of its time and nobody reads.
    """
    rules = {rule: {"enabled": False} for rule in without}
    report = Axe().run(page, options={"rules": rules, "resultTypes": ["violations"]}).response["violations"]
    return [f"{each['id']}: {each['nodes'][0]['html']}" for each in report]
