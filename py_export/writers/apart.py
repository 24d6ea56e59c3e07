"""Parts of a document that need nothing of each other: written one after the other, or several at once."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING, NamedTuple

from py_export.notices import Notices

if TYPE_CHECKING:  # the table names these, too
    from py_export.writers import Beside

Chunk = str | bytes


class Apart(NamedTuple):
    """
    A part that whoever takes the document's chunks may have written elsewhere; nothing of it is made before.

    ``weight`` is how many times as long it takes as a part that is written in an instant, such as a message.
    """

    chunks: Iterator[Chunk]
    weight: int = 1


Resolve = Callable[[Iterable["Chunk | Beside | Apart"], Notices], Iterator["Chunk | Beside"]]
"""Has parts written, wherever: takes what a writer yields, and the notices that it was given."""


def in_turn(chunks: Iterable[Chunk | Beside | Apart], _notices: Notices) -> Iterator[Chunk | Beside]:
    """Yield a document's chunks, those of its parts in their places."""
    for chunk in chunks:
        if isinstance(chunk, Apart):
            yield from chunk.chunks
        else:
            yield chunk
