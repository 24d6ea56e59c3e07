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
    """Make a next version of the copied page: another title, another script, the old script gone."""
    old = version_of(folder)
    new = sha256(title.encode()).hexdigest()[:16]
    document, worker = folder / "index.html", folder / "sw.js"
    before = document.read_bytes()
    [script] = (folder / "assets").glob("index-*.js")
    renamed = script.with_name(f"index-{new[:8]}.js")
    after = before.replace(old.encode(), new.encode()).replace(script.name.encode(), renamed.name.encode())
    after = after.replace(b"<title>py-export</title>", f"<title>{title}</title>".encode())
    script.rename(renamed)
    document.write_bytes(after)
    listed = worker.read_text(encoding="utf-8").replace(_integrity(before), _integrity(after))
    worker.write_text(listed.replace(old, new).replace(script.name, renamed.name), encoding="utf-8")
    return new


def site_below_a_path() -> Site:
    """Return the built page alone, below a path, as any server of files would serve it: there is no API."""
    index = (DIST / "index.html").read_bytes()
    return Site({PATH: DIST}, {PATH: index}, {"Content-Security-Policy": CONTENT_SECURITY_POLICY})


def _integrity(data: bytes) -> str:
    return "sha256-" + b64encode(sha256(data).digest()).decode()
