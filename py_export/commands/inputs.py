"""Reads the files and folders that were named, ``-`` being standard input."""

from __future__ import annotations

import gc
import glob
import os
import sys
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import TypeVar

from py_export.commands.databases import opener
from py_export.commands.failures import CannotRead
from py_export.commands.folder import Folder, Neighbours
from py_export.commands.speech import Speaker
from py_export.errors import ExportError, ReadError
from py_export.model import Session
from py_export.notices import Notices
from py_export.readers import Input
from py_export.readers.container import Part, read_parts
from py_export.readers.input import DATABASE
from py_export.readers.zipped import is_zip

STANDARD = "-"
T = TypeVar("T")


@dataclass(slots=True)
class Outcome:
    """How the inputs fared: how many were read, and the exit code of each that was not."""

    read: int = 0
    codes: list[int] = field(default_factory=list)
    noticed: bool = False
    said: frozenset[str] = frozenset()
    """The codes of what was said of the latest input, which a writer need not say again."""

    def exit_code(self, *, strict: bool) -> int:
        """Return 0, 1 where some failed (or, strictly, anything was noticed), else the code of the failure."""
        if self.codes and not self.read:
            return self.codes[0] if len(set(self.codes)) == 1 else CannotRead.exit_code
        return 1 if self.codes or (strict and self.noticed) else 0


def sessions(  # noqa: PLR0913 - all of one call
    names: Iterable[str],
    source: str | None,
    speaker: Speaker,
    outcome: Outcome,
    *,
    named: bool,
    otherwise: Callable[[str, Notices], Part | None] | None = None,
) -> Iterator[Session]:
    """
    Yield every session of the inputs; one that cannot be read is said and counted, and the others go on.

    ``named``: what is noticed is said with the input's name. ``otherwise`` may read an input in another way.
    """
    now = clock()
    for name in names:
        notices = Notices()
        said = False
        try:
            for part in parts(name, source, notices, speaker, outcome, otherwise):
                outcome.noticed = outcome.noticed or bool(notices)
                outcome.said = frozenset(notice.code for notice in notices)
                if not part.name:  # no more will follow
                    said = True
                    speaker.notices(notices, name if named else "")
                yield from dated(part, now)
        finally:
            outcome.noticed = outcome.noticed or bool(notices)
            if not said:
                speaker.notices(notices, name if named else "")


def dated(part: Part, now: int) -> Iterator[Session]:
    """Yield what a part holds; what does not say when it was exported, is now."""
    for session in part.sessions:
        if session.exported_at is None:
            session.exported_at = now
        yield session


def parts(  # noqa: PLR0913, PLR0917 - all of one call
    name: str,
    source: str | None,
    notices: Notices,
    speaker: Speaker,
    outcome: Outcome,
    otherwise: Callable[[str, Notices], Part | None] | None = None,
) -> Iterator[Part]:
    """Yield what was read of one input, a folder's files one by one; what cannot be read is said and counted."""
    if otherwise is not None and (read := unwatched(partial(otherwise, name, notices))) is not None:
        outcome.read += 1
        yield read
        return
    try:
        found = read_parts(opened(name), source, notices)
        while (part := unwatched(partial(next, found, None))) is not None:
            if part.error is None:
                outcome.read += 1
                yield part
            else:
                refuse(part.error, f"{name}: {part.name}", speaker, outcome)
    except ReadError as error:
        refuse(error, name, speaker, outcome)
    except CannotRead as error:  # which names the input itself
        refuse(error, "", speaker, outcome)


def unwatched(read: Callable[[], T]) -> T:
    """
    Return what is read, which nobody will look for garbage.

    A session is one large tree without circles: to look through it again and again while it is written takes a tenth
    of the time.
    """
    gc.disable()
    try:
        return read()
    finally:
        gc.freeze()
        gc.enable()


def expanded(names: Sequence[str]) -> list[str]:
    """Return the inputs; a pattern that no shell has expanded stands for the files that it names."""
    found: list[str] = []
    for name in names:
        if name != STANDARD and glob.has_magic(name) and not Path(name).exists():
            found += sorted(glob.glob(name, recursive=True)) or [name]  # noqa: PTH207 - Path.glob takes no absolute pattern
        else:
            found.append(name)
    return found


def holds_files(name: str) -> bool:
    """Return whether an input is a folder or a zip."""
    path = Path(name)
    return name != STANDARD and (path.is_dir() or (path.is_file() and is_zip(_head(path))))


def opened(name: str) -> Input:
    """Return one input, a folder as the files in it, or raise ``CannotRead``."""
    if name == STANDARD:
        return Input(_bytes(name))
    path = Path(name)
    if path.is_dir():
        return Input(files=Folder(path))
    if path.is_file() and _head(path) == DATABASE:
        return Input(DATABASE, connect=opener(path), size=path.stat().st_size)
    data = _bytes(name)
    return Input(data, Neighbours(path) if data and path.is_file() else None)


def clock() -> int:
    """Return now in Unix milliseconds; ``SOURCE_DATE_EPOCH`` (reproducible-builds.org) sets it."""
    fixed = os.environ.get("SOURCE_DATE_EPOCH", "")
    return int(fixed) * 1000 if fixed.isascii() and fixed.isdigit() else time.time_ns() // 1_000_000


def _bytes(name: str) -> bytes:
    try:
        return sys.stdin.buffer.read() if name == STANDARD else Path(name).read_bytes()
    except OSError as error:
        raise CannotRead(name=name, reason=error.strerror or type(error).__name__) from None


def _head(path: Path) -> bytes:
    """Return the first bytes of a file, nothing of one that cannot be opened: whoever reads it says why."""
    try:
        with path.open("rb") as file:
            return file.read(len(DATABASE))
    except OSError:
        return b""


def refuse(error: ExportError, name: str, speaker: Speaker, outcome: Outcome) -> None:
    """Say and count what cannot be read."""
    speaker.error(error, name)
    outcome.codes.append(error.exit_code)
