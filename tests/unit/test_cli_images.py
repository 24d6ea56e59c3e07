"""Images on the command line: a zip, or a folder beside the document, whichever the output asks for."""

from __future__ import annotations

import io
import json
import zipfile
from pathlib import Path
from typing import Any

import pytest

import py_export
from tests.unit.program import DEMO, NOW, run

ILLUSTRATED, CURSOR = DEMO / "claude-code.json", DEMO / "cursor.json"
FLAGS = ("--to", "markdown", "--images", "folder")


def library(path: Path, **options: Any) -> dict[str, bytes]:  # noqa: ANN401 - options
    """Return the files that the library makes of one session."""
    [session] = py_export.read(path.read_bytes(), exported_at=NOW * 1000)
    data = b"".join(py_export.write(session, "markdown", options={"images": "folder", **options}))
    return members(data)


def members(data: bytes) -> dict[str, bytes]:
    """Return a zip's files, in order."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def lying(folder: Path) -> dict[str, bytes]:
    """Return a folder's files by their paths."""
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


@pytest.fixture
def illustrated() -> dict[str, bytes]:
    """Return what the library makes of a session with an image."""
    made = library(ILLUSTRATED)
    assert [name for name in made if name.endswith(".png")]
    return made


def test_a_zip_holds_the_document_and_its_images(tmp_path: Path, illustrated: dict[str, bytes]) -> None:
    done = run("convert", ILLUSTRATED, *FLAGS, "-o", "out.zip", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    assert members((tmp_path / "out.zip").read_bytes()) == illustrated
    again = run("convert", ILLUSTRATED, *FLAGS, cwd=tmp_path)
    assert again.stdout == (tmp_path / "out.zip").read_bytes()


def test_a_folder_gets_them_as_they_are(tmp_path: Path, illustrated: dict[str, bytes]) -> None:
    for _ in range(2):
        done = run("convert", ILLUSTRATED, *FLAGS, "-o", "out/", cwd=tmp_path)
        assert done.returncode == 0, done.stderr
        assert lying(tmp_path / "out") == illustrated


def test_a_document_of_a_given_name_has_its_images_beside_it(tmp_path: Path, illustrated: dict[str, bytes]) -> None:
    done = run("convert", ILLUSTRATED, *FLAGS, "-o", "notes.md", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    document, *images = illustrated.items()
    assert lying(tmp_path) == {"notes.md": document[1], **dict(images)}


@pytest.mark.parametrize("place", ["out/", "out.zip"])
def test_several_sessions_share_a_folder_of_images(tmp_path: Path, place: str) -> None:
    twin = tmp_path / "twin.json"
    twin.write_text(json.dumps(json.loads(ILLUSTRATED.read_bytes())), encoding="utf-8")
    done = run("convert", ILLUSTRATED, twin, CURSOR, *FLAGS, "-o", place, cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    made = lying(tmp_path / "out") if place == "out/" else members((tmp_path / place).read_bytes())
    one, other = library(ILLUSTRATED), library(CURSOR)
    [document] = [name for name in one if name.endswith(".md")]
    assert made == one | other | {document.replace(".md", "-2.md"): one[document]}
    assert len([name for name in made if name.startswith("images/")]) == 2
