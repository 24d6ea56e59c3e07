"""The Markdown writer's golden files, byte for byte."""

from __future__ import annotations

import pytest

from tests.golden.markdown_cases import CASES, FOLDER, written

NOTICES = {
    "plain": {},
    "empty": {},
    "part": {},
    "rich": {"image_left_out": 1, "hidden_messages": 1},
    "rich-tools-full": {"image_left_out": 1, "hidden_messages": 1},
    "rich-tools-none": {
        "image_left_out": 1,
        "hidden_messages": 1,
        "thinking_left_out": 1,
        "tool_left_out": 9,
        "sub_agent_left_out": 3,
    },
    "rich-no-front-matter": {"image_left_out": 1, "hidden_messages": 1},
    "rich-zh-cn": {"image_left_out": 1, "hidden_messages": 1},
    "hostile": {"text_guarded": 14, "text_shortened": 1, "image_left_out": 1},
    "hostile-tools-full": {"text_guarded": 14, "image_left_out": 1},
    "unknown": {"unknown_kept": 3, "image_left_out": 1},
    "sidepanel-debug-auth": {},
    "sidepanel-rich": {"hidden_messages": 1, "image_left_out": 1, "thinking_left_out": 1},
    "sidepanel-rich-full-zh-cn": {"hidden_messages": 1, "image_left_out": 1},
    "sidepanel-rich-bare": {"hidden_messages": 1, "content_left_out": 20, "thinking_left_out": 1},
    "sidepanel-hostile": {"text_guarded": 6, "thinking_left_out": 1, "text_shortened": 1, "image_left_out": 1},
    "sidepanel-labels": {"text_guarded": 5},
    "sidepanel-empty": {},
    "trace-rich": {"hidden_messages": 1, "image_left_out": 1},
    "trace-rich-zh-cn": {"hidden_messages": 1, "image_left_out": 1},
    "trace-rich-summary": {"hidden_messages": 1, "image_left_out": 1},
    "trace-rich-no-file-contents": {"hidden_messages": 1, "image_left_out": 1, "file_contents_left_out": 2},
    "trace-debug-auth": {},
    "trace-hostile": {"text_guarded": 13, "image_left_out": 1},
    "trace-unknown": {},
    "trace-labels": {"text_guarded": 3},
    "trace-empty": {},
    "cursor-what-is-cursor": {},
    "cursor-rich": {"hidden_messages": 1, "part_left_out": 2, "image_left_out": 1, "thinking_left_out": 1},
    "cursor-rich-full-zh-cn": {"hidden_messages": 1, "part_left_out": 2, "image_left_out": 1},
    "cursor-rich-bare": {
        "hidden_messages": 1,
        "part_left_out": 2,
        "content_left_out": 14,
        "thinking_left_out": 1,
        "tool_left_out": 9,
        "sub_agent_left_out": 3,
    },
    "cursor-hostile": {"text_guarded": 5, "thinking_left_out": 1, "text_shortened": 1, "image_left_out": 1},
    "cursor-labels": {"text_guarded": 7},
    "cursor-debug-auth-figures": {},
    "cursor-empty": {},
    "hapi-debug-auth-figures": {},
    "hapi-rich-bare": {"hidden_messages": 1, "content_left_out": 21},
    "hapi-rich-no-file-contents": {"hidden_messages": 1, "image_left_out": 1, "file_contents_left_out": 2},
    "rich-images-embed": {"hidden_messages": 1},
    "trace-rich-images-embed": {"hidden_messages": 1},
}


@pytest.mark.parametrize("case", CASES)
def test_the_document_is_the_golden_one(case: str) -> None:
    document, notices = written(case)
    assert document.decode() == (FOLDER / f"{case}.md").read_bytes().decode()
    assert notices == NOTICES[case]


def test_every_golden_file_has_its_case() -> None:
    assert {path.stem for path in FOLDER.glob("*.md")} == set(CASES) == set(NOTICES)
