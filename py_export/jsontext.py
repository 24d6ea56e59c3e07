"""JSON as text: decoded totally, taken apart, written. With ``jsonlayout.py`` the only place that knows JSON."""

from __future__ import annotations

import json
import re
from codecs import utf_8_decode
from collections.abc import Iterable, Iterator
from itertools import accumulate, chain
from typing import Any

import msgspec
from msgspec.structs import replace

from py_export.errors import TooDeep, Unreadable

MAX_DEPTH = 200
"""Nesting deeper than this is refused, on every runtime alike, long before any of them overflows."""

SLICE = 1 << 16
"""Bytes that are laid out or read at a time: whoever waits for the next may stop between them."""

_LOOK = 1 << 13
"""Bytes of UTF-8 that are looked through at a time: one character beyond ASCII makes wide text of all of them."""

_decoder: msgspec.json.Decoder[Any] = msgspec.json.Decoder()
_members = msgspec.json.Decoder(dict[str, msgspec.Raw])
_items = msgspec.json.Decoder(list[msgspec.Raw])
_BUT_STRUCTURE = bytes(byte for byte in range(256) if byte not in b'{}[]"')
_STEPS = {byte: 1 if byte in b"{[" else -1 for byte in b"{}[]"}
TOKEN = re.compile(rb'"[^"\\]*(?:\\.[^"\\]*)*"|[{}\[\],:]|[^\s"{}\[\],:]+', re.DOTALL)
_BOM = b"\xef\xbb\xbf"
_WIDE = {b"\xff\xfe": "utf-16-le", b"\xfe\xff": "utf-16-be"}
"""How UTF-16 begins, in which PowerShell writes what a program prints into a file."""

_NESTING = frozenset({dict, list})
_SURROGATE = re.compile("[\ud800-\udfff]")


def decode(data: bytes) -> Any:  # noqa: ANN401 - a JSON value is what it is
    """
    Return the value of a JSON document; a lone surrogate in a string becomes U+FFFD.

    Raises:
        Unreadable: The bytes are no JSON text. The place is its line and column.
        TooDeep: It nests deeper than ``MAX_DEPTH``.
    """
    try:
        value = _decoder.decode(data)
    except (msgspec.DecodeError, ValueError, RecursionError):
        return _decode_slowly(data)
    raise_if_deep(data)
    return value


def is_wide(data: bytes) -> bool:
    """Return whether the bytes begin as UTF-16 does."""
    return data[:2] in _WIDE


def clean(data: bytes) -> bytes:
    """
    Return valid UTF-8 without a byte order mark; what is not UTF-8 becomes U+FFFD, as a browser has it.

    What a byte order mark says is UTF-16 is decoded as such.
    """
    if is_wide(data):
        return data[2:].decode(_WIDE[data[:2]], "replace").encode("utf-8")
    body = data.removeprefix(_BOM)
    return body if _is_utf8(body) else body.decode("utf-8", "replace").encode("utf-8")


def text_of(data: bytes) -> bytes:
    """Return ``clean(data)`` without the NUL bytes that a machine which lost power leaves around it."""
    return clean(data).strip(b"\0")


def _is_utf8(data: bytes) -> bool:
    """Return whether all of it is UTF-8; piece by piece, since the text of a file takes up to four times its bytes."""
    if data.isascii():
        return True
    view, start, size = memoryview(data), 0, len(data)
    try:
        while start < size:
            end = start + _LOOK
            _, taken = utf_8_decode(view[start:end], "strict", end >= size)
            start += taken
    except UnicodeDecodeError:
        return False
    return True


def members(data: bytes) -> dict[str, memoryview] | None:
    """
    Return the JSON text of each member of a document; None where it is no object, or not JSON that msgspec takes.

    No text is copied: one of them may be nearly all of the document.
    """
    try:
        return {name: memoryview(value) for name, value in _members.decode(data).items()}
    except (msgspec.DecodeError, ValueError, RecursionError):
        return None


def grouped(items: Iterable[msgspec.Raw]) -> Iterator[list[bytes]]:
    """Yield the texts of a list's items, so many at a time that to work on them takes a moment."""
    held: list[bytes] = []
    size = 0
    for item in items:
        text = bytes(item)
        held.append(text)
        size += len(text)
        if size > SLICE:
            yield held
            held, size = [], 0
    if held:
        yield held


def items_of(data: bytes | memoryview) -> list[msgspec.Raw] | None:
    """Return the JSON text of each item of a list; None where it is none, or not JSON that msgspec takes."""
    try:
        return _items.decode(data)
    except (msgspec.DecodeError, ValueError, RecursionError):
        return None


