"""The golden files of JSON Lines, the sidepanel's JSON and HFS's, byte for byte."""

from __future__ import annotations

import pytest

from tests.golden.exchange_cases import CASES, FOLDER, FORMATS, path, written

HIDDEN = {"hidden_messages": 1}
NAMED = {"image_left_out": 1}
TOOLS = {"tool_left_out": 9, "sub_agent_left_out": 3}
THINKING = {"thinking_left_out": 1}
BARE = HIDDEN | THINKING | TOOLS | {"part_left_out": 2, "content_left_out": 14}
UNKNOWN = {"unknown_kept": 3} | NAMED
FILES = {"file_contents_left_out": 2}

NOTICES: dict[str, dict[str, dict[str, int]]] = {
    "jsonl": {
        "debug-auth": {"tool_left_out": 4},
        "rich": HIDDEN | NAMED | THINKING | TOOLS | {"part_left_out": 2},
        "rich-tools": HIDDEN | NAMED | {"part_left_out": 2, "sub_agent_unmarked": 4},
        "rich-bare": BARE,
        "rich-no-file-contents": HIDDEN | NAMED | THINKING | FILES | {"part_left_out": 2, "sub_agent_unmarked": 4},
        "hostile": THINKING | {"tool_left_out": 1, "sub_agent_left_out": 1},
        "unknown": UNKNOWN,
    },
    "sidepanel-json": {
        "rich": HIDDEN | NAMED | THINKING | {"part_left_out": 11},
        "rich-tools": HIDDEN | NAMED | {"part_left_out": 5},
        "rich-bare": BARE,
        "rich-no-file-contents": HIDDEN | NAMED | THINKING | FILES | {"part_left_out": 11},
        "hostile": THINKING | {"part_left_out": 2},
        "unknown": UNKNOWN,
    },
    "hfs-json": {"rich-bare": TOOLS | {"content_left_out": 19}, "rich-no-file-contents": FILES},
}


@pytest.mark.parametrize("case", CASES)
@pytest.mark.parametrize("to", FORMATS)
def test_the_document_is_the_golden_one(to: str, case: str) -> None:
    document, notices = written(to, case)
    assert document.decode() == path(to, case).read_bytes().decode()
    assert notices == NOTICES[to].get(case, {})


@pytest.mark.parametrize(("to", "extension"), FORMATS.items())
def test_every_golden_file_has_its_case(to: str, extension: str) -> None:
    assert {path.stem for path in (FOLDER / to).glob(f"*.{extension}")} == set(CASES) >= set(NOTICES[to])
