"""What the build of the engine makes: the same bytes each time, pinned as the server is, complete."""

from __future__ import annotations

import gzip
import hashlib
import json
import os
import re
import subprocess
import zipfile
from pathlib import Path
from typing import Any

import pytest

from tests.checkout import ROOT
from tests.engine.bundle import node
from tests.engine.conftest import Ask

WEB = ROOT / "web"
IMPORT_ALL = """
import importlib, warnings, zipfile
warnings.simplefilter("ignore")
failed = []
for name in zipfile.ZipFile("/lib/python314.zip").namelist():
    if name.endswith(".pyc") and not name.endswith("__main__.pyc"):
        try:
            importlib.import_module(name[:-4].replace("/", ".").removesuffix(".__init__"))
        except ImportError as error:
            failed.append(f"{name}: {error}")
" ".join(failed)
"""


@pytest.fixture(scope="module")
def manifest(engine: Path) -> list[dict[str, Any]]:
    files: list[dict[str, Any]] = json.loads((engine / "manifest.json").read_text(encoding="utf-8"))["files"]
    return files


@pytest.mark.timeout(300)  # a build
def test_another_build_elsewhere_gives_the_same_bytes(engine: Path, tmp_path: Path) -> None:
    environment = os.environ | {"ENGINE_OUTPUT": str(tmp_path), "TZ": "Asia/Tokyo"}
    subprocess.run([node(), "engine/build.mjs"], cwd=WEB, env=environment, check=True)  # noqa: S603
    one, two = (
        {str(path.relative_to(build)): path.read_bytes() for path in sorted(build.rglob("*")) if path.is_file()}
        for build in (engine, tmp_path)
    )
    assert one.keys() == two.keys()
    assert [name for name in one if one[name] != two[name]] == []
    assert [name for name, data in one.items() if str(ROOT).encode() in data] == [], "a path of this machine"


def test_the_manifest_is_true_and_complete(engine: Path, manifest: list[dict[str, Any]]) -> None:
    built = {path.relative_to(engine).as_posix() for path in engine.rglob("*") if path.is_file()}
    twins = {f"{file['path']}.{suffix}" for file in manifest for suffix in file["encodings"]}
    assert built == {file["path"] for file in manifest} | twins | {"manifest.json"}
    for file in manifest:
        data = (engine / file["path"]).read_bytes()
        assert (file["bytes"], file["sha256"]) == (len(data), hashlib.sha256(data).hexdigest())
        assert file["mediaType"]
        if "gz" in file["encodings"]:
            assert gzip.decompress((engine / f"{file['path']}.gz").read_bytes()) == data


def test_every_name_says_its_content_but_the_workers(manifest: list[dict[str, Any]]) -> None:
    stable = {file["path"] for file in manifest if not file["immutable"]}
    assert stable == {"worker.js", "video.js", "LICENSES.txt"}
    assert all(re.search(r"-[0-9a-f]{16}[./]", file["path"]) for file in manifest if file["immutable"])


def test_the_engine_has_the_servers_versions() -> None:
    server = _pins(ROOT / "requirements.txt")
    ours = _pins(WEB / "engine" / "requirements.txt")
    shared = server.keys() & ours.keys()
    assert {"msgspec", "markdown-it-py", "tzdata", "wcwidth"} <= shared
    assert {name: ours[name] for name in shared} == {name: server[name] for name in shared}


@pytest.mark.parametrize("name", ["requirements.txt", "requirements-source.txt"])
def test_every_pin_has_its_hash(name: str) -> None:
    lines = (WEB / "engine" / name).read_text(encoding="utf-8").splitlines()
    pins = [line for line in lines if line and not line.startswith("#")]
    assert pins
    assert all(re.fullmatch(r"[\w.-]+==\S+ --hash=sha256:[0-9a-f]{64}", pin) for pin in pins)


def test_the_archives_are_stored_sorted_and_undated(engine: Path) -> None:
    for path in [*engine.glob("*.zip"), *engine.rglob("*.whl")]:
        entries = zipfile.ZipFile(path).infolist()
        names = [entry.filename for entry in entries]
        assert {entry.compress_type for entry in entries} == {zipfile.ZIP_STORED}
        assert {entry.date_time for entry in entries} == {(1980, 1, 1, 0, 0, 0)}
        assert names == sorted(set(names)) or path.suffix == ".whl"
        assert [name for name in names if name.endswith((".py", ".pyi"))] == [], "bytecode only"


def test_no_module_misses_one_that_was_left_out(in_node: Ask) -> None:
    # What a PDF has fetched is a part, too: the module of Typst is in the archive, its library is not.
    pdf = [{"file": str(ROOT / "tests" / "demo" / "short.json"), "request": {"to": "session-pdf"}}]
    assert in_node(exports=pdf, parts=["jinja2", "pygments"], python=IMPORT_ALL)["python"] == ""


def test_a_part_is_added_with_what_it_depends_on(in_node: Ask) -> None:
    script = "import jinja2; jinja2.Environment(autoescape=True).from_string('{{ x }}').render(x='<a>')"
    assert in_node(parts=["jinja2"], python=script)["python"] == "&lt;a&gt;"


def test_what_is_no_part_is_refused_and_looked_for_nowhere(in_node: Ask) -> None:
    answer = in_node(parts=["requests"])
    assert (answer["refused"], answer["fetched"]) == ("ValueError", [])


def _pins(path: Path) -> dict[str, str]:
    return dict(re.findall(r"^([\w.-]+)==([^\s;\\]+)", path.read_text(encoding="utf-8").lower(), re.MULTILINE))
