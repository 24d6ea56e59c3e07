"""What became of files between two moments: one difference per file, in the terms of ``diff``."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Literal

from msgspec import Struct

from py_export.changes import ABSENT, Content, Mark, lines_of
from py_export.transforms.changes.differences import Region, differences
from py_export.transforms.changes.known import KnownFile
from py_export.transforms.changes.strand import Gap, Known, Piece

CONTEXT = 3
"""Lines around a change, as ``diff`` and ``git`` show them."""

_DAMAGED = "\ufffd"


class Stretch(Struct):
    """Lines that changed with those around them; lines count from 0."""

    old: int
    old_count: int
    new: int
    new_count: int
    lines: list[tuple[Mark, str]]


class FileDifference(Struct):
    """
    One file, before and after.

    Attributes:
        old, new: Its paths; None where there was, or is, no file.
        old_mode, mode: As git writes them; None where nobody said.
        stretches: What changed in a text.
        before, after: The whole content where it is known; of what is no text it always is.
    """

    old: str | None
    new: str | None
    old_mode: str | None = None
    mode: str | None = None
    stretches: list[Stretch] = []
    before: Content | None = None
    after: Content | None = None

    @property
    def path(self) -> str:
        """The name to call it by."""
        return self.new or self.old or ""

    @property
    def status(self) -> Literal["added", "deleted", "renamed", "modified"]:
        """What became of it."""
        if self.old is None or self.new is None:
            return "added" if self.old is None else "deleted"
        return "modified" if self.old == self.new else "renamed"

    @property
    def is_binary(self) -> bool:
        """Whether it has to be told byte by byte."""
        return isinstance(self.before, bytes) or isinstance(self.after, bytes)

    def count(self, mark: Mark) -> int:
        """Return how many lines have this mark."""
        return sum(one == mark for stretch in self.stretches for one, _ in stretch.lines)


class Untellable(Exception):
    """There is a difference, and no patch can tell it; the first argument is a notice's code."""


def differing(files: Iterable[KnownFile]) -> Iterator[tuple[KnownFile, FileDifference | Untellable]]:
    """Yield each file that differs, with how, or why that cannot be told: what is taken away first, then by path."""
    known = list(files)
    before = {file.origin: file for file in known if file.origin is not None and file.base is not ABSENT}
    after = {file.path: file for file in known if file.now is not ABSENT}
    others = {id(file): (before.get(file.path), after.get(file.origin or "")) for file in known}
    entangled = [file for file in known if any(other not in (None, file) for other in others[id(file)])]
    whole = all(file.base is not None and file.now is not None for file in entangled)
    apart = [file for file in known if not whole or file not in entangled]
    found = [one for file in apart for one in _one(file, file.origin, file.path)]
    if whole:  # one file in another's place is no rename then, which not every program follows
        paths = dict.fromkeys(path for file in entangled for path in (file.origin, file.path) if path is not None)
        found += (one for path in paths for one in _replaced(before.get(path), after.get(path), path))
    return iter(_freed(sorted(found, key=_order)))


def _order(found: tuple[KnownFile, FileDifference | Untellable]) -> tuple[int, str]:
    file, difference = found
    if isinstance(difference, Untellable):
        return 3, file.path
    moved = difference.old is not None and difference.old != difference.new
    return (0 if difference.new is None else 1 if moved else 2), difference.path


def _freed(
    found: list[tuple[KnownFile, FileDifference | Untellable]],
) -> list[tuple[KnownFile, FileDifference | Untellable]]:
    """Return differences with each renaming behind the one that frees its name: ``patch`` takes one after the other."""
    moved = {one.old: (file, one) for file, one in found if isinstance(one, FileDifference) and one.status == "renamed"}
    made: list[tuple[KnownFile, FileDifference | Untellable]] = []
    taken: set[int] = set()
    for each in found:
        waiting = [each]
        while isinstance(one := waiting[-1][1], FileDifference) and one.status == "renamed" and one.new in moved:
            if any(moved[one.new][1] is other for _, other in waiting):
                waiting = [each]  # a ring, in which no name is free: it stays as it stood
                break
            waiting.append(moved[one.new])
        made += (other for other in reversed(waiting) if id(other[1]) not in taken)
        taken.update(id(other) for _, other in waiting)
    return made


def _one(file: KnownFile, old: str | None, new: str | None) -> Iterator[tuple[KnownFile, FileDifference | Untellable]]:
    """Yield how a file differs that no other took the place of."""
    made = FileDifference(
        old if file.base is not ABSENT else None,
        new if file.now is not ABSENT else None,
        file.base_mode,
        file.mode,
    )
    if (made.old is None and made.new is None) or file.is_strange:
        return
    if file.base is None and file.now is ABSENT:
        yield file, Untellable("patch_file_unseen")
        return
    try:
        if file.base is not None and file.now is not None:
            _compare(made, file.base, file.now, own=file.own)
        elif file.sheet is not None:
            made.stretches = list(_stretches(file.sheet.pieces))
            _refuse_damage(made)
    except Untellable as why:
        yield file, why
        return
    if (
        made.stretches
        or made.old != made.new
        or made.is_binary
        or (made.mode or "") != (made.old_mode or made.mode or "")
    ):
        yield file, made


