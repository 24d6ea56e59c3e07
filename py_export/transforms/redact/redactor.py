"""Hides what is found in a session behind placeholders, the same for the same secret, and says what it hid."""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from py_export.errors import InvalidOption
from py_export.model import Session
from py_export.notices import Notices
from py_export.transforms.redact.find import MARK, PLACEHOLDER, Known, find
from py_export.transforms.redact.gather import gather
from py_export.transforms.redact.kinds import KINDS, PEOPLE, SECRETS, parse_kinds
from py_export.transforms.redact.page import Found
from py_export.transforms.redact.replace import Mark, Marked, Name, write
from py_export.transforms.redact.report import Report

_KEY = 16
"""Hexadecimal digits: enough to tell what was found apart."""


@dataclass(frozen=True, slots=True)
class Redaction:
    """
    What to hide.

    Attributes:
        kinds: What to look for, of ``KINDS``.
        patterns: Regular expressions of the caller's own; whatever they match is hidden.
        keep: What is left as it is all the same, by its placeholder's name (``email-1``) or its ``Secret.key``.
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
    session: Session, redaction: Redaction, notices: Notices | None = None, *, show: bool = False
) -> tuple[Session, Report]:
    """
    Return a session without what is to be hidden, and what that was; the one that is given stays as it is.

    Args:
        session: Read and selected, and shortened by nothing yet.
        redaction: What to hide.
        notices: Collects how much was hidden, by kind.
        show: Whether the report shows what was found and what stands around it, for a person to judge.

    Raises:
        InvalidOption: A pattern is no regular expression.
    """
    return Redactor(redaction).redact(session, notices, show=show)


class Redactor:
    """
    Redacts several sessions with the same placeholders for the same secrets.

    What one session gives away is hidden in it and in those after it. Raises ``InvalidOption`` as ``redact`` does.
    """

    def __init__(self, redaction: Redaction) -> None:
        self._redaction = redaction
        self._patterns = [_compiled(pattern, number) for number, pattern in enumerate(redaction.patterns, 1)]
        self._names: dict[str, Name] = {}
        self._known: Known = {}

    def redact(self, session: Session, notices: Notices | None = None, *, show: bool = False) -> tuple[Session, Report]:
        """Return the session without what is to be hidden, and what that was."""
        if not self._redaction:
            return session, Report()
        gathered = gather(session)
        strings = list(gathered.numbers)
        found = find(strings, self._redaction.kinds, self._patterns, gathered.named, self._known)
        self._give_names(strings, found)
        texts = {strings[number]: self._marked(strings[number], each) for number, each in found.items()}
        changed, report = write(session, texts, gathered, show=show)
        if notices is not None:
            _tell(report, notices)
        return changed, report

    def _marked(self, text: str, found: Iterable[Found]) -> Marked:
        return Marked(text, [Mark(one.start, one.end, self._names[text[one.start : one.end]]) for one in found])

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
            while (name := f"{one.kind}-{numbers[one.kind]}") in taken:
                numbers[one.kind] += 1
            key = hashlib.sha256(value.encode("utf-8", "surrogatepass")).hexdigest()[:_KEY]
            kept = not self._redaction.keep.isdisjoint((name, key))
            self._names[value] = Name(name, one.kind, one.rule, key, kept)


def _compiled(pattern: str, number: int) -> re.Pattern[str]:
    try:
        return re.compile(pattern)
    except (re.error, RecursionError, OverflowError) as error:
        raise InvalidOption(option="redact-pattern", reason=str(error), number=number) from None


def _tell(report: Report, notices: Notices) -> None:
    for kind, count in report.counts().items():
        notices.add("redacted", count=count, kind=kind)
    if report.unseen:
        notices.add("redaction_unseen", count=report.unseen)
