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
from typing import IO, Any, NamedTuple
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
from py_export.readers.claude_code.joined import Joined
from py_export.readers.container import Part
from py_export.writers import Writer
from py_export.writers.runs import Run, Runs, placed

_HEAD = 1 << 18
_CHUNK = 1 << 16
_BEGINNING = 1 << 16
"""Bytes in which most people have typed something."""

_LAST = 3
"""Stretches that are asked, from the end on, which model wrote: the last one may be a question alone."""


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
        piece: It, but for all messages; the first is there where it is still to be written.
        messages: How many there are.
        text: What was written of the others.
        overview: What the document's head has to know of all.
        looked: What was noticed when that was looked up.
        counted: What was noticed when they were written.
    """

    piece: stretch.Piece
    messages: int
    text: bytes
    overview: Any
    looked: Notices
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
        assert self._writer.run is not None  # noqa: S101 - whoever comes here has asked
        guessed = Session(id="")
        run = self._writer.run(guessed, self._options)
        if run is not None and run.needs:
            guessed = self._guessed(run.needs)
            run = self._writer.run(guessed, self._options)
        for _ in range(2):  # what is written may depend on what is known in the end
            heard = Notices()
            session = None if run is None else self._written(run, heard)
            if run is None or session is None:
                return None
            if all(getattr(session, name) == getattr(guessed, name) for name in run.needs):
                notices.take(heard)
                return session
            guessed = session
            run = self._writer.run(guessed, self._options)
        return None

    def _guessed(self, needs: Sequence[str]) -> Session:
        """Return what is likely to be known of the session: its title by the first stretch, its model by the last."""
        found = Session(id="")
        if "title" in needs:
            found.title = self._guessed_title()
        if "model" in needs:
            last = (self._read(where).told.figures.model for where in reversed(self._stretches[-_LAST:]))
            found.model = next(filter(None, last), None)
        return found

    def _guessed_title(self) -> str | None:
        """Return the title by what is typed first, which mostly stands near the beginning, or by a command."""
        first = self._stretches[0]
        told = self._read(first._replace(end=min(first.end, _BEGINNING))).told
        if told.typed is None:
            told = self._read(first).told
        return told.heading.title(told.command if told.typed is None else told.typed, ())

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
        joined = Joined()
        tied, looked, counted = Notices(), Notices(), Notices()
        for one in in_order([partial(self._stretch, where, run) for where in self._stretches]):
            first = joined.messages
            above = joined.add(one.piece.told, one.messages)
            text = run.follow(one.text, one.overview) if joined.apart else None
            if text is None:
                return None
            heard.take(one.piece.noticed)
            tied.take(one.piece.placed)
            alone = Notices()
            for message in one.piece.messages:
                message.parent_id = above or message.parent_id
                spool.writelines(run.write([message], 0, alone))
            spool.write(text)
            looked.take(placed(one.looked, first))
            counted.take(placed(alone, first))
            counted.take(placed(one.counted, first))
        heard.take(tied)
        session = joined.session() if spool.tell() else None
        if session is not None:
            session.messages = Runs(partial(_chunks, spool), joined.shown, run.whole, looked, counted)
        return session

    def _stretch(self, where: stretch.Stretch, run: Run) -> _Written:
        """Read one and write it, all but a first message that names another stretch's."""
        piece = self._read(where)
        looked, counted = Notices(), Notices()
        overview = run.overview(piece.messages, looked)
        first, others = (piece.messages[:1], piece.messages[1:]) if run.linked else ([], piece.messages)
        text = b"".join(run.write(others, len(first), counted))
        messages = len(piece.messages)
        piece.messages = first
        return _Written(piece, messages, text, overview, looked, counted)

    def _read(self, where: stretch.Stretch) -> stretch.Piece:
        with self._path.open("rb") as file:
            file.seek(where.start)
            return stretch.read(file.read(where.end - where.start), where.above, first=where.start == 0)


def _chunks(spool: IO[bytes]) -> Iterator[bytes]:
    spool.seek(0)
    while chunk := spool.read(_CHUNK):
        yield chunk
