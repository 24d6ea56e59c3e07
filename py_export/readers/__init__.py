"""
The readers, as a table.

A reader is a module with two functions, and a third where its sessions lie in several files:

    matches(given: Input) -> bool                             decides by structure, never by name, and cheaply
    read(given: Input, notices: Notices) -> list[Session]     one session at least, or an error of ours
    gather(files: Mapping[str, bytes]) -> Iterable[Group]     which files of a folder or zip belong together
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from importlib import import_module
from typing import Any

from py_export.errors import NotRecognised, UnknownSource
from py_export.model import Session
from py_export.notices import Notices
from py_export.readers.files import Group
from py_export.readers.input import Input


@dataclass(frozen=True, slots=True)
class Reader:
    """One source: its id, what its files are called, and the module that knows it (imported when first used)."""

    id: str
    extensions: tuple[str, ...]
    media_types: tuple[str, ...]
    module: str

    @property
    def reads_lines(self) -> bool:
        """Whether a file of its own may be JSON Lines; only then is it asked of such (and imported)."""
        return "jsonl" in self.extensions

    @property
    def matches(self) -> Callable[[Input], bool]:
        """Decide by structure whether an input is of this source."""
        function: Callable[[Input], bool] = self._member("matches")
        return function

    @property
    def read(self) -> Callable[[Input, Notices], list[Session]]:
        """Read an input of this source."""
        function: Callable[[Input, Notices], list[Session]] = self._member("read")
        return function

    @property
    def gather(self) -> Callable[[Mapping[str, bytes]], Iterable[Group]] | None:
        """Say which of many files make one input; None where every file is one by itself."""
        function: Callable[[Mapping[str, bytes]], Iterable[Group]] | None = self._member("gather")
        return function

    def _member(self, name: str) -> Any:  # noqa: ANN401 - an attribute of a module
        return getattr(import_module(f"py_export.readers.{self.module}"), name, None)


READERS = (
    Reader("hfs-json", ("json",), ("application/json",), "hfs_json"),
    Reader("sidepanel-json", ("json",), ("application/json",), "sidepanel_json"),
    Reader("analytics-json", ("json",), ("application/json",), "analytics_json"),
    Reader("json", ("json",), ("application/json",), "json"),
    Reader("hapi", ("json",), ("application/json",), "hapi"),
    Reader("maichat-json", ("json",), ("application/json",), "maichat_json"),
    Reader("claude-code", ("jsonl", "json"), ("application/jsonl", "application/x-ndjson"), "claude_code"),
    Reader("codex", ("jsonl",), ("application/jsonl", "application/x-ndjson"), "codex"),
    Reader("trace-markdown", ("md",), ("text/markdown",), "trace_markdown"),
    Reader("cursor-jsonl", ("jsonl",), ("application/jsonl", "application/x-ndjson"), "cursor_jsonl"),
    Reader("hapi-db", ("db",), ("application/vnd.sqlite3",), "hapi_db"),
    Reader(
        "cursor",
        ("vscdb", "db", "jsonl", "md"),
        ("application/vnd.sqlite3", "application/jsonl", "text/markdown"),
        "cursor",
    ),
    Reader("gemini-cli", ("json", "jsonl", "md"), ("application/json", "application/jsonl"), "gemini_cli"),
    Reader("opencode", ("json", "db"), ("application/json", "application/vnd.sqlite3"), "opencode"),
    Reader("aider", ("md",), ("text/markdown",), "aider"),
)
"""Every reader, in the order in which they are tried."""


def find_reader(given: Input, source: str | None = None) -> Reader:
    """
    Return the reader named ``source``, else the first whose structure fits.

    Raises:
        UnknownSource: No reader has that id.
        Unreadable: It begins as JSON and is cut off or damaged.
        NotRecognised: No reader knows the structure; the error describes it by keys and counts.
    """
    if source is not None:
        for reader in READERS:
            if reader.id == source:
                return reader
        raise UnknownSource(source=source, known=", ".join(reader.id for reader in READERS))
    for reader in READERS:
        if (reader.reads_lines or not given.in_lines) and reader.matches(given):
            return reader
    given.raise_if_cut()
    raise NotRecognised(structure=given.structure(), known=", ".join(reader.id for reader in READERS))


__all__ = ["READERS", "Input", "Reader", "find_reader"]
