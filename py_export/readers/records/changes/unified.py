"""Differences as ``diff`` and ``git`` write them, read back: of one file or of several."""

from __future__ import annotations

import re
import zlib
from base64 import b85decode
from collections.abc import Iterator

from msgspec import Struct

from py_export.changes import ABSENT, MARKS, Content, FileChange, Hunk, Mark

_HUNK = re.compile(r"@@ -(\d{1,9})(?:,(\d{1,9}))? \+\d{1,9}(?:,(\d{1,9}))? @@")
_MODE = re.compile(r"(old mode|new mode|new file mode|deleted file mode) ([0-7]{6})\Z")
_NAMED = re.compile(r"(rename from|rename to|---|\+\+\+) (.+)\Z")
_LITERAL = re.compile(r"literal (\d{1,10})\Z")
_QUOTED = re.compile(rb"\\([0-7]{3}|.)")
_ESCAPES = {b"a": b"\a", b"b": b"\b", b"t": b"\t", b"n": b"\n", b"v": b"\v", b"f": b"\f", b"r": b"\r"}
_NO_FILE = "/dev/null"
_MOST_BYTES = 64 << 20
"""Of what is no text, unpacked."""


class Difference(Struct):
    """One file's part: its names without ``a/`` and ``b/``, its hunks, and what else git says of it."""

    old: str | None = None
    new: str | None = None
    hunks: list[Hunk] = []
    old_mode: str | None = None
    mode: str | None = None
    renamed: bool = False
    created: bool = False
    deleted: bool = False
    binary: bool = False
    before: Content | None = None
    after: Content | None = None

    def change(self, path: str, folder: str | None = None) -> FileChange:
        """Return it as a change of the file that ``path`` names."""
        made = FileChange(path, folder=folder, hunks=self.hunks, old_mode=self.old_mode, mode=self.mode)
        made.binary, made.before, made.after = self.binary, self.before, self.after
        if self.created and not self.binary:
            made.kind, made.after, made.hunks = "added", "".join(line for _, line in _lines(self.hunks)), None
        elif self.deleted:
            made.kind, made.after = "deleted", None
            if not self.binary:
                made.before, made.hunks = "".join(line for _, line in _lines(self.hunks)), None
        return made


class Malformed(Exception):
    """A text is no difference that anything could be made of."""


def parse(text: str) -> list[Difference]:
    """
    Return what a text says of each file, in order; of one that is named nowhere, too.

    Raises:
        Malformed: The text breaks off, or holds no difference.
    """
    lines = text.split("\n")
    found: list[Difference] = []
    at = 0
    started = False
    while at < len(lines):
        line = lines[at].removesuffix("\r") if not lines[at].startswith("@@") else lines[at]
        if line.startswith("diff --git "):
            found.append(_headed(line.removeprefix("diff --git ")))
            started = True
        elif line.startswith("--- ") and at + 1 < len(lines) and lines[at + 1].startswith("+++ "):
            if not started or not found or found[-1].hunks:
                found.append(Difference())
            _name(found[-1], line)
        elif (head := _HUNK.match(line)) is not None:
            if not found:
                found.append(Difference())
            hunk, at = _hunk(head, lines, at)
            found[-1].hunks.append(hunk)
            continue
        elif found and line == "GIT binary patch":
            at = _binary(found[-1], lines, at + 1)
            continue
        elif found:
            _name(found[-1], line)
        at += 1
    if not found or not all(map(_says, found)):
        raise Malformed
    return found


def _headed(names: str) -> Difference:
    """Return a file's part by the line that begins it, which alone names a file whose content is not told."""
    half = len(names) // 2
    old, new = unquoted(names[:half].rstrip()), unquoted(names[half:].lstrip())
    same = old.startswith("a/") and new.startswith("b/") and old[2:] == new[2:]
    return Difference(old[2:], new[2:]) if same else Difference()


def _says(one: Difference) -> bool:
    return bool(one.hunks) or one.renamed or one.created or one.deleted or one.binary or one.mode is not None


