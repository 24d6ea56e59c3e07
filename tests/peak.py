"""
The most memory that a process has taken, told by itself.

Not by ``getrusage``, by which a process has taken whatever the one that it comes from ever took, and a test of it can
neither fail nor pass where its own process is large.
"""

from __future__ import annotations

from pathlib import Path

import pytest

_STATUS = Path("/proc/self/status")

measured = pytest.mark.skipif(not _STATUS.exists(), reason="only Linux tells a process's own peak")


def peak() -> int:
    """Return it in bytes."""
    [line] = [line for line in _STATUS.read_text(encoding="ascii").splitlines() if line.startswith("VmHWM:")]
    return int(line.split()[1]) * 1024
