"""The generated table of letters, numbers and marks."""

from __future__ import annotations

import pytest


def test_the_table_is_what_its_generator_writes() -> None:
    pytest.importorskip("unicodedataplus", reason="unicodedataplus has no wheel for this Python")
    from tests.unit import generate_unicode_table  # noqa: PLC0415 - it imports that package

    assert generate_unicode_table.TARGET.read_text(encoding="utf-8") == generate_unicode_table.source()
