"""Which characters a part's fonts hold, as a table that is short and quick to read."""

from __future__ import annotations

from collections.abc import Iterable, Mapping


def covered(parts: Mapping[str, Iterable[int]]) -> dict[str, list[int]]:
    """
    Return each part's characters as runs: the gap before a run, then its length, and so on.

    >>> covered({"base": [3, 4, 5, 9]})
    {'base': [3, 3, 3, 1]}
    """
    return {part: _runs(sorted(set(codes))) for part, codes in parts.items()}


def _runs(codes: list[int]) -> list[int]:
    found: list[int] = []
    end = 0
    for code in codes:
        if found and code == end:
            found[-1] += 1
        else:
            found += [code - end, 1]
        end = code + 1
    return found
