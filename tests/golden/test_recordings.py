"""The golden files of the formats that play a session again, byte for byte."""

from __future__ import annotations

import pytest

from tests.golden.recording_cases import CASES, EXTENSIONS, FOLDER, path_of, written

NOTICES: dict[str, dict[str, int]] = {
    "empty": {},
    "rich": {"hidden_messages": 1, "image_left_out": 1},
    "rich-full": {"hidden_messages": 1, "image_left_out": 1},
    "rich-bare": {
        "hidden_messages": 1,
        "image_left_out": 1,
        "thinking_left_out": 1,
        "tool_left_out": 9,
        "sub_agent_left_out": 3,
    },
    "rich-zh-cn": {"hidden_messages": 1, "image_left_out": 1},
    "hostile": {"image_left_out": 1},
    "unknown": {"unknown_kept": 3, "image_left_out": 1},
}


@pytest.mark.parametrize("to", EXTENSIONS)
@pytest.mark.parametrize("case", CASES)
def test_the_document_is_the_golden_one(case: str, to: str) -> None:
    document, notices = written(case, to)
    assert document == path_of(case, to).read_bytes().decode()
    assert notices == NOTICES[case]


def test_every_golden_file_has_its_case() -> None:
    assert set(FOLDER.iterdir()) == {path_of(case, to) for case in CASES for to in EXTENSIONS}
    assert CASES.keys() == NOTICES.keys()
