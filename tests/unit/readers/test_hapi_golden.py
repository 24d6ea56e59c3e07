"""Whole sessions, each with what is read from it."""

from __future__ import annotations

import pytest

from tests.golden.hapi_cases import CASES, FOLDER, written


@pytest.mark.parametrize("case", CASES)
def test_a_session_is_read_as_it_was(case: str) -> None:
    assert written(case) == (FOLDER / f"{case}.session.json").read_text(encoding="utf-8")


def test_every_session_here_is_a_case() -> None:
    assert {path.name.partition(".")[0] for path in FOLDER.glob("*.json")} == set(CASES)
