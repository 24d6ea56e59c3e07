from __future__ import annotations

import pytest

from py_export_functions.negotiation import accepts, language


@pytest.mark.parametrize(
    ("header", "coding", "expected"),
    [
        ("gzip", "gzip", True),
        ("GZIP;Q=0.5", "gzip", True),
        ("gzip;q=0", "gzip", False),
        ("gzip;q=0.000", "gzip", False),
        ("*", "br", True),
        ("*;q=0", "gzip", False),
        ("br;q=0, *", "br", False),
        ("xgzip", "gzip", False),
        ("gzip;q=x", "gzip", False),
        ("", "gzip", False),
        (",,;", "gzip", False),
    ],
)
def test_a_coding_is_taken_as_the_header_weighs_it(header: str, coding: str, *, expected: bool) -> None:
    assert accepts(header, coding) is expected


@pytest.mark.parametrize(
    ("header", "expected"),
    [
        ("zh", "zh-CN"),
        ("en;q=0.5, zh-Hans;q=0.9", "zh-CN"),
        ("fr, de;q=0.9", "en"),
        ("zh;q=0, *", "en"),
        ("*", "en"),
        ("en, zh", "en"),
        ("", "en"),
    ],
)
def test_the_language_is_the_best_liked_of_those_that_ship(header: str, expected: str) -> None:
    assert language(header) == expected
