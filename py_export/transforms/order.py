"""The order of pairs: by time, or by topic as the tree of topics has it and by time within each."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from py_export.transforms.pair import ROOT, Pair

Order = Literal["time", "topic"]


def ordered(pairs: Sequence[Pair], order: Order) -> list[int]:
    """Return the places of the pairs in the order that is asked for."""
    keys = _topics(pairs) if order == "topic" else _times(pairs)
    return sorted(range(len(pairs)), key=keys.__getitem__)


def _topics(pairs: Sequence[Pair]) -> list[tuple[int, ...]]:
    """
    Return for each pair where its topic stands: a parent before its children, sisters as they first come up.

    Sources tell a topic's path and not the tree itself, so that the order of sisters there is not known.
    """
    numbers: dict[tuple[str, ...], int] = {}
    keys = []
    for pair in pairs:
        path = () if pair.topic_path == ROOT else pair.topic
        steps = [path[: end + 1] for end in range(len(path))]
        keys.append(tuple(numbers.setdefault(step, len(numbers)) for step in steps))
    return keys


def _times(pairs: Sequence[Pair]) -> list[tuple[int, ...]]:
    """Return for each pair when it began; one whose time is not known stays with the one before it."""
    keys: list[tuple[int, ...]] = []
    for pair in pairs:
        keys.append(keys[-1] if pair.created_at is None and keys else (pair.created_at or 0,))
    return keys
