"""Times and durations as text, from pinned zone data; the only place that formats either."""

from __future__ import annotations

import re
from bisect import bisect_left
from datetime import UTC, datetime, timedelta
from functools import cache, lru_cache
from importlib.resources import files
from zoneinfo import ZoneInfo

LAST = 8_640_000_000_000_000
"""The largest time of ECMAScript (ECMA-262, 21.4.1.1), in milliseconds either side of 1970."""

DAY = 24 * 60
"""Minutes; no offset is as far from UTC."""

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_CYCLE_YEARS, _CYCLE_SECONDS = 400, 146_097 * 86_400
"""The Gregorian calendar repeats itself, weekdays included, every 400 years."""

_FIRST_SECOND, _LAST_SECOND = -62_135_510_400, 253_402_214_400
"""A day inside what ``datetime`` holds, so that every zone's local time is inside it too."""

_FIRST_PLANNED, _LAST_PLANNED = -2_208_988_800_000, 4_102_444_800_000
"""The beginnings of the years 1900 and 2100."""

_MOST_ISO_YEAR = 9999
_IN_EVERY_CYCLE = 2000
_OFFSET = re.compile(r"([+-])([0-9]{2}):?([0-9]{2})\Z")
_USUAL_LENGTH = len("2026-01-02T03:04:05.006Z")
"""What nearly every program writes; logs hold it on every line."""

_MINUTE = re.compile(r"(\d{4}-\d\d-\d\d)T([01]\d|2[0-3]):([0-5]\d):", re.ASCII)
SIXTY = tuple(f"{number:02d}" for number in range(60))
THOUSAND = tuple(f"{number:03d}" for number in range(1000))
"""Looked up, not printed: a long session has a great many times."""

_YEAR = re.compile(r"(\d{4}|[-+]\d{6})(.*)\Z", re.DOTALL)


