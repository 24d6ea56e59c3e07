"""The beginning of a document, and how large it gets as far as a moment shows."""

from __future__ import annotations

from collections.abc import Iterable
from time import monotonic
from typing import NamedTuple

from py_export.writers import messages_in

LOOK = 0.06
"""Seconds that a preview goes on, once its text is there, to learn the size of the whole."""

MOST_BYTES_A_CHARACTER = 4
"""In UTF-8."""


class Beginning(NamedTuple):
    """
    What was seen of a document.

    Attributes:
        text: Its first characters, as many as were wanted at least, where it has them.
        complete: Whether all of it was seen.
        size: Of what was seen, in bytes.
        head: Of what comes before the messages.
        told: Messages and pairs that were seen, the head among them.
    """

    text: str
    complete: bool
    size: int
    head: int
    told: int


def beginning(document: Iterable[bytes], limit: int) -> Beginning:
    """Look at a document until so many characters are there, and a moment longer."""
    held: list[bytes] = []
    head = size = told = 0
    complete = True
    end = monotonic() + LOOK
    for chunk in document:
        if size < MOST_BYTES_A_CHARACTER * limit:
            held.append(chunk)
        head = head or len(chunk)
        told += messages_in(chunk)
        size += len(chunk)
        if size >= MOST_BYTES_A_CHARACTER * limit and monotonic() > end:
            complete = False
            break
    # A chunk may end within a character.
    return Beginning(b"".join(held).decode(errors="ignore"), complete, size, head, told)
