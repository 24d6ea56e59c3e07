"""
What a tool call changed in files, told by what it was given and what it gave back, in whatever shape agents keep that.

A reader does not do this while it reads: nothing but a patch needs it, contents of files would be compared and copied
for every other export, and the tree holds all of it already (``ToolCall.input`` and ``ToolResult.data``), in a payload
that was read back too. So a transform asks here, once, when a patch is wanted. Only this package knows the shapes, as
only ``tools.py`` knows the names; a writer sees neither.
"""

from __future__ import annotations

import posixpath
from collections.abc import Callable
from typing import Any

from py_export.changes import FileChange
from py_export.model import Text, ToolCall
from py_export.readers.records import values
from py_export.readers.records.changes import asked, commands, rendered, seen, shell, told

_FAILED = frozenset({"error", "denied", "cancelled"})
_OPEN = frozenset({"pending", "running"})
_CHANGING = frozenset({"write", "edit"})

_WHOLE = ("originalFile", "originalFileContents", "newContent", "updated_file")
"""Where results keep a file's content."""

Shape = Callable[[ToolCall, dict[str, Any]], list[FileChange] | None]

_TOLD: tuple[Shape, ...] = (
    told.by_path,
    told.by_file,
    told.one_by_one,
    told.before_and_after,
    rendered.structured,
    told.notebook,
    told.difference,
    rendered.chunks,
)
"""What results hold, the most exact first. A shape that is not its own gives None."""

_ASKED: tuple[Shape, ...] = (
    told.by_path,
    asked.patch,
    asked.whole,
    asked.inserted,
    asked.replaced,
    asked.deleted,
)
"""What calls ask for; with the content of the file, that is exact too."""


def changes(call: ToolCall) -> list[FileChange]:
    """Return what a call did to files, in order; what it showed of one where it read. Failed calls did nothing."""
    if _failed(call):
        return []
    if call.kind == "read":
        return seen.read(call)
    if call.kind == "shell":
        return shell.shown(call)
    found = _found(call)
    if call.status in _OPEN:
        return [FileChange(one.path, folder=one.folder, doubt="patch_call_unfinished") for one in found or _named(call)]
    return _named(call) if found is None else found


def commanded(call: ToolCall) -> tuple[list[FileChange], bool]:
    """Return what a shell did to the files that its command names, and whether nothing else can have changed."""
    command = None if _failed(call) or call.status in _OPEN else shell.command_of(call)
    if command is None:
        return [], not shell.may_write(call)
    found, known = commands.done(command)
    folder = asked.folder_of(values.mapping(call.input))
    for one in found if folder else ():
        one.folder = posixpath.join(folder or "", one.folder or "")
    return found, known or not shell.may_write(call)


def leaves_folder(call: ToolCall) -> bool:
    """Return whether later calls of the same shell begin in another folder: Claude Code's does not begin anew."""
    return call.name == "Bash" and commands.moves(shell.command_of(call) or "")


def shows_returns(call: ToolCall) -> bool:
    """Return whether a shell shows carriage returns at the ends of lines, which some logs drop elsewhere."""
    blocks = call.result.blocks if call.result is not None else []
    return any(isinstance(block, Text) and "\r\n" in block.text for block in blocks)


def is_told(call: ToolCall) -> bool:
    """Return whether the result holds whole contents, so that nothing else need be known of a file that was there."""
    data = values.mapping(call.result.data if call.result else None)
    return any(isinstance(data.get(name), str) and data[name] for name in _WHOLE) or "filediff" in data


def _found(call: ToolCall) -> list[FileChange] | None:
    data = values.mapping(call.result.data if call.result else None)
    found = _first(_TOLD, call, data) if data else None
    if found is None and call.kind in _CHANGING:
        given = call.input if isinstance(call.input, dict) else {"input": call.input}
        found = _first(_ASKED, call, given)
    return found


def _first(shapes: tuple[Shape, ...], call: ToolCall, record: dict[str, Any]) -> list[FileChange] | None:
    for shape in shapes:
        found = shape(call, record)
        if found is not None:
            return found
    return None


def _failed(call: ToolCall) -> bool:
    result = call.result
    if call.permission is not None and call.permission.status in ("denied", "canceled"):
        return True
    return call.status in _FAILED or (result is not None and (result.is_error or bool(result.exit_code)))


def _named(call: ToolCall) -> list[FileChange]:
    """Return the files that a call names whose shape nothing here knows; one without a name where it names none."""
    if call.kind not in _CHANGING:
        return []
    paths = call.paths or ([path] if (path := asked.path_of(values.mapping(call.input))) else [""])
    return [FileChange(path, doubt="patch_file_unseen") for path in paths]


__all__ = ["changes", "commanded", "is_told", "leaves_folder", "shows_returns"]
