"""Puts what was written where it belongs: standard output, a file (whole or not at all), a folder, a zip."""

from __future__ import annotations

import os
import sys
import tempfile
import zipfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Self

from py_export.commands.failures import CannotWrite

_EPOCH = (1980, 1, 1, 0, 0, 0)  # a zip's first day: the same sessions give the same zip


def to_standard_output(chunks: Iterable[bytes]) -> None:
    """Write to standard output."""
    for chunk in chunks:
        sys.stdout.buffer.write(chunk)
    sys.stdout.buffer.flush()


def to_path(path: Path, chunks: Iterable[bytes]) -> None:
    """Write a file: in place where the path is a device or a pipe, else beside it and renamed."""
    with opened(path) as target:
        for chunk in chunks:
            target.write(chunk)


@contextmanager
def opened(path: Path) -> Iterator[IO[bytes]]:
    """Open the file to write to; raises ``CannotWrite``."""
    try:
        if path.exists() and not path.is_file():
            with path.open("wb") as target:
                yield target
        else:
            with _renamed(path.resolve()) as target:
                yield target
    except BrokenPipeError:
        raise
    except OSError as error:
        raise CannotWrite(name=str(path), reason=error.strerror or type(error).__name__) from None


class Folder:
    """Files in a folder, which is made where there is none."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._names = Names()
        try:
            path.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise CannotWrite(name=str(path), reason=error.strerror or type(error).__name__) from None

    def add(self, name: str, chunks: Iterable[bytes]) -> None:
        """Write one file."""
        to_path(self._path / self._names.unique(name), chunks)


class Zip:
    """Files in a zip."""

    def __init__(self, target: IO[bytes]) -> None:
        self._zip = zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED)
        self._names = Names()

    def add(self, name: str, chunks: Iterable[bytes]) -> None:
        """Write one member."""
        member = zipfile.ZipInfo(self._names.unique(name), _EPOCH)
        member.compress_type = zipfile.ZIP_DEFLATED
        member.external_attr = 0o644 << 16
        member.create_system = 3  # Unix, on every machine
        self._zip.writestr(member, b"".join(chunks))  # whole before it begins: one that fails leaves no trace

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_error: object) -> None:
        self._zip.close()  # writes its directory


class Names:
    """Keeps names apart: the second ``a.md`` is ``a-2.md``. Case does not tell files apart on every machine."""

    def __init__(self) -> None:
        self._taken: set[str] = set()

    def unique(self, name: str) -> str:
        """Return ``name``, or the first free one like it."""
        stem, dot, extension = name.rpartition(".")
        found, number = name, 1
        while found.casefold() in self._taken:
            number += 1
            found = f"{stem}-{number}{dot}{extension}"
        self._taken.add(found.casefold())
        return found


@contextmanager
def _renamed(path: Path) -> Iterator[IO[bytes]]:
    handle, name = tempfile.mkstemp(prefix=f".{path.name[:40]}.", dir=path.parent)
    try:
        with os.fdopen(handle, "wb") as target:
            yield target
        Path(name).chmod(_mode(path))
        Path(name).replace(path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise


def _mode(path: Path) -> int:
    """Return the mode of the file that is replaced, else what the person's umask leaves of the usual one."""
    if path.exists():
        return path.stat().st_mode & 0o7777
    mask = os.umask(0)
    os.umask(mask)
    return 0o666 & ~mask
