"""Many times at once."""

from __future__ import annotations

from hypothesis import example, given
from hypothesis import strategies as st

from py_export.stamps import Stamps
from py_export.times import LAST, iso

ZONES = ("UTC", "Europe/Berlin", "America/St_Johns", "Asia/Kathmandu", "Africa/Monrovia", "Australia/Lord_Howe")
NEAR = st.integers(1_711_800_000_000, 1_711_900_000_000)
"""Around the night in which Europe's clocks went forward in 2024."""


@given(
    st.lists(st.one_of(st.none(), NEAR, NEAR, st.integers(-LAST - 10, LAST + 10)), max_size=8),
    st.lists(NEAR, max_size=8),
    st.sampled_from(ZONES),
)
@example([], [], "UTC")
@example([LAST, LAST + 1, -LAST, None], [0], "Europe/Berlin")
@example([1_711_846_799_999, 1_711_846_800_000], [1_711_846_800_000, 1_711_846_799_999], "Europe/Berlin")
def test_many_times_print_as_each_of_them(first: list[int | None], then: list[int], zone: str) -> None:
    stamps = Stamps(zone, "_Zeit: ", " \u2013\n")
    for times in (first, then):
        found = [b"".join(parts).decode() for parts in stamps.of(times)]
        assert found == ["" if at is None else f"_Zeit: {iso(at, zone)} \u2013\n" for at in times]
