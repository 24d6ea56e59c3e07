"""Bytes written as letters: base64 that holds a text is looked into, what holds an image or a sound is left alone."""

from __future__ import annotations

import base64
import binascii
import re

SHORTEST = 1024
"""Letters; what is shorter is taken for a word unless its name says that it is data."""

_BASE64 = re.compile(r"[0-9A-Za-z+/]+={0,2}")
_CONTROLS = re.compile(r"[\0-\x08\x0e-\x1a]")
_DATA_URL = re.compile(r"data:[\w.+/-]{0,80}(?:;[\w.+=-]{1,80}){0,3};base64,[0-9A-Za-z+/]+={0,2}")


def is_packed(text: str) -> bool:
    """Return whether a string is base64 by its letters."""
    return len(text) % 4 == 0 and _BASE64.fullmatch(text) is not None


def unpacked(text: str) -> str | None:
    """Return the text that base64 holds; None where that is something else."""
    try:
        found = base64.b64decode(text, validate=True).decode("utf-8")
    except (binascii.Error, ValueError):
        return None
    return None if _CONTROLS.search(found) else found


def packed(before: str, text: str) -> str:
    """Return the text as base64, or what was before where that holds it already."""
    return before if unpacked(before) == text else base64.b64encode(text.encode()).decode()


def data_urls(text: str) -> list[tuple[int, int]]:
    """Return where ``data:`` addresses with bytes in base64 stand in a text."""
    return [match.span() for match in _DATA_URL.finditer(text)] if ";base64," in text else []