def _replaced(
    was: KnownFile | None, comes: KnownFile | None, path: str
) -> Iterator[tuple[KnownFile, FileDifference | Untellable]]:
    """Yield how the file of a path differs whose place another took; both are known as a whole."""
    base = ABSENT if was is None or was.base is None else was.base
    now = ABSENT if comes is None or comes.now is None else comes.now
    merged = KnownFile(None if base is ABSENT else path, path, base, now, own=was is None or was.own)
    if was is not None and was is comes:
        merged.base_mode, merged.mode = was.base_mode, was.mode
    yield from _one(merged, merged.origin, path)


def _compare(made: FileDifference, before: Content, after: Content, *, own: bool) -> None:
    """Fill in how one whole content differs from another."""
    if any(isinstance(one, bytes) or (isinstance(one, str) and "\0" in one) for one in (before, after)):
        if before != after or made.old != made.new:
            made.before, made.after = _bytes(before), _bytes(after)
        return
    made.before, made.after = before, after
    texts = ["" if one is ABSENT else one for one in (before, after)]
    old, new = (lines_of(text) for text in texts if isinstance(text, str))
    made.stretches = list(_stretches([Known(old, new)])) if before != after else []
    if not own:
        _refuse_damage(made)


def _bytes(content: Content) -> Content:
    return content.encode("utf-8", "replace") if isinstance(content, str) else content


def _refuse_damage(made: FileDifference) -> None:
    """Refuse lines of the file as it was that hold what stands for bytes nobody could read: git would not find them."""
    if any(mark != "+" and _DAMAGED in line for stretch in made.stretches for mark, line in stretch.lines):
        raise Untellable("patch_file_damaged")


def _stretches(pieces: list[Piece]) -> Iterator[Stretch]:
    """Yield what changed, with the lines around it that are known."""
    old_at = new_at = 0
    old: list[str] = []
    new: list[str] = []
    for piece in [*pieces, Gap(0)]:
        if isinstance(piece, Known):
            old += piece.old
            new += piece.new
            continue
        yield from _of_run(old, new, old_at, new_at, more=piece.size != 0)
        old_at += len(old) + (piece.size or 0)
        new_at += len(new) + (piece.size or 0)
        old, new = [], []


def _of_run(old: list[str], new: list[str], old_at: int, new_at: int, *, more: bool) -> Iterator[Stretch]:
    """Yield the stretches of lines beside each other, behind which there may be ``more`` that nobody knows."""
    regions = differences(old, new)
    if more and regions:
        regions[-1] = _slid(old, new, regions[-1], regions[-2][1] if len(regions) > 1 else 0)
    for group in _grouped(regions):
        first, third = group[0][0], group[0][2]
        second, fourth = group[-1][1], group[-1][3]
        lead, tail = min(CONTEXT, first), min(CONTEXT, len(old) - second)
        if more and not tail:
            raise Untellable("patch_file_context")
        made: list[tuple[Mark, str]] = [(" ", line) for line in old[first - lead : first]]
        at = first
        for start, stop, begin, end in group:
            made += ((" ", line) for line in old[at:start])
            made += (("-", line) for line in old[start:stop])
            made += (("+", line) for line in new[begin:end])
            at = stop
        made += ((" ", line) for line in old[second : second + tail])
        if any("\0" in line for _, line in made):
            raise Untellable("patch_file_binary")
        yield Stretch(
            old_at + first - lead,
            second + tail - first + lead,
            new_at + third - lead,
            fourth + tail - third + lead,
            made,
        )


def _slid(old: list[str], new: list[str], region: Region, least: int) -> Region:
    """Return a region further up, where lines that repeat let it be there: behind it lines must be known."""
    first, second, third, fourth = region
    lines, end = (new, fourth) if first == second else (old, second)
    if first != second and third != fourth:
        return region
    while len(old) - second < CONTEXT and first > least and old[first - 1] == lines[end - 1]:
        first, second, third, fourth, end = first - 1, second - 1, third - 1, fourth - 1, end - 1
    return first, second, third, fourth


def _grouped(regions: list[Region]) -> Iterator[list[Region]]:
    """Yield the regions whose contexts touch together."""
    held: list[Region] = []
    for region in regions:
        if held and region[0] - held[-1][1] > 2 * CONTEXT:
            yield held
            held = []
        held.append(region)
    if held:
        yield held
