"""What a benchmark finds: each figure as a ratio to what it is compared with in the same run."""

from __future__ import annotations

import json
import statistics
from collections.abc import Iterable
from dataclasses import asdict, dataclass, field
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Row:
    """
    One figure.

    Attributes:
        name: What was done.
        ours: Our values, one per run.
        unit: What they count: seconds, megabytes.
        than: The values that they are compared with, one per run; empty where the figure stands alone.
        what: What those are.
        limit: What the ratio, or where there is none the median, must not exceed.
        peers: The medians of others that do the same, by their names.
    """

    name: str
    ours: list[float]
    unit: str = "s"
    than: list[float] = field(default_factory=list)
    what: str = ""
    limit: float | None = None
    peers: dict[str, float] = field(default_factory=dict)

    @property
    def median(self) -> float:
        """The median of our values."""
        return statistics.median(self.ours)

    @property
    def figure(self) -> float:
        """What the limit is for: the ratio of the medians, or the median."""
        return self.median / statistics.median(self.than) if self.than else self.median

    @property
    def is_met(self) -> bool:
        """Whether the figure is within its limit."""
        return self.limit is None or self.figure <= self.limit


def table(rows: Iterable[Row]) -> str:
    """Return the figures as text, a line each."""
    lines = [f"{'':58}{'median':>12}{'ratio':>8}{'limit':>8}   beside"]
    for row in rows:
        ratio = f"{row.figure:8.3f}" if row.than else " " * 8
        limit = f"{row.limit:8g}{'  ' if row.is_met else ' !'}" if row.limit is not None else " " * 10
        beside = [f"{row.what} {statistics.median(row.than):.3f}"] if row.than else []
        beside += [f"{name} {value:.3f}" for name, value in row.peers.items()]
        lines.append(f"{row.name:58}{row.median:9.3f} {row.unit:2}{ratio}{limit} {', '.join(beside)}")
    return "\n".join(lines)


def keep(rows: Iterable[Row], path: Path) -> None:
    """Write the figures as JSON."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps([asdict(row) for row in rows], indent=2) + "\n", encoding="utf-8")


def kept(path: Path) -> list[Row]:
    """Read figures that were kept."""
    return [Row(**one) for one in json.loads(path.read_text(encoding="utf-8"))]


def compared(before: Iterable[Row], after: Iterable[Row]) -> str:
    """Return how figures have changed from one commit to another."""
    old = {row.name: row.figure for row in before}
    lines = [f"{'':58}{'before':>10}{'after':>10}{'change':>9}"]
    for row in after:
        was = old.get(row.name)
        change = f"{row.figure / was - 1:+8.1%}" if was else "     new"
        lines.append(f"{row.name:58}{was or 0:10.3f}{row.figure:10.3f} {change}")
    return "\n".join(lines)
