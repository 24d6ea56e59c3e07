"""Chromium as people run it: compiled as it wishes, with nothing beside it."""

from __future__ import annotations

import os
import runpy
from collections.abc import Iterator
from contextlib import contextmanager

from playwright.sync_api import Browser, Playwright

from tests.checkout import ROOT
from tests.tools import require


def arguments() -> list[str]:
    """Return what it is started with."""
    given: list[str] = runpy.run_path(str(ROOT / "playwright.config.py"))["LAUNCH_ARGS"]
    # Chromium's sandbox does not run as root, as which containers run.
    return [*given, *(["--no-sandbox"] if os.geteuid() == 0 else [])]


@contextmanager
def launched(playwright: Playwright) -> Iterator[Browser]:
    """Start the machine's own Chromium, and end it."""
    browser = playwright.chromium.launch(executable_path=require("Chromium"), args=arguments())
    try:
        yield browser
    finally:
        browser.close()
