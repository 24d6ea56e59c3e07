"""A time in words is the time that ISO 8601 says, in every zone and locale."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from py_export import times
from py_export.l10n import LOCALES
from py_export.moments import moment


@given(st.integers(-times.LAST, times.LAST), st.sampled_from(["UTC", "Asia/Kolkata", "America/New_York"]))
def test_the_minute_and_the_zone_are_those_of_iso(milliseconds: int, zone: str) -> None:
    clock = times.iso(milliseconds, zone).partition("T")[2]
    for locale in LOCALES:
        shown = moment(milliseconds, zone, locale)
        assert f" {clock[:5]} UTC{clock[12:].removeprefix('Z')}" in shown
        assert ".000" not in shown


@pytest.mark.parametrize(
    ("locale", "expected"),
    [("en", "Dec 31, 2025, 23:59 UTC-05:00"), ("zh-CN", "2025年12月31日 23:59 UTC-05:00")],
)
def test_the_day_is_the_zones_own(locale: str, expected: str) -> None:
    assert moment(1767243599999, "America/New_York", locale) == expected


def test_what_is_no_time_stays_a_number() -> None:
    assert moment(10**17, "UTC", "en") == str(10**17)
