"""Where a file lies in the workspace, however its path is spelled."""

from __future__ import annotations

import posixpath
import re
from urllib.parse import unquote

_WINDOWS = re.compile(r"(?:[\\/]{2}\?[\\/])?[A-Za-z]:(?:[\\/]|$)|\\\\")
_DRIVE = re.compile(r"[A-Za-z]:")
_LINKED = ("/private/tmp/", "/private/var/", "/private/etc/")
"""macOS calls these folders by two names."""

_UNSEEN = re.compile("[\u200c-\u200f\u202a-\u202e\u206a-\u206f\ufeff]")
_GIT = re.compile(r"(?:\.git|git~1)(?:[:\\]|[ .]*\Z)", re.IGNORECASE)
"""What git takes for its own folder, on any of its file systems."""


class Place:
    """
    The folder that paths are made relative to.

    Attributes:
        root: It, as its own system spells it; None where nobody said: then it is the root of all folders.
    """

    def __init__(self, root: str | None) -> None:
        self.root = root or None
        self._windows = root is not None and _WINDOWS.match(root) is not None
        self._folder = None if not root else _normal(self._spelled(root)).rstrip("/") + "/"

    def inside(self, path: str, folder: str | None = None) -> str | None:
        """
        Return a path from the root on, with ``/``; None of one outside of it, or of one that git keeps for itself.

        Args:
            path: As a call spells it.
            folder: Where it begins unless it is absolute; the root by default.
        """
        whole = self._whole(path, folder)
        root = "/" if self._folder is None else _linked(self._folder)
        same = whole.casefold().startswith(root.casefold()) if self._windows else whole.startswith(root)
        found = whole[len(root) :] if same else ""
        return found if found and not _kept(found) else None

    def is_root(self, path: str, folder: str | None = None) -> bool:
        """Return whether a path is the root's own."""
        return self._folder is not None and self._whole(path, folder) + "/" == _linked(self._folder)

    def _whole(self, path: str, folder: str | None) -> str:
        spelled = self._spelled(path)
        if not is_absolute(spelled):
            begin = self._spelled(folder) if folder else ""
            if not is_absolute(begin):
                begin = posixpath.join(self._folder or "/", begin)
            spelled = posixpath.join(begin, spelled)
        return _linked(_normal(spelled))

    def key(self, path: str) -> str:
        """Return what two spellings of one file have in common: on Windows a letter's case means nothing."""
        return path.casefold() if self._windows else path

    def _spelled(self, path: str) -> str:
        if path.startswith("file://"):
            path = unquote(path.removeprefix("file://"), errors="replace")
            path = path[1:] if _WINDOWS.match(path[1:]) else path
        if self._windows or _WINDOWS.match(path):
            path = path.replace("\\", "/").removeprefix("//?/")
            path = path[0].upper() + path[1:] if _DRIVE.match(path) else path
        return path


def is_absolute(path: str) -> bool:
    """Return whether a path says where it begins."""
    return path.startswith("/") or _DRIVE.match(path) is not None


def _normal(path: str) -> str:
    whole = posixpath.normpath(path)
    return "/" + whole.lstrip("/") if whole.startswith("/") else whole


def _linked(path: str) -> str:
    return path.removeprefix("/private") if path.startswith(_LINKED) else path


def _kept(path: str) -> bool:
    return "\0" in path or any(part == ".." or _GIT.match(_UNSEEN.sub("", part)) for part in path.split("/"))
