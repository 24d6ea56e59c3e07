"""The values of a JSON document that hold no other, each with its path."""

from __future__ import annotations

import re
from collections.abc import Iterator

from py_export.model import Json

_DATA_URL = re.compile(r"data:[\w.+-]+/[\w.+-]+(?:;[\w=.+-]+)*;base64,", re.ASCII)
_BASE64 = re.compile(r"[A-Za-z0-9+/_=-]{256,}\s*")
_DATA_NAMES = frozenset({"data", "base64", "b64_json", "bytes"})


def leaves(value: Json, path: str = "") -> Iterator[tuple[str, Json]]:
    """Yield every value that holds no other, with its path."""
    if isinstance(value, dict) and value:
        for key, item in value.items():
            yield from leaves(item, f"{path}.{key}" if path else key)
    elif isinstance(value, list) and value:
        for at, item in enumerate(value):
            yield from leaves(item, f"{path}[{at}]")
    else:
        yield path, value


def is_base64(path: str, text: str) -> bool:
    """Return whether a text is a file's bytes: a ``data:`` address, or base64 under a name for such."""
    if _DATA_URL.match(text):
        return True
    return path.rpartition(".")[2] in _DATA_NAMES and _BASE64.fullmatch(text) is not None
