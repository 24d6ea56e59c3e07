"""Leave what files held out of a tool call, and keep what was done to which file."""

from __future__ import annotations

import re
from typing import Any

from msgspec.structs import replace

from py_export.model import Code, Json, ResultBlock, Text, ToolCall, ToolResult

_LONGEST = 200
"""Characters of one line; what is longer, or has several lines, is no name and no setting."""

_LINE_END = re.compile(r"[\n\r]")
_CONTENT = """
    content contents filetext text newtext oldtext newcontent oldcontent newstring oldstring newstr oldstr newsource
    oldsource newcode codeedit codecontent replacementcontent targetcontent insertline originalfile patch patchtext
    diff udiff unifieddiff structuredpatch hunks lines edits replacementchunks
    """
"""The names under which agents' tools keep what a file held or holds, in small letters without marks."""

_CONTENT_NAMES = frozenset(_CONTENT.split())
_FAILED = frozenset({"error", "denied", "cancelled"})


def without_file_contents(call: ToolCall) -> ToolCall:
    """
    Return a call that read, wrote or edited a file without the file's contents; any other call as it is.

    Of its input and of its structured result, members named for content go, and texts of several lines or of more than
    200 characters. Its result's texts go where it read, and where they have several lines. Why a call failed stays.
    """
    if call.kind not in ("read", "write", "edit"):
        return call
    given = call.input if call.kind == "read" else _slim(call.input)
    result = call.result if call.status in _FAILED or call.result is None else _result(call, call.result)
    if given == call.input and result == call.result:
        return call
    return replace(call, input=given, result=result)


def _result(call: ToolCall, result: ToolResult) -> ToolResult:
    blocks: list[ResultBlock] = [
        block
        for block in result.blocks
        if isinstance(block, Text | Code) and call.kind != "read" and not _LINE_END.search(block.text.strip())
    ]
    return replace(result, blocks=blocks, data=_slim(result.data))


def _slim(value: Json) -> Any:  # noqa: ANN401 - a JSON value
    if isinstance(value, dict):
        return {
            key: _slim(item)
            for key, item in value.items()
            if _bare(key) not in _CONTENT_NAMES and not _is_content(item)
        }
    if isinstance(value, list):
        return [_slim(item) for item in value if not _is_content(item)]
    return None if _is_content(value) else value


def _is_content(value: Json, name: str = "") -> bool:
    if name in _CONTENT_NAMES:
        return True
    return isinstance(value, str) and (len(value) > _LONGEST or _LINE_END.search(value) is not None)


def _bare(key: str) -> str:
    return re.sub(r"[^a-z]", "", key.lower())
