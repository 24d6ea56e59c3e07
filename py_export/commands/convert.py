"""``py-export convert``: any source to any format, one session or many."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterable, Iterator, Sequence
from copy import copy
from functools import partial
from itertools import chain
from pathlib import Path
from typing import Any

from py_export.archive import Zip
from py_export.commands import cores, output
from py_export.commands.at_once import at_once
from py_export.commands.common import add_inputs, listen, parser_for
from py_export.commands.failures import CannotWrite, NoSuchSession, SeveralSessions
from py_export.commands.flags import add_flags, chosen_options
from py_export.commands.inputs import STANDARD, Outcome, clock, dated, expanded, refuse, sessions, unwatched
from py_export.commands.many import Container, Unit, units
from py_export.commands.many import convert as convert_units
from py_export.commands.progress import Progress
from py_export.commands.redaction import Hiding, add_redaction, chosen_redaction
from py_export.commands.selection import add_selection, chosen_selection
from py_export.commands.speech import Speaker
from py_export.convert import write
from py_export.errors import ExportError, InvalidOption, UsageError
from py_export.filenames import document_name, filename
from py_export.model import Session
from py_export.notices import Notices
from py_export.options import Options, parse
from py_export.packed import files
from py_export.readers.container import Part, read_part
from py_export.together import together
from py_export.writers import Writer, find_writer

LONG = 6 << 20
"""Bytes; what has fewer is converted sooner than others come to work."""


def run(argv: list[str], speaker: Speaker) -> int:
    """Convert, and return the exit code."""
    writer = _writer(argv)
    parser = _parser(speaker, writer)
    args = parser.parse_args(argv)
    listen(args, speaker)
    assert writer is not None  # noqa: S101 - the parser requires --to
    writer.require_here()
    args.inputs = expanded(args.inputs)
    if writer.kind == "settings":
        from py_export.commands.settings import convert_settings  # noqa: PLC0415 - few convert them

        return convert_settings(args, speaker)
    shown = args.output == STANDARD and sys.stdout.isatty()
    with Progress(speaker, args.inputs, output_is_shown=shown) as progress:
        job = _Job(args, writer, speaker, progress)
        job.run()
    return job.outcome.exit_code(strict=args.strict)


class _Job:
    """One call: its sessions, its options, its destination."""

    def __init__(self, args: argparse.Namespace, writer: Writer, speaker: Speaker, progress: Progress) -> None:
        self.outcome = Outcome()
        self.speaker = speaker
        self._progress = progress
        self._args = args
        self._writer = writer
        given = _defaults(args, writer, speaker)
        self._options: Options = parse(writer.options, given | chosen_options(args, writer))
        self._selection = chosen_selection(args, self._options)
        redaction = chosen_redaction(args)
        self._hiding = Hiding(redaction, args.redact_report)
        self._in_order = bool(redaction) or args.session is not None
        self._own_name = _own_name(args.filename)
        self._pattern: str | None = args.filename_pattern
        if self._pattern is not None:
            from py_export.filename_pattern import check  # noqa: PLC0415 - few have one

            check(self._pattern)

    def run(self) -> None:
        """Read, write, put away; last, say what was hidden."""
        self._convert(self._args.output)
        self._hiding.report()

    def _convert(self, place: str | None) -> None:
        if place in (None, STANDARD):
            self._one_document(place)
        elif place.endswith(("/", "\\")) or Path(place).is_dir():
            self._many_files(output.Folder(Path(place)))
        elif Path(place).suffix.lower() == ".zip":
            with output.opened(Path(place)) as target, Zip(target) as archive:
                self._many_files(archive)
        else:
            self._one_document(place)

    def _many_files(self, container: Container) -> None:
        # What is hidden in one session is hidden in those after it, and who wants one session wants one process.
        found = [] if self._in_order or cores.cores() == 1 else units(self._args.inputs)
        if len(found) > 1:
            named = len(self._args.inputs) > 1
            for _ in self._progress.inputs(convert_units(found, self, container, named=named)):
                pass
        else:
            self._put_all(container, self._sessions(self._progress.inputs()))

    def aside(self, speaker: Speaker) -> _Job:
        """Return the same job, which speaks elsewhere and has an outcome of its own."""
        other = copy(self)
        other.speaker, other.outcome = speaker, Outcome()
        return other

    def unit(self, unit: Unit, container: Container, notices: Notices) -> bool:
        """Read and write one of many files; return whether any reader knows it."""
        if unit.files is None or unit.group is None:
            self._put_all(container, self._sessions([unit.name]))
            return True
        part = unwatched(partial(read_part, unit.files, unit.group, self._args.source, notices))
        if part is None:
            return False
        self.outcome.noticed = self.outcome.noticed or bool(notices)
        self.outcome.said = frozenset(notice.code for notice in notices)
        if part.error is None:
            self.outcome.read += 1
            self._put_all(container, map(self._selected, dated(part, clock())))
        else:
            refuse(part.error, f"{unit.name}: {part.name}", self.speaker, self.outcome)
        return True

    def _put_all(self, container: Container, found: Iterable[Session]) -> None:
        for session in found:
            try:
                self._put(container, session, self._own_name or self._document_name(session))
            except (UsageError, CannotWrite):
                raise
            except ExportError as error:  # this session cannot be written; the others can
                self.speaker.error(error, session.id)
                self.outcome.codes.append(error.exit_code)

    def _put(self, container: Container, session: Session, name: str) -> None:
        """Put a document into a container, and beside it what it names."""
        notices = Notices()
        parts = files(session, self._writer, self._options, notices, name, at_once)
        _, chunks = next(parts)
        container.add(name, self._progress.written(name, iter(chunks)))
        for path, data in parts:
            container.beside(path, b"".join(data))
        self._say(notices)

    def _one_document(self, place: str | None) -> None:
        found = self._sessions(self._progress.inputs())
        first = next(found, None)
        if first is None:
            return
        second = next(found, None)
        if second is None and self._options.packed and place not in (None, STANDARD) and _may_be_new(Path(place)):
            self._put(output.Folder(Path(place).parent), first, Path(place).name)
            return
        if second is None:
            chunks = self._written(first)
        elif self._writer.several == "apart":
            raise SeveralSessions(count=2 + sum(1 for _ in found))
        else:
            chunks = self._together(chain((first, second), found))
        name = self._name(first)
        chunks = self._progress.written(name, chunks)
        if place is None and (sys.stdout.isatty() or self._own_name):  # who names a file is given one
            output.to_path(Path(name), chunks)
            self.speaker.say("info", "written", self.speaker.words("cli.written", name=name))
        elif place in (None, STANDARD):
            output.to_standard_output(chunks)
        else:
            output.to_path(Path(place), chunks)

    def _sessions(self, names: Iterable[str]) -> Iterator[Session]:
        wanted = self._args.session
        held = 0
        found = False
        several = len(self._args.inputs) > 1
        otherwise = None if several or self._in_order or self._selection is not None else self._long
        for session in sessions(
            names, self._args.source, self.speaker, self.outcome, named=several, otherwise=otherwise
        ):
            held += 1
            if wanted is None or session.id == wanted:
                found = True
                yield self._selected(session)
        if held and not found:
            raise NoSuchSession(count=held)

    def _long(self, name: str, notices: Notices) -> Part | None:
        """Read one input and write its messages, where it is a file so long that this pays."""
        if name == STANDARD or not _is_long(Path(name)):
            return None
        from py_export.commands import long  # noqa: PLC0415 - few files are

        return long.part(Path(name), self._args.source, self._writer, self._options, notices)

    def _selected(self, session: Session) -> Session:
        notices = Notices()
        if self._selection is not None:
            from py_export.transforms.select import select  # noqa: PLC0415 - most convert all

            session = select(session, self._selection, notices)
        session = self._hiding.hidden(session, notices)
        self._say(notices)
        return session

    def _written(self, session: Session) -> Iterator[bytes]:
        notices = Notices()
        yield from write(session, self._writer.id, options=self._options, notices=notices, resolve=at_once)
        self._say(notices)

    def _together(self, found: Iterator[Session]) -> Iterator[bytes]:
        """Write all of them as one document, each as it is read: no more than one is held."""
        notices = Notices()
        yield from together(found, self._writer, self._options, notices, clock())
        self._say(notices)

    def _say(self, notices: Notices) -> None:
        self.outcome.noticed = self.outcome.noticed or bool(notices)
        self.speaker.notices(notice for notice in notices if notice.code not in self.outcome.said)

    def _name(self, session: Session) -> str:
        if self._own_name:
            return self._own_name
        return filename(session, self._writer, self._options, self._pattern)

    def _document_name(self, session: Session) -> str:
        return document_name(session, self._writer, self._options, self._pattern)


def _defaults(args: argparse.Namespace, writer: Writer, speaker: Speaker) -> dict[str, Any]:
    """Return the options that a settings file says; what else it says is set where no flag does."""
    if args.settings is None:
        return {}
    from py_export.commands import settings  # noqa: PLC0415 - few name one

    values = settings.defaults(args.settings, speaker)
    args.filename_pattern = args.filename_pattern or values.get("filename")
    hiding = values.get("redaction", {})
    # Nobody can be asked here: what would be asked about is left as it is, as without a settings file.
    if hiding.get("mode") == "on" and args.redact is None and args.redact_pattern is None:
        args.redact = ",".join(hiding.get("kinds", ())) or None
        args.redact_pattern = hiding.get("patterns")
    return settings.default_options(values, writer)


def _is_long(path: Path) -> bool:
    """Return whether an input is a file so long that it may pay to read it in stretches."""
    try:
        return path.is_file() and path.stat().st_size >= LONG
    except OSError:  # whoever opens it says why
        return False


def _may_be_new(path: Path) -> bool:
    """Return whether a path is a file's, there or not: a device or a pipe has no place beside it."""
    return path.is_file() or not path.exists()


