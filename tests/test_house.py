"""What must stay true of the checkout itself: its rooms, its sizes, its locks."""

from __future__ import annotations

import ast
import re
import sys
import tomllib
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest

from tests.checkout import ROOT, files, texts

FOLDERS = {".ci", "functions", "py_export", "tests", "web"}
LONGEST = 300
LONG = {"py_export/model.py": "the whole tree on one page: every reader and writer is read beside it"}
LOCKS = ("requirements.txt", "requirements-dev.txt", "requirements-node.txt", "requirements-fonts.txt")
CONFIGS = (
    *LOCKS,
    "pyproject.toml",
    "Makefile",
    "playwright.config.py",
    "web/.npmrc",
    "web/package.json",
    "web/package-lock.json",
    "tests/benchmarks/lighthouse/package.json",
    "tests/benchmarks/lighthouse/package-lock.json",
)
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))


def _read(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


def _pins(lock: str) -> dict[str, str]:
    return dict(re.findall(r"^([\w.-]+)==([^\s;\\]+)", _read(lock), re.MULTILINE))


def test_no_other_folder_stands_at_the_top() -> None:
    assert {path.parts[0] for path in files() if len(path.parts) > 1} <= FOLDERS


@pytest.mark.parametrize("suffixes", [(".py",), (".ts", ".mjs", ".js", ".css", ".html")])
def test_a_source_file_stays_short(suffixes: tuple[str, ...]) -> None:
    sources = [(path.as_posix(), text) for path, text in texts(*suffixes)]
    lengths = {path: text.count("\n") for path, text in sources if not path.startswith("tests/golden/")}
    assert lengths
    assert {path: length for path, length in lengths.items() if length > LONGEST}.keys() <= LONG.keys()


@pytest.mark.parametrize("name", CONFIGS)
def test_a_config_names_no_index_no_host_and_no_folder_of_a_machine(name: str) -> None:
    text = re.sub(
        r'"funding": (\{.*?\}|\[.*?\]|".*?")', "", _read(name), flags=re.DOTALL
    )  # whom to thank: never fetched
    names = r"--(?:extra-)?index-url|--find-links|\"resolved\"|file:/\S*|https?://\S+|/(?:root|home|opt|Users)/\S*"
    assert re.findall(names, text) == []


def test_no_file_points_outside_the_checkout() -> None:
    outside = re.compile(r"\.\./" + r"shared|/wo" + r"rk/|/fa" + r"rm/")
    pointing = {path.as_posix() for path, text in texts() if outside.search(text)}
    assert pointing <= {".ci/run"}  # which knows where CI may have laid real samples, and does without them


@pytest.mark.parametrize("lock", LOCKS)
def test_every_line_of_a_lock_is_pinned_and_hashed(lock: str) -> None:
    entries = re.split(r"\n(?=\S)", re.sub(r"^\s*#.*\n", "", _read(lock), flags=re.MULTILINE))
    assert entries
    for entry in filter(str.strip, entries):
        assert re.match(r"[\w.-]+(\[[\w,-]+\])?==\S+", entry), entry
        assert "--hash=sha256:" in entry, entry


def test_the_locks_are_of_this_pyproject() -> None:
    project, groups = PROJECT["project"], PROJECT["dependency-groups"]
    wanted = {
        "requirements.txt": project["dependencies"]
        + project["optional-dependencies"]["serve"]
        + project["optional-dependencies"]["pdf"]
        + groups["build"],
        "requirements-dev.txt": groups["dev"],
        "requirements-node.txt": groups["node"],
        "requirements-fonts.txt": groups["fonts"],
    }
    for lock, requirements in wanted.items():
        asked = dict(re.sub(r"\[.*?\]|;.*", "", each).lower().split("==") for each in requirements)
        assert asked.items() <= _pins(lock).items()


def test_what_is_tested_is_what_runs() -> None:
    assert _pins("requirements.txt").items() <= _pins("requirements-dev.txt").items()


def test_the_build_backend_is_the_locked_one() -> None:
    assert PROJECT["build-system"]["requires"] == PROJECT["dependency-groups"]["build"]


def test_one_python_version_is_the_oldest_everywhere() -> None:
    oldest = PROJECT["project"]["requires-python"].removeprefix(">=")
    assert PROJECT["tool"]["mypy"]["python_version"] == oldest
    assert PROJECT["tool"]["ruff"]["target-version"] == "py" + oldest.replace(".", "")
    assert f"--python-version {oldest}" in _read("Makefile")


def test_every_import_is_declared() -> None:
    homes = packages_distributions()
    project = PROJECT["project"]
    requirements = [
        *project["dependencies"],
        *(one for extra in project["optional-dependencies"].values() for one in extra),
    ]
    declared = {re.split(r"[\[=]", each)[0].lower() for each in requirements}
    own = {"py_export", "py_export_functions"}
    for path, text in texts(".py"):
        if path.parts[0] not in ("py_export", "functions"):
            continue
        nodes = list(ast.walk(ast.parse(text)))
        names = {alias.name for node in nodes if isinstance(node, ast.Import) for alias in node.names}
        names |= {node.module or "" for node in nodes if isinstance(node, ast.ImportFrom) and not node.level}
        foreign = {name.split(".")[0] for name in names} - sys.stdlib_module_names - own
        assert {homes[name][0].lower().replace("_", "-") for name in foreign} <= declared, path


def test_every_package_of_the_checkout_is_in_the_wheel() -> None:
    homes = {"py_export": "py_export", "functions": "py_export_functions"}
    found = {
        ".".join((homes[path.parts[0]], *path.parent.parts[1:]))
        for path in files()
        if path.name == "__init__.py" and path.parts[0] in homes
    }
    assert set(PROJECT["tool"]["setuptools"]["packages"]) == found


def test_every_command_says_what_it_does() -> None:
    makefile = _read("Makefile")
    phony = re.search(r"^\.PHONY: (.*)$", makefile, re.MULTILINE)
    assert phony
    said = set(re.findall(r"^([a-z]+):.*## \S", makefile, re.MULTILINE))
    assert said == {name for name in phony[1].split() if "-" not in name}, "those are parts of others"


def test_ci_runs_the_readmes_command() -> None:
    assert _read(".ci/run").rstrip().endswith("make test")
    assert Path(ROOT / ".ci/run").stat().st_mode & 0o111
    assert "make test" in _read("README.md")
    assert "make run" in _read("README.md")
