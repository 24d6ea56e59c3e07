"""What every test shares: how thoroughly hypothesis looks, and where real samples lie."""

from __future__ import annotations

import os
import signal
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

# A run in the background, as CI may start one, inherits an ignored interrupt; programs under test must not.
signal.signal(signal.SIGINT, signal.default_int_handler)

# Helpers that assert say what they saw, as tests do.
pytest.register_assert_rewrite("tests.e2e.app", "tests.e2e.poll", "tests.e2e.server", "tests.e2e.watch")

SAMPLES = "PY_EXPORT_SAMPLES"

# On CI the examples are the same in every run: a red build must mean that the change broke something.
settings.register_profile("ci", derandomize=True, deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile("dev", deadline=None)
settings.load_profile("ci" if os.environ.get("CI") else "dev")


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Begin with the tests that may take longest: at the end no core should wait for the other."""
    items.sort(key=_patience, reverse=True)


def _patience(item: pytest.Item) -> float:
    """Return for how many seconds a test asks, if it asks for more than others."""
    marker = item.get_closest_marker("timeout")
    return float(marker.args[0]) if marker else 0


@pytest.fixture(scope="session")
def samples() -> Path:
    """Return the folder of real sessions that other programs wrote; without it the test skips."""
    folder = os.environ.get(SAMPLES)
    if not folder:
        pytest.skip(f"set {SAMPLES} to a folder of real sessions")
    return Path(folder)