def _own_name(given: str | None) -> str:
    """Return the name that was given for the file, exactly: a name and no path."""
    name = Path(given or "").name
    if given and name in ("", "..", "."):
        raise InvalidOption(option="filename", reason=given)
    return name


def _writer(argv: Sequence[str]) -> Writer | None:
    """Return the format that ``--to`` names: the other flags depend on it."""
    early = argparse.ArgumentParser(add_help=False, allow_abbrev=False, exit_on_error=False)
    early.add_argument("--to")
    try:
        to = early.parse_known_args(argv)[0].to
    except argparse.ArgumentError:
        return None
    return None if to is None else find_writer(to)


def _parser(speaker: Speaker, writer: Writer | None) -> argparse.ArgumentParser:
    parser = parser_for("convert", speaker)
    add_inputs(parser, speaker)
    words = speaker.words
    parser.add_argument("--to", required=True, metavar="FORMAT", help=words("cli.flag.to"))
    parser.add_argument("-o", "--output", metavar="PATH", help=words("cli.flag.output"))
    parser.add_argument("--session", metavar="ID", help=words("cli.flag.session"))
    parser.add_argument("--filename", metavar="NAME", help=words("cli.flag.filename"))
    parser.add_argument("--filename-pattern", metavar="PATTERN", help=words("cli.flag.filename_pattern"))
    parser.add_argument("--settings", metavar="FILE", help=words("cli.flag.settings"))
    parser.add_argument("--option", action="append", metavar="NAME=VALUE", help=words("cli.flag.option"))
    add_selection(parser, speaker)
    add_redaction(parser, speaker)
    if writer is not None:
        add_flags(parser, writer, speaker)
    return parser