def _name(one: Difference, line: str) -> None:
    """Take in a line of a head."""
    if line.startswith("Binary files ") and line.endswith(" differ"):
        one.binary = True
    elif mode := _MODE.match(line):
        if mode[1] in ("old mode", "deleted file mode"):
            one.old_mode = mode[2]
        else:
            one.mode = mode[2]
        one.created = one.created or mode[1] == "new file mode"
        one.deleted = one.deleted or mode[1] == "deleted file mode"
    elif (named := _NAMED.match(line)) and not one.hunks:
        name = unquoted(named[2])
        if named[1] in ("---", "+++"):
            name = name.split("\t", 1)[0] if not named[2].startswith('"') else name
            name = name if name == _NO_FILE else re.sub(r"\A[ab]/", "", name)
        one.renamed = one.renamed or named[1].startswith("rename")
        if named[1] in ("---", "rename from"):
            one.old = name
            one.created = one.created or name == _NO_FILE
        else:
            one.new = name
            one.deleted = one.deleted or name == _NO_FILE


def unquoted(name: str) -> str:
    """Return a name that git may have put in quotes."""
    if not (name.startswith('"') and name.rstrip().endswith('"') and len(name.rstrip()) > 1):
        return name

    def letter(found: re.Match[bytes]) -> bytes:
        return bytes([int(found[1], 8) & 255]) if len(found[1]) == 3 else _ESCAPES.get(found[1], found[1])  # noqa: PLR2004 - digits

    return _QUOTED.sub(letter, name.rstrip()[1:-1].encode("utf-8", "replace")).decode("utf-8", "replace")


def _hunk(head: re.Match[str], lines: list[str], at: int) -> tuple[Hunk, int]:
    start, count = int(head[1]), int(head[2] or 1)
    wanted = {"-": count, "+": int(head[3] or 1)}
    made: list[tuple[Mark, str]] = []
    at += 1
    while at < len(lines) and (wanted["-"] > 0 or wanted["+"] > 0):
        mark, said = lines[at][:1] or " ", lines[at][1:]
        if mark == " ":
            wanted["-"] -= 1
            wanted["+"] -= 1
            made.append((" ", said + "\n"))
        elif mark in MARKS:
            wanted[mark] -= 1
            made.append((MARKS[mark], said + "\n"))
        elif mark == "\\" and made:
            made[-1] = (made[-1][0], made[-1][1][:-1])
        else:
            raise Malformed
        at += 1
    if wanted["-"] or wanted["+"]:
        raise Malformed
    if at < len(lines) and lines[at].startswith("\\") and made:
        made[-1] = (made[-1][0], made[-1][1][:-1])
        at += 1
    return Hunk(start - 1 if count else start, made), at


def _binary(one: Difference, lines: list[str], at: int) -> int:
    """Take in what git says byte by byte: the new content, and the old one behind it."""
    one.binary = True
    found: list[bytes | None] = []
    while at < len(lines) and len(found) < 2:  # noqa: PLR2004 - after and before
        literal = _LITERAL.match(lines[at])
        if literal is None and not lines[at].startswith("delta "):
            break
        size, begin = int(literal[1]) if literal else None, at + 1
        at = begin
        while at < len(lines) and lines[at]:
            at += 1
        found.append(None if size is None else _unpacked(lines[begin:at], size))
        at += 1
    if found and found[0] is not None:
        one.after = ABSENT if one.deleted else found[0]
    if len(found) > 1 and found[1] is not None:
        one.before = ABSENT if one.created else found[1]
    return at


def _unpacked(lines: list[str], size: int) -> bytes | None:
    try:
        packed = b"".join(b85decode(line[1:])[: _length(line[0])] for line in lines)
        found = zlib.decompressobj().decompress(packed, min(size, _MOST_BYTES) + 1)
    except (ValueError, zlib.error):
        return None
    return found if len(found) == size else None


def _length(letter: str) -> int:
    return ord(letter) - (64 if letter.isupper() else 70)


def _lines(hunks: list[Hunk]) -> Iterator[tuple[Mark, str]]:
    for hunk in hunks:
        yield from hunk.lines
