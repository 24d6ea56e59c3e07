"""JSON decoded: whatever it holds, or a reason why not."""

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


@pytest.mark.parametrize("before", range(4))
def test_what_is_utf8_is_not_copied_wherever_a_character_is_cut_to_look(before: int) -> None:
    data = ("a" * before + "\U0001f30a" * 10_000).encode()
    assert jsontext.clean(data) is data


def test_bytes_that_are_not_utf8_become_the_replacement_character() -> None:
    assert jsontext.clean(b'\xef\xbb\xbf"a\xff"') == '"a\ufffd"'.encode()


@pytest.mark.parametrize("open_", [b"[", b'{"a":'])
def test_brackets_in_strings_are_no_nesting_and_those_behind_them_are(open_: bytes) -> None:
    close = b"]" if open_ == b"[" else b"}"
    for text in (b'"[[[{"', b'"\\\\"', b'"\\\\\\" [ "', b'"]}"'):
        inside = b"[%b,%b]" % (text, open_ * (MAX_DEPTH - 2) + b"1" + close * (MAX_DEPTH - 2))
        assert jsontext.decode(inside) is not None
        with pytest.raises(TooDeep):
            jsontext.decode(b"[%b,[%b]]" % (text, inside))
    assert jsontext.decode(b'["%b"]' % (b"[" * 1000)) == ["[" * 1000]


@given(st.integers(0, 7), st.integers(4, 7))  # no fewer than a character takes
def test_bytes_that_are_no_utf_8_are_replaced_wherever_a_file_is_cut_to_look(before: int, size: int) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(jsontext, "_LOOK", size)
        good = b"a" * before + "é潮🌊".encode()
        assert jsontext.clean(good) == good
        assert jsontext.clean(good + b"\xff") == good + "\ufffd".encode()
        assert jsontext.clean(good[:-1]) == good[:-4] + "\ufffd".encode()


@pytest.mark.parametrize("text", ["a line\n", "\\", 'say "so"\n', "[\t{"])
def test_what_strings_escape_is_no_structure(text: str) -> None:
    value: Any = [text] * MAX_DEPTH + ["[{" * MAX_DEPTH] * 2
    assert jsontext.decode(json.dumps(value).encode()) == value
    for _ in range(MAX_DEPTH):
        value = [text, "]", value]
    with pytest.raises(TooDeep):
        jsontext.decode(json.dumps(value).encode())
