"""
The message filter language, MaiChat's as specified in public: one line that selects pairs.

    select("r20 & s>=2", pairs, Context(...))       the pairs that the filter lets through, in time order
    parse("r20 & s>=2")                             the same in two steps: the tree, to be evaluated later

Files: ``tree`` the nodes, ``scan`` characters to predicates, ``parse`` predicates and operators to a tree,
``predicates`` what each letter asks of a pair, ``evaluate`` the tree over pairs.
"""

from __future__ import annotations

from py_export.transforms.filter.evaluate import Context, select
from py_export.transforms.filter.parse import parse
from py_export.transforms.filter.tree import Boundary, holds


def asks_for_the_boundary(text: str) -> bool:
    """Return whether the filter asks what lies inside the model's context: then it estimates."""
    return holds(parse(text), Boundary)


__all__ = ["Context", "asks_for_the_boundary", "parse", "select"]
