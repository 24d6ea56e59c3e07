"""
The worker's side of Python.

``File`` is a file that stays open: looked at, previewed, selected from. ``Job`` is its export, in steps that an abort
comes between. ``formats`` is the table of writers, ``settings`` reads a settings document. ``wake`` is for an
interpreter that comes from a picture of memory.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from importlib.machinery import ModuleSpec, PathFinder
from types import ModuleType


class _ArchivedExtensions:
    """Finds the shared library of an archived package in lib-dynload: it must be a file, the archive cannot hold it."""

    @staticmethod
    def find_spec(name: str, path: Sequence[str] | None = None, _target: ModuleType | None = None) -> ModuleSpec | None:
        in_archive = path is not None and any(".zip" in place for place in path)
        return PathFinder.find_spec(name, [each for each in sys.path if "lib-dynload" in each]) if in_archive else None


sys.meta_path.append(_ArchivedExtensions)

from py_export.options import json_schema  # noqa: E402 - msgspec is found by the line above
from py_export.writers import WRITERS  # noqa: E402 - likewise
from py_export_bridge.file import File  # noqa: E402
from py_export_bridge.job import Job  # noqa: E402


def formats() -> str:
    """Return the table of writers as JSON, each with the JSON Schema of its options."""
    return json.dumps(
        [
            {
                "id": writer.id,
                "extension": writer.extension,
                "mediaType": writer.media_type,
                "kind": writer.kind,
                "options": json_schema(writer.options),
                **({} if writer.several == "apart" else {"several": True}),
                **({"where": list(writer.where)} if writer.where else {}),
            }
            for writer in WRITERS
        ]
    )


def settings(text: str) -> str:
    """Return a settings document as it should be, as JSON; ``settings_document.py`` says what that holds."""
    from py_export_bridge.settings_document import validated  # noqa: PLC0415 - few pages ask

    return validated(text)


def wake() -> None:
    """Say that what was a picture of memory runs now: what is random must not be the same at every start."""
    random = sys.modules.get("random")
    if random is not None:
        random.seed()


__all__ = ["File", "Job", "formats", "settings", "wake"]
