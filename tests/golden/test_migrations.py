"""Every step of every migration, byte for byte."""

from __future__ import annotations

import pytest

from py_export.readers.migrations import MIGRATIONS, Migration
from py_export.versions import PRESENT
from tests.golden.migration_cases import FOLDER, path, stepped


@pytest.mark.parametrize("row", MIGRATIONS, ids=lambda row: f"{row.format}-{row.found}")
def test_the_step_makes_the_golden_document(row: Migration) -> None:
    assert stepped(row) == path(row.format, row.to).read_text(encoding="utf-8")


def test_every_version_has_its_golden_file_and_every_golden_file_its_version() -> None:
    versions = {path(row.format, version) for row in MIGRATIONS for version in (row.found, row.to)}
    assert set(FOLDER.iterdir()) == versions


def test_the_steps_of_a_format_lead_to_the_present_version() -> None:
    for of in {row.format for row in MIGRATIONS}:
        steps = [row for row in MIGRATIONS if row.format == of]
        assert [row.to for row in steps[:-1]] == [row.found for row in steps[1:]]
        assert steps[-1].to == PRESENT[of]
