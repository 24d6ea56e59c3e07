"""Puts placeholders where something is to be hidden, and shows beforehand where that would be."""

from __future__ import annotations

import base64
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from py_export.model import Session
from py_export.transforms.redact.gather import Gathered
from py_export.transforms.redact.report import Hit, Report, Secret
from py_export.transforms.redact.strings import mapped

_PLACES = 100
_AROUND = 60
_SHOWN = 200


@dataclass(frozen=True, slots=True)
class Name:
    """The name of what was hidden, ``api-key-1``, its kind, and the rule that found it."""

    name: str
    kind: str
    rule: str


@dataclass(frozen=True, slots=True)
class Mark:
    """One hit in a string; ``kept`` where it is left as it is."""

    start: int
    end: int
    name: Name
    hit: str
    kept: bool


@dataclass(frozen=True, slots=True)
class Replaced:
    """A string with its hits, and the string that stands in its place."""

    text: str
    marks: Sequence[Mark]

    @property
    def other(self) -> str:
        """The string with placeholders."""
        return "".join(self._parts(0, len(self.text)))

    def around(self, start: int, end: int) -> str:
        """Return a part of the string, in which other hits are hidden."""
        return "".join(self._parts(start, end))

    def _parts(self, start: int, end: int) -> Iterator[str]:
        at = start
        for mark in self.marks:
            if mark.end <= start or mark.start >= end or mark.kept:
                continue
            yield self.text[at : max(at, mark.start)]
            yield f"[redacted:{mark.name.name}]"
            at = mark.end
        yield self.text[at:end]


def write(session: Session, texts: Mapping[str, Replaced], gathered: Gathered, report: Report) -> Session:
    """Return the session with placeholders; the report says where they stand."""
    packed = {
        text: texts[gathered.strings[at]] for text, at in gathered.packed.items() if gathered.strings[at] in texts
    }
    everything = {**texts, **packed}
    others = {text: each.other for text, each in texts.items()}
    others |= {text: _packed(text, each) for text, each in packed.items()}
    secrets: dict[str, Secret] = {}
    hits = {hit.id: hit for hit in report.hits}

    def note(place: str, text: str) -> None:
        for mark in everything[text].marks:
            hit = hits.get(mark.hit)
            if hit is not None:
                hit.place = hit.place or place
                hit.places += 1
            if mark.kept:
                continue
            name = mark.name
            secret = secrets.setdefault(name.name, Secret(name.name, name.kind, name.rule))
            secret.count += 1
            if len(secret.places) < _PLACES:
                secret.places.append(place)

    changed = mapped(session, others, note)
    report.secrets = list(secrets.values())
    return replace(changed, document=None)


def _packed(text: str, each: Replaced) -> str:
    other = each.other
    return text if other == each.text else base64.b64encode(other.encode()).decode()


def preview(text: str, marks: Sequence[Mark]) -> Iterator[Hit]:
    """Yield each hit of a string with what stands around it on its line."""
    for at, mark in enumerate(marks):
        whole = Replaced(text, marks[max(0, at - _AROUND) : at + _AROUND + 1])  # no more have room there
        before = whole.around(max(0, mark.start - _AROUND), mark.start).rpartition("\n")[2]
        after = whole.around(mark.end, mark.end + _AROUND).partition("\n")[0]
        shown = text[mark.start : min(mark.end, mark.start + _SHOWN)]
        yield Hit(mark.hit, mark.name.name, mark.name.kind, before, shown, after, mark.kept)
