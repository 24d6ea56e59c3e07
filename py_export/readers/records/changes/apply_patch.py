"""The patches that models write for ``apply_patch``: files by name, lines by what they say, no numbers."""

from __future__ import annotations

import re

from py_export.changes import ABSENT, Chunk, FileChange

BEGIN = "*** Begin Patch"
_END = "*** End Patch"
_FILE = re.compile(r"\*\*\* (Add|Update|Delete) File: (.+)\Z")
_MOVE = "*** Move to: "
_LAST = "*** End of File"


def parse(text: str, folder: str | None = None) -> list[FileChange]:
    """Return what a patch asks to be done to each file; nothing where the text holds none."""
    lines = [line.removesuffix("\r") for line in text.split("\n")]
    begin = next((at for at, line in enumerate(lines) if BEGIN in line), None)
    if begin is None:
        return []
    found: list[FileChange] = []
    added: list[str] | None = None
    for line in lines[begin + 1 :]:
        if line.strip() == _END:
            break
        named = _FILE.match(line.strip())
        if named is not None:
            _finish(found, added)
            found.append(_begin(named[1], named[2].strip(), folder))
            added = [] if named[1] == "Add" else None
        elif added is not None:
            if line.startswith("+"):
                added.append(line[1:] + "\n")
        elif found:
            _take(found[-1], line)
    _finish(found, added)
    return found


def _begin(does: str, path: str, folder: str | None) -> FileChange:
    if does == "Add":
        return FileChange(path, "added", folder=folder)
    if does == "Delete":
        return FileChange(path, "deleted", after=ABSENT, folder=folder)
    return FileChange(path, "modified", chunks=[], folder=folder)


def _finish(found: list[FileChange], added: list[str] | None) -> None:
    if added is not None:
        found[-1].after = "".join(added)


def _take(change: FileChange, line: str) -> None:
    """Take in a line of an update."""
    chunks = change.chunks
    if chunks is None:
        return
    if line.startswith(_MOVE):
        change.to = line.removeprefix(_MOVE).strip()
    elif line.strip() == _LAST:
        if chunks:
            chunks[-1] = chunks[-1]._replace(at_end=True)
    elif line == "@@" or line.startswith("@@ "):
        chunks.append(Chunk(line[3:] or None, [], []))
    elif line[:1] in ("", " ", "-", "+"):
        if not chunks:
            chunks.append(Chunk(None, [], []))
        if line[:1] != "+":
            chunks[-1].old.append(line[1:])
        if line[:1] != "-":
            chunks[-1].new.append(line[1:])
