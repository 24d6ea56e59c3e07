"""What is known of one file: at first, and now."""

from __future__ import annotations

from msgspec import Struct

from py_export.changes import ABSENT, BY_COMMAND, LINE_ENDS, Content, FileChange, Hunk, is_mixed, lines_of
from py_export.readers.records.changes.agreeing import after_edits
from py_export.transforms.changes import seek
from py_export.transforms.changes.sheet import Sheet
from py_export.transforms.changes.strand import Known, Misfit, Unsure


class KnownFile(Struct, eq=False):
    """
    One file through a session.

    Attributes:
        origin: Its path when the session began, None where the session made it.
        path: Its path now.
        base: Its content when the session began; None where that is not known as a whole.
        now: Its content after the last change that is known; None where only ``sheet`` knows parts.
        sheet: What is known of it by parts; None where all of it is.
        base_mode, mode: As git writes them; None where nobody said.
        doubt: Why what came of a change cannot be told, as a notice's code; cleared where the content is told anew.
        where: The place of that change.
        first: The place of the first change.
        outside: Whether something else changed it too, and what it made is part of the difference.
        own: The session wrote all that it was at first, so that no byte of it can have been misread.
    """

    origin: str | None
    path: str
    base: Content | None = None
    now: Content | None = None
    sheet: Sheet | None = None
    base_mode: str | None = None
    mode: str | None = None
    doubt: str | None = None
    where: str = ""
    first: str = ""
    outside: bool = False
    own: bool = False

    @property
    def exists(self) -> bool | None:
        """Whether the file is there now; None where nobody said."""
        if self.now is None:
            return None if self.sheet is None or self.sheet.is_blank else True
        return self.now is not ABSENT

    @property
    def is_strange(self) -> bool:
        """Whether nobody knows if the file was there at first: a command made what was seen of it."""
        return self.doubt == BY_COMMAND and self.sheet is not None and self.sheet.is_blank

    def learn(self, content: Content) -> None:
        """Take in the whole content that the file has now."""
        if self._is_bare(content):
            return
        if self.now is not None and self.doubt is None:
            if _is_same_but_ends(self.now, content):
                self.doubt = LINE_ENDS
                return
            if self.now != content:
                self.outside, self.own = True, False
            self.now = content
        elif self.base is not None:
            self.outside = self.outside or (self.doubt == BY_COMMAND and self.now != content)
            self.now, self.doubt = content, None
        elif self.sheet is not None and self.doubt is None:
            if self.sheet.is_blank:
                self.base = self.now = content
                self.sheet = None
            elif isinstance(content, str):
                self._complete(self.sheet, content)
            else:
                self.doubt = "patch_file_drifted"

    def put(self, content: Content) -> None:
        """Take in the whole content that a change made; ``learn`` comes first where it says what stood there."""
        if self.base is None:
            self.doubt = self.doubt or "patch_file_unseen"
        elif not self._is_bare(content):
            self.now, self.doubt = content, None

    def write(self, change: FileChange, content: Content) -> None:
        """Take in the whole content that a change made, which does not say as a whole what stood there."""
        if self.base is None and change.hunks:
            self.change(change)
        elif isinstance(self.now, str) and isinstance(content, str) and is_mixed((self.now, content)):
            self.doubt = LINE_ENDS  # some tools write them as they were, some as they were given
        else:
            self.put(content)

    def change(self, change: FileChange) -> None:
        """Take in what a change did to lines or texts; what does not fit leaves the file as it was, and in doubt."""
        if self.doubt is not None:
            return
        try:
            if isinstance(self.now, str):
                self.now = _changed(self.now, change)
            else:
                _change_sheet(self.sheet, change)
        except Unsure:
            self.doubt = "patch_file_unseen"
        except Misfit:
            unseen = self.now is None and change.hunks is None
            told = [line for hunk in change.hunks or [] for _, line in hunk.lines]
            self.doubt = "patch_file_unseen" if unseen else self._misfit(told)

    def see(self, change: FileChange) -> None:
        """Take in lines that a call showed; what does not fit is for the next change to find out."""
        if self.sheet is None or self.now is not None or self.doubt is not None or change.hunks is None:
            return
        try:
            self.sheet.change(change.hunks, ends=change.ends)
        except Misfit:
            return
        if self.sheet.is_whole:
            old = (line for piece in self.sheet.strand if isinstance(piece, Known) for line in piece.old)
            new = (line for piece in self.sheet.strand if isinstance(piece, Known) for line in piece.new)
            self.base, self.now, self.sheet = "".join(old), "".join(new), None

    def settle(self) -> None:
        """Let what is known now be what the next difference begins with."""
        if self.base is not None or self.sheet is not None:
            self.origin, self.base_mode = self.path, self.mode
            self.own = self.own or self.base is ABSENT
            self.base = self.now
            if self.sheet is not None:
                self.sheet.settle()

    def _complete(self, sheet: Sheet, content: str) -> None:
        try:
            self.base = sheet.complete(content)
        except Misfit:
            self.doubt = self._misfit([content])
        else:
            self.now, self.sheet = content, None

    def _is_bare(self, content: Content) -> bool:
        """Return whether a content tells no more of how lines end than what left that open."""
        return self.doubt == LINE_ENDS and isinstance(content, str) and "\r\n" not in content

    def _misfit(self, told: list[str]) -> str:
        """Return why texts do not fit what is known: carriage returns that one of them lost, or another change."""
        known = [self.now] if isinstance(self.now, str) else []
        known += [line for _, lines in self.sheet.runs() for line in lines] if self.sheet is not None else []
        mixed = is_mixed([*known, *told]) and not is_mixed(known) and not is_mixed(told)
        return LINE_ENDS if mixed else "patch_file_drifted"


