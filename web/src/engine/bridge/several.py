"""Several sessions as one file: a zip of documents, or one document where the format has such a thing."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from itertools import accumulate
from time import monotonic
from typing import Any

from py_export.archive import Passing, Zip
from py_export.errors import ExportError, FontsMissing, UsageError
from py_export.filenames import document_name, filename_of_several
from py_export.model import Session
from py_export.notices import Notices
from py_export.options import parse
from py_export.packed import files
from py_export.together import together
from py_export.writers import ZIP, find_writer
from py_export_bridge.beginning import beginning
from py_export_bridge.file import File, redactor_of
from py_export_bridge.prepared import Prepared
from py_export_bridge.reports import add, failure, said

MOST = 20_000
"""Messages whose sessions a preview is of: to go through so many takes the engine about a second."""

PATIENCE = 1.0
"""Seconds after which a preview takes no further session: to read one again, or to hide things in it, takes time."""


def preview(file: File, request: dict[str, Any], numbers: Sequence[int], limit: int) -> dict[str, Any]:
    """Return the beginning of the one document that sessions become, as ``File.preview`` does: of the first of them."""
    sizes = accumulate(file.held.about[number]["messages"] for number in numbers)
    count = max(sum(size <= MOST for size in sizes), 1)
    several = Several(file, request, numbers[:count], until=monotonic() + PATIENCE)
    found = beginning(several.written(), limit)
    count = count if several.left is None else several.left
    whole = found.complete and count == len(numbers)
    return {
        "text": found.text[:limit],
        "complete": whole and len(found.text) <= limit,
        "bytes": found.size if whole else 0,
        "exact": whole,
        **several.report(),
        "filename": several.filename(len(numbers)),
        **({} if count == len(numbers) else {"sessions": count}),
    }


class Several:
    """
    An export of several sessions.

    Attributes:
        done: Messages written; those of a session that cannot be written count as well.
        total: Messages in all sessions, as they are before anything is selected.
        left: How many sessions were taken when there was no time for another; None where there was.
    """

    def __init__(self, file: File, request: dict[str, Any], numbers: Sequence[int], until: float | None = None) -> None:
        self._file = file
        self._request = request
        hide = request.get("redact")
        self._redactor = None if hide is None else redactor_of(hide)
        self._numbers = numbers
        self._one = bool(request.get("together"))
        self._writer = find_writer(request["to"])
        self._notices = file.held.noticed_at(numbers)
        self._said = frozenset(notice.code for notice in self._notices)
        self._failed: list[dict[str, Any]] = []
        self._errors: list[ExportError] = []
        self._messages = 0
        self._latest = 0
        self._sizes = [file.held.about[number]["messages"] for number in numbers]
        self._until = until
        self.left: int | None = None
        self.done = 0
        self.total = sum(self._sizes)

    def written(self) -> Iterator[bytes]:
        """
        Yield the file, a chunk at least per session.

        Raises:
            UsageError: What is asked for does not exist.
            ExportError: None of the sessions can be written: why the first one cannot.
        """
        yield from self._together() if self._one else self._zipped()

    def report(self) -> dict[str, Any]:
        """Return ``{filename, mediaType, messages, notices, failed: [{session, code, where, params}]}``."""
        return {
            "filename": self.filename(len(self._numbers)),
            "mediaType": (self._writer.made(None) if self._one else ZIP)[1],
            "messages": self._messages,
            "notices": said(self._notices),
            "failed": self._failed,
        }

    def filename(self, count: int) -> str:
        """Return the name of the file of so many sessions."""
        extension, _ = self._writer.made(None) if self._one else ZIP
        return filename_of_several(count, extension, self._file.at, self._writer if self._one else None)

    def _zipped(self) -> Iterator[bytes]:
        target = Passing()
        with Zip(target) as archive:
            for number in self._each():
                with self._harmless(number):
                    session, writer, options, notices = self._prepared(number)
                    name = document_name(session, writer, options, self._request.get("pattern"))
                    for _ in archive.document(files(session, writer, options, notices, name)):
                        yield b""
                    self._written(session, notices)
                yield target.taken()
        yield target.taken()

    def _together(self) -> Iterator[bytes]:
        options = parse(self._writer.options, self._request.get("options"))
        notices = Notices()
        yield from together(self._sessions(), self._writer, options, notices, self._file.at, self._refuse)
        self._hear(notices)

    def _sessions(self) -> Iterator[Session]:
        for number in self._each():
            with self._harmless(number):
                prepared = self._prepared(number)
                self._written(prepared.session, prepared.notices)
                yield prepared.session

    def _prepared(self, number: int) -> Prepared:
        return self._file.prepare_anew(self._request, number, self._redactor)

    def _each(self) -> Iterator[int]:
        """Yield each session's number, and count its messages once it is done."""
        for taken, (number, size) in enumerate(zip(self._numbers, self._sizes, strict=True)):
            if taken and self._until is not None and monotonic() > self._until:
                self.left = taken
                return
            self._latest = number
            yield number
            self.done += size
        if self._errors and len(self._errors) == len(self._numbers):
            raise self._errors[0]

    @contextmanager
    def _harmless(self, number: int) -> Iterator[None]:
        """
        Let a session that cannot be written harm no other.

        What cannot be asked for is wrong for all of them, and fonts come when they are missed.
        """
        try:
            yield
        except (UsageError, FontsMissing):
            raise
        except ExportError as error:
            self._fail(number, error)

    def _fail(self, number: int, error: ExportError) -> None:
        self._errors.append(error)
        self._failed.append({"session": number, **failure(error)})

    def _refuse(self, session: Session, error: ExportError) -> None:
        """Count a session that has been prepared, and then could not be written."""
        self._messages -= len(session.messages)
        self._fail(self._latest, error)

    def _written(self, session: Session, notices: Notices) -> None:
        self._messages += len(session.messages)
        self._hear(notices)

    def _hear(self, notices: Notices) -> None:
        # What was said of the files, a writer need not say again.
        add(self._notices, (notice for notice in notices if notice.code not in self._said))
