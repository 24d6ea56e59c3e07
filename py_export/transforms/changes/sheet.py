"""
A file of which only parts are known: what it was at first and what it is now, piece by piece.

Each change that tells lines and their numbers makes more of the file known, before and after at once. So changes upon
changes come to one: exactly, without the file's content, and without a guess at where a later number stood before.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from typing import NamedTuple

from py_export.changes import Hunk, Replacement, lines_of
from py_export.transforms.changes.differences import differences


class Gap(NamedTuple):
    """Lines that nobody told and nothing changed; ``size`` is None for all of the rest, be it none."""

    size: int | None


class Known(NamedTuple):
    """What lines were at first, and what they are now; where both are one and the same list, nothing did."""

    old: list[str]
    new: list[str]


Piece = Gap | Known


class Misfit(Exception):
    """What is told of a file is not what is known of it."""


class Sheet:
    """
    The pieces of one file, in order.

    Attributes:
        pieces: They follow each other without overlap; a gap without a count is the last.
    """

    def __init__(self) -> None:
        self.pieces: list[Piece] = [Gap(None)]

    def change(self, hunks: list[Hunk], *, ends: bool | None = None) -> None:
        """
        Make the changes of hunks whose numbers are the present ones, in order.

        Args:
            hunks: The changes; lines that are kept count as known from now on.
            ends: Whether the last line told is the file's last; None where the hunks say it as ``diff`` does: by
                telling no line behind their last change.

        Raises:
            Misfit: The lines are not those that are known. Nothing is changed then.
        """
        rest = _Rest(self.pieces)
        made: list[Piece] = []
        at = 0
        for hunk in hunks:
            if hunk.start < at:
                raise Misfit
            made += rest.take(hunk.start - at)
            at = hunk.start + sum(mark != "+" for mark, _ in hunk.lines)
            touched: list[Piece] = []
            for mark, line in hunk.lines:
                touched += [Known([], [line])] if mark == "+" else rest.meet(line, stays=mark == " ")
            made += _tidy(touched)
        left = rest.all()
        if _at_end(hunks) if ends is None else ends:
            told = any(piece.new if isinstance(piece, Known) else piece.size for piece in left)
            if told and ends:
                raise Misfit
            left = left if told else [piece for piece in left if isinstance(piece, Known)]
        made += left
        if not all(line.endswith("\n") for hunk in hunks for _, line in hunk.lines) and not _ended(made):
            raise Misfit
        self.pieces = made

    def complete(self, text: str) -> str:
        """
        Return what the file was at first, now that all of it is known to be ``text``.

        Raises:
            Misfit: Another change came between.
        """
        lines = lines_of(text)
        at = 0
        old: list[str] = []
        for piece in self.pieces:
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
        self.pieces = [piece if isinstance(piece, Gap) else _same(piece.new) for piece in self.pieces]

    def runs(self) -> Iterator[tuple[int, list[str]]]:
        """Yield where lines that are known now begin, from 0, and the lines."""
        at = 0
        held: list[str] = []
        for piece in self.pieces:
            if isinstance(piece, Known):
                held += piece.new
                continue
            if held:
                yield at, held
            at += len(held) + (piece.size or 0)
            held = []
        if held:
            yield at, held


class _Rest:
    """What is left of pieces while lines are taken from them."""

    def __init__(self, pieces: list[Piece]) -> None:
        self._pieces = pieces
        self._at = 0
        self._held: Piece | None = None

    def take(self, count: int) -> list[Piece]:
        """Return the pieces of so many lines as they are now."""
        found: list[Piece] = []
        if self._held is not None:
            found, count = self._take_held(self._held, count)
        start = at = self._at
        pieces = self._pieces
        while count > 0:
            if at == len(pieces):
                raise Misfit
            piece = pieces[at]
            at += 1
            size = len(piece.new) if isinstance(piece, Known) else piece.size
            if size is None or size > count:
                last, self._held = _split(piece, count)
                self._at = at
                return [*found, *pieces[start : at - 1], last]
            count -= size
        self._at = at
        return found + pieces[start:at]

    def _take_held(self, held: Piece, count: int) -> tuple[list[Piece], int]:
        """Return what a piece that was begun gives of so many lines, and how many are to come."""
        size = len(held.new) if isinstance(held, Known) else held.size
        if count == 0:
            return [], 0
        if size is None or size > count:
            first, self._held = _split(held, count)
            return [first], 0
        self._held = None
        return [held], count - size

    def meet(self, line: str, *, stays: bool) -> list[Piece]:
        """Return the pieces of the next line, which has to be this one; it stays, or is taken out."""
        found: list[Piece] = []
        piece = self._next()
        while isinstance(piece, Known) and not piece.new:
            found.append(piece)
            piece = self._next()
        if isinstance(piece, Gap):
            if piece.size != 1:
                self._held = _split(piece, 1)[1]
        elif piece.new[0] != line:
            raise Misfit
        elif len(piece.new) > 1:
            piece, self._held = _split(piece, 1)
        kept = [line] if stays else []
        if isinstance(piece, Gap) or piece.old is piece.new:
            return [*found, _same(kept) if stays else Known([line], [])]
        return [*found, Known(piece.old, kept)]

    def all(self) -> list[Piece]:
        """Return all that is left."""
        held = [] if self._held is None else [self._held]
        return held + self._pieces[self._at :]

    def _next(self) -> Piece:
        if self._held is not None:
            piece, self._held = self._held, None
            return piece
        if self._at == len(self._pieces):
            raise Misfit
        self._at += 1
        return self._pieces[self._at - 1]


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


def _same(lines: list[str]) -> Known:
    return Known(lines, lines)


def _split(piece: Piece, count: int) -> tuple[Piece, Piece]:
    """Return a piece in two, the first of so many lines as they are now."""
    if isinstance(piece, Gap):
        return Gap(count), Gap(None if piece.size is None else piece.size - count)
    if piece.old is piece.new:
        return _same(piece.old[:count]), _same(piece.old[count:])
    return Known(piece.old, piece.new[:count]), Known([], piece.new[count:])


def _at_end(hunks: list[Hunk]) -> bool:
    """Return whether hunks tell no line behind their last change, and are of those that tell such lines."""
    if not hunks or any(hunk.start > 0 and hunk.lines and hunk.lines[0][0] != " " for hunk in hunks):
        return False
    return bool(hunks[-1].lines) and (hunks[-1].lines[-1][0] != " " or not hunks[-1].lines[-1][1].endswith("\n"))


def _tidy(pieces: list[Piece]) -> Iterator[Piece]:
    """Yield pieces of known lines, those joined that say the same of lines beside each other."""
    for unchanged, group in groupby(pieces, lambda piece: isinstance(piece, Known) and piece.old is piece.new):
        known = [piece for piece in group if isinstance(piece, Known)]
        new = [line for piece in known for line in piece.new]
        yield _same(new) if unchanged else Known([line for piece in known for line in piece.old], new)


def _ended(pieces: list[Piece]) -> bool:
    """Return whether no line but the last is without an end."""
    lines = [line for piece in pieces if isinstance(piece, Known) for line in piece.new]
    return all(line.endswith("\n") for line in lines[:-1])