def raise_if_deep(data: bytes) -> None:
    """Raise ``TooDeep`` where valid JSON nests deeper than ``MAX_DEPTH``."""
    if data.count(b"{") + data.count(b"[") > MAX_DEPTH and _too_deep(data):
        raise TooDeep(limit=MAX_DEPTH)


def are_shallow(values: Iterable[Any]) -> bool:
    """Return whether no JSON value among these nests deeper than half of ``MAX_DEPTH``."""
    nesting = [value for value in values if type(value) in _NESTING]
    for _ in range(MAX_DEPTH // 2):
        if not nesting:
            return True
        objects = [value for value in nesting if type(value) is dict]
        lists = [value for value in nesting if type(value) is list]
        within = chain(chain.from_iterable(map(dict.values, objects)), chain.from_iterable(lists))
        nesting = [value for value in within if type(value) in _NESTING]
    return False


def encode(value: Any, indent: int | None = None) -> bytes:  # noqa: ANN401 - a JSON value
    """
    Return a value as JSON text in UTF-8, compact or laid out; NaN and infinities become null, lone surrogates U+FFFD.

    Raises:
        TooDeep: It nests deeper than any session does.
    """
    try:
        text = msgspec.json.encode(value)
        return text if indent is None else msgspec.json.format(text, indent=indent)
    except UnicodeEncodeError:  # a lone surrogate, in a session that a caller made
        return encode(clean_strings(value), indent)
    except RecursionError:  # sub-agents of sub-agents, beyond any real session
        raise TooDeep(limit=MAX_DEPTH) from None


def encoded(text: str) -> bytes:
    """Return ``text`` as UTF-8, a lone surrogate in it as U+FFFD; to look for one beforehand would take longer."""
    try:
        return text.encode("utf-8")
    except UnicodeEncodeError:
        return without_surrogates(text).encode("utf-8")


def without_surrogates(text: str) -> str:
    """Return ``text`` with every lone surrogate replaced by U+FFFD, so that it can be written as UTF-8."""
    return _SURROGATE.sub("\ufffd", text)


def _decode_slowly(data: bytes) -> Any:  # noqa: ANN401
    """Decode what msgspec refuses: lone surrogates, huge numbers; else say where the text stops being JSON."""
    if _too_deep(data):
        raise TooDeep(limit=MAX_DEPTH)
    try:
        value = json.loads(data.decode("utf-8"), parse_constant=_refuse_constant)
    except json.JSONDecodeError as error:
        raise Unreadable(f"line {error.lineno}, column {error.colno}", reason=error.msg) from None
    except UnicodeDecodeError as error:
        raise Unreadable(f"byte {error.start}", reason="not UTF-8") from None
    except ValueError as error:  # an integer of more digits than Python converts, or NaN
        raise Unreadable(reason=str(error).split(";", maxsplit=1)[0][:80]) from None
    return clean_strings(value)


def _refuse_constant(name: str) -> None:
    message = f"{name} is not JSON"
    raise ValueError(message)


def brackets(data: bytes) -> Iterator[tuple[bytes, int]]:
    """Yield what is open after each bracket, as ``{`` and ``[`` from the outermost in, and where the bracket ends."""
    stack = bytearray()
    for match in TOKEN.finditer(data):
        token = match[0]
        if token in b"{[":
            stack += token
        elif token in b"}]":
            del stack[-1:]
        else:
            continue
        yield bytes(stack), match.end()


def _too_deep(data: bytes) -> bool:
    """Return whether valid JSON nests too deep: by its brackets alone, without those in strings."""
    # First what is escaped: what follows a backslash decides whether the quote behind it ends a string.
    marks = data.replace(b"\\\\", b"").replace(b'\\"', b"").translate(None, _BUT_STRUCTURE)
    outside = b"".join(marks.split(b'"')[::2])
    return max(accumulate(map(_STEPS.__getitem__, outside)), default=0) > MAX_DEPTH


def clean_strings(value: Any) -> Any:  # noqa: ANN401
    """Return a JSON value, or a part of the tree, with every lone surrogate in it replaced by U+FFFD."""
    if isinstance(value, str):
        return without_surrogates(value)
    if isinstance(value, list):
        return [clean_strings(item) for item in value]
    if isinstance(value, dict):
        return {without_surrogates(key): clean_strings(item) for key, item in value.items()}
    if isinstance(value, msgspec.Struct):
        return replace(value, **{name: clean_strings(getattr(value, name)) for name in value.__struct_fields__})
    return value
