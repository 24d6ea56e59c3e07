"""Hides what is found in a session behind placeholders, the same for the same secret, and says what it hid."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from py_export.errors import InvalidOption
from py_export.model import Session
from py_export.notices import Notices
from py_export.transforms.redact.find import MARK, PLACEHOLDER, Known, find
from py_export.transforms.redact.gather import gather
from py_export.transforms.redact.kinds import KINDS, PEOPLE, SECRETS, parse_kinds
from py_export.transforms.redact.page import Found
from py_export.transforms.redact.replace import Mark, Name, Replaced, preview, write
from py_export.transforms.redact.report import Report


@dataclass(frozen=True, slots=True)
class Redaction:
    """
    What to hide.

    Attributes:
        kinds: What to look for, of ``KINDS``.
        patterns: Regular expressions of the caller's own; whatever they match is hidden.
        keep: What is left as it is all the same: a placeholder's name (``email-1``), or one hit of it (``email-1.2``).
    """

    kinds: frozenset[str] = frozenset((*SECRETS, *PEOPLE))
    patterns: tuple[str, ...] = ()
    keep: frozenset[str] = frozenset()

    @classmethod
    def of(cls, kinds: str, patterns: Iterable[str] = (), keep: Iterable[str] = ()) -> Redaction:
        """
        Return what a line asks for: ``off``, ``secrets``, ``people``, ``all``, or kinds apart by commas.

        Raises:
            InvalidOption: No kind has that name.
        """
        names = (name.strip().removeprefix("[redacted:").removesuffix("]") for name in keep)
        return cls(parse_kinds(kinds), tuple(patterns), frozenset(names))

    def __bool__(self) -> bool:
        """Return whether anything is looked for."""
        return bool(self.kinds or self.patterns)


def redact(
    session: Session, redaction: Redaction, notices: Notices | None = None, *, hits: bool = False
) -> tuple[Session, Report]:
    """
    Return a session without what is to be hidden, and what that was; the one that is given stays as it is.

    Args:
        session: Read and selected, and shortened by nothing yet.
        redaction: What to hide.
        notices: Collects how much was hidden, by kind.
        hits: Whether the report shows every hit with what stands around it, for a person to judge.

    Raises:
        InvalidOption: A pattern is no regular expression.
    """
    return Redactor(redaction).redact(session, notices, hits=hits)


@dataclass
class Redactor:
    """Redacts several sessions with the same placeholders for the same secrets."""

    redaction: Redaction
    _names: dict[str, Name] = field(default_factory=dict)
    _known: Known = field(default_factory=dict)

    def redact(self, session: Session, notices: Notices | None = None, *, hits: bool = False) -> tuple[Session, Report]:
        """Return the session without what is to be hidden, and what that was."""
        if not self.redaction:
            return session, Report()
        patterns = [_compiled(pattern) for pattern in self.redaction.patterns]
        gathered = gather(session)
        found = find(gathered.strings, self.redaction.kinds, patterns, gathered.named, self._known)
        self._give_names(gathered.strings, found)
        report = Report(unseen=gathered.unseen)
        counts: Counter[str] = Counter()
        texts: dict[str, Replaced] = {}
        for number, each in sorted(found.items()):
            text = gathered.strings[number]
            marks = [self._mark(text, one, counts) for one in each]
            texts[text] = Replaced(text, marks)
            if hits:
                report.hits += preview(text, marks)
        changed = write(session, texts, gathered, report)
        _tell(report, Notices() if notices is None else notices)
        return changed, report

    def _mark(self, text: str, one: Found, counts: Counter[str]) -> Mark:
        name = self._names[text[one.start : one.end]]
        counts[name.name] += 1
        hit = f"{name.name}.{counts[name.name]}"
        return Mark(one.start, one.end, name, hit, kept=not self.redaction.keep.isdisjoint((name.name, hit)))

    def _give_names(self, strings: Sequence[str], found: Mapping[int, list[Found]]) -> None:
        """Name what was found, in the order in which it is read; what has several kinds, by the first of them."""
        best: dict[str, Found] = {}
        for number, each in sorted(found.items()):
            for one in each:
                value = strings[number][one.start : one.end]
                known = best.setdefault(value, one)
                if KINDS.index(one.kind) < KINDS.index(known.kind):
                    best[value] = one
        taken = {match["name"] for text in strings if MARK in text for match in PLACEHOLDER.finditer(text)}
        taken.update(each.name for each in self._names.values())
        numbers: Counter[str] = Counter(each.kind for each in self._names.values())
        for value, one in best.items():
            if value in self._names:
                continue
            numbers[one.kind] += 1
            while f"{one.kind}-{numbers[one.kind]}" in taken:
                numbers[one.kind] += 1
            self._names[value] = Name(f"{one.kind}-{numbers[one.kind]}", one.kind, one.rule)


def _compiled(pattern: str) -> re.Pattern[str]:
    try:
        return re.compile(pattern)
    except (re.error, RecursionError, OverflowError) as error:
        raise InvalidOption(option="redact-pattern", reason=str(error)) from None


def _tell(report: Report, notices: Notices) -> None:
    for kind, count in report.counts().items():
        notices.add("redacted", count=count, kind=kind)
    if report.unseen:
        notices.add("redaction_unseen", count=report.unseen)
