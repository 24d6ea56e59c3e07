"""
The writers, as a table.

A writer is a module with one function:

    write(session: Session, options: ItsOptions, notices: Notices) -> Iterator[str | bytes | Beside]

It is pure: the same session and options give the same chunks, on every runtime. What lies beside the document comes
after it. A chunk is a message's, or a ``Batch``.

Where one document can hold several sessions, the table's row says how (``several``): ``joined`` are documents that make
one when they follow one another; for ``together`` the module has a second function, which takes each session once and
keeps none:

    write_several(sessions: Iterable[Session], options: ItsOptions, notices: Notices, exported_at: int | None)
        -> Iterator[str | bytes]

Where none but the head needs to know all messages, the module may have ``run``, by which a long log is written before
it is read to its end (``runs.py``).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from importlib import import_module
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

from py_export import options
from py_export.analytics_options import AnalyticsJsonOptions, CsvOptions, MessagesCsvOptions, PdfOptions
from py_export.errors import OnlyInPage, UnknownFormat
from py_export.model import Session
from py_export.notices import Notices
from py_export.options import Naming, Options
from py_export.patch_options import PatchOptions
from py_export.replay_options import AsciicastOptions, PlayerOptions, ReplayOptions, VideoOptions

if TYPE_CHECKING:  # which names the table, too
    from py_export.writers.runs import Run

Kind = Literal["session", "analytics", "settings", "diff", "recording"]


Several = Literal["apart", "joined", "together"]
"""How several sessions become one document: not at all, one after the other, or by the writer's ``write_several``."""

Where = Literal["page"]
"""Where alone a format's file can be made: in the page, whose browser has what no other place has."""

ZIP = ("zip", "application/zip")
"""The extension and the media type of a document together with what lies beside it."""


class Beside(NamedTuple):
    """A file that a document names: its path from where the document lies, and its bytes."""

    path: str
    data: bytes


class Batch(bytes):
    """What was written of several messages at once."""

    messages: int

    @classmethod
    def of(cls, parts: Iterable[bytes], messages: int) -> Batch:
        """Return the parts as one."""
        found = cls(b"".join(parts))
        found.messages = messages
        return found


def messages_in(chunk: bytes) -> int:
    """Return how many messages a chunk stands for."""
    return chunk.messages if type(chunk) is Batch else 1


@dataclass(frozen=True, slots=True)
class Writer:
    """
    One format: its id, its file's extension and media type, its options, its module, how files are named.

    Attributes:
        several: How several sessions become one document.
        suffix: Ends the file's name before the extension, where a session has several files of one extension.
        where: Where alone its file is made; empty is everywhere. The module then writes what the file is made from.
    """

    id: str
    extension: str
    media_type: str
    kind: Kind
    options: type[options.Options]
    module: str
    naming: Naming = "title-id-date"
    several: Several = "apart"
    suffix: str = ""
    where: tuple[Where, ...] = ()

    @property
    def binary(self) -> bool:
        """Whether what it writes is no text."""
        return self.media_type in {"application/pdf", "video/webm"}

    def require_here(self) -> None:
        """Raise ``OnlyInPage`` where this program cannot make the file; it names what can be made in its place."""
        if self.where:
            like = (one.id for one in WRITERS if one.kind == self.kind and not one.where and one.id != "recording")
            raise OnlyInPage(format=self.id, instead=", ".join(like))

    @property
    def write(self) -> Callable[[Session, Any, Notices], Iterator[str | bytes | Beside]]:
        """Write a session in this format, chunk by chunk."""
        function: Callable[[Session, Any, Notices], Iterator[str | bytes | Beside]]
        function = import_module(f"py_export.writers.{self.module}").write
        return function

    @property
    def write_several(self) -> Callable[[Iterable[Session], Any, Notices, int | None], Iterator[str | bytes]]:
        """Write several sessions as one document, where ``several`` is ``together``."""
        function: Callable[[Iterable[Session], Any, Notices, int | None], Iterator[str | bytes]]
        function = import_module(f"py_export.writers.{self.module}").write_several
        return function

    @property
    def run(self) -> Callable[[Session, Any], Run | None] | None:
        """Return what says how messages are written run by run; None of a format that needs all of them at once."""
        function: Callable[[Session, Any], Run | None] | None
        function = getattr(import_module(f"py_export.writers.{self.module}"), "run", None)
        return function

    def made(self, chosen: Options | None) -> tuple[str, str]:
        """Return the extension and the media type of the file that options make of a session."""
        return ZIP if chosen is not None and chosen.packed else (self.extension, self.media_type)


