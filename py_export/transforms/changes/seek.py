"""
Lines in place of others, found by what they say, as ``apply_patch`` finds them.

It looks for the lines as they are, then without spaces at their ends, then without any around them, then with plain
dashes, quotes and spaces for others; each time from the last place on, and first at the end where the patch says so.
"""

from __future__ import annotations

from collections.abc import Callable

from py_export.changes import Chunk, Hunk
from py_export.transforms.changes.sheet import hunk_of
from py_export.transforms.changes.strand import Misfit

_PLAIN = str.maketrans(
    dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2015\u2212", "-")
    | dict.fromkeys("\u2018\u2019\u201a\u201b", "'")
    | dict.fromkeys("\u201c\u201d\u201e\u201f", '"')
    | dict.fromkeys("\u00a0\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000", " ")
)
_WAYS: tuple[Callable[[str], str], ...] = (
    str,
    str.rstrip,
    str.strip,
    lambda line: line.strip().translate(_PLAIN),
)

Found = tuple[int, int, list[str]]
"""So many lines from this one on are to be these."""


def changed(text: str, chunks: list[Chunk]) -> str:
    """Return a text after a patch, which ends its last line. Raises ``Misfit``."""
    lines = text.split("\n")
    if not lines[-1]:
        lines.pop()
    for start, count, new in reversed(_places(lines, chunks, _WAYS)):
        lines[start : start + count] = new
    if not lines or lines[-1]:
        lines.append("")
    return "\n".join(lines)


def hunks(beginning: list[str], chunks: list[Chunk]) -> list[Hunk]:
    """
    Return the changes of a file whose beginning alone is known: whatever is found there, exactly, is found first.

    Raises:
        Misfit: It is not found, or it stands at the end.
    """
    lines = [line[:-1] for line in beginning if line.endswith("\n")]
    if any(chunk.at_end or not chunk.old for chunk in chunks):
        raise Misfit
    ended = [f"{line}\n" for line in lines]
    found = _places(lines, chunks, _WAYS[:1])
    return [hunk_of(start, ended[start : start + count], [f"{line}\n" for line in new]) for start, count, new in found]


def _places(lines: list[str], chunks: list[Chunk], ways: tuple[Callable[[str], str], ...]) -> list[Found]:
    found: list[Found] = []
    at = 0
    for anchor, old, new, at_end in chunks:
        if anchor is not None:
            at = _find(lines, [anchor], at, ways) + 1
        if not old:
            end = len(lines) - 1 if lines and not lines[-1] else len(lines)
            found.append((end, 0, new))
            continue
        wanted, put = old, new
        try:
            place = _find(lines, wanted, at, ways, at_end=at_end)
        except Misfit:
            if wanted[-1] or ways is not _WAYS:  # what is not known may hold all of it
                raise
            wanted, put = wanted[:-1], put[:-1] if put and not put[-1] else put
            place = _find(lines, wanted, at, ways, at_end=at_end)
        found.append((place, len(wanted), put))
        at = place + len(wanted)
    return sorted(found, key=lambda one: one[0])


def _find(
    lines: list[str], wanted: list[str], at: int, ways: tuple[Callable[[str], str], ...], *, at_end: bool = False
) -> int:
    last = len(lines) - len(wanted)
    first = last if at_end and last >= 0 else at
    for way in ways:
        seen = lines if way is str else list(map(way, lines))
        these = list(map(way, wanted))
        start = first
        while these and start <= last:
            try:
                start = seen.index(these[0], start)
            except ValueError:
                break
            if start <= last and seen[start : start + len(these)] == these:
                return start
            start += 1
        if not these and first <= len(lines):
            return first
    raise Misfit
