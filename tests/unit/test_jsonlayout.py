"""JSON laid out anew: no token is touched, however much of it is done at a time."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from py_export import jsonlayout, jsontext
from tests.unit.test_jsontext import values

ITEMS = st.dictionaries(st.text(max_size=3), st.lists(values, max_size=5) | values, max_size=4)


@pytest.fixture(params=[8, jsontext.SLICE], ids=["sliced", "whole"])
def size(request: pytest.FixtureRequest) -> Iterator[int]:
    """Lay out so many bytes at a time."""
    with pytest.MonkeyPatch.context() as patch:
        for module in (jsonlayout, jsontext):
            patch.setattr(module, "SLICE", request.param)
        yield request.param


def indented(data: bytes) -> str:
    """Return the whole of an indented document."""
    return b"".join(jsonlayout.indent(data)).decode()


@pytest.mark.usefixtures("size")
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(values | ITEMS)
def test_indenting_lays_out_as_json_dumps_does(value: Any) -> None:  # noqa: ANN401
    assert indented(json.dumps(value).encode()) == json.dumps(value, indent=2)


@pytest.mark.usefixtures("size")
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(values | ITEMS)
def test_compacting_undoes_indenting(value: Any) -> None:  # noqa: ANN401
    text = json.dumps(value, separators=(",", ":")).encode()
    assert jsonlayout.compact(b"".join(jsonlayout.indent(text))) == text


@pytest.mark.usefixtures("size")
def test_tokens_stay_as_they_were_written() -> None:
    text = '{"b":1.0,"a":1e400,"b":-0,"10":"\\ud83d \\u00e9\\/ \u2028","2":12345678901234567890.10}'
    assert jsonlayout.compact(indented(text.encode()).encode()) == text.encode()


@pytest.mark.parametrize(
    "text",
    [
        '{"a":[1,2,3,4,5,6,7,8],"a":[9]}',
        '{"a":1,"a":[1,2,3,4,5,6,7,8],"b":{"a":[1,2],"a":[]}}',
        '{"\\u0061":[1,2,3,4,5,6,7,8],"b":[]}',
        '{"a":["\\ud800",1,2,3,4,5],"b":"x"}',
        '{"messages":[]}',
        "[1,2,3,4,5,6,7,8]",
    ],
)
@pytest.mark.usefixtures("size")
def test_repeated_names_and_escaped_ones_stay(text: str) -> None:
    assert jsonlayout.compact(indented(text.encode()).encode()) == text.encode()
    assert indented(jsonlayout.compact(text.encode())) == indented(indented(text.encode()).encode())


def test_a_long_document_comes_slice_by_slice() -> None:
    document = {"a": 1, "messages": [{"text": "x" * 900, "blocks": [[], {}]}] * 500, "notes": ["y" * 100] * 2000}
    slices = list(jsonlayout.indent(json.dumps(document).encode()))
    assert b"".join(slices).decode() == json.dumps(document, indent=2)
    assert max(map(len, slices)) < 4 * jsontext.SLICE
    assert len(slices) > 10
