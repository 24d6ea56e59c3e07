"""JSON may hold anything where a time, a number or a text is due."""

from __future__ import annotations

import pytest

from py_export.model import Json
from py_export.readers.records import values


@pytest.mark.parametrize(
    ("value", "moment"),
    [
        ("2026-01-02T03:04:05.006Z", 1_767_323_045_006),
        ("2026-01-02T03:04:05.006999+01:00", 1_767_319_445_006),
        ("1969-12-31T23:59:59.999Z", -1),
        ("2026-01-02", 1_767_312_000_000),
        ("0001-01-01T00:00:00+14:00", -62_135_647_200_000),
        ("yesterday", None),
        ("", None),
        (1_767_323_045, 1_767_323_045_000),
        (1_767_323_045_006, 1_767_323_045_006),
        (1_767_323_045.25, 1_767_323_045_250),
        (1_767_323_045_006.75, 1_767_323_045_006),
        ("1767323045", 1_767_323_045_000),
        ("1767323045.25", 1_767_323_045_250),
        ("1712121112345", 1_712_121_112_345),
        ("20260102", 1_767_312_000_000),
        (-1, -1),
        (10**17, None),
        (True, None),
        (None, None),
        ([], None),
    ],
)
def test_a_moment_is_read_in_every_way_it_is_written(value: Json, moment: int | None) -> None:
    assert values.moment(value) == moment


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("a", "a"),
        ("", ""),
        (3, "3"),
        (0.5, "0.5"),
        (True, None),
        (None, None),
        ([], None),
        (["a", {"type": "text", "text": "b"}, 3], "a\n\nb\n\n3"),
        (["a", None], None),
        ([["a"]], None),
        ({"text": "a"}, "a"),
        ({"type": "image", "text": "a"}, None),
        ({}, None),
    ],
)
def test_a_text_is_read_where_one_is_due(value: Json, text: str | None) -> None:
    assert values.text(value) == text


@pytest.mark.parametrize(
    ("value", "number"),
    [
        (5, 5),
        (5.0, 5),
        (5.5, None),
        (0, 0),
        (-5, None),
        (True, None),
        ("5", 5),
        ("5 tokens", None),
        (10**30, 10**30),
        (None, None),
    ],
)
def test_a_count_is_a_whole_number_that_is_not_negative(value: Json, number: int | None) -> None:
    assert values.count(value) == number


def test_truth_is_javascripts_and_flags_may_be_words() -> None:
    true: list[Json] = [[], {}, "false", 1]
    assert all(map(values.truthy, true))
    assert not any(map(values.truthy, ("", 0, None, False)))
    assert all(map(values.flag, (True, 1, "true", "yes")))
    assert not any(map(values.flag, ("false", "0", "", 0, None)))


def test_a_type_is_named_only_where_it_looks_like_a_name() -> None:
    assert values.type_name({"type": "turn_diff"}) == "turn_diff"
    assert values.type_name({"type": "my secret thought"}) == "object"
    assert values.type_name({"type": "x" * 65}) == "object"
    others: list[Json] = [[], "a", 1, 1.5, True, None]
    assert list(map(values.type_name, others)) == ["list", "string", "number", "number", "boolean", "null"]


def test_what_a_record_says_beside_what_is_known_is_words_and_what_may_hold_them() -> None:
    record: dict[str, Json] = {
        "a": "known",
        "b": "said",
        "c": [1],
        "d": {"e": 1},
        "f": True,
        "g": 2,
        "h": None,
        "i": "",
    }
    assert values.beside(record, ("a",)) == {"b": "said", "c": [1], "d": {"e": 1}}


@pytest.mark.parametrize(
    ("value", "says"),
    [
        ("a", True),
        (" ", False),
        ({"type": "text", "id": "x"}, False),
        ({"type": "text", "text": ["", {"deep": "a"}]}, True),
        ([1, True, None, {}], False),
    ],
)
def test_a_value_says_something_where_a_text_stands_in_it(value: Json, says: bool) -> None:  # noqa: FBT001 - a parameter
    assert values.says(value, {"id"}) == says
