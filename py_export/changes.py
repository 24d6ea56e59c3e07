"""
What was done to one file, whoever did it: readers' records are brought to this shape, and a transform folds it.

No part of the tree, and so of no payload: ``ToolCall.input`` and ``ToolResult.data`` hold all of it already, and few
exports ask. What two programs call the same is told apart by ``kind``; how much of it is known by what is not None.
"""

from __future__ import annotations

from collections.abc import Iterable
from enum import Enum
from typing import Final, Literal, NamedTuple

from msgspec import Struct

Kind = Literal["seen", "added", "written", "modified", "deleted"]
"""``seen``: nothing was done, but the content told; ``written``: whole, and whether the file existed is not said."""


BY_COMMAND: Final = "patch_file_by_command"
"""The doubt about a file that a command in a shell changed: its notice's code."""

LINE_ENDS: Final = "patch_file_line_ends"
"""The doubt about a file whose lines are told with carriage returns here and without them there."""


class Absence(Enum):
    """There is no file."""

    ABSENT = "absent"


ABSENT: Final = Absence.ABSENT

Content = str | bytes | Absence
"""A file's content: text, bytes that are no text, or that there is no file."""

Mark = Literal[" ", "-", "+"]

MARKS: Final[dict[str, Mark]] = {" ": " ", "-": "-", "+": "+"}
"""By the letter that a line of a difference begins with."""


class Hunk(NamedTuple):
    """Lines of a file, each kept, taken out or put in, from line ``start`` on (from 0), with their ends."""

    start: int
    lines: list[tuple[Mark, str]]


class Replacement(NamedTuple):
    """
    One text in place of another, where that stands once; or ``every`` time.

    ``line`` is set where nobody knows whether a text that goes takes the end of its line with it.
    """

    old: str
    new: str
    every: bool = False
    line: bool = False

    @property
    def rest(self) -> str | None:
        """What must not stand in the file, for the change to be exact."""
        return self.old + "\n" if self.line and not self.new and not self.old.endswith("\n") else None


class Chunk(NamedTuple):
    """Lines in place of others, found by what they say: behind the line ``anchor``, or at the file's end."""

    anchor: str | None
    old: list[str]
    new: list[str]
    at_end: bool = False


class FileChange(Struct):
    """
    What one call did to one file, or let see of it.

    Attributes:
        path: As the source spells it.
        to: Its new name, where it was renamed.
        before, after: The whole content, where the source holds it.
        hunks: The lines that changed, by number; of a ``seen`` file the lines that were shown.
        replacements: Texts put in place of others; where they stand is known from the content alone.
        chunks: The same, by lines.
        ends: The last of the lines seen is the file's last.
        old_mode, mode: As git writes them, ``100755``.
        binary: It is no text, and what it holds is not known.
        rendered: The hunks were made to be looked at: each tab that begins a line may stand there as two spaces.
        shown: Such hunks that do not hold the texts replaced to the letter: of use beside the file's content alone.
        doubt: Why it cannot be told what came of it, as a notice's code.
        folder: Where a path that is not absolute begins.
        below: Where the path is a folder's, the same was done to all that lies below it.
    """

    path: str
    kind: Kind = "modified"
    to: str | None = None
    before: Content | None = None
    after: Content | None = None
    hunks: list[Hunk] | None = None
    replacements: list[Replacement] | None = None
    chunks: list[Chunk] | None = None
    ends: bool = False
    old_mode: str | None = None
    mode: str | None = None
    binary: bool = False
    rendered: bool = False
    shown: list[Hunk] | None = None
    doubt: str | None = None
    folder: str | None = None
    below: bool = False


def is_mixed(texts: Iterable[str]) -> bool:
    """Return whether some lines end with a carriage return and others without one."""
    ends = {line.endswith("\r\n") for text in texts for line in lines_of(text) if line.endswith("\n")}
    return len(ends) > 1


def is_indented(line: str) -> bool:
    """Return whether a line may begin with a tab where each stands as two spaces."""
    return line.startswith("  ")


def lines_of(text: str) -> list[str]:
    r"""Return a text's lines with their ends; only ``\n`` ends one, as git has it."""
    parts = text.split("\n")
    last = parts.pop()
    lines = [part + "\n" for part in parts]
    return [*lines, last] if last else lines
