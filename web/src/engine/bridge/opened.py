"""The files that a page has opened, read in the worker when they are looked up: nothing is copied before."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Protocol

from py_export.errors import Unreadable
from py_export.model import Session
from py_export.notices import Notices
from py_export.readers import Input, find_reader
from py_export.readers.container import Part, files_in, groups, read_parts, read_quietly
from py_export.readers.files import HEAD, Group, View


class Buffer(Protocol):
    """A JavaScript Uint8Array, as Pyodide hands it over."""

    def to_bytes(self) -> bytes:
        """Copy it into Python's memory."""


class Handles(Protocol):
    """The page's files, as the worker holds them."""

    @property
    def names(self) -> str:
        """Their names, no two the same, as a JSON list: a path where a file lies in a folder, empty of bytes alone."""

    def read(self, index: int, most: int) -> Buffer | None:
        """Return a file's bytes, at most so many (all where that is negative); None where it cannot be read."""

    def size(self, index: int) -> int:
        """Return how many bytes a file has."""


class Files(Mapping[str, bytes]):
    """The page's files by name."""

    def __init__(self, handles: Handles, names: list[str]) -> None:
        self._handles = handles
        self._places = {name: place for place, name in enumerate(names)}

    def __getitem__(self, name: str) -> bytes:
        return self._read(name, -1)

    def __iter__(self) -> Iterator[str]:
        return iter(self._places)

    def __len__(self) -> int:
        return len(self._places)

    def head(self, name: str) -> bytes:
        """Return the first ``HEAD`` bytes of a file."""
        return self._read(name, HEAD)

    def _read(self, name: str, most: int) -> bytes:
        found = self._handles.read(self._places[name], most)
        if found is None:  # moved or changed since it was chosen, or not allowed
            raise Unreadable(reason="it cannot be opened any more")
        return found.to_bytes()


@dataclass(slots=True)
class Again:
    """A way to read a part's sessions once more."""

    reader: str
    files: Mapping[str, bytes]
    group: Group

    def read(self) -> list[Session]:
        """Read them. Raises ``ReadError``."""
        given = Input(self.files[self.group.name], View(self.files, self.group.files), self.group.name)
        return read_quietly(find_reader(given, self.reader), given, Notices())


@dataclass(slots=True)
class Source:
    """
    What was opened as one: a file with what belongs to it, a folder, a zip.

    Attributes:
        name: Its name, before those of the files in it.
        files: Where it lies; of a folder, the files in it.
        group: Its files where it is no folder.
    """

    name: str
    files: Mapping[str, bytes]
    group: Group | None = None

    def input(self) -> Input:
        """Return it as readers take it. Raises ``ReadError``."""
        if self.group is None:
            return Input(files=self.files)
        return Input(self.files[self.group.name], View(self.files, self.group.files))

    def parts(self, source: str | None, notices: Notices) -> Iterator[tuple[Part, Again]]:
        """Yield what it holds, each part with a way to read its sessions once more. Raises ``ReadError``."""
        given = self.input()
        files = files_in(given)
        for part in read_parts(given, source, notices):
            yield part, Again(part.source, files or self.files, part.group or self.group or Group(""))


def sources(files: Mapping[str, bytes]) -> Iterator[Source]:
    """Yield what was opened, in the order of names; a folder is one, and so are files that belong together."""
    if set(files) == {""}:  # bytes alone: whoever looks what belongs together imports every reader
        yield Source("", files, Group(""))
        return
    folders: dict[str, dict[str, str]] = {}
    for name in sorted(files):
        folder, slash, rest = name.partition("/")
        if slash:
            folders.setdefault(folder, {})[rest] = name
    loose = View(files, {name: name for name in files if "/" not in name})
    found = [Source(group.name, loose, group) for group in groups(loose)]
    found += [Source(name, View(files, names)) for name, names in folders.items()]
    yield from sorted(found, key=lambda one: one.name)
