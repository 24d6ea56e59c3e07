"""What each path cost when its limits were written, and whether it still costs that."""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping
from pathlib import Path

from tests.guard.counts import Counts

FILE = Path(__file__).with_name("limits.json")

MARGINS = {"calls": 0.05, "lines": 0.05, "characters": 0.05, "peak": 0.3, "requests": 0.0, "bytes": 0.1}
"""What may be added to each, as a part of it. A peak depends on when the collector runs."""

MARGIN_ELSEWHERE = 0.25
"""The same under another Python than the one that the limits were written by: its calls and lines are others."""

_VERSION = f"{sys.version_info.major}.{sys.version_info.minor}"

Limits = dict[str, Counts]


def exceeded(path: str, now: Counts) -> list[str]:
    """Return a sentence for each count of a path that is above its limit; a path without limits is one."""
    python, limits = _kept()
    if path not in limits:
        return [f"{path}: no limit is written for it"]
    return [
        f"{path}: {limits[path][what]:,} {what} when the limit was written, {count:,} now "
        f"({count / max(1, limits[path][what]) - 1:+.1%}, {_margin(what, python):.0%} are allowed)"
        for what, count in now.items()
        if count > limits[path][what] * (1 + _margin(what, python))
    ]


def compared(path: str, now: Counts) -> str:
    """Return a path's counts beside those of its limits, as one line."""
    before = _kept()[1].get(path, {})
    counts = [f"{what} {before.get(what, 0):,} -> {count:,}" for what, count in now.items()]
    return f"{path:38} {', '.join(counts)}"


def write(found: Mapping[str, Counts]) -> None:
    """Write the limits anew."""
    FILE.write_text(json.dumps({"python": _VERSION, "paths": found}, indent=2) + "\n", encoding="utf-8")


def _kept() -> tuple[str, Limits]:
    if not FILE.exists():
        return _VERSION, {}
    kept = json.loads(FILE.read_text(encoding="utf-8"))
    return kept["python"], kept["paths"]


def _margin(what: str, python: str) -> float:
    by_python = what in ("calls", "lines", "peak")
    return max(MARGINS[what], MARGIN_ELSEWHERE) if by_python and python != _VERSION else MARGINS[what]
