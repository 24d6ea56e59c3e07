"""JSON as text: no token is touched."""

import json
import math
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from py_export import jsontext
from py_export.errors import TooDeep, Unreadable
from py_export.jsontext import MAX_DEPTH

values = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(st.characters()),
    lambda children: st.lists(children) | st.dictionaries(st.text(st.characters()), children),
)


def indented(data: bytes) -> str:
    """Return the whole of an indented document."""
    return b"".join(jsontext.indent(data)).decode()


@given(values)
def test_indenting_lays_out_as_json_dumps_does(value: Any) -> None:  # noqa: ANN401
    assert indented(json.dumps(value).encode()) == json.dumps(value, indent=2)


@given(values)
def test_compacting_undoes_indenting(value: Any) -> None:  # noqa: ANN401
    text = json.dumps(value, separators=(",", ":")).encode()
    assert jsontext.compact(b"".join(jsontext.indent(text))) == text


def test_tokens_stay_as_they_were_written() -> None:
    text = '{"b":1.0,"a":1e400,"b":-0,"10":"\\ud83d \\u00e9\\/ \u2028","2":12345678901234567890.10}'
    assert jsontext.compact(indented(text.encode()).encode()) == text.encode()


@given(values)
def test_decoding_gives_the_value(value: Any) -> None:  # noqa: ANN401
    assert jsontext.decode(json.dumps(value).encode()) == jsontext.clean_strings(value)


def test_a_lone_surrogate_becomes_the_replacement_character_in_values_and_keys() -> None:
    assert jsontext.decode(b'{"\\udc00":["a\\ud83d"]}') == {"\ufffd": ["a\ufffd"]}


def test_a_surrogate_pair_stays_one_character() -> None:
    assert jsontext.decode(b'["\\ud83d\\ude00", "\\ud83d"]') == ["\U0001f600", "\ufffd"]


@pytest.mark.parametrize(
    "text", [b"", b"{", b'{"a":NaN}', b"[1]]", b"[1,]", b"\xff", b"[Infinity]", b'["\\ud800", NaN]']
)
def test_what_is_no_json_is_unreadable(text: bytes) -> None:
    with pytest.raises(Unreadable):
        jsontext.decode(text)


@pytest.mark.parametrize("depth", [MAX_DEPTH + 2, 1_000, 100_000])
def test_nesting_beyond_the_limit_is_refused_not_crashed_on(depth: int) -> None:
    with pytest.raises(TooDeep):
        jsontext.decode(b"[" * depth + b"]" * depth)


def test_nesting_up_to_the_limit_is_read_with_a_lone_surrogate_too() -> None:
    for text in (b"1", b'"\\ud800"'):
        assert jsontext.decode(b"[" * MAX_DEPTH + text + b"]" * MAX_DEPTH)


def test_a_number_beyond_a_double_is_read() -> None:
    assert jsontext.decode(b"[1e400]")[0] == math.inf


def test_bytes_that_are_not_utf8_become_the_replacement_character() -> None:
    assert jsontext.clean(b'\xef\xbb\xbf"a\xff"') == '"a\ufffd"'.encode()
