"""A session with secrets in every field, after hiding: its golden files, byte for byte."""

from __future__ import annotations

import pytest

from tests.golden.redaction_cases import CASES, FOLDER, REPORT, reported, written

COUNTS = {
    "api-key": 49,
    "email": 28,
    "password": 28,
    "phone": 24,
    "private-key": 24,
    "token": 51,
    "user": 30,
}


@pytest.mark.parametrize("case", CASES)
def test_the_document_is_the_golden_one(case: str) -> None:
    data, counts = written(case)
    assert data == (FOLDER / case).read_bytes()
    assert counts == COUNTS


def test_the_report_is_the_golden_one() -> None:
    assert reported() == (FOLDER / REPORT).read_bytes()


def test_every_golden_file_has_its_case() -> None:
    assert {path.name for path in FOLDER.iterdir()} == {*CASES, REPORT}
