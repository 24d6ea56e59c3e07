"""Files by name, read when they are looked up: a folder's, a zip's, a part of either."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Protocol, runtime_checkable

from py_export import jsontext
from py_export.errors import ReadError
from py_export.readers import zstd

HEAD = 1 << 16
"""How many bytes of a file are looked at to tell what it is."""


@runtime_checkable
class HasHead(Protocol):
    """Files whose beginning can be had without the rest."""

    def head(self, name: str) -> bytes:
        """Return the first ``HEAD`` bytes of a file."""
        ...


@dataclass(slots=True)
class Group:
    """Files that make one input: the first by its name, and those that belong to it, by name from there."""

    name: str
    files: dict[str, str] = field(default_factory=dict)


class View(Mapping[str, bytes]):
    """Some of other files, under names of their own."""

    def __init__(self, files: Mapping[str, bytes], names: Mapping[str, str]) -> None:
        self._files = files
        self._names = names

    def __getitem__(self, name: str) -> bytes:
        return self._files[self._names[name]]

    def __iter__(self) -> Iterator[str]:
        return iter(self._names)

    def __len__(self) -> int:
        return len(self._names)

    def head(self, name: str) -> bytes:
        """Return the beginning of a file, as ``head`` does."""
        return head(self._files, self._names[name])


def head(files: Mapping[str, bytes], name: str) -> bytes:
    """
    Return the beginning of a file, without the rest where that can be; nothing of one that is damaged.

    It is the first ``HEAD`` bytes, of what Zstandard packed those that it holds; what is written in UTF-16 is given in
    UTF-8, as the readers look for that.
    """
    try:
        found = files.head(name) if isinstance(files, HasHead) else files[name][:HEAD]
        if found.startswith(zstd.MAGIC):
            # What a frame holds comes out in blocks, and one of them may be longer than what was looked at.
            found = zstd.beginning(found, HEAD) or zstd.beginning(files[name], HEAD)
    except ReadError:  # said when its turn comes to be read
        return b""
    return jsontext.clean(found) if jsontext.is_wide(found) else found
