"""The worker's side of Python on CPython, and files as a page would hand them over."""

from __future__ import annotations

import importlib.util
import json
import sys
from collections.abc import Mapping, Sequence
from typing import Any

from tests.checkout import ROOT

NAME = "py_export_bridge"
AT = 1767700000000
"""When the files were opened."""


def load() -> None:
    """Make the package importable by the name that it has in the worker."""
    if NAME in sys.modules:
        return
    folder = ROOT / "web" / "src" / "engine" / "bridge"
    spec = importlib.util.spec_from_file_location(
        NAME, folder / "__init__.py", submodule_search_locations=[str(folder)]
    )
    assert spec is not None
    assert spec.loader is not None
    sys.modules[NAME] = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(sys.modules[NAME])


load()
from py_export_bridge import File, Job  # noqa: E402 - it is importable from here on


class _Buffer:
    def __init__(self, data: bytes) -> None:
        self._data = data

    def to_bytes(self) -> bytes:
        """Copy it."""
        return self._data


class Handles:
    """Files as the worker holds them; one without bytes cannot be read. ``whole`` are those that were read whole."""

    def __init__(self, files: Mapping[str, bytes | None]) -> None:
        self._files = list(files.items())
        self.names = json.dumps(list(files))
        self.whole: list[str] = []

    def read(self, index: int, most: int) -> _Buffer | None:
        """Read a file, or its beginning."""
        name, data = self._files[index]
        if data is None:
            return None
        if most < 0:
            self.whole.append(name)
        return _Buffer(data if most < 0 else data[:most])

    def lose(self, name: str) -> None:
        """Let a file be gone."""
        self._files = [(each, None if each == name else data) for each, data in self._files]

    def size(self, index: int) -> int:
        """Return how many bytes a file has."""
        return len(self._files[index][1] or b"")


def opened(files: Mapping[str, bytes | None] | Handles, **request: Any) -> File:  # noqa: ANN401 - as JSON has it
    """Open files."""
    handles = files if isinstance(files, Handles) else Handles(files)
    return File(handles, json.dumps({"exportedAt": AT, **request}))


def about(file: File) -> dict[str, Any]:
    """Return what is told of open files."""
    told: dict[str, Any] = json.loads(file.about())
    return told


def asked(file: File, **request: Any) -> dict[str, Any]:  # noqa: ANN401 - as JSON has it
    """Return what would be hidden."""
    told: dict[str, Any] = json.loads(file.secrets(json.dumps(request)))
    return told


def exported(file: File, to: str, sessions: Sequence[int] | None = None, **more: Any) -> tuple[bytes, dict[str, Any]]:  # noqa: ANN401 - as JSON has it
    """Export, and return the file and the report."""
    wanted = {"to": to, **more} | ({} if sessions is None else {"sessions": list(sessions)})
    job = Job(file, json.dumps(wanted))
    slices = []
    while (one := job.step()) is not None:
        slices.append(one)
    return b"".join(slices), json.loads(job.report)
