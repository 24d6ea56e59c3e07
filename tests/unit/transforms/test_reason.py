"""Why a call failed."""

from __future__ import annotations

import pytest

from py_export.model import Code, Permission, Text, ToolCall, ToolResult
from py_export.transforms.reason import reason


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("\n  \n  cat: no such file\x0bmore", "cat: no such file"),
        ("a\u2028b", "a"),
        ("Traceback (most recent call last)\n  File 1\n\nKeyError: 'a'\n\n", "KeyError: 'a'"),
        ("\r\nonly  one\tline", "only one line"),
        (" \n\t", ""),
    ],
)
def test_the_reason_is_the_first_line_or_the_last_of_a_traceback(text: str, expected: str) -> None:
    assert reason(ToolCall(result=ToolResult(blocks=[Code(""), Text(text)]))) == expected


def test_what_a_person_said_comes_first() -> None:
    call = ToolCall(result=ToolResult(blocks=[Text("refused")]), permission=Permission("denied", reason="Not\nnow"))
    assert reason(call) == "Not now"


def test_a_call_without_a_result_has_no_reason() -> None:
    assert reason(ToolCall()) == ""
