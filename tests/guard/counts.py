"""Count what some work costs, in what does not depend on the machine: no clock is looked at."""

from __future__ import annotations

import gc
import sys
import tracemalloc
from collections.abc import Callable
from types import FrameType
from typing import Any

Counts = dict[str, int]

_SHORT = frozenset(("endswith", "find", "index", "rfind", "rindex", "startswith"))
"""Methods that may look at a few characters of many."""


def counted(work: Callable[[], object]) -> Counts:
    """
    Do some work four times, and return what the last three have cost.

    calls: of functions, Python's and C's.
    lines: of Python that were run.
    characters: of the texts and bytes that their own methods have gone through: one call each, however long.
    peak: bytes that were held at once, at most, beyond what was held before.
    """
    work()  # what is imported, compiled and kept the first time
    calls, characters = _called(work)
    return {"calls": calls, "lines": _lines(work), "characters": characters, "peak": _peak(work)}


def _called(work: Callable[[], object]) -> tuple[int, int]:
    calls = characters = 0

    def note(_frame: FrameType, event: str, called: Any) -> None:  # noqa: ANN401 - a function, or what it returns
        nonlocal calls, characters
        if event == "call":
            calls += 1
        elif event == "c_call":
            calls += 1
            owner = getattr(called, "__self__", None)
            if isinstance(owner, (str, bytes)) and called.__name__ not in _SHORT:
                characters += len(owner)

    before = sys.getprofile()
    sys.setprofile(note)
    try:
        work()
    finally:
        sys.setprofile(before)
    return calls, characters


def _lines(work: Callable[[], object]) -> int:
    lines = 0

    def note(_frame: FrameType, event: str, _argument: object) -> Any:  # noqa: ANN401 - itself
        nonlocal lines
        if event == "line":
            lines += 1
        return note

    before = sys.gettrace()
    sys.settrace(note)
    try:
        work()
    finally:
        sys.settrace(before)
    return lines


def _peak(work: Callable[[], object]) -> int:
    gc.collect()
    tracemalloc.start()
    try:
        tracemalloc.reset_peak()
        held, _ = tracemalloc.get_traced_memory()
        work()
        return tracemalloc.get_traced_memory()[1] - held
    finally:
        tracemalloc.stop()
