"""An export without its end: `opencode export` stops early where its output is read more slowly than it writes."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

from py_export import jsontext
from py_export.errors import ReadError, TooDeep
from py_export.readers.input import Input
from py_export.readers.records import values

_BEGINS = re.compile(rb'\s*\{\s*"info"\s*:\s*\{')
_LONGEST_SCRAP = 8
"""Characters of what a cut leaves of a word or an escape."""

_MESSAGES, _MESSAGE, _PARTS = b"{[", b"{[{", b"{[{["
"""What is open among the messages, inside one, and among its parts."""


def salvaged(given: Input) -> tuple[dict[str, Any], str] | None:
    """
    Return what is whole of an export that was cut, and the place where it ends; None of anything else.

    A message of which only parts are missing keeps the others; one of the flat form goes whole.
    """
    if not (_BEGINS.match(given.data) and _is_cut(given)):
        return None
    for end, closing in _ends(given.data):
        try:
            document = jsontext.decode(given.data[:end] + closing)
        except ReadError:  # damaged before its end
            return None
        messages = values.sequence(document.get("messages"))
        last = values.mapping(messages[-1]) if messages else {}
        if closing.startswith(b"]}]}"):
            if "info" in last and "parts" in last:
                return document, f"messages[{len(messages) - 1}].parts[{len(values.sequence(last['parts']))}]"
        elif messages:
            return document, f"messages[{len(messages)}]"
    return None


def _is_cut(given: Input) -> bool:
    """Return whether nothing but its end keeps an input from being JSON."""
    try:
        _ = given.json  # where it is none, this has seen that it does not nest too deep
    except TooDeep:
        return False
    except ReadError:
        return _ends_early(given.data.decode("utf-8"))
    return False


def _ends_early(text: str) -> bool:
    try:
        json.loads(text)
    except json.JSONDecodeError as error:
        return error.msg.startswith("Unterminated string") or len(text) - error.pos <= _LONGEST_SCRAP
    except ValueError:  # a number that is none
        return False
    return False


def _ends(data: bytes) -> Iterator[tuple[int, bytes]]:
    """Yield where something whole ends, the last one first, and what closes all that is open there."""
    part = message = messages = 0
    opened = b""
    for opened, end in jsontext.brackets(data):
        if opened == _PARTS:
            part = end
        elif opened == _MESSAGES:
            message = end
        elif opened == b"{" and message and not messages:
            messages = end
    if messages:
        yield messages, b"}"
        return
    if opened.startswith(_PARTS) or (opened == _MESSAGE and part > message):
        yield part, b"]}]}"
    if message:
        yield message, b"]}"
