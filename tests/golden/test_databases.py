"""What is read from Cursor's forms and from a HAPI hub's database, byte for byte."""

from __future__ import annotations

import pytest

from tests.golden.database_cases import CASES, FOLDER, paths, written


@pytest.mark.parametrize("name", CASES)
def test_what_is_read_is_the_golden_one(name: str) -> None:
    for path, text in zip(paths(name), written(name), strict=True):
        assert text == path.read_text(encoding="utf-8")


def test_every_file_here_is_a_case() -> None:
    files = {
        path.relative_to(FOLDER).as_posix() for source in ("cursor", "hapi-db") for path in (FOLDER / source).iterdir()
    }
    kept = {path.relative_to(FOLDER).as_posix() for name in CASES for path in paths(name)}
    assert files == kept | set(CASES)
