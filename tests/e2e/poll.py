"""Waiting for what a page will be: Playwright's own way evaluates a string, which the page's policy forbids."""

from __future__ import annotations

import time
from collections.abc import Callable


def until(true: Callable[[], object], timeout_s: float = 30, every_s: float = 0.01) -> None:
    """Return as soon as ``true()`` is; fail when it never is."""
    end = time.monotonic() + timeout_s
    while not true():
        assert time.monotonic() < end, "waited in vain"
        time.sleep(every_s)
