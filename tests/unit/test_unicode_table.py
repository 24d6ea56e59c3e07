"""The generated table of letters, numbers and marks."""

from __future__ import annotations

from tests.unit import generate_unicode_table


def test_the_table_is_what_its_generator_writes() -> None:
    assert generate_unicode_table.TARGET.read_text(encoding="utf-8") == generate_unicode_table.source()
