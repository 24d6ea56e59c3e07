"""A visit fetches no more than when the limits were written."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.e2e.conftest import Serve
from tests.guard import limits
from tests.guard.visits import visits


@pytest.mark.timeout(300)
def test_no_visit_fetches_more(browser: Browser, serve: Serve, own_store: Path) -> None:
    found = [sentence for path, now in visits(browser, serve(own_store)) for sentence in limits.exceeded(path, now)]
    assert found == [], "\n".join([*found, "where there is a reason for it: python -m tests.guard --write"])