def _changed(text: str, change: FileChange) -> str:
    """Return a text after a change. Raises ``Misfit``."""
    hunks = change.shown if change.hunks is None else change.hunks
    if hunks is not None and change.replacements is not None:
        after = after_edits(text, change.replacements, hunks)
        if after is None:
            raise Misfit
        return after
    if change.hunks is not None:
        return "".join(_with_hunks(lines_of(text), change.hunks))
    if change.chunks is not None:
        return seek.changed(text, change.chunks)
    for edit in change.replacements or []:
        found = text.count(edit.old) if edit.old else 0
        if not found or (found > 1 and not edit.every) or (edit.rest or "\0") in text:
            raise Misfit
        text = text.replace(edit.old, edit.new)
    return text


def _with_hunks(lines: list[str], hunks: list[Hunk]) -> list[str]:
    made: list[str] = []
    at = 0
    for start, marked in hunks:
        old = [line for mark, line in marked if mark != "+"]
        if start < at or lines[start : start + len(old)] != old or start > len(lines):
            raise Misfit
        made += lines[at:start]
        made += (line for mark, line in marked if mark != "-")
        at = start + len(old)
    made += lines[at:]
    if not all(line.endswith("\n") for line in made[:-1]):
        raise Misfit
    return made


def _change_sheet(sheet: Sheet | None, change: FileChange) -> None:
    """Change what is known by parts: all of it, or nothing. Raises ``Misfit``."""
    if sheet is None:
        raise Misfit
    before = sheet.strand
    try:
        if change.hunks is not None:
            _follow(sheet, change, change.hunks)
        elif change.chunks is not None:
            lines = next((lines for start, lines in sheet.runs() if start == 0), [])
            sheet.change(seek.hunks(lines, change.chunks), ends=False)
        else:
            for replacement in change.replacements or []:
                sheet.replace(replacement)
    except Misfit:
        sheet.strand = before
        raise


def _follow(sheet: Sheet, change: FileChange, hunks: list[Hunk]) -> None:
    """Make the changes of hunks; where these were made for the eye, the texts that were replaced may know better."""
    try:
        sheet.change(hunks, rendered=change.rendered)
    except Misfit:
        try:
            for replacement in change.replacements or []:
                sheet.replace(replacement)
        except Misfit:
            pass
        else:
            if change.replacements:
                return
        raise


def _is_same_but_ends(one: Content, other: Content) -> bool:
    """Return whether two texts differ in carriage returns alone."""
    if not isinstance(one, str) or not isinstance(other, str) or one == other:
        return False
    return one.replace("\r\n", "\n") == other.replace("\r\n", "\n")
