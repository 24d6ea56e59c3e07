"""JSON as an outline for people."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from markdown_it import MarkdownIt

from py_export.convert import write
from py_export.model import Message, Session, Unknown
from py_export.notices import Notices
from tests.unit.sessions import JSON


def _written(record: Any, notices: Notices | None = None) -> str:  # noqa: ANN401 - JSON
    messages = [Message(id="m", role="assistant", blocks=[Unknown(record, "mystery")])]
    document = b"".join(write(Session(id="s", title="t", messages=messages), notices=notices)).decode()
    return document.partition("kept whole in the JSON export**\n")[2]


@pytest.mark.parametrize(
    ("record", "outline"),
    [
        ({"a": {"b": [1, {"c": "x"}]}}, "> - `a.b[0]`: `1`\n> - `a.b[1].c`: `x`\n"),
        ({"t": True, "n": None, "f": 0.5}, "> - `t`: `true`\n> - `n`: `null`\n> - `f`: `0.5`\n"),
        ({"e": {}, "l": [], "s": ""}, '> - `e`: `{}`\n> - `l`: `[]`\n> - `s`: `""`\n'),
        ("one line", "> - `one line`\n"),
        ("two\nlines", "\n```\ntwo\nlines\n```\n"),
        ({"k": "a\tb"}, "> - `k`:\n\n```\na\tb\n```\n"),
        ({"k": "x" * 121}, f"> - `k`:\n\n```\n{'x' * 121}\n```\n"),
        (None, "> - `null`\n"),
    ],
)  # fmt: skip
def test_each_value_stands_with_its_path(record: Any, outline: str) -> None:  # noqa: ANN401 - JSON
    assert _written(record) == outline


@pytest.mark.parametrize(
    "record",
    [
        {"image": {"data": "QUJD" * 100}},
        {"url": "data:image/png;base64,QUJD"},
        ["data:image/svg+xml;charset=utf-8;base64,QUJD"],
    ],
)
def test_base64_is_counted_and_left_out(record: Any) -> None:  # noqa: ANN401 - JSON
    notices = Notices()
    assert "QUJD" not in _written(record, notices)
    assert {notice.code: notice.count for notice in notices} == {"unknown_kept": 1, "image_left_out": 1}


def test_a_long_word_that_is_no_base64_field_stays() -> None:
    assert "a" * 400 in _written({"text": "a" * 400})


@given(JSON)
def test_no_text_is_lost(record: Any) -> None:  # noqa: ANN401 - JSON
    document = _written(record)
    tokens = MarkdownIt("commonmark").parse(document)
    shown = [child.content for token in tokens for child in token.children or [] if child.type == "code_inline"]
    shown += [token.content for token in tokens if token.type == "fence"]
    for text in _texts(record):
        seen = text.replace("\r\n", "\n").replace("\r", "\n").replace("\x00", "\ufffd")
        assert any(seen in (one, one.removesuffix("\n")) for one in shown), text


def _texts(value: Any) -> list[str]:  # noqa: ANN401 - JSON
    if isinstance(value, str):
        return [value] if value else []
    if isinstance(value, list):
        return [text for item in value for text in _texts(item)]
    if isinstance(value, dict):
        return [text for item in value.values() for text in _texts(item)]
    return []
