"""A great many times as text at once, between the same words: what ``times.iso`` prints, in UTF-8."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from py_export.times import LAST, SIXTY, THOUSAND, hour_of, iso

_HOUR = 3_600_000

Stamp = tuple[bytes, bytes, bytes]
"""A time and the words around it in three parts, to be joined."""

NONE: Stamp = (b"", b"", b"")


class Stamps:
    """
    Prints times in a zone.

    Args:
        zone: An IANA name, one of ``times.zones()``.
        before: What stands before a time.
        after: What stands behind it.
    """

    def __init__(self, zone: str, before: str, after: str) -> None:
        self._zone, self._before, self._after = zone, before, after
        self._hours = _Hours(zone, before)
        self._ends: list[bytes] = []

    def of(self, times: Sequence[int | None]) -> list[Stamp]:
        """Return each of these Unix milliseconds with the words around it; nothing for None."""
        hours, within = self._hours, _within()
        try:
            ends = self._ends or self._ends_after(hours[times[0] // _HOUR])  # type: ignore[operator]
            return [(hours[at // _HOUR], within[at // 1000 % 3600], ends[at % 1000]) for at in times]  # type: ignore[operator]
        except (LookupError, TypeError):  # one has no time, or one that is printed in another way than the first
            return [NONE if at is None else (self._one(at), b"", b"") for at in times]

    def _ends_after(self, _first: bytes) -> list[bytes]:
        """Return how each time ends, once an hour has said which zone that is."""
        self._ends = [f"{number}{self._hours.after}{self._after}".encode() for number in THOUSAND]
        return self._ends

    def _one(self, at: int) -> bytes:
        return f"{self._before}{iso(at, self._zone)}{self._after}".encode()


class _Hours(dict[int, bytes]):
    """How the times of an hour begin; a ``LookupError`` where they do not all begin so, or end as the first hour's."""

    def __init__(self, zone: str, before: str) -> None:
        self._zone, self._before = zone, before
        self.after: str | None = None

    def __missing__(self, hour: int) -> bytes:
        if not -LAST <= hour * _HOUR < LAST:
            raise KeyError(hour)
        before, shift, after = hour_of(hour, self._zone)
        if shift or after != (self.after or after):
            raise KeyError(hour)
        self.after = after
        found = self[hour] = f"{self._before}{before}".encode()
        return found


@cache
def _within() -> list[bytes]:
    """Return the minute and the second of each second of an hour."""
    return [f"{minute}:{second}.".encode() for minute in SIXTY for second in SIXTY]
