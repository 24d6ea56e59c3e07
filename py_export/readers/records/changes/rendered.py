"""Lines by number as Claude Code and Cursor keep them: made to be looked at, so that not each of them is exact."""

from __future__ import annotations

from typing import Any

from py_export.changes import (
    ABSENT,
    LINE_ENDS,
    MARKS,
    Content,
    FileChange,
    Hunk,
    Mark,
    Replacement,
    is_indented,
    is_mixed,
)
from py_export.model import ToolCall
from py_export.readers.records import values
from py_export.readers.records.changes import asked
from py_export.readers.records.changes.agreeing import after_edits, agree, is_at_end, lead_to

_UNTOLD = "patch_file_unseen"


def structured(call: ToolCall, record: dict[str, Any]) -> list[FileChange] | None:
    """
    Read Claude Code's results: the file as it was, where kept, the texts replaced, and the lines by number.

    Tabs that begin a line stand there as two spaces. What is written back ends its lines as the file did, as all of it
    did at first, or as the model wrote it, by version; so where some lines are told with carriage returns and others
    without, nobody knows which of them the file has.
    """
    path = values.string(values.first(record, "filePath", "file_path"))
    patch = record.get("structuredPatch")
    if path is None or not isinstance(patch, list):
        return None
    given = values.mapping(call.input)
    before: Content | None = values.first(record, "originalFile", "originalFileContents")
    before = before if isinstance(before, str) else None
    hunks = _structured(patch)
    content = values.first(record, "content") if record.get("type") in ("create", "update") else None
    if record.get("type") == "create" and before is None:
        before = ABSENT
    made = FileChange(path, before=before, hunks=hunks, rendered=_is_rendered(hunks))
    edits = asked.replacements(record) or asked.replacements(given)
    told = [before, content, *(text for edit in edits for text in edit[:2])]
    if before is not ABSENT and _is_mixed(told, hunks):
        made.doubt = LINE_ENDS
        return [made]
    if isinstance(content, str):
        made.after = content
        made.hunks = hunks if hunks and before is None and lead_to(hunks, content) else None
        if before is ABSENT:
            made.kind = "added"
        return [made]
    _edit(made, edits, certain=record.get("userModified") is not True)
    return [made]


def _edit(made: FileChange, edits: list[Replacement], *, certain: bool) -> None:
    """Fill in what texts in place of others made of a file; not ``certain`` are those that a person changed again."""
    before, hunks = made.before, made.hunks
    if edits and not edits[0].old and before in (None, ""):  # there was nothing, be it a file or none
        made.kind, made.before, made.hunks = "written", "", None
        made.after = after_edits("", edits, hunks) if certain else None
    elif not certain or not edits:
        made.doubt = None if hunks and not (made.rendered and _indents(hunks)) else _UNTOLD
    elif isinstance(before, str):
        made.after = after_edits(before, edits, hunks)
    else:
        made.replacements = [edit._replace(line=True) for edit in edits]
        if hunks is not None and not agree(hunks, edits):
            made.hunks, made.shown = None, hunks
    if not made.hunks and made.after is None and made.replacements is None:
        made.doubt = _UNTOLD


def _is_rendered(hunks: list[Hunk] | None) -> bool:
    return not any(line.startswith("\t") for hunk in hunks or [] for _, line in hunk.lines)


def _is_mixed(texts: list[Any], hunks: list[Hunk] | None) -> bool:
    lines = [line for hunk in hunks or [] for _, line in hunk.lines]
    return is_mixed([*(text for text in texts if isinstance(text, str)), *lines])


def _indents(hunks: list[Hunk]) -> bool:
    """Return whether a line that changed may begin with a tab."""
    return any(mark != " " and is_indented(line) for hunk in hunks for mark, line in hunk.lines)


def _structured(patch: list[Any]) -> list[Hunk] | None:
    """Return hunks that are objects; None where one of them cannot be read."""
    found: list[Hunk] = []
    for one in map(values.mapping, patch):
        start, lines = values.integer(one.get("oldStart")), one.get("lines")
        if start is None or not isinstance(lines, list) or not all(isinstance(line, str) for line in lines):
            return None
        made: list[tuple[Mark, str]] = []
        for line in lines:
            mark = line[:1] or " "
            if mark == "\\" and made:
                made[-1] = (made[-1][0], made[-1][1].removesuffix("\n"))
            elif mark in MARKS:
                made.append((MARKS[mark], line[1:] + "\n"))
            else:
                return None
        hunk = Hunk(max(start - 1, 0), made)
        unsure = is_at_end(hunk) and not made[-1][1].endswith("\n")
        if unsure or any(_goes_on(made, side) for side in MARKS if side != " "):
            return None
        found.append(hunk)
    return found


def _goes_on(lines: list[tuple[Mark, str]], side: str) -> bool:
    """Return whether a side has lines behind its last one, as where ends of lines were taken for spaces."""
    own = [line for mark, line in lines if mark in (" ", side)]
    return not all(line.endswith("\n") for line in own[:-1])


def chunks(call: ToolCall, record: dict[str, Any]) -> list[FileChange] | None:
    """Read the pieces of a difference as Cursor keeps them, each with the number of its first line."""
    listed = values.sequence(values.mapping(record.get("diff")).get("chunks"))
    path = asked.path_of(values.mapping(call.input))
    if not listed or path is None:
        return None
    pieces: list[dict[str, Any]] = []
    for chunk in map(values.mapping, listed):
        said = values.string(chunk.get("diffString"))
        if said is None:
            return None
        pieces.append({"oldStart": chunk.get("oldStart"), "lines": said.removesuffix("\n").split("\n")})
    hunks = _structured(pieces)
    edits = asked.replacements(values.mapping(call.input))
    if hunks is None or not agree(hunks, edits):
        return None
    return [FileChange(path, hunks=hunks)]
