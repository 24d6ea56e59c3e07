"""The golden files of the formats that hold a history pair by pair, byte for byte."""

from __future__ import annotations

import json
from importlib.resources import files

import pytest
from jsonschema import Draft202012Validator, FormatChecker

from tests.golden.history_cases import CASES, EXAMPLE, FOLDER, FORMATS, path, written

HIDDEN = {"hidden_messages": 1}
LEFT_OUT = {"part_left_out": 7, "thinking_left_out": 1, "tool_left_out": 9, "sub_agent_left_out": 3}
NOTICES: dict[str, dict[str, int]] = {
    "of-the-example": {},
    "starred": {},
    "rich": HIDDEN | LEFT_OUT,
    "rich-tools-full-zh-cn": HIDDEN | {"part_left_out": 10},
    "rich-bare": HIDDEN | LEFT_OUT | {"content_left_out": 11, "part_left_out": 3},
    "hostile": {"part_left_out": 5, "thinking_left_out": 1, "tool_left_out": 1, "sub_agent_left_out": 1},
    "empty": {},
}


@pytest.mark.parametrize("to", FORMATS)
@pytest.mark.parametrize("case", CASES)
def test_the_document_is_the_golden_one(case: str, to: str) -> None:
    document, notices = written(to, case)
    assert document.decode() == path(to, case).read_bytes().decode()
    assert notices == NOTICES[case]


@pytest.mark.parametrize("to", FORMATS)
def test_every_golden_file_has_its_case(to: str) -> None:
    assert {file for file in (FOLDER / to).iterdir() if file != FOLDER / EXAMPLE} == {path(to, case) for case in CASES}
    assert CASES.keys() == NOTICES.keys()


def test_the_specifications_example_comes_back_as_it_was() -> None:
    example = json.loads((FOLDER / EXAMPLE).read_bytes())
    again = json.loads(written("maichat-json", "of-the-example")[0])
    assert again == example | {"app": again["app"]}
    assert list(again) == list(example)
    assert [list(pair) for pair in again["pairs"]] == [list(pair) for pair in example["pairs"]]


@pytest.mark.parametrize("file", [EXAMPLE, *(f"maichat-json/{case}.json" for case in CASES)])
def test_the_published_schema_fits(file: str) -> None:
    schema = json.loads(files("py_export").joinpath("maichat-json.schema.json").read_text(encoding="utf-8"))
    Draft202012Validator.check_schema(schema)
    Draft202012Validator(schema, format_checker=FormatChecker()).validate(json.loads((FOLDER / file).read_bytes()))
