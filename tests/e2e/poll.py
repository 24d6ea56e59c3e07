"""Waiting for what a page will be: Playwright's own way evaluates a string, which the page's policy forbids."""

from __future__ import annotations

import time
from collections.abc import Callable

from playwright.sync_api import Error, Page


def until(true: Callable[[], object], timeout_s: float = 30, every_s: float = 0.01) -> None:
    """Return as soon as ``true()`` is; fail when it never is."""
    end = time.monotonic() + timeout_s
    while not true():
        assert time.monotonic() < end, "waited in vain"
        time.sleep(every_s)


def until_page(page: Page, expression: str, timeout_s: float = 30) -> None:
    """Return as soon as an expression, or what it promises, is true in the page, which may be loaded anew meanwhile."""

    def true() -> bool:
        try:
            return bool(page.evaluate(expression))
        except Error as error:
            if "context was destroyed" in error.message or "navigat" in error.message:
                return False
            raise

    until(true, timeout_s, every_s=0.05)
