"""
The pieces of a file in order, some dozens to a leaf, so that a line is found without going through every piece.

An edit looks at the leaves before it and at the pieces of one of them, and makes one or two leaves anew; the others are
shared with the strand as it was. A flat list made thousands of edits of one file take minutes.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import chain
from sys import maxsize
from typing import NamedTuple


class Gap(NamedTuple):
    """Lines that nobody told and nothing changed; ``size`` is None for all of the rest, be it none."""

    size: int | None


class Known(NamedTuple):
    """What lines were at first, and what they are now; where both are one and the same list, nothing did."""

    old: list[str]
    new: list[str]


Piece = Gap | Known

MOST = 48
"""Pieces in a leaf. Two leaves beside each other hold more than that, or they would be one."""


class Misfit(Exception):
    """What is told of a file is not what is known of it."""


class Unsure(Misfit):
    """What is told of a file may be something else."""


class Leaf:
    """
    Some pieces beside each other.

    Attributes:
        pieces: One at least.
        lines: How many lines they have now, those of a gap without a count aside.
        reach: How many a split may take of them; without end where they end in such a gap.
        gapped: Whether a gap is among them.
    """

    __slots__ = ("_loose", "gapped", "lines", "pieces", "reach")

    def __init__(self, pieces: list[Piece]) -> None:
        self.pieces = pieces
        self.lines = sum(size_of(piece) or 0 for piece in pieces)
        self.reach = self.lines if size_of(pieces[-1]) is not None else maxsize
        self.gapped = any(isinstance(piece, Gap) for piece in pieces)
        self._loose: list[bool] | None = None

    @property
    def loose(self) -> list[bool]:
        """Of the known lines that have no end: whether each is the last known line of the leaf. Found when asked."""
        if self._loose is None:
            lines = [line for piece in self.pieces if isinstance(piece, Known) for line in piece.new]
            self._loose = [at == len(lines) for at, line in enumerate(lines, 1) if not line.endswith("\n")]
        return self._loose


class Strand:
    """Pieces that follow each other without overlap; a gap without a count is the last. It never changes."""

    __slots__ = ("leaves",)

    def __init__(self, leaves: list[Leaf]) -> None:
        self.leaves = leaves

    @classmethod
    def of(cls, pieces: Iterable[Piece]) -> Strand:
        """Return a strand of these pieces."""
        found = list(pieces)
        return cls([Leaf(found[at : at + MOST]) for at in range(0, len(found), MOST)])

    def __iter__(self) -> Iterator[Piece]:
        return chain.from_iterable(leaf.pieces for leaf in self.leaves)

    def split(self, count: int) -> tuple[Strand, Strand]:
        """
        Return the first so many lines as they are now, and the rest, with what has no lines between them.

        Raises:
            Misfit: There are fewer.
        """
        if count == 0:
            return Strand([]), self
        for at, leaf in enumerate(self.leaves):
            if leaf.reach < count:
                count -= leaf.reach
                continue
            first, second = _parted(leaf.pieces, count)
            return (
                Strand([*self.leaves[:at], *([Leaf(first)] if first else [])]),
                Strand([*([Leaf(second)] if second else []), *self.leaves[at + 1 :]]),
            )
        raise Misfit


def joined(*strands: Strand) -> Strand:
    """Return strands as one, leaves made one where they meet and are small."""
    leaves: list[Leaf] = []
    for strand in strands:
        others = strand.leaves
        while leaves and others and len(leaves[-1].pieces) + len(others[0].pieces) <= MOST:
            leaves[-1:], others = [Leaf(leaves[-1].pieces + others[0].pieces)], others[1:]
        leaves += others
    return Strand(leaves)


def size_of(piece: Piece) -> int | None:
    """Return how many lines a piece has now; None where nobody knows."""
    return len(piece.new) if isinstance(piece, Known) else piece.size


def same(lines: list[str]) -> Known:
    """Return lines that nothing changed."""
    return Known(lines, lines)


def halved(piece: Piece, count: int) -> tuple[Piece, Piece]:
    """Return a piece in two, the first of so many lines as they are now."""
    if isinstance(piece, Gap):
        return Gap(count), Gap(None if piece.size is None else piece.size - count)
    if piece.old is piece.new:
        return same(piece.old[:count]), same(piece.old[count:])
    return Known(piece.old, piece.new[:count]), Known([], piece.new[count:])


def _parted(pieces: list[Piece], count: int) -> tuple[list[Piece], list[Piece]]:
    """Return the first so many lines, one at least, and the rest."""
    for at, piece in enumerate(pieces):
        size = size_of(piece)
        if size is None or size > count:
            first, second = halved(piece, count)
            return [*pieces[:at], first], [second, *pieces[at + 1 :]]
        count -= size
        if count == 0:
            return pieces[: at + 1], pieces[at + 1 :]
    raise Misfit
