"""A zip's files, unpacked one at a time."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator, Mapping
from io import BytesIO
from zlib import error as CorruptData  # noqa: N812 - an error is named like one here

from py_export.errors import Unreadable
from py_export.readers.files import HEAD

MOST_GROWTH = 100
"""A zip that unpacks to so many times its size is none of logs: text that agents write packs 5 to 30 times."""

_GROWTH_FROM = 256 << 20
_MOST_BYTES = 8 << 30
_BEGINNINGS = (b"PK\x03\x04", b"PK\x05\x06")


def is_zip(data: bytes) -> bool:
    """Return whether the bytes begin as a zip does, an empty one too."""
    return data.startswith(_BEGINNINGS)


class Zipped(Mapping[str, bytes]):
    """
    The files in a zip, by their paths, in the order of their names. Folders are left out.

    Raises:
        Unreadable: It is damaged, encrypted, or would unpack to more than any log holds.
    """

    def __init__(self, data: bytes) -> None:
        try:
            self._zip = zipfile.ZipFile(BytesIO(data))
            members = [member for member in self._zip.infolist() if not member.is_dir()]
        except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError) as error:
            raise Unreadable(reason=f"not a whole zip ({type(error).__name__})") from None
        unpacked = sum(member.file_size for member in members)
        if unpacked > min(max(_GROWTH_FROM, MOST_GROWTH * len(data)), _MOST_BYTES):
            raise Unreadable(reason=f"it would unpack to {unpacked} bytes")
        self._members = {member.filename: member for member in sorted(members, key=lambda one: one.filename)}

    def __getitem__(self, name: str) -> bytes:
        return self._read(name, -1)

    def __iter__(self) -> Iterator[str]:
        return iter(self._members)

    def __len__(self) -> int:
        return len(self._members)

    def head(self, name: str) -> bytes:
        """Return the first ``HEAD`` bytes of a file."""
        return self._read(name, HEAD)

    def _read(self, name: str, size: int) -> bytes:
        member = self._members[name]
        try:
            with self._zip.open(member) as file:
                return file.read(size)
        except (zipfile.BadZipFile, CorruptData, EOFError, RuntimeError, NotImplementedError, OSError) as error:
            raise Unreadable(name, reason=f"damaged or locked ({type(error).__name__})") from None
