"""One file's difference as git writes it."""

from __future__ import annotations

import re
import zlib
from base64 import b85encode
from collections.abc import Iterator
from hashlib import sha1

from py_export.changes import ABSENT, Content
from py_export.jsontext import encoded
from py_export.transforms.changes.final import FileDifference, Stretch

_REGULAR = "100644"
_NO_FILE = "/dev/null"
_NO_BLOB = "0" * 40
_ABBREVIATED = 12
_A_LINE = 52
"""Bytes of a line of what is no text."""

_TO_QUOTE = re.compile(rb'[\x00-\x20"\\\x7f-\xff]')
"""What git quotes, and spaces: GNU patch does not know where a name with one ends."""

_LETTERS = {7: b"a", 8: b"b", 9: b"t", 10: b"n", 11: b"v", 12: b"f", 13: b"r", 34: b'"', 92: b"\\"}


def difference(one: FileDifference) -> bytes:
    """Return a file's difference, its head and all."""
    return b"".join((*_head(one), *(_binary(one) if one.is_binary else _text(one))))


def _head(one: FileDifference) -> Iterator[bytes]:
    old, new = one.old or one.new or "", one.new or one.old or ""
    yield b"diff --git " + _quoted("a/" + old) + b" " + _quoted("b/" + new) + b"\n"
    if one.old is None:
        yield b"new file mode " + (one.mode or _REGULAR).encode() + b"\n"
    elif one.new is None:
        yield b"deleted file mode " + (one.mode or one.old_mode or _REGULAR).encode() + b"\n"
    elif one.old_mode is not None and one.mode is not None and one.old_mode != one.mode:
        yield b"old mode " + one.old_mode.encode() + b"\nnew mode " + one.mode.encode() + b"\n"
    if one.old is not None and one.new is not None and old != new:
        if not one.stretches and not one.is_binary:
            yield b"similarity index 100%\n"
        yield b"rename from " + _quoted(old) + b"\nrename to " + _quoted(new) + b"\n"
    if (
        one.before is not None
        and one.after is not None
        and (one.stretches or one.is_binary or None in (one.old, one.new))
    ):
        length = 40 if one.is_binary else _ABBREVIATED
        yield f"index {_blob(one.before)[:length]}..{_blob(one.after)[:length]}\n".encode()


def _text(one: FileDifference) -> Iterator[bytes]:
    if not one.stretches:
        return
    yield b"--- " + _named(one.old, "a/") + b"\n+++ " + _named(one.new, "b/") + b"\n"
    for stretch in one.stretches:
        yield _place(stretch)
        yield encoded("".join(_lines(stretch)))


def _place(stretch: Stretch) -> bytes:
    old, new = _span(stretch.old, stretch.old_count), _span(stretch.new, stretch.new_count)
    return f"@@ -{old} +{new} @@\n".encode()


def _span(start: int, count: int) -> str:
    first = start + 1 if count else start
    return str(first) if count == 1 else f"{first},{count}"


def _lines(stretch: Stretch) -> Iterator[str]:
    for mark, line in stretch.lines:
        yield mark
        yield line
        if not line.endswith("\n"):
            yield "\n\\ No newline at end of file\n"


def _binary(one: FileDifference) -> Iterator[bytes]:
    if one.before == one.after:
        return
    yield b"GIT binary patch\n"
    for content in (one.after, one.before):
        yield from _literal(_bytes(content))
        yield b"\n"


def _literal(content: bytes) -> Iterator[bytes]:
    yield f"literal {len(content)}\n".encode()
    packed = zlib.compress(content)
    for at in range(0, len(packed), _A_LINE):
        part = packed[at : at + _A_LINE]
        length = len(part) + (64 if len(part) <= 26 else 70)  # noqa: PLR2004 - A to Z, then a to z
        yield bytes([length]) + b85encode(part, pad=True) + b"\n"


def _blob(content: Content) -> str:
    """Return the name that git gives a content."""
    if content is ABSENT:
        return _NO_BLOB
    data = _bytes(content)
    return sha1(b"blob %d\0" % len(data) + data, usedforsecurity=False).hexdigest()


def _bytes(content: Content | None) -> bytes:
    if isinstance(content, str):
        return encoded(content)
    return content if isinstance(content, bytes) else b""


def _named(path: str | None, side: str) -> bytes:
    """Return a name as it stands behind ``---``."""
    return _NO_FILE.encode() if path is None else _quoted(side + path)


def _quoted(path: str) -> bytes:
    """Return a name, in quotes as C has them where anything in it asks for that."""
    name = encoded(path)
    if not _TO_QUOTE.search(name):
        return name
    return b'"' + _TO_QUOTE.sub(_escaped, name) + b'"'


def _escaped(found: re.Match[bytes]) -> bytes:
    byte = found[0][0]
    return b" " if byte == 32 else b"\\" + _LETTERS.get(byte, b"%03o" % byte)  # noqa: PLR2004 - a space, which quotes hold
