"""The rules' data, ``redaction-rules.json``: what keys look like, and which names and words are nobody's."""

from __future__ import annotations

import json
from functools import cache
from importlib.resources import files
from typing import Any


@cache
def table() -> dict[str, Any]:
    """Return the data; it says itself where its facts are from."""
    text = files("py_export").joinpath("redaction-rules.json").read_text(encoding="utf-8")
    found: dict[str, Any] = json.loads(text)
    return found
