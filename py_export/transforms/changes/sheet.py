"""
A file of which only parts are known: what it was at first and what it is now, piece by piece.

Each change that tells lines and their numbers makes more of the file known, before and after at once. So changes upon
changes come to one: exactly, without the file's content, and without a guess at where a later number stood before.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from py_export.changes import Hunk, Mark, Replacement, is_indented, lines_of
from py_export.transforms.changes.differences import differences
from py_export.transforms.changes.strand import Gap, Known, Misfit, Piece, Strand, Unsure, halved, joined, same


class Sheet:
    """
    The pieces of one file, in order.

    Attributes:
        strand: The pieces. It never changes: who keeps it can put it back.
    """

    def __init__(self) -> None:
        self.strand = Strand.of([Gap(None)])

    @property
    def pieces(self) -> list[Piece]:
        """All pieces, gone through: not for every edit."""
        return list(self.strand)

    @property
    def is_blank(self) -> bool:
        """Whether nothing is known."""
        leaves = self.strand.leaves
        return len(leaves) == 1 and leaves[0].pieces == [Gap(None)]

    @property
    def is_whole(self) -> bool:
        """Whether everything is known."""
        return not any(leaf.gapped for leaf in self.strand.leaves)

    def change(self, hunks: list[Hunk], *, ends: bool | None = None, rendered: bool = False) -> None:
        """
        Make the changes of hunks whose numbers are the present ones, in order.

        Args:
            hunks: The changes; lines that are kept count as known from now on.
            ends: Whether the last line told is the file's last; None where the hunks say it as ``diff`` does: by
                telling no line behind their last change.
            rendered: Tabs may stand there as spaces.

        Raises:
            Misfit: The lines are not those that are known. Nothing is changed then.
            Unsure: They may be others, and are not known.
        """
        rest, made = self.strand, Strand([])
        at = 0
        for hunk in hunks:
            if hunk.start < at:
                raise Misfit
            count = sum(mark != "+" for mark, _ in hunk.lines)
            before, rest = rest.split(hunk.start - at)
            met, rest = rest.split(count)
            at = hunk.start + count
            made = joined(made, before, Strand.of(_tidy(_meeting(list(met), hunk.lines, rendered=rendered))))
        if _at_end(hunks) if ends is None else ends:
            told = any(leaf.lines for leaf in rest.leaves)
            if told and ends:
                raise Misfit
            rest = rest if told else Strand.of(piece for piece in rest if isinstance(piece, Known))
        made = joined(made, rest)
        if not all(line.endswith("\n") for hunk in hunks for _, line in hunk.lines) and not _is_ended(made):
            raise Misfit
        self.strand = made

    def complete(self, text: str) -> str:
        """
        Return what the file was at first, now that all of it is known to be ``text``.

        Raises:
            Misfit: Another change came between.
        """
        lines = lines_of(text)
        at = 0
        old: list[str] = []
        for piece in self.strand:
            if isinstance(piece, Known):
                if lines[at : at + len(piece.new)] != piece.new:
                    raise Misfit
                old += piece.old
                at += len(piece.new)
            else:
                count = len(lines) - at if piece.size is None else piece.size
                if at + count > len(lines):
                    raise Misfit
                old += lines[at : at + count]
                at += count
        if at != len(lines):
            raise Misfit
        return "".join(old)

    def replace(self, wanted: Replacement) -> None:
        """
        Put one text in place of another that stands once in the file, by its tool's own word.

        Raises:
            Misfit: It stands in no part that is known, or in more than one.
        """
        found = [
            (start, text, at)
            for start, lines in self.runs()
            for text in ("".join(lines),)
            if (at := text.find(wanted.old)) >= 0
        ]
        if len(found) != 1 or wanted.every or not wanted.old:
            raise Misfit
        start, text, at = found[0]
        if text.find(wanted.old, at + 1) >= 0 or (wanted.rest or "\0") in text:
            raise Misfit
        changed = text[:at] + wanted.new + text[at + len(wanted.old) :]
        self.change([hunk_of(start, lines_of(text), lines_of(changed))], ends=False)

    def settle(self) -> None:
        """Let what is known now be what was at first."""
        self.strand = Strand.of(piece if isinstance(piece, Gap) else same(piece.new) for piece in self.strand)

    def runs(self) -> Iterator[tuple[int, list[str]]]:
        """Yield where lines that are known now begin, from 0, and the lines."""
        at = 0
        held: list[str] = []
        for piece in self.strand:
            if isinstance(piece, Known):
                held += piece.new
                continue
            if held:
                yield at, held
            at += len(held) + (piece.size or 0)
            held = []
        if held:
            yield at, held


def hunk_of(start: int, old: list[str], new: list[str]) -> Hunk:
    """Return the hunk that makes new lines of old ones, which begin at line ``start``."""
    made = Hunk(start, [])
    at = 0
    for first, second, third, fourth in differences(old, new):
        made.lines.extend((" ", line) for line in old[at:first])
        made.lines.extend(("-", line) for line in old[first:second])
        made.lines.extend(("+", line) for line in new[third:fourth])
        at = second
    made.lines.extend((" ", line) for line in old[at:])
    return made


def _meeting(pieces: list[Piece], lines: list[tuple[Mark, str]], *, rendered: bool) -> Iterator[Piece]:
    """Yield what becomes of pieces by the lines of a hunk, those that it adds aside, which they have to be."""
    waiting = pieces[::-1]
    for mark, line in lines:
        if mark == "+":
            yield Known([], [line])
            continue
        piece = waiting.pop()
        while isinstance(piece, Known) and not piece.new:
            yield piece
            piece = waiting.pop()
        if isinstance(piece, Gap):
            if rendered and is_indented(line):
                raise Unsure
            if piece.size != 1:
                waiting.append(halved(piece, 1)[1])
        elif piece.new[0] != line:
            raise Misfit
        elif len(piece.new) > 1:
            piece, after = halved(piece, 1)
            waiting.append(after)
        kept = [line] if mark == " " else []
        if isinstance(piece, Gap) or piece.old is piece.new:
            yield same(kept) if kept else Known([line], [])
        else:
            yield Known(piece.old, kept)


def _at_end(hunks: list[Hunk]) -> bool:
    """Return whether hunks tell no line behind their last change, and are of those that tell such lines."""
    if not hunks or any(hunk.start > 0 and hunk.lines and hunk.lines[0][0] != " " for hunk in hunks):
        return False
    return bool(hunks[-1].lines) and (hunks[-1].lines[-1][0] != " " or not hunks[-1].lines[-1][1].endswith("\n"))


def _tidy(pieces: Iterator[Piece]) -> Iterator[Piece]:
    """Yield pieces of known lines, those joined that say the same of lines beside each other."""
    for unchanged, group in groupby(pieces, lambda piece: isinstance(piece, Known) and piece.old is piece.new):
        known = [piece for piece in group if isinstance(piece, Known)]
        new = [line for piece in known for line in piece.new]
        yield same(new) if unchanged else Known([line for piece in known for line in piece.old], new)


def _is_ended(strand: Strand) -> bool:
    """Return whether no known line but the last is without an end."""
    more = False
    for leaf in reversed(strand.leaves):
        if leaf.loose and (more or leaf.loose != [True]):
            return False
        more = more or any(isinstance(piece, Known) and piece.new for piece in leaf.pieces)
    return True
