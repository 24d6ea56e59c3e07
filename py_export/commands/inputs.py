"""Reads the files that were named, ``-`` being standard input."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from py_export.commands.failures import CannotRead
from py_export.commands.speech import Speaker
from py_export.convert import read
from py_export.errors import ExportError
from py_export.model import Session
from py_export.notices import Notices

STANDARD = "-"


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


def contents(name: str) -> bytes:
    """Return the bytes of one input, or raise ``CannotRead``."""
    try:
        return sys.stdin.buffer.read() if name == STANDARD else Path(name).read_bytes()
    except OSError as error:
        raise CannotRead(name=name, reason=error.strerror or type(error).__name__) from None


def sessions(
    names: Iterable[str], source: str | None, speaker: Speaker, outcome: Outcome, *, named: bool
) -> Iterator[Session]:
    """
    Yield every session of the inputs; one that cannot be read is said and counted, and the others go on.

    ``named``: what is noticed is said with the input's name.
    """
    now = clock()
    for name in names:
        notices = Notices()
        try:
            found = read(contents(name), source, exported_at=now, notices=notices)
        except ExportError as error:
            if error.exit_code == 2:  # noqa: PLR2004 - wrong usage is wrong for every input
                raise
            speaker.error(error, "" if isinstance(error, CannotRead) else name)
            outcome.codes.append(error.exit_code)
            continue
        outcome.read += 1
        outcome.noticed = outcome.noticed or bool(notices)
        outcome.said = frozenset(notice.code for notice in notices)
        speaker.notices(notices, name if named else "")
        yield from found


def clock() -> int:
    """Return now in Unix milliseconds; ``SOURCE_DATE_EPOCH`` (reproducible-builds.org) sets it."""
    fixed = os.environ.get("SOURCE_DATE_EPOCH", "")
    return int(fixed) * 1000 if fixed.isascii() and fixed.isdigit() else time.time_ns() // 1_000_000
