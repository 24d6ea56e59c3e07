"""Why a tool call failed, in one line."""

from __future__ import annotations

from py_export.markdown import one_line
from py_export.model import Code, Text, ToolCall

_TRACEBACK = "Traceback (most recent call last)"
"""Python says what went wrong last."""


def reason(call: ToolCall) -> str:
    """Return the line that says what went wrong, or the person's reason to say no."""
    if call.permission is not None and call.permission.reason:
        return one_line(call.permission.reason)
    for block in call.result.blocks if call.result is not None else ():
        lines = [line for line in block.text.splitlines() if line.strip()] if isinstance(block, Text | Code) else []
        if lines:
            return one_line(lines[-1 if lines[0].startswith(_TRACEBACK) else 0])
    return ""
