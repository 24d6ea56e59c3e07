"""Puts what was written where it belongs: standard output, a file (whole or not at all), a folder."""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from py_export.archive import Names
from py_export.commands.failures import CannotWrite


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

    def beside(self, path: str, data: bytes) -> None:
        """Write what a document names, by the path that it has there; once, where several documents share it."""
        if not self._names.take(path):
            return
        target = self._path / path
        try:
            target.parent.mkdir(exist_ok=True)
        except OSError as error:
            raise CannotWrite(name=str(target.parent), reason=error.strerror or type(error).__name__) from None
        to_path(target, (data,))


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
