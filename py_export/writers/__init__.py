"""
The writers, as a table.

A writer is a module with one function:

    write(session: Session, options: ItsOptions, notices: Notices) -> Iterator[str | bytes | Beside]

It is pure: the same session and options give the same chunks, on every runtime. What lies beside the document comes
after it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from importlib import import_module
from typing import Any, Literal, NamedTuple

from py_export import options
from py_export.errors import UnknownFormat
from py_export.model import Session
from py_export.notices import Notices
from py_export.options import Naming, Options

Kind = Literal["session", "analytics", "settings", "diff", "recording"]


ZIP = ("zip", "application/zip")
"""The extension and the media type of a document together with what lies beside it."""


class Beside(NamedTuple):
    """A file that a document names: its path from where the document lies, and its bytes."""

    path: str
    data: bytes


@dataclass(frozen=True, slots=True)
class Writer:
    """One format: its id, its file's extension and media type, its options, its module, how files are named."""

    id: str
    extension: str
    media_type: str
    kind: Kind
    options: type[options.Options]
    module: str
    naming: Naming = "title-id-date"

    @property
    def write(self) -> Callable[[Session, Any, Notices], Iterator[str | bytes | Beside]]:
        """Write a session in this format, chunk by chunk."""
        function: Callable[[Session, Any, Notices], Iterator[str | bytes | Beside]]
        function = import_module(f"py_export.writers.{self.module}").write
        return function

    def made(self, chosen: Options | None) -> tuple[str, str]:
        """Return the extension and the media type of the file that options make of a session."""
        return ZIP if chosen is not None and chosen.packed else (self.extension, self.media_type)


WRITERS = (
    Writer("json", "json", "application/json", "session", options.JsonOptions, "json"),
    Writer("markdown", "md", "text/markdown", "session", options.MarkdownOptions, "markdown"),
    Writer("html", "html", "text/html", "session", options.HtmlOptions, "html"),
    Writer("text", "txt", "text/plain", "session", options.HistoryOptions, "text", "export-chat"),
    Writer("pairs", "md", "text/markdown", "session", options.HistoryOptions, "pairs", "export-chat"),
    Writer("jsonl", "jsonl", "application/jsonl", "session", options.JsonlOptions, "jsonl", "session-id"),
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
)
"""Every writer, in the order in which a menu lists them."""


def find_writer(to: str) -> Writer:
    """Return the writer named ``to``, or raise ``UnknownFormat``."""
    for writer in WRITERS:
        if writer.id == to:
            return writer
    raise UnknownFormat(format=to, known=", ".join(writer.id for writer in WRITERS))


__all__ = ["WRITERS", "ZIP", "Beside", "Writer", "find_writer"]
