"""Copies of the built page, as a deployment has them: below any path, and in a next version."""

from __future__ import annotations

import re
import shutil
from base64 import b64encode
from hashlib import sha256
from pathlib import Path

from py_export_functions.page import CONTENT_SECURITY_POLICY
from tests.checkout import ROOT
from tests.engine.site import Site

DIST = ROOT / "web" / "dist"
PATH = "/tools/export/"
_NAME = re.compile(r"[\w-]+\.js")
_HASH = re.compile(r"-[\w-]{8}\.js$")
_VERSION = re.compile(r'<meta name="application-version" content="(\w+)">')


def copy_page(folder: Path) -> Path:
    """Copy the built page, without its compressed twins: what is changed in it is what is served."""
    shutil.copytree(DIST, folder, ignore=shutil.ignore_patterns("*.br", "*.gz"))
    return folder


def version_of(folder: Path) -> str:
    """Return the version that the page's document says it is."""
    found = _VERSION.search((folder / "index.html").read_text(encoding="utf-8"))
    assert found, "the build writes the version into the document"
    return found[1]


def next_version(folder: Path, title: str) -> str:
    """Make a next version of the copied page: another title, other scripts, the old ones gone."""
    old = version_of(folder)
    new = sha256(title.encode()).hexdigest()[:16]
    document, worker = folder / "index.html", folder / "sw.js"
    # All of them, as a build does it: a script whose imports have other names is another script.
    names = {script.name: _HASH.sub(f"-{new[:8]}.js", script.name) for script in (folder / "assets").glob("*.js")}
    assert len(set(names.values())) == len(names)

    def renamed(text: str) -> str:
        return _NAME.sub(lambda name: names.get(name[0], name[0]), text.replace(old, new))

    listed = worker.read_text(encoding="utf-8")
    for file in [document, *(folder / "assets" / name for name in names)]:
        before = file.read_bytes()
        after = renamed(before.decode()).replace("<title>py-export</title>", f"<title>{title}</title>").encode()
        file.write_bytes(after)
        file.rename(file.with_name(names.get(file.name, file.name)))
        listed = listed.replace(_integrity(before), _integrity(after))
    worker.write_text(renamed(listed), encoding="utf-8")
    return new


def site_below_a_path() -> Site:
    """Return the built page alone, below a path, as any server of files would serve it: there is no API."""
    index = (DIST / "index.html").read_bytes()
    return Site({PATH: DIST}, {PATH: index}, {"Content-Security-Policy": CONTENT_SECURITY_POLICY})


def _integrity(data: bytes) -> str:
    return "sha256-" + b64encode(sha256(data).digest()).decode()
