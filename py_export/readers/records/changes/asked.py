"""What calls ask for: a file's new content, a text in place of another, a patch."""

from __future__ import annotations

import re
from typing import Any

from py_export.changes import ABSENT, FileChange, Replacement
from py_export.model import Text, ToolCall
from py_export.readers.records import values
from py_export.readers.records.changes import apply_patch

_PATHS = (
    *("file_path", "filePath", "path", "notebook_path", "AbsolutePath", "absolute_path", "TargetFile", "target_file"),
    *("targetFile", "relative_workspace_path", "relativeWorkspacePath", "filename", "fileName", "file", "uri"),
)
_WHOLE = ("content", "contents", "file_text", "fileText", "CodeContent", "text")
_OLD = ("old_string", "oldString", "old_str", "oldText", "TargetContent", "old_text", "search")
_NEW = ("new_string", "newString", "new_str", "newText", "ReplacementContent", "new_text", "replace")
_EVERY = ("replace_all", "replaceAll", "AllowMultiple", "allow_multiple")
_EDITS = ("edits", "ReplacementChunks", "replacementChunks")
_PATCHES = ("input", "patch", "patchText", "command", "cmd", "raw")
_FOLDERS = ("workdir", "cwd", "working_directory", "workingDirectory")

_CREATED = re.compile(
    r"\s*(?:File created successfully|Successfully created|Created new file|Created file)", re.IGNORECASE
)
"""What Claude Code and Gemini say where the file is new."""

_INTO = re.compile(r"(?:^|[;&\n])\s*cd\s+([^\s;&|<>'\"$`*?]+)\s*(?:&&|;|\n)")
_TAKING_LINES = frozenset({"Edit", "MultiEdit"})
"""Claude Code's: where a text goes, some versions take the end of its line with it."""

_DELETING = re.compile(r"(?:delete|remove)_?file|delete", re.IGNORECASE)


def path_of(given: dict[str, Any]) -> str | None:
    """Return the one file that a call names."""
    return values.string(values.first(given, *_PATHS))


def folder_of(given: dict[str, Any]) -> str | None:
    """Return the folder in which a call was made, where it says one."""
    return values.string(values.first(given, *_FOLDERS))


def patch(_: ToolCall, given: dict[str, Any]) -> list[FileChange] | None:
    """Read a patch of ``apply_patch``, which a shell may have been told to apply."""
    for key in _PATCHES:
        value = given.get(key)
        words = value if isinstance(value, list) else [value]
        text = next((word for word in words if isinstance(word, str) and apply_patch.BEGIN in word), None)
        if text is not None:
            folder = folder_of(given)
            before = text[: text.index(apply_patch.BEGIN)]
            for into in _INTO.findall(before):
                folder = into if folder is None or into.startswith("/") else f"{folder}/{into}"
            return apply_patch.parse(text, folder)
    return None


def whole(call: ToolCall, given: dict[str, Any]) -> list[FileChange] | None:
    """Read a file's whole new content."""
    path = path_of(given)
    content = values.first(given, *_WHOLE)
    if path is None or not isinstance(content, str) or values.first(given, *_OLD, *_EDITS) is not None:
        return None
    if call.kind != "write" and given.get("command") != "create":
        return None
    return [put(call, path, content, folder_of(given))]


def put(call: ToolCall, path: str, content: str, folder: str | None = None) -> FileChange:
    """Return that a file got a content as a whole; it is new where the result says so."""
    texts = [block.text for block in call.result.blocks if isinstance(block, Text)] if call.result else []
    exists = values.mapping(call.result.data if call.result else None).get("exists")
    new = exists is False or any(_CREATED.match(text) for text in texts[:1])
    return FileChange(path, "added" if new else "written", after=content, folder=folder)


def replaced(call: ToolCall, given: dict[str, Any]) -> list[FileChange] | None:
    """Read texts that are put in place of others."""
    path = path_of(given)
    edits = replacements(given)
    if path is None or not edits:
        return None
    if not edits[0].old:  # how several agents make a file
        return [put(call, path, edits[0].new, folder_of(given))] if len(edits) == 1 else None
    if call.name in _TAKING_LINES:
        edits = [edit._replace(line=True) for edit in edits]
    return [FileChange(path, replacements=edits, folder=folder_of(given))]


def replacements(given: dict[str, Any]) -> list[Replacement]:
    """Return the texts that are put in place of others, in order; none where one of them cannot be read."""
    listed = values.first(given, *_EDITS)
    edits = [given, *values.sequence(listed)] if listed is not None else [given]
    found: list[Replacement] = []
    for edit in map(values.mapping, edits):
        old, new = values.first(edit, *_OLD), values.first(edit, *_NEW)
        if isinstance(old, str) and isinstance(new, str):
            expected = values.integer(edit.get("expected_replacements"))
            every = values.flag(values.first(edit, *_EVERY)) is True or (expected or 1) > 1
            found.append(Replacement(old, new, every))
        elif edit is not given:
            return []
    return found


def inserted(_: ToolCall, given: dict[str, Any]) -> list[FileChange] | None:
    """Refuse to tell where a line was put that is named by its number: agents count from 0 and from 1."""
    path = path_of(given)
    if path is None or values.first(given, "insert_line", "insertLine") is None:
        return None
    return [FileChange(path, folder=folder_of(given), doubt="patch_file_unseen")]


def deleted(call: ToolCall, given: dict[str, Any]) -> list[FileChange] | None:
    """Read that a file is deleted, which nothing but the tool's name says."""
    path = path_of(given)
    if path is None or not _DELETING.fullmatch(call.name.rsplit("__", 1)[-1]):
        return None
    return [FileChange(path, "deleted", after=ABSENT, folder=folder_of(given))]
