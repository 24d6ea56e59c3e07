"""The mark of a test that must hold on every screen, and the demo sessions by a short name."""

from __future__ import annotations

import pytest

on_every_screen = pytest.mark.parametrize("screen", ["desktop", "phone"], indirect=True)

CLAUDE = "The test that fails on Tuesdays"
CODEX = "Import the 1911 herbarium"
GEMINI = "订单查询为什么变慢了"
CURSOR = "Ein Farbschema, das auch bei Nebel lesbar ist"
MARKDOWN = "A fence in a fence in a fence"
SHORT = "今夜の月"
LONG = "Port the tide library, one subroutine at a time"

ALL = (CLAUDE, CODEX, GEMINI, CURSOR, MARKDOWN, SHORT, LONG)
