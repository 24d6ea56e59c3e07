"""The maichat-json reader: what comes back, what is refused, what is kept and said where it does not fit."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from py_export import convert, read
from py_export.convert import write
from py_export.errors import InvalidPayload, NewerVersion
from py_export.model import Error, Session, Source, Text, Unknown
from py_export.notices import Notices
from py_export.transforms.pair import pairs
from tests.unit.sessions import SESSIONS

EXAMPLE = (Path(__file__).parents[2] / "golden/maichat-json/example.json").read_bytes()
PAIR = {"id": "p", "userText": "asked", "assistantText": "answered"}


def _read(document: dict[str, Any], notices: Notices | None = None) -> Session:
    (session,) = read(json.dumps(document), notices=notices)
    return session


def _document(*found: Any, **changes: Any) -> dict[str, Any]:  # noqa: ANN401 - JSON values
    return {"schemaVersion": "1", "pairs": [PAIR, *found]} | changes


def test_the_specifications_example_is_read_whole() -> None:
    notices = Notices()
    (session,) = read(EXAMPLE, notices=notices)
    assert (list(notices), session.source) == ([], Source("MaiChat", "maichat-json", "0.4.1"))
    assert session.exported_at == 1_758_017_472_000
    assert (session.filter_input, session.order) == ("t'AI...' & o5 :export", "time")
    assert (session.created_at, session.updated_at, session.duration_ms) == (1758019440000, 1758019680000, 240_000)
    assert session.metadata["count"] == 2
    first, second = pairs(session.messages)
    assert [one.role for one in session.messages] == ["user", "assistant"] * 2
    assert [one.utc_offset for one in session.messages] == [180] * 4
    assert (first.id, first.created_at, first.model) == ("p_123", 1758019440000, "gpt-4o")
    assert (first.topic_path, first.topic_id) == ("AI > Planning", "3a8b2f6e-1c9a-4e2c-9b17-0d5a3c7e2f10")
    assert (first.stars, first.flag_color, first.failed) == (2, "blue", False)
    assert (second.stars, second.flag_color, second.failed) == (1, "grey", True)
    assert first.answer_text == "Here is a proposed structure..."
    assert (second.answer_text, second.error_message) == ("", "Timeout contacting provider")
    assert session.messages[0].source == json.loads(EXAMPLE)["pairs"][0]


@settings(max_examples=100)
@given(SESSIONS)
def test_what_was_written_comes_back(session: Session) -> None:
    for message in session.messages:  # of a year that ISO 8601 writes in four digits
        message.created_at = None if message.created_at is None else message.created_at % 10**14
    session.exported_at = None if session.exported_at is None else session.exported_at % 10**14
    written = b"".join(write(session, "maichat-json"))
    notices = Notices()
    (again,) = read(written, notices=notices)
    assert (list(notices), again.source.format) == ([], "maichat-json")
    spoken = [pair for pair in pairs(session.messages) if pair.asked or pair.answered]
    found = pairs(again.messages)
    assert [
        (one.question_text, one.answer_text, one.created_at, one.model, one.failed, one.error_message) for one in found
    ] == [
        (one.question_text, one.answer_text, one.created_at, one.model, one.failed, one.error_message) for one in spoken
    ]
    assert b"".join(write(again, "maichat-json")) == written


@given(st.integers(-(10**11), 10**14), st.one_of(st.none(), st.integers(-1439, 1439)), st.integers(0, 3))
def test_times_offsets_and_labels_come_back(at: int, offset: int | None, stars: int) -> None:
    (session,) = read(EXAMPLE)
    for message in session.messages:
        message.created_at, message.utc_offset, message.stars = at, offset, stars
    (again,) = read(b"".join(write(session, "maichat-json")))
    assert {(one.created_at, one.utc_offset) for one in again.messages} == {(at, offset)}
    assert [pair.stars for pair in pairs(again.messages)] == [stars] * 2


def test_an_order_by_topic_comes_back() -> None:
    session = _read(_document({**PAIR, "id": "q"}, orderApplied="topic"))
    assert session.order == "topic"
    (again,) = read(b"".join(write(session, "maichat-json")))
    assert (again.order, [pair.id for pair in pairs(again.messages)]) == ("topic", ["p", "q"])


def test_a_pair_that_says_nothing_does_not_run_into_the_next() -> None:
    empty = {"id": "e", "userText": "", "assistantText": ""}
    session = _read(_document(empty, empty | {"id": "f"}))
    assert [(pair.id, pair.question_text, pair.answer_text) for pair in pairs(session.messages)] == [
        ("p", "asked", "answered"), ("e", "", ""), ("f", "", ""),
    ]  # fmt: skip


@pytest.mark.parametrize("version", ["2", "1.1", 2, "10"])
def test_a_newer_version_is_refused_with_a_way_on(version: object) -> None:
    with pytest.raises(NewerVersion) as caught:
        _read(_document(schemaVersion=version))
    assert "Upgrade" in caught.value.message()
    assert caught.value.exit_code == 4


@pytest.mark.parametrize("version", [1, "1", "1.0"])
def test_one_version_may_be_written_in_several_ways(version: object) -> None:
    assert len(_read(_document(schemaVersion=version)).messages) == 2


@pytest.mark.parametrize("version", ["0", 0, "one", True, None, 1.5])
def test_there_is_no_older_version(version: object) -> None:
    with pytest.raises(InvalidPayload):
        _read(_document(schemaVersion=version))


@pytest.mark.parametrize(
    ("field", "value", "code"),
    [
        ("userText", 5, "invalid_field"),
        ("assistantText", ["x"], "invalid_field"),
        ("topicPath", {}, "invalid_field"),
        ("model", 4, "invalid_field"),
        ("stars", 7, "invalid_field"),
        ("stars", "many", "invalid_field"),
        ("flagColor", "pink", "invalid_field"),
        ("flagColor", [], "invalid_field"),
        ("errorState", "yes", "invalid_field"),
        ("errorMessage", 1, "invalid_field"),
        ("createdAt", "yesterday", "time_unreadable"),
    ],
)
def test_a_value_that_does_not_fit_is_said_and_stays_in_the_record(field: str, value: object, code: str) -> None:
    notices = Notices()
    session = _read(_document({"id": "x", field: value}), notices)
    assert [(one.code, one.where) for one in notices] == [(code, f"pairs[1].{field}")]
    assert session.messages[2].source == {"id": "x", field: value}
    assert len(session.messages) == 4


def test_a_pair_that_is_none_is_kept_whole() -> None:
    notices = Notices()
    session = _read(_document("not a pair", count=5), notices)
    assert session.messages[-1].blocks == [Unknown("not a pair")]
    assert {(one.code, one.where) for one in notices} == {("invalid_field", "count"), ("unknown_record", "pairs[1]")}


def test_a_pair_without_an_id_is_named_by_its_place() -> None:
    assert _read({"schemaVersion": "1", "pairs": [{"userText": "x"}]}).messages[0].id == "pairs[0]"


def test_the_same_file_is_the_same_session() -> None:
    assert read(EXAMPLE)[0].id == read(EXAMPLE)[0].id != _read(_document()).id


def test_it_is_known_by_its_structure_and_read_to_any_format() -> None:
    assert b"## Assistant" in convert(EXAMPLE)
    assert read(convert(EXAMPLE, "json"))[0].source.format == "maichat-json"
    with pytest.raises(InvalidPayload):
        read("[]", "maichat-json")
    with pytest.raises(InvalidPayload):
        read('{"schemaVersion": "1", "pairs": 5}', "maichat-json")


def test_an_error_stands_before_what_was_still_said() -> None:
    session = _read(_document({**PAIR, "errorState": True, "errorMessage": "cut off"}))
    assert session.messages[-1].blocks == [Error("cut off"), Text("answered")]
