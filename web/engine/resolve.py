"""Resolve the pinned names with micropip and return its lock; run by resolve.mjs inside Pyodide, which sets INDEX and NAMES."""

import json
import sys
from pathlib import Path
from posixpath import basename

# micropip is imported from its own pinned wheel, which then leaves the path: it is to be resolved like the others.
wheel = str(next(Path("/wheels").glob("micropip-*.whl")))
sys.path.append(wheel)
import micropip  # noqa: E402

sys.path.remove(wheel)

await micropip.install(NAMES, index_urls=[INDEX])  # noqa: F704, F821, PLE1142 - top-level await; resolve.mjs sets the names
lock = json.loads(micropip.freeze())
for package in lock["packages"].values():
    package["file_name"] = basename(package["file_name"])
json.dumps(lock)
