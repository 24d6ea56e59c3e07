"""The golden files of the conversation's PDF."""

from __future__ import annotations

import json

import pytest

from tests.golden.session_pdf_cases import CASES, DIGESTS, FOLDER, digest, said, written

NOTICES: dict[str, dict[str, int]] = {
    "empty": {},
    "part": {},
    "rich": {"hidden_messages": 1},
    "rich-bare": {"hidden_messages": 1, "thinking_left_out": 1, "tool_left_out": 9, "sub_agent_left_out": 3},
    "hostile": {},
    "unknown": {"unknown_kept": 3, "image_left_out": 1},
    "figures": {"hidden_messages": 3},
    "chinese": {"hidden_messages": 2},
    "report": {"hidden_messages": 3},
    "report-chinese": {"hidden_messages": 2},
}


@pytest.mark.parametrize("case", CASES)
def test_the_document_says_what_the_golden_one_says_and_has_its_bytes(case: str) -> None:
    document, notices = written(case)
    assert notices == NOTICES[case]
    # Each version of poppler has its own idea of the space between.
    assert said(document).split() == (FOLDER / f"{case}.txt").read_text(encoding="utf-8").split()
    assert digest(document) == json.loads(DIGESTS.read_text(encoding="utf-8"))[case]


def test_every_golden_file_has_its_case() -> None:
    assert {path.stem for path in FOLDER.glob("*.txt")} == set(CASES) == set(NOTICES)
