"""What a query asks for, as numbers."""

from __future__ import annotations

from starlette.requests import Request

from .problems import Problem

_MOST_DIGITS = 9


def number(request: Request, name: str, default: int, most: int | None = None) -> int:
    """Return a parameter as a number from 1, at most ``most``; the default where it is not given."""
    text = request.query_params.get(name)
    if text is None:
        return default
    if not (text.isascii() and text.isdigit() and len(text) <= _MOST_DIGITS and int(text) >= 1):
        raise Problem("invalid_parameter", 422, parameter=name)
    return int(text) if most is None else min(int(text), most)
