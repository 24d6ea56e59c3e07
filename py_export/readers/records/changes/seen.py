"""What calls that read a file show of it: lines by number, which place what later calls change."""

from __future__ import annotations

import re
from itertools import pairwise

from py_export.changes import FileChange, Hunk, lines_of
from py_export.model import Text, ToolCall
from py_export.readers.records import values
from py_export.readers.records.changes import asked

_NUMBERED = re.compile(r" {0,8}(\d{1,7})(?:\u2192|\t)(.*)", re.DOTALL)
"""A line as Claude Code shows it to the model."""


def read(call: ToolCall) -> list[FileChange]:
    """Return what a call showed of a file: lines by number, all of it where it says so."""
    given = values.mapping(call.input)
    data = values.mapping(call.result.data if call.result else None)
    file = values.mapping(data.get("file"))
    path = values.string(file.get("filePath")) or asked.path_of(given)
    if path is None or call.status != "completed" or call.result is None:
        return []
    content, start = file.get("content"), values.integer(file.get("startLine"))
    count, total = values.integer(file.get("numLines")), values.integer(file.get("totalLines"))
    if isinstance(content, str) and start is not None and count == content.count("\n") + 1 and total is not None:
        ends = start - 1 + count == total
        return [seen(path, start - 1, lines_of(content if ends else content + "\n"), ends=ends)]
    texts = [block.text for block in call.result.blocks if isinstance(block, Text)]
    return _numbered(path, texts[0]) if texts else []


def _numbered(path: str, text: str) -> list[FileChange]:
    """Return the lines that stand behind their numbers; of the last nobody knows whether it ends the file."""
    found = [_NUMBERED.fullmatch(line) for line in text.split("\n")]
    numbers = [int(match[1]) for match in found if match is not None]
    if not numbers or found[0] is None or any(second != first + 1 for first, second in pairwise(numbers)):
        return []
    count = next((at for at, match in enumerate(found) if match is None), len(found))
    if count != len(numbers):
        return []
    lines = [match[2] + "\n" for match in found[: count - 1] if match is not None]
    return [seen(path, numbers[0] - 1, lines)] if lines else []


def seen(path: str, start: int, lines: list[str], *, ends: bool = False, folder: str | None = None) -> FileChange:
    """Return that lines of a file were shown."""
    return FileChange(path, "seen", hunks=[Hunk(start, [(" ", line) for line in lines])], ends=ends, folder=folder)