def _table(name: str, chosen: type[Options], module: str, suffix: str) -> Writer:
    """Return the row of a table of what sessions took."""
    return Writer(name, "csv", "text/csv", "analytics", chosen, module, several="together", suffix=suffix)


WRITERS = (
    Writer("json", "json", "application/json", "session", options.JsonOptions, "json", several="together"),
    Writer("markdown", "md", "text/markdown", "session", options.MarkdownOptions, "markdown"),
    Writer("html", "html", "text/html", "session", options.HtmlOptions, "html"),
    Writer("session-pdf", "pdf", "application/pdf", "session", options.SessionPdfOptions, "session_pdf", "title-date"),
    Writer("text", "txt", "text/plain", "session", options.HistoryOptions, "text", "export-chat"),
    Writer("pairs", "md", "text/markdown", "session", options.HistoryOptions, "pairs", "export-chat"),
    Writer("jsonl", "jsonl", "application/jsonl", "session", options.JsonlOptions, "jsonl", "session-id", "joined"),
    Writer(
        "sidepanel-json",
        "json",
        "application/json",
        "session",
        options.SidepanelJsonOptions,
        "sidepanel_json",
        "title-date",
    ),
    Writer("hfs-json", "json", "application/json", "session", options.HfsJsonOptions, "hfs_json"),
    Writer(
        "maichat-json", "json", "application/json", "session", options.HistoryOptions, "maichat_json", "export-chat"
    ),
    _table("csv", CsvOptions, "csv", "usage"),
    _table("messages-csv", MessagesCsvOptions, "messages_csv", "messages"),
    _table("tool-calls-csv", CsvOptions, "tool_calls_csv", "tool-calls"),
    _table("sessions-csv", CsvOptions, "sessions_csv", "sessions"),
    Writer(
        "analytics-json",
        "json",
        "application/json",
        "analytics",
        AnalyticsJsonOptions,
        "analytics_json",
        several="together",
        suffix="analytics",
    ),
    Writer("pdf", "pdf", "application/pdf", "analytics", PdfOptions, "pdf", several="together", suffix="report"),
    Writer("patch", "patch", "text/x-diff", "diff", PatchOptions, "patch", "changes"),
    Writer("settings", "json", "application/json", "settings", options.JsonOptions, "settings"),
    Writer("recording", "json", "application/json", "recording", ReplayOptions, "recording", suffix="recording"),
    Writer(
        "asciicast",
        "cast",
        "application/x-asciicast",
        "recording",
        AsciicastOptions,
        "asciicast",
        suffix="recording",
    ),
    Writer("player", "html", "text/html", "recording", PlayerOptions, "player", suffix="recording"),
    Writer("video", "webm", "video/webm", "recording", VideoOptions, "video", suffix="recording", where=("page",)),
)
"""Every writer, in the order in which a menu lists them."""


OF_SESSIONS = tuple(writer for writer in WRITERS if writer.kind != "settings" and not writer.where)
"""Those that write sessions wherever they run; the others write what their module says."""


def find_writer(to: str) -> Writer:
    """Return the writer named ``to``, or raise ``UnknownFormat``."""
    for writer in WRITERS:
        if writer.id == to:
            return writer
    raise UnknownFormat(format=to, known=", ".join(writer.id for writer in WRITERS))


__all__ = ["OF_SESSIONS", "WRITERS", "ZIP", "Batch", "Beside", "Writer", "find_writer", "messages_in"]
