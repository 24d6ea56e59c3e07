"""Files on disk by their paths below a folder, listed and read when they are asked for."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from functools import cached_property
from pathlib import Path

from py_export.errors import Unreadable
from py_export.readers.files import HEAD


class Folder(Mapping[str, bytes]):
    """Every file below a folder, by its path from there, with slashes; links to folders are not followed."""

    def __init__(self, root: Path) -> None:
        self._root = root

    def __getitem__(self, name: str) -> bytes:
        if name not in self._names:
            raise KeyError(name)
        return self._read(name, -1)

    def __iter__(self) -> Iterator[str]:
        return iter(self._names)

    def __len__(self) -> int:
        return len(self._names)

    def head(self, name: str) -> bytes:
        """Return the first ``HEAD`` bytes of a file."""
        return self._read(name, HEAD)

    @cached_property
    def _names(self) -> dict[str, None]:
        return dict.fromkeys(sorted(self._listed()))

    def _listed(self) -> Iterator[str]:
        return _below(self._root, self._root)

    def _read(self, name: str, size: int) -> bytes:
        try:
            with (self._root / name).open("rb") as file:
                return file.read(size)
        except OSError as error:
            raise Unreadable(name, reason=error.strerror or type(error).__name__) from None


class Neighbours(Folder):
    """What lies beside a file: its folder's other files, all below the folder of its own name, and sub-agents'."""

    def __init__(self, path: Path) -> None:
        super().__init__(path.parent)
        self._path = path

    def _listed(self) -> Iterator[str]:
        try:
            beside = [entry.name for entry in os.scandir(self._root) if entry.is_file()]
        except OSError:
            return
        yield from (name for name in beside if name != self._path.name)
        if self._path.suffix:
            yield from _below(self._path.with_suffix(""), self._root)
            yield from _below(self._root / "subagents", self._root)


def _below(folder: Path, root: Path) -> Iterator[str]:
    """Yield the path, from ``root``, of every regular file below a folder."""
    for where, _, names in os.walk(folder):
        for name in names:
            path = Path(where, name)
            if path.is_file():
                yield path.relative_to(root).as_posix()
