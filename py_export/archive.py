"""Several files in one zip: the same bytes for the same files, on a machine or in a browser."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable, Iterator
from typing import IO, Self

_EPOCH = (1980, 1, 1, 0, 0, 0)  # a zip's first day: a clock would make every zip another one
_LEVEL = 6  # zlib's own default, said here because Python builds may have another


class Zip:
    """Files in a zip, written to a target that can be sought in."""

    def __init__(self, target: IO[bytes]) -> None:
        self._zip = zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED, compresslevel=_LEVEL)
        self._names = Names()

    def add(self, name: str, chunks: Iterable[bytes]) -> None:
        """Write one member."""
        data = b"".join(chunks)  # whole before it begins: one that fails leaves no trace
        self._write(self._names.unique(name), data, zipfile.ZIP_DEFLATED)

    def beside(self, path: str, data: bytes) -> None:
        """Write what a document names, by the name that it has there; once, where several documents share it."""
        if self._names.take(path):
            self._write(path, data, zipfile.ZIP_STORED)  # an image is compressed already

    def document(self, files: Iterator[tuple[str, Iterable[bytes]]]) -> Iterator[None]:
        """Write a document and what lies beside it, a step for each of its chunks."""
        name, chunks = next(files)
        held = []
        for chunk in chunks:
            held.append(chunk)
            yield
        self.add(name, held)
        for path, data in files:
            self.beside(path, b"".join(data))
            yield

    def _write(self, name: str, data: bytes, compression: int) -> None:
        member = zipfile.ZipInfo(name, _EPOCH)
        member.compress_type = compression
        member.external_attr = 0o644 << 16
        member.create_system = 3  # Unix, on every machine
        self._zip.writestr(member, data, compresslevel=_LEVEL)

    def close(self) -> None:
        """Write the directory, which ends it."""
        self._zip.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_error: object) -> None:
        self.close()


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

    def take(self, name: str) -> bool:
        """Take ``name`` as it is; False where it is taken."""
        free = name.casefold() not in self._taken
        self._taken.add(name.casefold())
        return free


class Passing(io.BytesIO):
    """A file that hands on what was written, and still knows where it is: a zip looks back no further than a member."""

    def __init__(self) -> None:
        super().__init__()
        self._gone = 0

    def taken(self) -> bytes:
        """Return what was written since the last time, which cannot be reached any more."""
        data = self.getvalue()
        super().seek(0)
        self.truncate()
        self._gone += len(data)
        return data

    def tell(self) -> int:
        """Return the place from the file's beginning."""
        return self._gone + super().tell()

    def seek(self, place: int, whence: int = io.SEEK_SET) -> int:
        """Go to a place from the file's beginning."""
        return self._gone + super().seek(place - self._gone if whence == io.SEEK_SET else place, whence)
