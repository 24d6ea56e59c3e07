"""
A filter is one line in MaiChat's filter language. It selects pairs: a user's message and the turn that answers it.

| predicate | lets through |
|---|---|
| `t'AI'`, `t'*Learning'` | a topic by its name, wherever it stands; `*` is any run of characters |
| `t'AI > Planning'` | a topic by its path from the root |
| `t'AI...'`, `t'AI > Planning...'` | a topic and all below it |
| `t`, `t5` | the current topic, that of the newest pair; the last 5 pairs of it and of all below it |
| `s2`, `s>=2`, `s<3` | 0 to 3 stars |
| `r20` | the last 20 pairs of the conversation |
| `b`, `g` | a blue flag, a grey one |
| `m'gpt*'`, `m` | a model; the current one, that of the newest pair |
| `d<7d`, `d<=24h` | younger than that; min, h, d, w, mo (30 days), y (365 days); days where no unit is named |
| `d2025-01-31`, `d>=25-01-31` | a day, in the time zone that is asked for |
| `c'text'`, `c'error*timeout'` | what was said |
| `i`, `e` | an attachment, a failed answer |
| `o`, `o5` | what the model's context window still holds, by an estimate; and the newest 5 pairs beyond |

`!` is not, `&` or nothing between two is and, `|` or `+` is or, parentheses group. Capital and small letters are the
same. Quotes are `'` or `"`; a backslash stands before a quote inside.
"""

from __future__ import annotations

from py_export.transforms.filter.evaluate import Context, select
from py_export.transforms.filter.parse import parse
from py_export.transforms.filter.tree import Boundary, holds

# Files: ``tree`` the nodes, ``scan`` characters to predicates, ``parse`` predicates and operators to a tree,
# ``predicates`` what each letter asks of a pair, ``evaluate`` the tree over pairs.


def asks_for_the_boundary(text: str) -> bool:
    """Return whether the filter asks what lies inside the model's context: then it estimates."""
    return holds(parse(text), Boundary)


__all__ = ["Context", "asks_for_the_boundary", "parse", "select"]
