"""What a document for people is written on, whatever it is written in: its options, its words, what they show."""

from __future__ import annotations

from dataclasses import dataclass

from py_export import times
from py_export.l10n import translate
from py_export.markdown import one_line, shortened
from py_export.model import Event, File, Image, Json
from py_export.notices import Notices
from py_export.options import SessionOptions
from py_export.transforms.shown import Shown

MOST_IN_A_LINE = 160
"""Grapheme clusters of a subject or a reason; what it was taken from stands whole where tools are written in full."""


@dataclass(frozen=True)
class Sheet:
    """The document being written: its options, its notices, what the options show, and the session's model."""

    options: SessionOptions
    notices: Notices
    shown: Shown
    model: str | None = None

    def word(self, key: str, **values: str | int) -> str:
        """Return the document's own words for ``key``."""
        return translate(key, self.options.locale, **values)

    def shortened(self, text: str, where: str | None = None, most: int = MOST_IN_A_LINE) -> str:
        """Return a text's beginning on one line, cut between grapheme clusters; ``where`` asks for a notice."""
        begins = text[: most + 1]
        # What begins with so many letters of which each is one cluster is too long, and its end is of no matter.
        cut = len(begins) > most and begins.isascii() and begins.isprintable() and "  " not in begins
        line = begins if cut and begins[0] != " " != begins[-1] else one_line(text)
        found = shortened(line, most)
        if found is not line and where is not None:
            self.notices.add("text_shortened", where)
        return found

    def sentence(self, one: Event) -> str | None:
        """Return an event's sentence, filled; None where no locale has one, or where its data does not fill it."""
        key = f"event.{one.name}"
        values = {name: shown for name, value in one.data.items() if (shown := self._value(name, value)) is not None}
        sentence = self.word(key, **values)
        return None if sentence in (key, "") else sentence

    def _value(self, name: str, value: Json) -> str | int | None:
        """Return a value for a sentence: an integer ``somethingAt`` is a time, ``somethingMs`` a duration."""
        if isinstance(value, bool) or not isinstance(value, str | int | float):
            return None
        if isinstance(value, int) and name.endswith("At"):
            return times.iso(value, self.options.timezone)
        if isinstance(value, int) and name.endswith("Ms"):
            return times.duration(value)
        return value if isinstance(value, int) else one_line(str(value))


def size_of(one: File | Image) -> int | None:
    """Return how many bytes an attachment has, where that is known."""
    if one.size is not None or not one.data:
        return one.size
    return len(one.data) * 3 // 4 - one.data[-2:].count("=")
