"""The wheel is whole: installed by itself it serves the page and the engine."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from urllib.request import urlopen

import pytest

from tests.checkout import ROOT
from tests.e2e.server import serving


@pytest.mark.timeout(300)
def test_an_installed_wheel_serves_the_page_and_the_engine(tmp_path: Path) -> None:
    subprocess.run(["make", "wheel", f"WHEELS={tmp_path}"], cwd=ROOT, check=True, capture_output=True)  # noqa: S603, S607
    [wheel] = tmp_path.glob("*.whl")
    home = tmp_path / "home"
    install = [
        sys.executable,
        "-m",
        "pip",
        "install",
        "--quiet",
        "--no-deps",
        "--no-index",
        "--no-compile",
        "--target",
        str(home),
        str(wheel),
    ]
    subprocess.run(install, check=True, capture_output=True)  # noqa: S603
    (home / "py_export_functions" / "page" / "mark.txt").write_text("of the wheel")
    # The wheel's modules come before the checkout's; the mark shows that they did.
    where = {"PYTHONPATH": str(home), "PYTHONSAFEPATH": "1"}
    with serving(tmp_path / "store.sqlite3", 30, where, (sys.executable, "-m", "py_export")) as server:
        for path, part in {
            "/": b"<html",
            "/mark.txt": b"of the wheel",
            "/element/session-export-menu.js": b"customElements",
            "/engine/manifest.json": b"{",
        }.items():
            with urlopen(server.origin + path) as answer:  # noqa: S310 - the server that this test has started
                assert part in answer.read()
