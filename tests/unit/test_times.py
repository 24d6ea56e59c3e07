"""Times and durations."""

from __future__ import annotations

import zoneinfo
from datetime import UTC, datetime, timedelta
from importlib.resources import files
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from py_export import times
from py_export.errors import InvalidOption
from py_export.options import MarkdownOptions, parse

TIME = 1767323045006


def test_a_time_prints_in_utc_with_milliseconds() -> None:
    assert times.iso(TIME) == "2026-01-02T03:04:05.006Z"


@pytest.mark.parametrize(
    ("zone", "printed"),
    [
        ("Europe/Berlin", "2026-01-02T04:04:05.006+01:00"),
        ("America/St_Johns", "2026-01-01T23:34:05.006-03:30"),
        ("Asia/Kathmandu", "2026-01-02T08:49:05.006+05:45"),
        ("Europe/London", "2026-01-02T03:04:05.006+00:00"),
    ],
)
def test_another_zone_prints_its_offset(zone: str, printed: str) -> None:
    assert times.iso(TIME, zone) == printed


@pytest.mark.parametrize(
    ("milliseconds", "printed"),  # as `new Date(milliseconds).toISOString()` has them
    [
        (-1, "1969-12-31T23:59:59.999Z"),
        (-62135596800000, "0001-01-01T00:00:00.000Z"),
        (-62167219200000, "0000-01-01T00:00:00.000Z"),
        (-62167219200001, "-000001-12-31T23:59:59.999Z"),
        (253402300799999, "9999-12-31T23:59:59.999Z"),
        (253402300800000, "+010000-01-01T00:00:00.000Z"),
        (times.LAST, "+275760-09-13T00:00:00.000Z"),
        (-times.LAST, "-271821-04-20T00:00:00.000Z"),
    ],
)
def test_a_time_beyond_datetime_prints_as_ecmascript_has_it(milliseconds: int, printed: str) -> None:
    assert times.iso(milliseconds) == printed


def test_a_number_that_is_no_time_prints_as_it_is() -> None:
    assert times.iso(times.LAST + 1) == "8640000000000001"
    assert times.iso(-(10**30), "Asia/Tokyo") == f"-{10**30}"


def test_an_offset_of_seconds_is_rounded_and_the_moment_kept() -> None:
    # Monrovia kept -00:44:30 until 1972; ISO 8601 has no seconds in an offset.
    printed = times.iso(0, "Africa/Monrovia")
    assert printed == "1969-12-31T23:16:00.000-00:44"
    assert datetime.fromisoformat(printed).timestamp() == 0


@given(st.integers(-62135510400000, 253402214400000), st.sampled_from(sorted(times.zones())))
def test_every_printed_time_is_the_moment_it_was_made_from(milliseconds: int, zone: str) -> None:
    read = datetime.fromisoformat(times.iso(milliseconds, zone))
    assert (read - datetime(1970, 1, 1, tzinfo=UTC)) // timedelta(milliseconds=1) == milliseconds


@given(st.integers(), st.sampled_from(("UTC", "Pacific/Apia", "America/New_York")))
def test_no_number_breaks(milliseconds: int, zone: str) -> None:
    assert times.iso(milliseconds, zone)
    assert times.day(milliseconds)


def test_the_systems_zone_data_is_never_read(tmp_path: Path) -> None:
    utc = files("tzdata").joinpath("zoneinfo", "UTC").read_bytes()
    (tmp_path / "America").mkdir()
    (tmp_path / "America/Nuuk").write_bytes(utc)
    path = zoneinfo.TZPATH
    zoneinfo.reset_tzpath([tmp_path])
    times.zone_info.cache_clear()
    try:
        assert zoneinfo.ZoneInfo.no_cache("America/Nuuk").utcoffset(datetime(1970, 1, 1)) == timedelta()  # noqa: DTZ001
        assert times.iso(0, "America/Nuuk") == "1969-12-31T21:00:00.000-03:00"
    finally:
        zoneinfo.reset_tzpath(path)


@pytest.mark.parametrize("name", ["Mars/Olympus", "", "../../etc/passwd", "utc", "Europe", "europe/berlin"])
def test_an_unknown_zone_is_an_invalid_option(name: str) -> None:
    with pytest.raises(InvalidOption) as raised:
        parse(MarkdownOptions, {"timezone": name})
    assert raised.value.params["option"] == "timezone"


def test_every_zone_of_the_pinned_data_can_be_read() -> None:
    for name in times.zones():
        assert times.iso(TIME, name)[-6:] != ""


@pytest.mark.parametrize(
    ("milliseconds", "printed"),
    [
        (0, "0 ms"),
        (999, "999 ms"),
        (1000, "1 s"),
        (1049, "1 s"),
        (1050, "1.1 s"),
        (59_949, "59.9 s"),
        (59_950, "1 min"),
        (119_999, "2 min"),
        (3_599_500, "1 h"),
        (3_661_000, "1 h 1 min 1 s"),
        (-1500, "-1.5 s"),
    ],
)
def test_a_duration_rounds_half_up_and_never_prints_sixty(milliseconds: int, printed: str) -> None:
    assert times.duration(milliseconds) == printed


@given(st.integers(-times.LAST, times.LAST), st.sampled_from(["UTC", "Asia/Kathmandu", "America/St_Johns"]))
def test_a_time_that_was_printed_is_read_back(milliseconds: int, zone: str) -> None:
    assert times.parse(times.iso(milliseconds, zone)) == milliseconds
    assert times.parse(times.rfc3339(milliseconds, zone)) == milliseconds


@pytest.mark.parametrize("text", ["", "soon", "12", "2025-13-01", "+999999-01-01T00:00:00Z", "2025-01-15T99:00", "-1"])
def test_what_is_no_time_is_none(text: str) -> None:
    assert times.parse(text) is None


@given(
    st.integers(-times.LAST, times.LAST) | st.integers(1_700_000_000_000, 1_800_000_000_000),
    st.sampled_from(["UTC", "Europe/Berlin", "Australia/Lord_Howe", "Asia/Kathmandu", "Africa/Monrovia"]),
)
def test_a_time_prints_as_its_date_does_whatever_the_hours_before_it_were(milliseconds: int, zone: str) -> None:
    hour = milliseconds // 3_600_000 * 3_600_000
    for each in {milliseconds, max(hour, -times.LAST), min(hour + 3_599_999, times.LAST)}:
        assert times.iso(each, zone) == times._iso(each, zone)


@pytest.mark.parametrize("zone", ["Europe/Berlin", "Australia/Lord_Howe", "America/St_Johns"])
def test_a_time_prints_as_its_date_does_where_clocks_change(zone: str) -> None:
    for minute in range(0, 366 * 24 * 60, 15):
        at = 1_767_225_600_000 + minute * 60_000
        assert times.iso(at, zone) == times._iso(at, zone)
