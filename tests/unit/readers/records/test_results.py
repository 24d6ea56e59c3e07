"""What a tool gave back, in every shape that agents write it."""

from __future__ import annotations

import pytest

from py_export.model import Code, File, Image, Json, Text, ToolResult, Unknown
from py_export.readers.records import results

PIXEL = "iVBORw0KGgo="
IMAGE = Image(media_type="image/png", data=PIXEL, size=8)
CODEX = "Chunk ID: 7f\nWall time: 2.5 seconds\nProcess exited with code 1\nOriginal token count: 9\nOutput:\n1 failed"


@pytest.mark.parametrize(
    ("content", "blocks"),
    [
        ("", []),
        (None, []),
        ([], []),
        ("a\n", [Text("a\n")]),
        ("Output:\na", [Text("Output:\na")]),
        (0, [Text("0")]),
        (True, [Text("true")]),
        (["a", 1], [Text("a\n\n1")]),
        ([{"type": "text", "text": "a"}, {"type": "text", "text": "b"}], [Text("a"), Text("b")]),
        ([{"type": "text"}, "b"], [Text("b")]),
        ([{"type": "text", "text": {"k": 1}}], [Unknown({"type": "text", "text": {"k": 1}}, name="text")]),
        ([{"type": "odd"}], [Unknown({"type": "odd"}, name="odd")]),
        ([{"text": "a"}], [Text("a")]),
        ([{"k": 1}], [Code('[\n  {\n    "k": 1\n  }\n]', language="json")]),
        ({"stdout": "a", "stderr": "b"}, [Text("a\nb")]),
        ({"output": "a", "exit_code": 0}, [Text("a")]),
        ({"content": [{"type": "text", "text": "a"}], "isError": False}, [Text("a")]),
        ({"Ok": {"content": [{"type": "text", "text": "a"}]}}, [Text("a")]),
        ({"Err": "no"}, [Text("no")]),
        ({"type": "text", "file": {"filePath": "/a", "content": "x"}}, [Text("x")]),
        ({"type": "image", "file": {"base64": PIXEL, "type": "image/png"}}, [IMAGE]),
        (f"data:image/png;base64,{PIXEL}", [IMAGE]),
        ("data: not an address", [Text("data: not an address")]),
        (
            [{"type": "input_image", "image_url": f"data:image/png;base64,{PIXEL}"}],
            [IMAGE],
        ),
        ([{"type": "image", "data": PIXEL, "mimeType": "image/png"}], [IMAGE]),
        (
            [{"type": "resource", "resource": {"uri": "file:///a", "mimeType": "text/plain", "text": "x"}}],
            [File(media_type="text/plain", url="file:///a", text="x")],
        ),
        ([{"type": "tool_reference", "tool_name": "Grep"}], [Text("Grep")]),
        ('{"output": "a\\n", "metadata": {"exit_code": 0}}', [Text("a\n")]),
        ('{"output": "a", "more": 1}', [Text('{"output": "a", "more": 1}')]),
        (CODEX, [Text("1 failed")]),
        ("Exit code: 0\nWall time: 0.1 seconds\nOutput:\n", []),
    ],
)  # fmt: skip
def test_a_result_shows(content: Json, blocks: list[Json]) -> None:
    assert results.shown(content) == blocks


@pytest.mark.parametrize(
    ("value", "code"),
    [
        (CODEX, 1),
        ("Exit code: 2\nWall time: 1 seconds\nOutput:\nExit code: 9", 2),
        ("Exit code 127\nnot found", 127),
        ("the log says\nExit code: 3", None),
        ('{"output": "a", "metadata": {"exit_code": 4}}', 4),
        ({"exit_code": 5}, 5),
        ({"exitCode": "5"}, None),
        ({"exit_code": True}, None),
        ({"metadata": {"exit_code": 6}}, 6),
        ([{"type": "text", "text": "Exit code 7\n"}], 7),
        ("{broken", None),
        (None, None),
    ],
)
def test_an_exit_code_counts_where_it_is_stated(value: Json, code: int | None) -> None:
    assert results.exit_code(value) == code


@pytest.mark.parametrize(
    ("value", "milliseconds"),
    [
        (CODEX, 2500),
        ('{"output": "", "metadata": {"duration_seconds": 0.2}}', 200),
        ({"metadata": {"duration_seconds": -1}}, None),
        ({"metadata": {"duration_seconds": True}}, None),
        ("Wall time: soon", None),
        (None, None),
    ],
)
def test_a_duration_counts_where_it_is_stated(value: Json, milliseconds: int | None) -> None:
    assert results.duration(value) == milliseconds


def test_what_was_taken_off_a_text_stays_as_data() -> None:
    assert results.result(CODEX) == ToolResult([Text("1 failed")], data=CODEX, exit_code=1)
    assert results.result("plain") == ToolResult([Text("plain")])


def test_a_failure_is_told_by_the_result_itself_where_nobody_else_does() -> None:
    assert results.result({"Err": "no"}).is_error is True
    assert results.result({"content": [], "isError": True}).is_error is True
    assert results.result({"content": [], "isError": True}, is_error=False).is_error is False
    assert results.result("no").is_error is None
