"""The golden files of the tables and the document of what sessions took, byte for byte."""

from __future__ import annotations

import pytest

from tests.golden.analytics_cases import CASES, FOLDER, FORMATS, path, written

THINKING = {"thinking_left_out": 1}
RICH = THINKING | {"hidden_messages": 1, "image_left_out": 1}

NOTICES: dict[str, dict[str, int]] = {
    "rich": RICH,
    "rich-no-estimates": RICH,
    "hostile": THINKING,
    "together": RICH | {"image_left_out": 2, "unknown_kept": 3},
}
"""Of the table of messages; the others hold nothing that was said."""


@pytest.mark.parametrize("case", CASES)
@pytest.mark.parametrize("to", FORMATS)
def test_the_document_is_the_golden_one(to: str, case: str) -> None:
    document, notices = written(to, case)
    assert document.decode() == path(to, case).read_bytes().decode()
    assert notices == (NOTICES.get(case, {}) if to == "messages-csv" else {})


@pytest.mark.parametrize(("to", "extension"), FORMATS.items())
def test_every_golden_file_has_its_case(to: str, extension: str) -> None:
    assert {path.stem for path in (FOLDER / to).glob(f"*.{extension}")} == set(CASES)