def iso(milliseconds: int, zone: str = "UTC") -> str:
    """
    Return a time as ISO 8601 with milliseconds and its zone: ``2026-01-02T03:04:05.006Z``, ``…+02:00`` outside UTC.

    Years outside 0 to 9999 print as ECMAScript has it, with a sign and six digits. A number that is no time (beyond
    ``LAST``) prints as it is.

    Args:
        milliseconds: Unix milliseconds.
        zone: An IANA name, one of ``zones()``.

    Raises:
        ValueError: The zone has no such name.
    """
    if not -LAST <= milliseconds <= LAST:
        return str(milliseconds)
    before, shift, after = hour_of(milliseconds // 3_600_000, zone)
    if shift:  # a zone that is half an hour aside, and not always so
        return _iso(milliseconds, zone)
    seconds = milliseconds % 3_600_000 // 1000
    return f"{before}{SIXTY[seconds // 60]}:{SIXTY[seconds % 60]}.{THOUSAND[milliseconds % 1000]}{after}"


@lru_cache(maxsize=256)
def hour_of(hour: int, zone: str) -> tuple[str, bool, str]:
    """Return how every time of an hour begins; whether they do not all begin so, in this zone; and how they end."""
    first, last = (_iso(hour * 3_600_000 + within, zone) for within in (0, 3_599_999))
    at = first.index("T") + 4
    same = first[:at] == last[:at] and first[at : at + 9] == "00:00.000" and first[at + 9 :] == last[at + 9 :]
    return first[:at], not same, first[at + 9 :]


def _iso(milliseconds: int, zone: str) -> str:
    seconds, thousandths = divmod(milliseconds, 1000)
    utc, cycles = _within_datetime(seconds)
    offset = _minutes_east(utc, zone)
    local = utc + timedelta(minutes=offset)
    year = local.year + cycles * _CYCLE_YEARS
    printed = f"{year:04d}" if 0 <= year <= _MOST_ISO_YEAR else f"{year:+07d}"
    return f"{printed}{local.isoformat()[4:19]}.{thousandths:03d}{_suffix(offset, zone)}"


def rfc3339(milliseconds: int, zone: str = "UTC") -> str:
    """
    Return a time as other programs' exports write it: without the fraction where that is zero.

    >>> rfc3339(1_736_944_200_000), rfc3339(1_736_944_200_250)
    ('2025-01-15T12:30:00Z', '2025-01-15T12:30:00.250Z')
    """
    return iso(milliseconds, zone).replace(".000", "", 1)


def with_offset(milliseconds: int, minutes_east: int | None, zone: str = "UTC") -> str:
    """
    Return a time as ``rfc3339`` does, local to the offset that its source kept; where that is unknown, in ``zone``.

    >>> [with_offset(1_736_944_200_000, offset) for offset in (180, 0, None)]
    ['2025-01-15T15:30:00+03:00', '2025-01-15T12:30:00+00:00', '2025-01-15T12:30:00Z']
    """
    if minutes_east is None or abs(minutes_east) >= DAY or abs(milliseconds + minutes_east * 60_000) > LAST:
        return rfc3339(milliseconds, zone)
    return rfc3339(milliseconds + minutes_east * 60_000).removesuffix("Z") + utc_offset(minutes_east)


def utc_offset(minutes_east: int) -> str:
    """Return an offset as ISO 8601 has it: ``+03:00``."""
    hours, minutes = divmod(abs(minutes_east), 60)
    return f"{'-' if minutes_east < 0 else '+'}{hours:02d}:{minutes:02d}"


def parse(text: str) -> int | None:
    """
    Return the milliseconds of a time in ISO 8601, in any year that ``iso`` prints; None of a text that is none.

    A time without a zone is taken as UTC.

    >>> parse("2025-01-15T15:30:00+03:00"), parse("+010000-01-01T00:00:00Z"), parse("soon")
    (1736944200000, 253402300800000, None)
    """
    minute = _minute(text[:17]) if len(text) == _USUAL_LENGTH and text[19] == "." and text[23] == "Z" else None
    if minute is not None and (digits := text[17:19] + text[20:23]).isdigit() and digits < "60" and text.isascii():
        return minute + int(digits)
    stated = _YEAR.match(text.strip())
    if stated is None:
        return None
    year = int(stated[1])
    cycles = 0 if 0 < year <= _MOST_ISO_YEAR else (year - _IN_EVERY_CYCLE) // _CYCLE_YEARS
    try:
        moment = datetime.fromisoformat(f"{year - cycles * _CYCLE_YEARS:04d}{stated[2]}")
        aware = moment if moment.tzinfo is not None else moment.replace(tzinfo=UTC)
        found = (aware - _EPOCH) // timedelta(milliseconds=1) + cycles * _CYCLE_SECONDS * 1000
    except (ValueError, OverflowError):
        return None
    return found if -LAST <= found <= LAST else None


def parse_offset(text: str) -> int | None:
    """
    Return the minutes east of UTC that a time is written with; None for ``Z``, which says UTC and not where.

    >>> [parse_offset(f"2025-01-15T15:30:00{zone}") for zone in ("+03:00", "-0330", "Z", "")]
    [180, -210, None, None]
    """
    match = _OFFSET.search(text.strip())
    if match is None or "T" not in text.upper():
        return None
    minutes = int(match[2]) * 60 + int(match[3])
    return -minutes if match[1] == "-" else minutes


@lru_cache(maxsize=64)
def _minute(text: str) -> int | None:
    """Return the milliseconds at which a minute begins in UTC (``2026-01-02T03:04:``); None of what is none."""
    parts = _MINUTE.fullmatch(text)
    if parts is None:
        return None
    try:
        midnight = datetime.fromisoformat(parts[1]).replace(tzinfo=UTC)
    except ValueError:  # a date that the calendar does not have
        return None
    return (midnight - _EPOCH) // timedelta(milliseconds=1) + (int(parts[2]) * 60 + int(parts[3])) * 60_000


def day(milliseconds: int, zone: str = "UTC") -> str:
    """Return the date of a time: ``2026-01-02``; of a number that is no time, the number."""
    return iso(milliseconds, zone).partition("T")[0]


def calendar_day(milliseconds: int, zone: str = "UTC") -> tuple[int, int, int] | None:
    """Return year, month and day of a time in a zone, in any year; None of a number that is no time."""
    if abs(milliseconds) > LAST:
        return None
    year, month, number = iso(milliseconds, zone).partition("T")[0].rsplit("-", 2)
    return int(year), int(month), int(number)


def duration(milliseconds: int) -> str:
    """
    Return a length of time in units that every language reads, rounded half up, never "60 s".

    >>> [duration(value) for value in (850, 1240, 59_960, 119_999, 5_025_000)]
    ['850 ms', '1.2 s', '1 min', '2 min', '1 h 23 min 45 s']
    """
    if milliseconds < 0:
        return f"-{duration(-milliseconds)}"
    if milliseconds < 1000:  # noqa: PLR2004 - one second
        return f"{milliseconds} ms"
    tenths = (milliseconds + 50) // 100
    if tenths < 600:  # noqa: PLR2004 - one minute
        return _below_a_minute(tenths)
    minutes, seconds = divmod((milliseconds + 500) // 1000, 60)
    hours, minutes = divmod(minutes, 60)
    parts = ((hours, "h"), (minutes, "min"), (seconds, "s"))
    return " ".join(f"{value} {unit}" for value, unit in parts if value)


@cache
def _below_a_minute(tenths: int) -> str:
    """Return a length of time in tenths of a second, of which there are six hundred: most that anybody measures."""
    whole, tenth = divmod(tenths, 10)
    return f"{whole}.{tenth} s" if tenth else f"{whole} s"


@lru_cache(maxsize=32)
def zone_info(name: str) -> ZoneInfo:
    """
    Return a time zone from the pinned tzdata package; the system's own data, which differs, is never read.

    Raises:
        ValueError: The package has no zone of that name.
    """
    if name not in zones():
        message = "unknown time zone"
        raise ValueError(message)
    with files("tzdata").joinpath("zoneinfo", *name.split("/")).open("rb") as data:
        return ZoneInfo.from_file(data, key=name)


@cache
def zones() -> frozenset[str]:
    """Return the name of every zone in the pinned data."""
    return frozenset(files("tzdata").joinpath("zones").read_text(encoding="ascii").split())


def _within_datetime(seconds: int) -> tuple[datetime, int]:
    """Return the same moment of a year that ``datetime`` holds, and how many 400-year cycles away it lies."""
    cycles = 0
    if seconds > _LAST_SECOND:
        cycles = -((_LAST_SECOND - seconds) // _CYCLE_SECONDS)
    elif seconds < _FIRST_SECOND:
        cycles = (seconds - _FIRST_SECOND) // _CYCLE_SECONDS
    return _EPOCH + timedelta(seconds=seconds - cycles * _CYCLE_SECONDS), cycles


def _minutes_east(utc: datetime, zone: str) -> int:
    """Return a zone's offset in whole minutes: ISO 8601 knows no seconds, which only local mean times have."""
    if zone == "UTC":
        return 0
    offset = utc.astimezone(zone_info(zone)).utcoffset() or timedelta()
    return round(offset / timedelta(minutes=1))


@lru_cache(maxsize=64)
def offsets(zone: str, first: int, last: int) -> tuple[tuple[int, int], ...]:
    """
    Return the offsets of a zone between two times: each with the milliseconds before which it holds, in minutes east.

    The last one holds for good; so does each end beyond the years 1900 to 2100, for which no zone has plans.

    >>> offsets("Europe/Berlin", 1_767_225_600_000, 1_780_000_000_000)
    ((1774746000000, 60), (1780000000000, 120))
    """
    start, end = (min(max(at, _FIRST_PLANNED), _LAST_PLANNED) // 1000 for at in (first, last))
    step = DAY * 60
    found: list[tuple[int, int]] = []
    offset = _offset_at(start, zone)
    for day in range(start, end, step):
        after = min(day + step, end)
        if _offset_at(after, zone) != offset:
            changed = bisect_left(range(day, after), True, key=lambda second: _offset_at(second, zone) != offset)  # noqa: FBT003 - used at once
            found.append(((day + changed) * 1000, offset))
            offset = _offset_at(after, zone)
    return (*found, (last, offset))


def _offset_at(second: int, zone: str) -> int:
    return _minutes_east(_EPOCH + timedelta(seconds=second), zone)


def _suffix(offset: int, zone: str) -> str:
    return "Z" if zone == "UTC" else utc_offset(offset)
