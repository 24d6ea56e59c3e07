"""Agents' logs in every form, each with what is read from it and its Markdown."""

from __future__ import annotations

import pytest

from tests.golden.log_cases import CASES, FOLDER, paths, written

ALL = [(source, name) for source, names in CASES.items() for name in names]


@pytest.mark.parametrize(("source", "name"), ALL)
def test_a_log_is_read_as_it_was(source: str, name: str) -> None:
    for path, text in zip(paths(source, name), written(source, name), strict=True):
        assert text == path.read_text(encoding="utf-8")


@pytest.mark.parametrize("source", CASES)
def test_every_file_here_is_a_case(source: str) -> None:
    golden = {path for name in CASES[source] for path in (FOLDER / source / name, *paths(source, name))}
    assert set((FOLDER / source).iterdir()) == golden
