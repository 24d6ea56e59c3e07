"""Why a tool call failed, in one line."""

from __future__ import annotations

import re

from py_export.markdown import one_line
from py_export.model import Code, Text, ToolCall

_LINE = re.compile("[^\n\r\v\f\x1c-\x1e\x85\u2028\u2029]*")
_TRACEBACK = "Traceback (most recent call last)"
"""Python says what went wrong last."""


def reason(call: ToolCall) -> str:
    """Return the line that says what went wrong, or the person's reason to say no."""
    if call.permission is not None and call.permission.reason:
        return one_line(call.permission.reason)
    for block in call.result.blocks if call.result is not None else ():
        said = block.text.strip() if isinstance(block, Text | Code) else ""
        if said:
            # An output may be long: it is taken apart only where its last line is wanted.
            return one_line(said.splitlines()[-1] if said.startswith(_TRACEBACK) else _LINE.match(said)[0])  # type: ignore[index]
    return ""
