"""JSON that a part of the tree keeps as the text that it was, until someone asks for its value."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from msgspec import Raw, Struct

from py_export import jsontext


def decoded_when_asked(kind: type[Struct], name: str) -> Callable[[Struct], Any]:
    """
    Let a field hold JSON text (``Raw``), or a list of such, and give its value to whoever reads it.

    msgspec itself goes past the property: what it copies stays text, and what it encodes leaves as it came. So does
    what this returns, for whoever asks whether there is anything.
    """
    kept: Any = kind.__dict__[name]

    def value(part: Struct) -> Any:  # noqa: ANN401 - a JSON value
        held = kept.__get__(part)
        if type(held) is Raw:
            held = jsontext.decode(bytes(held))
            kept.__set__(part, held)
        elif type(held) is list and any(type(one) is Raw for one in held):
            held = [jsontext.decode(bytes(one)) if type(one) is Raw else one for one in held]
            kept.__set__(part, held)
        return held

    setattr(kind, name, property(value, kept.__set__))
    held_by: Callable[[Struct], Any] = kept.__get__
    return held_by
