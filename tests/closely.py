"""Numbers that were summed up in different orders, compared."""

from __future__ import annotations

from typing import Any

import pytest


def closely(value: Any, rel: float) -> Any:  # noqa: ANN401 - JSON
    """Return JSON whose numbers are compared as closely as sums and differences of binary numbers can be."""
    if isinstance(value, dict):
        return {key: closely(item, rel) for key, item in value.items()}
    if isinstance(value, list):
        return [closely(item, rel) for item in value]
    return pytest.approx(value, rel=rel) if isinstance(value, float) else value
