"""
Two tellings of one edit, and whether they agree.

Claude Code's and opencode's differences are made for the eye: spaces in place of tabs, indents cut, lines left out
that differ in spaces alone. The texts that were replaced are exact, but say nothing of where they stand. Where both
are known each proves the other; where they do not agree, the texts hold, and the file's content has to tell the place.
"""

from __future__ import annotations

import re

from py_export.changes import Hunk, Replacement, lines_of

_SPACE = re.compile(r"\s+")


def after_edits(before: str, edits: list[Replacement], hunks: list[Hunk] | None) -> str | None:
    """Return the content that edits make of one; None where that cannot be told."""
    made = [_all_replaced(before, edits)]
    if any(edit._replace(line=True).rest for edit in edits):
        made.append(_all_replaced(before, edits, lines=True))
    told = list(dict.fromkeys(after for after in made if after is not None))
    if hunks:
        told = [after for after in told if _shows(hunks, after)]
    return told[-1] if told else None


def _all_replaced(text: str | None, edits: list[Replacement], *, lines: bool = False) -> str | None:
    """Return a text after edits; with ``lines`` a text that goes takes the end of its line along, as in Claude Code."""
    for edit in edits:
        rest = edit._replace(line=lines).rest
        text = _replaced(text, edit._replace(old=rest) if rest is not None and rest in (text or "") else edit)
    return text


def agree(hunks: list[Hunk], edits: list[Replacement]) -> bool:
    """Return whether what hunks take out and put in holds each text as it is; where no text is known, they do."""
    old = ["".join(line for mark, line in hunk.lines if mark != "+") for hunk in hunks]
    new = ["".join(line for mark, line in hunk.lines if mark != "-") for hunk in hunks]
    # A later edit may have changed what an earlier one put in, and one that stands apart may have none of its own.
    return all(_held(edit.old, old) for edit in edits[:1]) and all(_held(edit.new, new) for edit in edits[-1:])


def lead_to(hunks: list[Hunk], content: str) -> bool:
    """Return whether hunks show, to the letter and by their numbers, lines of a content as what they lead to."""
    lines = lines_of(content)
    moved = 0
    for start, marked in hunks:
        new = [line for mark, line in marked if mark != "-"]
        if lines[start + moved : start + moved + len(new)] != new:
            return False
        moved += len(new) - sum(mark != "+" for mark, _ in marked)
    return True


def is_at_end(hunk: Hunk) -> bool:
    """
    Return whether one side alone goes on behind the last line that a hunk keeps.

    Where ends of lines were taken for spaces, that line may have one on one side and none on the other.
    """
    behind: set[str] = set()
    for mark, _ in reversed(hunk.lines):
        if mark == " ":
            return len(behind) == 1
        behind.add(mark)
    return False


def _held(text: str, sides: list[str]) -> bool:
    """Return whether a text stands in one of the sides; a long one in several, all lines but its first and last."""
    if any(text in side for side in sides):
        return True
    whole = lines_of(text)[1:-1]
    shown = {line for side in sides for line in lines_of(side)}
    bare = {_bare(line) for line in whole}
    return not shown.isdisjoint(whole) and all(line in whole for line in shown if _bare(line) and _bare(line) in bare)


def _replaced(text: str | None, edit: Replacement) -> str | None:
    found = 0 if text is None or not edit.old else text.count(edit.old)
    if text is None or found == 0 or (found > 1 and not edit.every):
        return edit.new if text == "" and not edit.old else None
    return text.replace(edit.old, edit.new)


def _shows(hunks: list[Hunk], after: str) -> bool:
    """Return whether hunks, spaces aside, show a text as what they lead to."""
    if all("".join(line for mark, line in hunk.lines if mark != "-") in after for hunk in hunks):
        return True
    lines = lines_of(after)
    moved = 0
    for start, marked in hunks:
        new = [line for mark, line in marked if mark != "-"]
        these = lines[start + moved : start + moved + len(new)]
        if list(map(_bare, these)) != list(map(_bare, new)):
            return False
        moved += len(new) - sum(mark != "+" for mark, _ in marked)
    return len(lines) - moved >= 0


def _bare(line: str) -> str:
    return _SPACE.sub("", line)
