"""Starting from a picture of memory in engines that lay out tables and store things in other ways than Chromium."""

from __future__ import annotations

import base64
from collections.abc import Iterator
from pathlib import Path

import pytest

from py_export import convert
from tests.browsers.driver import Driver
from tests.e2e.server import DEMO
from tests.engine.bundle import ENGINE, page
from tests.engine.site import Site, serve

RUN = "(request) => bench.run('/short.json', request)"


@pytest.fixture
def site(tmp_path: Path) -> Iterator[Site]:
    """Serve the engine and a bare page."""
    files = page(tmp_path) | {"/short.json": (DEMO / "short.json").read_bytes()}
    with serve(Site({"/engine/": ENGINE}, files)) as served:
        yield served


# Chromium has tests of its own.
@pytest.mark.parametrize("driver", ["firefox", "webkit"], indirect=True)
def test_a_later_start_comes_from_a_picture_of_memory(driver: Driver, site: Site) -> None:
    complaints = len(driver.complaints())
    for restored in (False, True):
        site.requests.clear()
        driver.open(f"{site.origin}/?{restored}")
        for to in ("markdown", "html"):
            written = driver.evaluate(RUN, {"to": to})
            assert base64.b64decode(written["base64"]) == convert(site.files["/short.json"], to)
        # What comes from a picture fetches no archive.
        assert any("/core-" in path for path in site.requests) != restored
        assert driver.evaluate("() => bench.kept()"), "it is made, and not thrown away"
    assert driver.complaints()[complaints:] == []
