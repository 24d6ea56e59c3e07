"""Puts placeholders where something is to be hidden, and notes what stood where."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from msgspec.structs import replace

from py_export.model import Session
from py_export.transforms.redact.gather import Gathered
from py_export.transforms.redact.packed import packed
from py_export.transforms.redact.report import Report, Secret, Shown
from py_export.transforms.redact.strings import mapped

_PLACES = 100
_SHOWN = 3
_TRIED = 16
"""At how many places it is looked for ones that differ from those shown."""
_AROUND = 60
_LONGEST = 200


@dataclass(frozen=True, slots=True)
class Name:
    """What one thing that was found is called; ``kept`` where it is left as it is. ``Secret`` says the rest."""

    name: str
    kind: str
    rule: str
    key: str
    kept: bool


@dataclass(frozen=True, slots=True)
class Mark:
    """Where it stands in a string."""

    start: int
    end: int
    name: Name


@dataclass(frozen=True, slots=True)
class Marked:
    """A string, and what stands in it, in order and apart."""

    text: str
    marks: Sequence[Mark]

    @property
    def hidden(self) -> str:
        """The string with placeholders."""
        return "".join(self._parts(self.marks, 0, len(self.text)))

    def shown(self, at: int, place: str) -> Shown:
        """Return one mark with what stands around it on its line."""
        mark = self.marks[at]
        near = self.marks[max(0, at - _AROUND) : at + _AROUND + 1]  # no more have room there
        before = "".join(self._parts(near, max(0, mark.start - _AROUND), mark.start)).rpartition("\n")[2]
        after = "".join(self._parts(near, mark.end, mark.end + _AROUND)).partition("\n")[0]
        return Shown(place, before, self.text[mark.start : min(mark.end, mark.start + _LONGEST)], after)

    def _parts(self, marks: Sequence[Mark], start: int, end: int) -> Iterator[str]:
        at = start
        for mark in marks:
            if mark.end <= start or mark.start >= end or mark.name.kept:
                continue
            yield self.text[at : max(at, mark.start)]
            yield f"[redacted:{mark.name.name}]"
            at = mark.end
        yield self.text[at:end]


def write(session: Session, texts: Mapping[str, Marked], gathered: Gathered, *, show: bool) -> tuple[Session, Report]:
    """Return the session with placeholders, and the report of where they stand; see ``redact``."""
    everything = {**texts, **gathered.unpacked(texts)}
    others = {text: each.hidden for text, each in texts.items()}
    others |= {text: packed(text, others[each.text]) for text, each in everything.items() if text not in texts}
    secrets: dict[str, Secret] = {}

    def note(place: str, text: str) -> None:
        marked = everything[text]
        for at, mark in enumerate(marked.marks):
            name = mark.name
            secret = secrets.get(name.name)
            if secret is None:
                secret = secrets[name.name] = Secret(name.name, name.kind, name.rule, name.key, name.kept)
            secret.count += 1
            if len(secret.places) < _PLACES:
                secret.places.append(place)
            if show and secret.count <= _TRIED and len(secret.shown) < _SHOWN:
                _add(secret.shown, marked.shown(at, place))

    changed = mapped(session, others, note)
    return replace(changed, document=None), Report(list(secrets.values()), gathered.unseen)


def _add(shown: list[Shown], one: Shown) -> None:
    """Show it, unless it looks like another: a message and the record it came from say the same."""
    if all((one.before, one.after) != (each.before, each.after) for each in shown):
        shown.append(one)
