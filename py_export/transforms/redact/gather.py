"""Gathers every string of a session once, with what its name gives away, and the texts that are packed as base64."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TypeVar

from py_export.model import Session
from py_export.transforms.redact.assignments import named_value
from py_export.transforms.redact.packed import SHORTEST, data_urls, is_packed, unpacked
from py_export.transforms.redact.page import Found
from py_export.transforms.redact.strings import visit

_SHORTEST = 3
_SEALS = frozenset({"signature", "thoughtSignature", "encrypted_content"})
"""What models sign or seal their reasoning with: nobody's attachment."""
T = TypeVar("T")


@dataclass
class Gathered:
    """
    The strings of a session.

    Attributes:
        numbers: Each of them once, with its number in the order in which they are read.
        named: What stands under a telling name, by the string's number.
        packed: Strings that are base64, with the text that they hold; None where that is no text.
        unseen: How many attachments hold bytes that are no text.
    """

    numbers: dict[str, int] = field(default_factory=dict)
    named: dict[int, list[Found]] = field(default_factory=dict)
    packed: dict[str, str | None] = field(default_factory=dict)
    unseen: int = 0

    def unpacked(self, texts: Mapping[str, T]) -> dict[str, T]:
        """Return what is said of texts by the strings that hold them packed."""
        return {each: texts[text] for each, text in self.packed.items() if text is not None and text in texts}


def gather(session: Session) -> Gathered:
    """Gather the strings of a session."""
    gathered = Gathered()
    numbers = gathered.numbers

    def see(text: str, name: str) -> None:
        number = numbers.get(text)
        if number is None:
            if len(text) < _SHORTEST or text in gathered.packed:
                return
            if (len(text) >= SHORTEST or name == "data") and is_packed(text) and _unpack(text, name, gathered):
                return
            number = numbers[text] = len(numbers)
            gathered.unseen += len(data_urls(text))
        found = named_value(name, text)
        if found is not None:
            gathered.named.setdefault(number, []).append(found)

    visit(session, see, numbers)
    return gathered


def _unpack(text: str, name: str, gathered: Gathered) -> bool:
    """Note what base64 holds; a short word that holds no text is a word."""
    inner = unpacked(text)
    if inner is None and len(text) < SHORTEST:
        return False
    gathered.packed[text] = inner
    if inner is None:
        gathered.unseen += name not in _SEALS
    else:
        gathered.numbers.setdefault(inner, len(gathered.numbers))
    return True
