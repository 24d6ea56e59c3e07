"""Resolve the pinned names with micropip, inside Pyodide."""

# ruff: noqa: INP001 - no package: resolve.mjs runs it

import json
import sys
from pathlib import Path
from posixpath import basename
from typing import Any


async def resolve(index: str, names: list[str]) -> str:
    """Install the names from a package index, and return the lock that micropip froze; its file names are relative."""
    micropip = import_micropip()
    await micropip.install(names, index_urls=[index])
    lock = json.loads(micropip.freeze())
    for package in lock["packages"].values():
        package["file_name"] = basename(package["file_name"])
    return json.dumps(lock)


def import_micropip() -> Any:  # noqa: ANN401 - a module that only Pyodide has
    """Import micropip from its own pinned wheel, which then leaves the path: it is to be resolved like the others."""
    wheel = str(next(Path("/wheels").glob("micropip-*.whl")))
    sys.path.append(wheel)
    try:
        import micropip  # noqa: PLC0415 - from the line above
    finally:
        sys.path.remove(wheel)
    return micropip
