"""Gathers every string of a session once, with what its name gives away, and the texts that are packed as base64."""

from __future__ import annotations

import base64
import binascii
import re
from dataclasses import dataclass, field

from py_export.model import Session
from py_export.transforms.redact.assignments import named_value
from py_export.transforms.redact.page import Found
from py_export.transforms.redact.strings import visit

_SHORTEST = 3
_PACKED = 1024
_BASE64 = re.compile(r"[0-9A-Za-z+/]+={0,2}")


@dataclass
class Gathered:
    """
    The strings of a session.

    Attributes:
        strings: Each of them once, in the order in which they are read.
        named: What stands under a telling name, by the string's number.
        packed: Strings that are base64 of a text: the number of that text.
        unseen: How many attachments hold bytes that are no text.
    """

    strings: list[str] = field(default_factory=list)
    named: dict[int, list[Found]] = field(default_factory=dict)
    packed: dict[str, int] = field(default_factory=dict)
    unseen: int = 0


def gather(session: Session) -> Gathered:
    """Gather the strings of a session."""
    gathered = Gathered()
    numbers: dict[str, int | None] = {}

    def add(text: str) -> int:
        numbers[text] = len(gathered.strings)
        gathered.strings.append(text)
        return len(gathered.strings) - 1

    def see(text: str, name: str | None) -> None:
        if len(text) < _SHORTEST:
            return
        if text not in numbers:
            if (len(text) >= _PACKED or name == "data") and len(text) % 4 == 0 and _BASE64.fullmatch(text):
                unpacked = _unpacked(text)
                if unpacked is not None:
                    numbers[text] = None
                    gathered.packed[text] = add(unpacked) if numbers.get(unpacked) is None else numbers[unpacked] or 0
                elif len(text) >= _PACKED:
                    numbers[text] = None
                    gathered.unseen += 1
                else:
                    add(text)
            else:
                add(text)
        number = numbers[text]
        if name is not None and number is not None:
            found = named_value(name, text)
            if found is not None:
                gathered.named.setdefault(number, []).append(found)

    visit(session, see)
    return gathered


def _unpacked(text: str) -> str | None:
    """Return the text that base64 holds; None where that is something else."""
    try:
        found = base64.b64decode(text, validate=True).decode("utf-8")
    except (binascii.Error, ValueError):
        return None
    return found if found.isprintable() or not re.search(r"[\0-\x08\x0e-\x1a]", found) else None
