"""A time as people write it, in the words of a locale."""

from __future__ import annotations

import re

from py_export import times
from py_export.l10n import translate

_ISO = re.compile(r"[^T]*T(\d\d:\d\d):\d\d\.\d\d\d(.*)", re.ASCII)


def moment(milliseconds: int, zone: str, locale: str) -> str:
    """
    Return a time to the minute, with its zone; a number that is no time as it is.

    >>> moment(1768297625006, "UTC", "en")
    'Jan 13, 2026, 09:47 UTC'
    >>> moment(1768297625006, "Asia/Shanghai", "zh-CN")
    '2026年1月13日 17:47 UTC+08:00'
    """
    date, clock = times.calendar_day(milliseconds, zone), _ISO.fullmatch(times.iso(milliseconds, zone))
    if date is None or clock is None:
        return str(milliseconds)
    year, month, day = date
    months = translate("date.months", locale).split()
    east = clock[2].removeprefix("Z")
    return translate(
        "date.minute", locale, year=year, month=months[month - 1], day=day, clock=clock[1], zone=f"UTC{east}"
    )
