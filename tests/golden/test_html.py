"""The HTML writer's golden files, byte for byte but for its style sheet and its script."""

from __future__ import annotations

import pytest

from tests.golden.html_cases import CASES, FOLDER, bare, written

NOTICES: dict[str, dict[str, int]] = {
    "plain": {},
    "empty": {},
    "part": {},
    "rich": {"hidden_messages": 1},
    "rich-summary": {"hidden_messages": 1},
    "rich-bare": {"hidden_messages": 1, "thinking_left_out": 1, "tool_left_out": 9, "sub_agent_left_out": 3},
    "rich-no-messages": {"hidden_messages": 1, "content_left_out": 21},
    "rich-no-file-contents": {"hidden_messages": 1, "file_contents_left_out": 2},
    "rich-zh-cn": {"hidden_messages": 1},
    "rich-cursor": {"hidden_messages": 1, "thinking_left_out": 1},
    "hostile": {},
    "hostile-cursor": {},
    "unknown": {"unknown_kept": 3, "image_left_out": 1},
    "figures": {"hidden_messages": 3},
}


@pytest.mark.parametrize("case", CASES)
def test_the_document_is_the_golden_one(case: str) -> None:
    document, notices = written(case)
    assert bare(document) == (FOLDER / f"{case}.html").read_bytes().decode()
    assert notices == NOTICES[case]


def test_every_golden_file_has_its_case() -> None:
    assert {path.stem for path in FOLDER.glob("*.html")} == set(CASES) == set(NOTICES)
