"""The filter's syntax tree."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Literal

Comparison = Literal["=", "<", "<=", ">", ">="]


@dataclass(frozen=True, slots=True)
class Topic:
    """``t'AI...'``; ``pattern`` None is the current topic, then ``last`` may bound it to its last pairs."""

    pattern: str | None = None
    last: int | None = None


@dataclass(frozen=True, slots=True)
class Stars:
    """``s>=2``."""

    comparison: Comparison
    stars: int


@dataclass(frozen=True, slots=True)
class Recent:
    """``r20``: among the last pairs of the whole conversation."""

    count: int


@dataclass(frozen=True, slots=True)
class Flag:
    """``b`` or ``g``."""

    color: Literal["blue", "grey"]


@dataclass(frozen=True, slots=True)
class Model:
    """``m'gpt*'``; ``pattern`` None is the current model."""

    pattern: str | None = None


@dataclass(frozen=True, slots=True)
class Age:
    """``d<7d``: now minus the pair's earliest time."""

    comparison: Comparison
    milliseconds: int


@dataclass(frozen=True, slots=True)
class Day:
    """``d>=2025-01-01``: the local calendar day of the pair's earliest time."""

    comparison: Comparison
    day: dt.date


@dataclass(frozen=True, slots=True)
class Content:
    """``c'error*timeout'``."""

    pattern: str


@dataclass(frozen=True, slots=True)
class Attachments:
    """``i``."""


@dataclass(frozen=True, slots=True)
class Failed:
    """``e``."""


@dataclass(frozen=True, slots=True)
class Boundary:
    """``o5``: inside the model's context, plus the newest ``extra`` pairs outside it."""

    extra: int = 0


@dataclass(frozen=True, slots=True)
class Not:
    """``!x``."""

    operand: Node


@dataclass(frozen=True, slots=True)
class And:
    """``x & y``, or side by side."""

    operands: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Or:
    """``x | y``, or ``x + y``."""

    operands: tuple[Node, ...]


Predicate = Topic | Stars | Recent | Flag | Model | Age | Day | Content | Attachments | Failed | Boundary
Node = Predicate | Not | And | Or


def holds(node: Node | None, kind: type[Predicate]) -> bool:
    """Return whether a predicate of this kind stands anywhere in the tree."""
    if isinstance(node, Not):
        return holds(node.operand, kind)
    if isinstance(node, And | Or):
        return any(holds(operand, kind) for operand in node.operands)
    return isinstance(node, kind)
