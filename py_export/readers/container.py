"""Folders and zips: which of their files make one input each, and what every one of those holds."""

from __future__ import annotations

import gc
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from py_export.errors import NotRecognised, ReadError
from py_export.model import Session
from py_export.notices import Notices
from py_export.readers import READERS, Input, Reader, find_reader
from py_export.readers.files import Group, View, head
from py_export.readers.zipped import Zipped, is_zip

_TEXT = 1024
"""Text has no NUL so early."""

_PACKED = (b"SQLite format 3\0", b"\x28\xb5\x2f\xfd")
"""How a database and what Zstandard packed begin, which are read though they are no text."""

_DAMAGED = re.compile(rb'[\s\0]*[{\[][\s\0]*["{\[]')
"""How JSON begins, in which a machine that lost power may have left NUL bytes."""


@dataclass(slots=True)
class Part:
    """
    One input of a container, and what became of it. What is no container is one part.

    Attributes:
        name: Its path in the container, else empty.
        source: The id of the reader that knows it.
        size: Its bytes, without those of files that belong to it.
        sessions: What it holds; nothing where ``error`` says why.
        group: Its files in the container; None of what is none.
    """

    name: str
    source: str
    size: int
    sessions: list[Session] = field(default_factory=list)
    error: ReadError | None = None
    group: Group | None = None


def read_parts(given: Input, source: str | None, notices: Notices) -> Iterator[Part]:
    """
    Yield what each part of an input holds, one at a time.

    In a folder or a zip, files that no reader knows are counted in a notice, and one that its reader cannot read is a
    part with an error: the others are read all the same.

    Raises:
        ReadError: It is no container and cannot be read, or a container without a session.
        UnknownSource: No reader has the id ``source``.
    """
    files = files_in(given)
    if files is None:
        reader = find_reader(given, source)
        yield Part(given.name, reader.id, given.size, read_quietly(reader, given, notices))
        return
    known = skipped = 0
    for group in groups(files):
        part = read_part(files, group, source, notices)
        if part is None:
            skipped += 1
        else:
            known += 1
            yield part
    if not known:
        raise NotRecognised(structure=given.structure(files), known=", ".join(reader.id for reader in READERS))
    if skipped:
        notices.add("files_skipped", count=skipped)


def read_quietly(reader: Reader, given: Input, notices: Notices) -> list[Session]:
    """
    Read one input while nobody looks for garbage.

    A reader makes a great many objects and no circles among them: to look through them again and again as their number
    grows takes a third of the time.
    """
    looking = gc.isenabled()
    gc.disable()
    try:
        return reader.read(given, notices)
    finally:
        if looking:
            gc.enable()


def files_in(given: Input) -> Mapping[str, bytes] | None:
    """Return the files of a folder or a zip, None of what is neither."""
    if not given.raw:
        return given.files or None
    return Zipped(given.raw) if is_zip(given.raw) else None


def groups(files: Mapping[str, bytes]) -> list[Group]:
    """Return the files of every input, in the order of their names; some readers know which belong together."""
    found: dict[str, Group] = {}
    left = dict.fromkeys(files)
    for reader in READERS:
        if reader.gather is None:
            continue
        for group in reader.gather(View(files, {name: name for name in left})):
            found[group.name] = group
            for name in (group.name, *group.files.values()):
                left.pop(name, None)
    return [found.get(name) or Group(name) for name in sorted([*found, *left])]


def read_part(files: Mapping[str, bytes], group: Group, source: str | None, notices: Notices) -> Part | None:
    """Return what one input holds, None where no reader knows it."""
    beginning = head(files, group.name)
    if b"\0" in beginning[:_TEXT] and not (beginning.startswith(_PACKED) or _DAMAGED.match(beginning)):
        return None  # pictures, archives, programs: known to nobody, and not worth their memory
    try:
        one = Input(files[group.name], View(files, group.files), group.name)
    except ReadError as error:
        return Part(group.name, source or "", 0, error=error, group=group)
    try:
        reader = find_reader(one, source)
    except ReadError:
        return None
    if source is not None and not reader.matches(one):
        return None
    part = Part(one.name, reader.id, one.size, group=group)
    heard = Notices()
    try:
        part.sessions = read_quietly(reader, one, heard)
    except NotRecognised:  # the reader knows its own, and this says nothing
        return None
    except ReadError as error:
        part.error = error
    for notice in heard:
        notices.add(notice.code, ": ".join(filter(None, (one.name, notice.where))), notice.count, **notice.params)
    return part
