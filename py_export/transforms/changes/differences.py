"""
Where two lists of lines differ, in time that grows with them.

Lines that stand once on either side hold the two together (Bram Cohen's patience diff); what lies between is compared
by Eugene Myers's greedy algorithm (1986), which is given up where a stretch has too little in common to be worth it.
Python's own ``difflib`` takes quadratic time and more, and well-kept libraries are compiled or under the GPL.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator

_MOST_EDITS = 100
"""Of one stretch. Beyond, all of it is taken to be new."""

Region = tuple[int, int, int, int]
"""``old[first:second]`` became ``new[third:fourth]``."""


def differences(old: list[str], new: list[str]) -> list[Region]:
    """Return the regions that differ, in order, none beside another."""
    names: dict[str, int] = {}
    before = [names.setdefault(line, len(names)) for line in old]
    after = [names.setdefault(line, len(names)) for line in new]
    found: list[Region] = []
    waiting = [(0, len(before), 0, len(after))]
    while waiting:
        first, second, third, fourth = _trimmed(before, after, waiting.pop())
        if first == second or third == fourth:
            if first != second or third != fourth:
                found.append((first, second, third, fourth))
            continue
        anchors = _anchors(before[first:second], after[third:fourth])
        if anchors:
            ends = [(first + at, third + to) for at, to in anchors] + [(second, fourth)]
            starts = [(first, third)] + [(at + 1, to + 1) for at, to in ends[:-1]]
            waiting += [(at, stop, to, end) for (at, to), (stop, end) in zip(starts, ends, strict=True)][::-1]
        else:
            steps = _compared(before[first:second], after[third:fourth])
            found += ((at + first, stop + first, to + third, end + third) for at, stop, to, end in steps)
    return list(_joined(found))


def _trimmed(old: list[int], new: list[int], region: Region) -> Region:
    first, second, third, fourth = region
    while first < second and third < fourth and old[first] == new[third]:
        first, third = first + 1, third + 1
    while first < second and third < fourth and old[second - 1] == new[fourth - 1]:
        second, fourth = second - 1, fourth - 1
    return first, second, third, fourth


def _anchors(old: list[int], new: list[int]) -> list[tuple[int, int]]:
    """Return the longest row of lines that stand once on either side and in the same order, by their places."""
    often, again = Counter(old), Counter(new)
    places = {line: at for at, line in enumerate(new) if again[line] == 1}
    pairs = [(at, places[line]) for at, line in enumerate(old) if often[line] == 1 and line in places]
    tops: list[int] = []
    ends: list[int] = []
    before: list[int] = []
    for number, (_, place) in enumerate(pairs):
        length = bisect_left(tops, place)
        before.append(ends[length - 1] if length else -1)
        tops[length : length + 1], ends[length : length + 1] = [place], [number]
    row: list[tuple[int, int]] = []
    at = ends[-1] if ends else -1
    while at >= 0:
        row.append(pairs[at])
        at = before[at]
    return row[::-1]


def _compared(old: list[int], new: list[int]) -> list[Region]:
    """Return what differs, lines that stand on one side alone left aside: they match nothing."""
    there, here = set(new), set(old)
    lines = [at for at, line in enumerate(old) if line in there]
    others = [at for at, line in enumerate(new) if line in here]
    steps = _greedy([old[at] for at in lines], [new[at] for at in others])
    found: list[Region] = []
    x = y = at = to = 0
    for first, second, _, fourth in [*steps, (len(lines), len(lines), len(others), len(others))]:
        while x < first:  # what is kept on both sides
            found.append((at, lines[x], to, others[y]))
            at, to, x, y = lines[x] + 1, others[y] + 1, x + 1, y + 1
        x, y = second, fourth
    found.append((at, len(old), to, len(new)))
    return [step for step in found if step[0] < step[1] or step[2] < step[3]]


def _greedy(old: list[int], new: list[int]) -> list[Region]:
    """Return the fewest lines to take out and put in, or all where those are too many."""
    width, height = len(old), len(new)
    furthest = {1: 0}
    history: list[dict[int, int]] = []
    for edits in range(min(width + height, _MOST_EDITS) + 1):
        history.append(furthest)
        reached: dict[int, int] = {}
        for diagonal in range(-edits, edits + 1, 2):
            down = diagonal == -edits or (
                diagonal != edits and furthest.get(diagonal - 1, -1) < furthest.get(diagonal + 1, -1)
            )
            x = furthest[diagonal + 1] if down else furthest[diagonal - 1] + 1
            y = x - diagonal
            while x < width and y < height and old[x] == new[y]:
                x, y = x + 1, y + 1
            reached[diagonal] = x
            if x >= width and y >= height:
                return list(_joined(_path(history, edits, width, height)))
        furthest = reached
    return [(0, width, 0, height)]


def _path(history: list[dict[int, int]], edits: int, x: int, y: int) -> list[Region]:
    """Return the single steps that led to the end, in order."""
    steps: list[Region] = []
    for count in range(edits, 0, -1):
        furthest = history[count]
        diagonal = x - y
        down = diagonal == -count or (
            diagonal != count and furthest.get(diagonal - 1, -1) < furthest.get(diagonal + 1, -1)
        )
        from_x = furthest[diagonal + 1] if down else furthest[diagonal - 1]
        from_y = from_x - (diagonal + 1 if down else diagonal - 1)
        steps.append((from_x, from_x + (not down), from_y, from_y + down))
        x, y = from_x, from_y
    return steps[::-1]


def _joined(regions: list[Region]) -> Iterator[Region]:
    held: Region | None = None
    for region in regions:
        if held is not None and held[1] == region[0] and held[3] == region[2]:
            held = (held[0], region[1], held[2], region[3])
            continue
        if held is not None:
            yield held
        held = region
    if held is not None:
        yield held
