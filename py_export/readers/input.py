"""What a reader is given: one file's bytes, the files that belong to it, and what every reader asks of them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from functools import cached_property
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from py_export import jsontext
from py_export.errors import ReadError, Unreadable
from py_export.readers import names, zstd

if TYPE_CHECKING:  # few inputs are databases: what reads them is imported when one comes
    from sqlite3 import Connection

DATABASE = b"SQLite format 3\0"
"""How a SQLite file begins."""

_BLANK = b" \t\r\n\0"
_MOST_KEYS = 12
_MOST_KINDS = 6
_NO_JSON = re.compile(rb"\s*[^\s{\[\"0-9tfn-]")
_OWN = re.compile(rb'\s*\{\s*"schemaVersion"\s*:\s*[0-9]+\s*,\s*"generator"\s*:\s*"py-export')
_FIRST_LINES = 5
"""How many records of JSON Lines a reader may look at before it decides."""

_EXTENSION = re.compile(r"[A-Za-z][A-Za-z0-9]{0,9}")
_NO_FILES: Mapping[str, bytes] = MappingProxyType({})


class Input:
    """
    The bytes of one file. Decoded at most once, however many readers look at them.

    Attributes:
        raw: The bytes as they came, or what Zstandard packed in them; for formats that are no text.
        name: The file's path in the folder or zip it came from, else empty. It places notices and decides nothing.
        files: The files that belong to this one, by their path relative to it; of a folder, which has no bytes
            of its own, every file in it. They may be read only when they are looked up.
        connect: Opens a database where it lies, of which ``raw`` is the beginning; None where ``raw`` is all of it.
        size: How many bytes the file has.

    Raises:
        ReadError: It is packed, and cannot be unpacked.
    """

    def __init__(
        self,
        data: bytes | str = b"",
        files: Mapping[str, bytes] | None = None,
        name: str = "",
        *,
        connect: Callable[[], Connection] | None = None,
        size: int | None = None,
    ) -> None:
        raw = jsontext.without_surrogates(data).encode("utf-8") if isinstance(data, str) else bytes(data)
        self.raw = zstd.whole(raw)
        self.files = _NO_FILES if files is None else files
        self.name = name
        self.connect = connect
        self.size = len(raw) if size is None else size

    @cached_property
    def data(self) -> bytes:
        """The text of the file as valid UTF-8, without a byte order mark; a database has none."""
        return b"" if self.is_database else jsontext.text_of(self.raw)

    @property
    def is_own(self) -> bool:
        """Whether it begins as every payload does that this program has written, whatever follows."""
        # What stands before it (a byte order mark) is taken off where that takes a look at all of it.
        return _OWN.match(self.raw) is not None or _OWN.match(self.data) is not None

    @property
    def is_database(self) -> bool:
        """Whether the file is SQLite's."""
        return self.raw.startswith(DATABASE)

    @cached_property
    def tables(self) -> Mapping[str, frozenset[str]]:
        """The columns of each of a database's tables by the table's name; never raises."""
        if not self.is_database:
            return {}
        from py_export.readers import sqlite  # noqa: PLC0415 - as above

        try:
            with sqlite.opened(self) as database:
                return database.tables
        except ReadError:
            return {}

    @property
    def json(self) -> Any:  # noqa: ANN401 - a JSON value
        """The decoded document. Raises ``ReadError`` where it is no JSON."""
        value, error = self._decoded
        if error is not None:
            raise error
        return value

    @cached_property
    def object(self) -> dict[str, Any]:
        """The decoded document where that is an object, else an empty one; never raises."""
        value = self._decoded[0] if self.data.lstrip()[:1] == b"{" else None
        return value if isinstance(value, dict) else {}

    @cached_property
    def first_records(self) -> list[dict[str, Any]]:
        """Those of the first few lines that are a JSON object, each on its own. Never raises."""
        return [record for record in map(_record, self._first_lines) if record is not None]

    def raise_if_cut(self) -> None:
        """Raise the parser's error, with its place, where the input begins as JSON or as a database, and is none."""
        if self.is_database:
            from py_export.readers import sqlite  # noqa: PLC0415 - as above

            with sqlite.opened(self):
                return
        if self.data.lstrip()[:1] in (b"{", b"[") and not self.in_lines:
            _ = self.json

    def structure(self, files: Mapping[str, bytes] = _NO_FILES) -> str:
        """
        Describe the input by keys and counts, never content, for a person who wonders what it is.

        ``files`` are those that it holds where it is a folder or a zip.
        """
        if files:
            return f"{len(files)} files: {_kinds(files)}"
        if not self.data.strip():
            return self._tables_told() if self.is_database else "empty"
        lines = self.data.count(b"\n") + 1
        if self.in_lines:
            return f"{lines} lines of JSON, the first with the keys {names.listed(self.first_records[0], _MOST_KEYS)}"
        value, error = self._decoded
        if error is not None:
            return f"{self.size} bytes in {lines} {'line' if lines == 1 else 'lines'}, not JSON"
        return _shape(value)

    def _tables_told(self) -> str:
        return f"SQLite database with {len(self.tables)} tables: {names.listed(self.tables, _MOST_KEYS)}"

    @cached_property
    def _decoded(self) -> tuple[Any, ReadError | None]:
        if self.in_lines:  # known at once; to find the place where a large file stops being one value takes long
            return None, Unreadable("line 2", reason="JSON Lines, not one JSON document")
        if _NO_JSON.match(self.data):  # nor does a film of a gigabyte need a parser to tell
            return None, Unreadable("line 1, column 1", reason="Expecting value")
        try:
            return jsontext.decode(self.data), None
        except ReadError as error:
            return None, error

    @cached_property
    def _first_lines(self) -> list[bytes]:
        """The first few lines that are not blank."""
        found: list[bytes] = []
        start = 0
        while start < len(self.data) and len(found) < _FIRST_LINES:
            end = self.data.find(b"\n", start)
            end = len(self.data) if end < 0 else end
            line = self.data[start:end].strip(_BLANK)
            if line:
                found.append(line)
            start = end + 1
        return found

    @cached_property
    def in_lines(self) -> bool:
        """Whether the first line is a whole JSON object, and more lines follow."""
        return not self.is_own and len(self._first_lines) > 1 and _record(self._first_lines[0]) is not None


def _record(line: bytes) -> dict[str, Any] | None:
    """Return the JSON object that a line is, else None."""
    if not (line.startswith(b"{") and line.endswith(b"}")):
        return None
    try:
        value = jsontext.decode(line)
    except ReadError:
        return None
    return value if isinstance(value, dict) else None


def _shape(value: Any) -> str:  # noqa: ANN401 - a JSON value
    if isinstance(value, dict):
        return f"JSON object with {len(value)} keys: {names.listed(value, _MOST_KEYS)}"
    if isinstance(value, list):
        return f"JSON list of {len(value)} items"
    return f"JSON {type(value).__name__}"


def _kinds(files: Mapping[str, bytes]) -> str:
    """Return how many files there are of each extension, the most first."""
    return ", ".join(f"{count} {kind}" for kind, count in Counter(_extensions(files)).most_common(_MOST_KINDS))


def _extensions(files: Mapping[str, bytes]) -> Iterator[str]:
    for name in files:
        last = name.rpartition("/")[2]
        kind = last.rpartition(".")[2] if "." in last.lstrip(".") else ""
        yield kind if _EXTENSION.fullmatch(kind) else "without extension"
