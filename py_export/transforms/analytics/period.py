"""A period of time: from a date or a time, to one; a date means the whole day, as a time zone has it."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta

from py_export import times
from py_export.errors import InvalidOption
from py_export.transforms.analytics.records import Figure

_DATE = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)
_DATED = re.compile(r"(?:\d{4}|[+-]\d{6})-\d\d-\d\d[ T]", re.ASCII | re.IGNORECASE)
_MILLISECONDS = re.compile(r"0|-?\d{9,16}", re.ASCII)  # shorter ones are years and days, or mistakes
_ZONED = re.compile(r"(?:[zZ]|[+-]\d\d:?\d\d)\Z", re.ASCII)
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_FORMS = "2026-01-31, 2026-01-31T18:30, 2026-01-31T18:30:00Z, 1769884200000"


class Period(Figure, frozen=True, kw_only=True, omit_defaults=False):
    """
    What lies between two times. Where either is given, what has no time lies outside.

    Attributes:
        since: The first millisecond; None is the beginning.
        until: The first millisecond after it; None is the end.
        timezone: The zone of its days.
    """

    since: int | None = None
    until: int | None = None
    timezone: str = "UTC"

    @classmethod
    def of(cls, since: str = "", until: str = "", timezone: str = "UTC") -> Period:
        """
        Return the period between two dates or times as text, both dates included; empty is open.

        A time without a zone is the zone's own. A number is Unix milliseconds.

        >>> Period.of("2026-01-01", "2026-01-31", "Europe/Berlin")
        Period(since=1767222000000, until=1769900400000, timezone='Europe/Berlin')

        Raises:
            InvalidOption: One of them is none, or the end does not lie after the beginning.
        """
        found = cls(
            since=_moment("since", since, timezone, after=False),
            until=_moment("until", until, timezone, after=True),
            timezone=timezone,
        )
        if found.since is not None and found.until is not None and found.until <= found.since:
            raise InvalidOption(option="until", reason=until.strip())
        return found

    @property
    def is_open(self) -> bool:
        """Return whether everything lies within."""
        return self.since is None and self.until is None

    def holds(self, at: int | None) -> bool:
        """Return whether a time lies within."""
        if at is None:
            return self.is_open
        return (self.since is None or at >= self.since) and (self.until is None or at < self.until)

    def day(self, at: int | None) -> str | None:
        """Return the date of a time in the zone; None where it is no time."""
        return None if at is None or abs(at) > times.LAST else times.day(at, self.timezone)


def _moment(option: str, text: str, zone: str, *, after: bool) -> int | None:
    """Return a text's milliseconds; of a date where the day begins, or the next one where ``after`` asks for it."""
    said = text.strip()
    if not said:
        return None
    if _MILLISECONDS.fullmatch(said):
        return int(said)
    try:
        if _DATE.fullmatch(said):
            return _local(datetime.fromisoformat(said) + timedelta(days=after), zone)
        found = _time(said, zone) if _DATED.match(said) else None
    except (ValueError, OverflowError):
        found = None
    if found is None:
        raise InvalidOption(option=option, reason=_FORMS)
    return found


def _time(said: str, zone: str) -> int | None:
    return times.parse(said) if _ZONED.search(said) else _local(datetime.fromisoformat(said), zone)


def _local(moment: datetime, zone: str) -> int:
    """Return the milliseconds of a zone's local time; of one that a clock change skips, as if there were none."""
    aware = moment.replace(tzinfo=UTC if zone == "UTC" else times.zone_info(zone))
    return (aware - _EPOCH) // timedelta(milliseconds=1)
