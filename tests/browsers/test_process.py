"""A browser's processes end with it."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from tests.browsers.process import Process, clean_environment
from tests.e2e.poll import until

STUBBORN = "trap '' TERM; sleep 1000 & echo started $!; wait; sleep 1000"


@pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="looks into /proc")
def test_what_a_program_has_started_ends_with_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tests.browsers.process.END_TIMEOUT_S", 0.5)
    process = Process(["sh", "-c", STUBBORN], clean_environment(tmp_path))
    child = int(process.said(r"^started (\d+)$"))
    assert _runs(child)
    process.close()
    until(lambda: not _runs(child), timeout_s=5)


def test_a_program_that_ends_before_it_says_what_is_waited_for_is_named_by_its_words(tmp_path: Path) -> None:
    process = Process([sys.executable, "-c", "print('no display')"], clean_environment(tmp_path))
    with pytest.raises(AssertionError, match="no display"):
        process.said(r"^ready$")
    process.close()


def _runs(pid: int) -> bool:
    """Tell whether a process runs; a dead one that nobody has collected does not."""
    try:
        state = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()[0]
    except FileNotFoundError:
        return False
    return state != "Z"
