"""Writes the parts of a long document on all cores."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import partial
from itertools import chain

from py_export.commands.cores import in_order
from py_export.jsontext import encoded
from py_export.notices import Notices
from py_export.writers import Beside
from py_export.writers.apart import Apart, Chunk

_FEW = 256
"""Parts of such a weight are written in the time in which another process comes to itself."""

_TOGETHER = 32
"""The weight of what a process writes at a time; while it does, what it has written waits in memory."""

_Job = tuple[bytes, Notices]


def at_once(chunks: Iterable[Chunk | Beside | Apart], notices: Notices) -> Iterator[Chunk | Beside]:
    """Yield a document's chunks, as ``in_turn`` does; long runs of its parts are written by several processes."""
    waiting: list[Apart] = []
    for chunk in chunks:
        if isinstance(chunk, Apart):
            waiting.append(chunk)
            continue
        yield from _written(waiting, notices)
        waiting = []
        yield chunk
    yield from _written(waiting, notices)


def _written(parts: Sequence[Apart], notices: Notices) -> Iterator[Chunk]:
    if sum(part.weight for part in parts) < _FEW:
        yield from chain.from_iterable(part.chunks for part in parts)
        return
    jobs = [partial(_write, some, notices) for some in _together(parts)]
    for text, heard in in_order(jobs):
        yield text
        notices.take(heard)


def _together(parts: Sequence[Apart]) -> Iterator[list[Apart]]:
    some: list[Apart] = []
    for part in parts:
        some.append(part)
        if sum(one.weight for one in some) >= _TOGETHER:
            yield some
            some = []
    if some:
        yield some


def _write(parts: Sequence[Apart], notices: Notices) -> _Job:
    """Return parts as bytes, and what was noticed meanwhile: a process that does this has notices of its own."""
    before = notices.taken()
    text = b"".join(chunk if isinstance(chunk, bytes) else encoded(chunk) for part in parts for chunk in part.chunks)
    heard = notices.taken()
    notices.take(before)
    return text, heard
