"""Which keys and types are names that a program gave, and may be printed; others are content, or may be."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import TypeGuard

_NAME = re.compile(r"[$A-Za-z_][\w.:/-]{0,39}", re.ASCII)
_MOST_DIGITS = 8
"""A version or a date in a name; keys, numbers of cards and ids have more."""


def is_name(value: object) -> TypeGuard[str]:
    """Return whether a value looks like a name: short, no spaces, hardly any digits."""
    return (
        isinstance(value, str)
        and _NAME.fullmatch(value) is not None
        and sum(letter.isdigit() for letter in value) <= _MOST_DIGITS
    )


def listed(values: Iterable[object], most: int) -> str:
    """Return the first names of some values in their order; of what is no name, how many there are."""
    values = list(values)
    names = sorted(value for value in values if is_name(value))
    told = names[:most]
    if len(names) < len(values):
        told.append(f"{len(values) - len(names)} that are no names")
    return ", ".join(told)
