"""What a reader is given: bytes, and what every reader asks of them, worked out once."""

from __future__ import annotations

from functools import cached_property
from typing import Any

from py_export import jsontext
from py_export.errors import ReadError

_MOST_KEYS = 12


class Input:
    """The bytes of one file. Decoded at most once, however many readers look at them."""

    def __init__(self, data: bytes | str) -> None:
        given = jsontext.without_surrogates(data).encode("utf-8") if isinstance(data, str) else bytes(data)
        self.data = jsontext.clean(given)

    @cached_property
    def json(self) -> Any:  # noqa: ANN401 - a JSON value
        """The decoded document. Raises ``ReadError`` where it is no JSON."""
        return jsontext.decode(self.data)

    @property
    def object(self) -> dict[str, Any]:
        """The decoded document where that is an object, else an empty one; never raises."""
        try:
            value = self.json
        except ReadError:
            return {}
        return value if isinstance(value, dict) else {}

    def raise_if_cut(self) -> None:
        """Raise the parser's error, with its place, where the input begins as a JSON document and is none."""
        if self.data.lstrip()[:1] in (b"{", b"["):
            _ = self.json

    def structure(self) -> str:
        """Describe the input by keys and counts, never content, for a person who wonders what it is."""
        if not self.data.strip():
            return "empty"
        try:
            value = self.json
        except ReadError:
            lines = self.data.count(b"\n") + 1
            return f"{len(self.data)} bytes in {lines} lines, not JSON"
        if isinstance(value, dict):
            keys = ", ".join(sorted(value)[:_MOST_KEYS])
            return f"JSON object with {len(value)} keys: {keys}"
        if isinstance(value, list):
            return f"JSON list of {len(value)} items"
        return f"JSON {type(value).__name__}"
