"""The examples of the CommonMark specification, from the npm package that its authors publish."""

from __future__ import annotations

import re
from functools import cache

import pytest

from tests.checkout import ROOT

_SPEC = ROOT / "web/node_modules/commonmark-spec/spec.txt"
_EXAMPLE = re.compile(r"^`{32} example\n(.*?)^\.\n.*?^`{32}$", re.MULTILINE | re.DOTALL)


@cache
def examples() -> tuple[str, ...]:
    """Return each example's Markdown, without the line end that closes it; skips where the package is not installed."""
    if not _SPEC.exists():
        pytest.skip("commonmark-spec is not installed: run `make setup`")
    found = _EXAMPLE.findall(_SPEC.read_text(encoding="utf-8"))
    return tuple(example.replace("→", "\t").removesuffix("\n") for example in found)
