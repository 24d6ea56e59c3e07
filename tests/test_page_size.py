"""What a browser must fetch before the page is there, and what an application must that embeds the element."""

from __future__ import annotations

import gzip
import re
from pathlib import Path

import pytest

from tests.checkout import ROOT

DIST = ROOT / "web" / "dist"

MOST_OF_THE_PAGE = 60_000
MOST_OF_THE_ELEMENT = 40_000
"""Bytes, gzipped."""


def gzipped(path: Path) -> int:
    """Return a file's size as it travels."""
    return len(gzip.compress(path.read_bytes(), 9))


@pytest.fixture
def document() -> str:
    """Return the built page's document."""
    path = DIST / "index.html"
    if not path.exists():
        pytest.fail("the page is not built: run make setup")
    return path.read_text(encoding="utf-8")


def test_the_page_is_small(document: str) -> None:
    named = re.findall(r'(?:src|href)="\./(assets/[^"]+\.(?:js|css))"', document)
    assert {name.rpartition(".")[2] for name in named} == {"js", "css"}
    assert sum(gzipped(DIST / name) for name in named) <= MOST_OF_THE_PAGE


def test_the_element_is_small(document: str) -> None:
    assert document
    assert gzipped(DIST / "element" / "session-export-menu.js") <= MOST_OF_THE_ELEMENT
