"""The dialog's cards, as the page's code has them: which formats stand on each."""

from __future__ import annotations

import re

from py_export.writers import WRITERS
from tests.checkout import ROOT

_ROW = re.compile(r'\{ id: "([\w-]+)", group: "(\w+)", formats: \[([^\]]*)\] \}')


def cards() -> dict[str, tuple[str, ...]]:
    """Return the formats of each card by the card's id, those included that are not written yet."""
    code = (ROOT / "web/src/element/cards.ts").read_text(encoding="utf-8")
    return {row[1]: tuple(re.findall(r'"([\w-]+)"', row[3])) for row in _ROW.finditer(code)}


def card_of(to: str) -> tuple[str, bool]:
    """Return the card that a format stands on, and whether others of this version stand there too."""
    written = {writer.id for writer in WRITERS}
    for card, formats in cards().items():
        if to in formats:
            return card, len(written.intersection(formats)) > 1
    return to, False
