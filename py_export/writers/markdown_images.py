"""Where a Markdown document finds the images that its session holds: nowhere, in itself, or in a folder beside it."""

from __future__ import annotations

from collections.abc import Iterator

from py_export.model import Image
from py_export.options import Images as Way
from py_export.writers import Beside
from py_export.writers.images import Picture, addressed, picture

FOLDER = "images"

_EXTENSIONS = {"image/png": "png", "image/jpeg": "jpg", "image/gif": "gif", "image/webp": "webp"}
_OF_SHA256 = 10
"""Hexadecimal digits in a name: enough to tell the images of many documents apart that share a folder."""


class Images:
    """The images of one document, each once however often it is shown."""

    def __init__(self, way: Way = "names") -> None:
        self._way = way
        self._found: dict[bytes, tuple[str, Picture]] = {}

    @property
    def counted(self) -> bool:
        """Whether what a message shows depends on those before it: files beside the document are numbered."""
        return self._way == "folder"

    def link(self, image: Image) -> str | None:
        """Return where the document finds an image; None where it is told by its name alone, or is no image."""
        if self._way == "names":
            return None
        found = picture(image.data) if image.data else addressed(image.url or "")
        if found is None:
            return None
        return found.url if self._way == "embed" else self._path(found)

    def beside(self) -> Iterator[Beside]:
        """Yield what lies in the folder, in the order in which the document shows it first."""
        for path, found in self._found.values():
            yield Beside(path, found.data)

    def _path(self, found: Picture) -> str:
        from hashlib import sha256  # noqa: PLC0415 - most documents have no images to name

        digest = sha256(found.data)
        known = self._found.get(digest.digest())
        if known is not None:
            return known[0]
        number, extension = len(self._found) + 1, _EXTENSIONS[found.media_type]
        path = f"{FOLDER}/{number:03}-{digest.hexdigest()[:_OF_SHA256]}.{extension}"
        self._found[digest.digest()] = (path, found)
        return path
