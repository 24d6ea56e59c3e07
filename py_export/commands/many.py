"""
Many files on all cores: each is read and written by a process of its own, and put away in order.

What such a process would say, and the files that it would write, it hands over as a list; so people read, and find,
what they would if one had done it all.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from itertools import groupby
from operator import attrgetter
from typing import Any, Protocol

from py_export.commands.cores import in_order
from py_export.commands.failures import CannotRead
from py_export.commands.inputs import Outcome, holds_files, opened, refuse
from py_export.commands.speech import Speaker
from py_export.errors import NotRecognised, ReadError
from py_export.notices import Notice, Notices
from py_export.readers import READERS
from py_export.readers.container import files_in, groups
from py_export.readers.files import Group

_MOST = 16 << 20
"""Bytes of documents that a process hands over for one file; what makes more is read and written here."""


class Container(Protocol):
    """A place for many files."""

    def add(self, name: str, chunks: Iterable[bytes]) -> None:
        """Write a document."""

    def beside(self, path: str, data: bytes) -> None:
        """Write what a document names."""


@dataclass(frozen=True, slots=True)
class Unit:
    """One file that was named, or one input of a folder or zip that was: its files, and which of them."""

    name: str
    files: Mapping[str, bytes] | None = None
    group: Group | None = None


class Job(Protocol):
    """A call of ``convert``, as far as it is needed here."""

    speaker: Speaker
    outcome: Outcome

    def aside(self, speaker: Speaker) -> Job:
        """Return the same job, which speaks elsewhere and has an outcome of its own."""

    def unit(self, unit: Unit, container: Container, notices: Notices) -> bool:
        """Read and write one unit; return whether any reader knows it."""


def units(names: Sequence[str]) -> list[Unit]:
    """Return what the inputs hold, in order."""
    found: list[Unit] = []
    for name in names:
        try:
            files = files_in(opened(name)) if holds_files(name) else None
        except (ReadError, CannotRead):  # said when its turn comes
            files = None
        if files is None:
            found.append(Unit(name))
        else:
            found += [Unit(name, files, group) for group in groups(files)]
    return found


def convert(units: Sequence[Unit], job: Job, container: Container, *, named: bool) -> Iterator[str]:
    """Read, write and put away, yielding the name of each input when its turn comes."""
    told = in_order([partial(_recorded, job, unit) for unit in units])
    for name, of_input in groupby(units, attrgetter("name")):
        yield name
        notices = Notices()
        known = skipped = 0
        for unit, record in zip(of_input, told, strict=False):
            if job.unit(unit, container, notices) if record is None else _replayed(record, job, container, notices):
                known += 1
            else:
                skipped += 1
        _end(unit, job, notices, known, skipped, named=named)


def _end(unit: Unit, job: Job, notices: Notices, known: int, skipped: int, *, named: bool) -> None:  # noqa: PLR0913
    """Say what there is to say of a whole folder or zip."""
    if unit.files is None:
        return
    if skipped and known:
        notices.add("files_skipped", count=skipped)
    elif skipped:
        structure = opened(unit.name).structure(unit.files)
        error = NotRecognised(structure=structure, known=", ".join(reader.id for reader in READERS))
        refuse(error, unit.name, job.speaker, job.outcome)
    job.outcome.noticed = job.outcome.noticed or bool(notices)
    job.speaker.notices(notices, unit.name if named else "")


@dataclass(slots=True)
class _Record:
    """What a process did with a unit: what it said and made, in order, and how it fared."""

    steps: list[tuple[str, tuple[Any, ...]]] = field(default_factory=list)
    notices: Notices = field(default_factory=Notices)
    outcome: Outcome = field(default_factory=Outcome)
    known: bool = False
    size: int = 0

    def add(self, name: str, chunks: Iterable[bytes]) -> None:
        """Keep a document."""
        held = []
        for chunk in chunks:
            held.append(chunk)
            self._count(chunk)
        self.steps.append(("add", (name, held)))

    def beside(self, path: str, data: bytes) -> None:
        """Keep what a document names."""
        self._count(data)
        self.steps.append(("beside", (path, data)))

    def _count(self, data: bytes) -> None:
        self.size += len(data)
        if self.size > _MOST:
            raise _TooLong


class _TooLong(Exception):
    """More than is handed over."""


class _Recorder(Speaker):
    """Keeps what would be said."""

    def __init__(self, speaker: Speaker, record: _Record) -> None:
        self.locale, self.as_json = speaker.locale, speaker.as_json
        self._record = record

    def say(self, level: str, code: str, message: str, where: str = "") -> None:
        """Keep one line."""
        self._record.steps.append(("say", (level, code, message, where)))

    def notices(self, notices: Iterable[Notice], name: str = "") -> None:
        """Keep what could not be carried over."""
        self._record.steps.append(("notices", (list(notices), name)))


def _recorded(job: Job, unit: Unit) -> _Record | None:
    """Return what becomes of a unit; None where that is too long to hand over."""
    record = _Record()
    aside = job.aside(_Recorder(job.speaker, record))
    try:
        record.known = aside.unit(unit, record, record.notices)
    except _TooLong:
        return None
    record.outcome = aside.outcome
    return record


def _replayed(record: _Record, job: Job, container: Container, notices: Notices) -> bool:
    """Say and put away what a process handed over."""
    notices.take(record.notices)
    outcome, its = job.outcome, record.outcome
    outcome.read += its.read
    outcome.codes += its.codes
    outcome.noticed = outcome.noticed or its.noticed
    said = {notice.code for notice in notices}
    for kind, words in record.steps:
        if kind == "notices":
            heard, name = words
            job.speaker.notices([notice for notice in heard if notice.code not in said], name)
        else:
            target = job.speaker if kind == "say" else container
            getattr(target, kind)(*words)
    return record.known
