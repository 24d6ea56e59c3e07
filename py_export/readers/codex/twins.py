"""What a rollout says several times: once for the model, once for the screen, once as an item of the interface."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass

from py_export.readers.records.draft import Draft

_NEAR = 24
"""Records that say the same stand so near to each other: a turn's context and a few counters may come between."""


@dataclass(slots=True)
class _Said:
    draft: Draft
    kind: str
    sides: set[str]
    texts: frozenset[str]
    number: int


class Twins:
    """Remembers what was said lately, and by which kind of record."""

    def __init__(self) -> None:
        self._lately: deque[_Said] = deque()

    def find(self, kind: str, side: str, texts: list[str], draft: Draft, number: int) -> Draft | None:
        """
        Return the draft of a record of another side that says the same, else None, and remember this one.

        Args:
            kind: Who speaks, or what it is.
            side: The kind of record.
            texts: What it says: in whole, and in each of its parts.
            draft: The record's.
            number: The record's in the file.
        """
        while self._lately and self._lately[0].number < number - _NEAR:
            self._lately.popleft()
        wanted = frozenset(text.strip() for text in texts if text.strip())
        for said in self._lately:
            if said.kind == kind and side not in said.sides and not wanted.isdisjoint(said.texts):
                said.sides.add(side)
                return said.draft
        if wanted:
            self._lately.append(_Said(draft, kind, {side}, wanted, number))
        return None
