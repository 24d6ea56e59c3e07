"""A filter's tree over pairs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from py_export.transforms.filter import predicates
from py_export.transforms.filter.parse import parse
from py_export.transforms.filter.tree import And, Boundary, Node, Not, Or, Recent, Topic, holds
from py_export.transforms.pair import Pair

CHARACTERS_PER_TOKEN = 4
"""How the context boundary is estimated where the host gives none; say in the interface that it is an estimate."""


@dataclass(frozen=True, slots=True)
class Context:
    """
    What a filter asks of the moment and the host.

    Attributes:
        now: Unix milliseconds; None where nobody said, then no age matches.
        timezone: The IANA name of the zone whose calendar days count.
        topic: The current topic's path (bare ``t``), as it is: no pattern.
        model: The current model (bare ``m``).
        window: The model's context window in tokens, for ``o``.
    """

    now: int | None = None
    timezone: str = "UTC"
    topic: str | None = None
    model: str | None = None
    window: int | None = None


def select(text: str, pairs: Sequence[Pair], context: Context | None = None) -> list[Pair]:
    """
    Return the pairs that the filter lets through: each once, in the order given.

    Raises:
        InvalidFilter: The text is no filter.
    """
    node = parse(text)
    if node is None:
        return list(pairs)
    everything = frozenset(range(len(pairs)))
    kept = _Evaluation(pairs, context or Context()).run(node, everything)
    return [pair for number, pair in enumerate(pairs) if number in kept]


class _Evaluation:
    """Sets of pair numbers: a union can then repeat nothing, and order is that of the conversation."""

    def __init__(self, pairs: Sequence[Pair], context: Context) -> None:
        self.pairs = pairs
        self.context = context

    def run(self, node: Node, base: frozenset[int]) -> frozenset[int]:
        """Return those of ``base`` that fit ``node``."""
        if isinstance(node, And):
            return self._all(node, base)
        if isinstance(node, Or):
            return frozenset().union(*(self.run(operand, base) for operand in node.operands))
        if isinstance(node, Not):
            return base - self.run(node.operand, base)
        if isinstance(node, Boundary):
            return self._inside(base, node.extra)
        if isinstance(node, Recent):
            return base & frozenset(range(max(0, len(self.pairs) - node.count), len(self.pairs)))
        fits = predicates.fits(node, self.context)
        kept = sorted(number for number in base if fits(self.pairs[number]))
        if isinstance(node, Topic) and node.last is not None:
            everywhere = [number for number, pair in enumerate(self.pairs) if fits(pair)]
            kept = sorted(base & frozenset(everywhere[max(0, len(everywhere) - node.last) :]))
        return frozenset(kept)

    def _all(self, node: And, base: frozenset[int]) -> frozenset[int]:
        """Return what fits every term; the boundary, a projection on what the others leave, comes last."""
        for operand in sorted(node.operands, key=lambda operand: holds(operand, Boundary)):
            base = self.run(operand, base)
        return base

    def _inside(self, base: frozenset[int], extra: int) -> frozenset[int]:
        """Return the newest pairs whose estimated tokens fit the window, and the newest ``extra`` of the others."""
        newest_first = sorted(base, reverse=True)
        left = None if self.context.window is None else self.context.window * CHARACTERS_PER_TOKEN
        inside = 0
        for number in newest_first:
            if left is not None:
                left -= predicates.length(self.pairs[number])
                if left < 0:
                    break
            inside += 1
        return frozenset(newest_first[: inside + extra])
