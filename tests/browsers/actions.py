"""A click and a press of keys, in the words that WebDriver and WebDriver BiDi share."""

from __future__ import annotations

from typing import Any

_CODES = {"Control": "\ue009", "Enter": "\ue007", "Escape": "\ue00c", "Tab": "\ue004"}


def click(x: float, y: float, button: int) -> list[dict[str, Any]]:
    """Return the actions of a mouse that goes to a point and clicks there."""
    steps = [
        # Whole pixels: WebDriver takes no others.
        {"type": "pointerMove", "x": round(x), "y": round(y), "duration": 0, "origin": "viewport"},
        {"type": "pointerDown", "button": button},
        {"type": "pointerUp", "button": button},
    ]
    return [{"type": "pointer", "id": "mouse", "parameters": {"pointerType": "mouse"}, "actions": steps}]


def press(keys: tuple[str, ...]) -> list[dict[str, Any]]:
    """Return the actions of a keyboard whose keys go down in order and up in reverse."""
    values = [_CODES.get(key, key) for key in keys]
    down = [{"type": "keyDown", "value": value} for value in values]
    up = [{"type": "keyUp", "value": value} for value in reversed(values)]
    return [{"type": "key", "id": "keyboard", "actions": [*down, *up]}]
