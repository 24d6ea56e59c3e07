"""What results tell of changed files: contents before and after, or lines by number."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from py_export.changes import ABSENT, FileChange, Hunk
from py_export.model import Json, ToolCall
from py_export.readers.records import values
from py_export.readers.records.changes import asked, unified
from py_export.readers.records.changes.agreeing import agree, is_at_end

_UNTOLD = "patch_file_unseen"
_DOES = frozenset({"type", "kind", "add", "update", "delete"})
"""Where Codex says what was done to a file."""


def by_path(_: ToolCall, record: dict[str, Any]) -> list[FileChange] | None:
    """Read Codex's changes, by path or in a list: a content added or deleted, a difference with its numbers."""
    changes = values.first(record, "changes", "fileChanges", "file_changes")
    pairs: Iterable[tuple[str | None, Any]] = changes.items() if isinstance(changes, dict) else ()
    if isinstance(changes, list):
        pairs = [(values.string(values.mapping(one).get("path")), one) for one in changes]
    told = [(path, values.mapping(one)) for path, one in pairs if path and values.mapping(one).keys() & _DOES]
    if not told:
        return None
    folder = asked.folder_of(record)
    return [_codex(path, one, folder) for path, one in told]


def _codex(path: str, change: dict[str, Any], folder: str | None) -> FileChange:
    for name in ("add", "update", "delete"):  # as older versions write it
        if isinstance(change.get(name), dict):
            change = {"type": name} | change[name]
    kind = values.first(change, "type", "kind")
    if isinstance(kind, dict):
        change = {**kind, **change}
        kind = kind.get("type")
    told = values.first(change, "content", "unified_diff", "unifiedDiff", "diff")
    to = values.string(values.first(change, "move_path", "movePath"))
    made = FileChange(path, to=to, folder=folder)
    if kind in ("add", "added") and isinstance(told, str):
        made.kind, made.after = "added", told
    elif kind in ("delete", "deleted"):
        made.kind = "deleted"
        made.before, made.after = told if isinstance(told, str) else None, ABSENT
    elif isinstance(told, str):
        made.hunks = _hunks(told) if told.strip() else []
    if made.hunks is None and made.after is None:
        made.doubt = _UNTOLD
    return made


def by_file(_: ToolCall, record: dict[str, Any]) -> list[FileChange] | None:
    """Read opencode's list of the files that a patch changed."""
    files = [values.mapping(one) for one in values.sequence(record.get("files"))]
    told = ("before", "after", "patch", "diff")
    if not files or not any(isinstance(one.get(key), str) for one in files for key in told):
        return None
    found: list[FileChange] = []
    for one in files:
        path = values.string(values.first(one, "filePath", "file", "path", "relativePath"))
        if path is None:
            return None
        made = _contents(path, one) or _difference(path, values.first(one, "patch", "diff")) or FileChange(path)
        made.to = values.string(values.first(one, "movePath", "move_path"))
        if made.to is not None and made.after is ABSENT:
            made.after = one.get("after")
        found.append(made)
    return found


def one_by_one(call: ToolCall, record: dict[str, Any]) -> list[FileChange] | None:
    """Read the results of several edits in one call, each as one."""
    found = [before_and_after(call, values.mapping(one)) for one in values.sequence(record.get("results"))]
    return [change for changes in found for change in changes or []] if found and None not in found else None


def before_and_after(call: ToolCall, record: dict[str, Any]) -> list[FileChange] | None:
    """Read what Gemini and opencode show of a file: its whole content before and after."""
    given = values.mapping(record.get("filediff")) or record
    path = values.string(values.first(given, "file", "filePath", "fileName", "path"))
    whole = values.string(asked.path_of(values.mapping(call.input)))
    if path is not None and whole is not None and whole.replace("\\", "/").endswith(path.replace("\\", "/")):
        path = whole
    made = _contents(path, given) if path is not None else None
    if made is None:
        return None
    new = record.get("isNewFile")
    if new is not False and made.before == "":
        old = values.first(values.mapping(call.input), "old_string", "oldString")
        if new is True:
            made.before = ABSENT
        elif old == "" or asked.put(call, "", "").kind == "added":
            made.kind = "written"  # and nobody says whether there was no file, or an empty one
    return [made]


def _contents(path: str, given: dict[str, Any]) -> FileChange | None:
    """Return a change that is told by whole contents; None where one of them is missing."""
    names = (("originalContent", "newContent"), ("before", "after"))
    before, after = next(((given.get(old), given.get(new)) for old, new in names if new in given), (None, None))
    kind = values.string(values.first(given, "type", "status"))
    if not isinstance(after, str):
        return None
    made = FileChange(path, after=after)
    if kind in ("add", "added") or before is None:
        made.before = ABSENT
    elif isinstance(before, str):
        made.before = before
    if kind in ("delete", "deleted"):
        made.kind, made.after = "deleted", ABSENT
    return made


def notebook(_: ToolCall, record: dict[str, Any]) -> list[FileChange] | None:
    """Read a notebook's file as it was and as it is."""
    path = values.string(record.get("notebook_path"))
    before, after = record.get("original_file"), record.get("updated_file")
    if path is None or not isinstance(before, str) or not isinstance(after, str):
        return None
    return [FileChange(path, before=before, after=after)]


def difference(call: ToolCall, record: dict[str, Any]) -> list[FileChange] | None:
    """
    Read a difference as text; where the texts replaced are known too, the two have to agree.

    Gemini's takes spaces for nothing: of what is written as a whole, it shows lines as they are, and not as they were.
    """
    told = values.first(record, "fileDiff", "diff", "patch")
    text = told if isinstance(told, str) else values.string(values.mapping(record.get("filediff")).get("patch"))
    given = values.mapping(call.input)
    path = asked.path_of(given) or values.string(values.first(record, "filePath", "filepath"))
    if text is None or "@@" not in text:
        return None
    if path is None:
        return _several(text)
    made = _difference(path, text)
    if made is None:
        return None
    made.folder = asked.folder_of(given)
    content = values.first(given, "content", "contents")
    edits = asked.replacements(given)
    if call.kind == "write" and isinstance(content, str) and made.hunks is not None:
        return [asked.put(call, path, content, made.folder)]  # spaces are nothing in such a difference
    if made.hunks is not None and edits and (not agree(made.hunks, edits) or any(map(is_at_end, made.hunks))):
        made.hunks, made.replacements = None, edits
    return [made]


def _difference(path: str, text: Json) -> FileChange | None:
    if not isinstance(text, str):
        return None
    try:
        found = unified.parse(text)
    except unified.Malformed:
        return None
    return found[0].change(path) if len(found) == 1 else None


def _several(text: str) -> list[FileChange] | None:
    try:
        found = unified.parse(text)
    except unified.Malformed:
        return None
    made: list[FileChange] = []
    for one in found:
        path = one.new if one.created or one.old is None else one.old
        if path is None:
            return None
        change = one.change(path)
        change.to = one.new if one.renamed else None
        made.append(change)
    return made


def _hunks(text: str) -> list[Hunk] | None:
    try:
        found = unified.parse(text)
    except unified.Malformed:
        return None
    return found[0].hunks if len(found) == 1 else None
