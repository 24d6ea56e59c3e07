"""YAML front matter: valid for any text, and harmless to a reader that knows only CommonMark."""

from __future__ import annotations

import re
from collections.abc import Mapping

_ESCAPED = re.compile(
    # YAML 1.2, 5.1: what is not printable, and what a YAML 1.1 reader takes for a line end or a byte order mark.
    '["\\\\\x00-\x1f\x7f-\x9f\u00ad\u2028\u2029\ufeff\ufdd0-\ufdef\ufffe\uffff'
    + "".join(f"{chr((plane << 16) + 0xFFFE)}{chr((plane << 16) + 0xFFFF)}" for plane in range(1, 17))
    + "]",
)
_SHORT = {'"': '\\"', "\\": "\\\\", "\n": "\\n", "\r": "\\r", "\t": "\\t"}

_LONG = {short: character for character, short in _SHORT.items()}
_ESCAPE = re.compile(r'\\(?:["\\nrt]|u([0-9a-f]{4})|U(00(?:0[0-9a-f]|10)[0-9a-f]{4}))')
_BLOCK = re.compile(r"---\n((?:[^\n]*\n)*?)\n---\n")
_LINE = re.compile(r'(\w+): (-?\d{1,18}|"(?:[^"\\]|\\.)*")')


def front_matter(values: Mapping[str, str | int | None]) -> str:
    """
    Return the block with its two lines of dashes: what is None is left out, a text is a double-quoted scalar (7.3.1).

    The blank line before the second ``---`` keeps a plain CommonMark reader from taking the keys for a heading.
    """
    lines = [f"{key}: {_scalar(value)}" for key, value in values.items() if value is not None]
    return "\n".join(("---", *lines, "", "---"))


def _scalar(value: str | int) -> str:
    if isinstance(value, int):
        return str(value)
    return f'"{_ESCAPED.sub(_escape, value)}"'


def _escape(match: re.Match[str]) -> str:
    character = match[0]
    code = ord(character)
    return _SHORT.get(character) or (f"\\U{code:08x}" if code > 0xFFFF else f"\\u{code:04x}")  # noqa: PLR2004 - the BMP


def parse(document: str) -> tuple[dict[str, str | int], int]:
    """Return what ``front_matter`` wrote at the beginning of a document, and where the rest begins; ({}, 0) if none."""
    found = _BLOCK.match(document)
    if found is None:
        return {}, 0
    lines = (_LINE.fullmatch(line) for line in found[1].split("\n"))
    return {line[1]: _value(line[2]) for line in lines if line is not None}, found.end()


def _value(scalar: str) -> str | int:
    if scalar[0] != '"':
        return int(scalar)
    return _ESCAPE.sub(_unescape, scalar[1:-1])


def _unescape(match: re.Match[str]) -> str:
    return _LONG.get(match[0]) or chr(int(match[1] or match[2], 16))
