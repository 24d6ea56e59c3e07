"""
Long transcripts, stretch by stretch: read and written on all cores, while no more than a stretch a core is in memory.

It is tried where one file is converted, whole, to a format that can be written so, and comes to the bytes of the usual
way (a test compares). Where the stretches turn out to need each other, nothing of it is kept.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial
from pathlib import Path
from tempfile import TemporaryFile
from typing import IO, NamedTuple
from weakref import finalize

from py_export.commands.cores import in_order
from py_export.commands.folder import Neighbours
from py_export.errors import ReadError
from py_export.model import Session
from py_export.notices import Notices
from py_export.options import Options
from py_export.readers import Input, find_reader
from py_export.readers.claude_code import stretch
from py_export.readers.claude_code.gathering import has_sub_agents
from py_export.readers.container import Part
from py_export.writers import Writer
from py_export.writers.runs import Run, Runs, placed

_HEAD = 1 << 18
_CHUNK = 1 << 16


def part(path: Path, source: str | None, writer: Writer, options: Options, notices: Notices) -> Part | None:
    """Return what a file holds, its messages written already; None where that has to be done the usual way."""
    if options.packed or writer.run is None:
        return None
    try:
        size = path.stat().st_size
        with path.open("rb") as file:
            if not _is_transcript(file.read(_HEAD), source):
                return None
            found = [] if has_sub_agents(Neighbours(path)) else list(stretch.stretches(file, size))
        session = _Job(path, found, writer, options).session(notices) if len(found) > 1 else None
    except OSError:  # which the usual way says
        return None
    return None if session is None else Part("", "claude-code", size, [session])


def _is_transcript(head: bytes, source: str | None) -> bool:
    """Return whether a file that begins so is one that may be read in stretches."""
    whole = head[: head.rfind(b"\n") + 1]
    try:
        given = Input(whole)
        return given.raw is whole and given.in_lines and find_reader(given, source).id == "claude-code"
    except ReadError:
        return False


class _Written(NamedTuple):
    """
    What came of a stretch.

    Attributes:
        piece: It, but for all messages after the first.
        messages: How many there are.
        text: What was written of those.
        counted: What was noticed meanwhile.
    """

    piece: stretch.Piece
    messages: int
    text: bytes
    counted: Notices


class _Job:
    """One transcript: its stretches, and how they are written."""

    def __init__(self, path: Path, stretches: Sequence[stretch.Stretch], writer: Writer, options: Options) -> None:
        self._path = path
        self._stretches = stretches
        self._writer = writer
        self._options = options

    def session(self, notices: Notices) -> Session | None:
        """Return the session, and report what was noticed of it; None where its stretches are no whole."""
        title = self._first_title()
        for _ in range(2):  # what is written may depend on the title, and that may stand far down
            assert self._writer.run is not None  # noqa: S101 - whoever comes here has asked
            run = self._writer.run(Session(id="", title=title), self._options)
            heard = Notices()
            session = None if run is None else self._written(run, heard)
            if run is None or session is None:
                return None
            if session.title == title or not run.titled:
                notices.take(heard)
                return session
            title = session.title
        return None

    def _first_title(self) -> str | None:
        told = self._read(self._stretches[0]).told
        return told.heading.title(told.typed, ())

    def _written(self, run: Run, heard: Notices) -> Session | None:
        """Write the stretches one behind the other, wherever they are made."""
        spool = TemporaryFile()  # noqa: SIM115 - whoever writes the session reads it
        try:
            session = self._spooled(run, heard, spool)
        except BaseException:
            spool.close()
            raise
        if session is None:
            spool.close()
        else:
            finalize(session.messages, spool.close)
        return session

    def _spooled(self, run: Run, heard: Notices, spool: IO[bytes]) -> Session | None:
        joined = stretch.Joined()
        tied, counted = Notices(), Notices()
        for piece, messages, text, noticed in in_order([partial(self._stretch, one, run) for one in self._stretches]):
            first = joined.messages
            above = joined.add(piece.told, messages)
            if not joined.apart:
                return None
            heard.take(piece.noticed)
            tied.take(piece.placed)
            alone = Notices()
            for message in piece.messages:
                message.parent_id = above or message.parent_id
                spool.writelines(run.write([message], 0, alone))
            spool.write(text)
            counted.take(placed(alone, first))
            counted.take(placed(noticed, first))
        heard.take(tied)
        session = joined.session() if spool.tell() else None
        if session is not None:
            session.messages = Runs(partial(_chunks, spool), joined.shown, counted)
        return session

    def _stretch(self, where: stretch.Stretch, run: Run) -> _Written:
        """Read one, and write all of it but its first message, which may follow one of another's."""
        piece = self._read(where)
        counted = Notices()
        first, others = piece.messages[:1], piece.messages[1:]
        text = b"".join(run.write(others, 1, counted))
        messages = len(piece.messages)
        piece.messages = first
        return _Written(piece, messages, text, counted)

    def _read(self, where: stretch.Stretch) -> stretch.Piece:
        with self._path.open("rb") as file:
            file.seek(where.start)
            return stretch.read(file.read(where.end - where.start), where.above, first=where.start == 0)


def _chunks(spool: IO[bytes]) -> Iterator[bytes]:
    spool.seek(0)
    while chunk := spool.read(_CHUNK):
        yield chunk
