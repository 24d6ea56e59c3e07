"""JSON as an outline for people: one line per value, long texts verbatim in fences; nothing of it is lost."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator

from py_export.markdown import code, fence
from py_export.model import Json
from py_export.transforms.leaves import is_base64, leaves
from py_export.writers.markdown_page import Page, Piece

LONGEST = 120
"""Characters of a text that stands in a line."""

_EMPTY = '""'
_NEEDS_FENCE = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029]")


def outline(value: Json, page: Page, where: str) -> Iterator[Piece]:
    """Yield every value of a JSON document with its path: ``> - `path.to[0].key`: value``."""
    for path, leaf in leaves(value):
        name = f"{code(path)}: " if path else ""
        if not isinstance(leaf, str):
            yield Piece("leaf", f"> - {name}{code(json.dumps(leaf))}")
        elif is_base64(path, leaf):
            page.notices.add("image_left_out", where)
            yield Piece("leaf", f"> - {name}{page.word('markdown.base64', count=len(leaf))}")
        elif len(leaf) > LONGEST or _NEEDS_FENCE.search(leaf):
            if path:
                yield Piece("leaf", f"> - {code(path)}:")
            yield Piece("part", fence(leaf))
        else:
            yield Piece("leaf", f"> - {name}{code(leaf or _EMPTY)}")
