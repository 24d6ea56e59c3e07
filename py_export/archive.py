"""Several files in one zip: the same bytes for the same files, on a machine or in a browser."""

from __future__ import annotations

import zipfile
from collections.abc import Iterable
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
        member = zipfile.ZipInfo(self._names.unique(name), _EPOCH)
        member.compress_type = zipfile.ZIP_DEFLATED
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
