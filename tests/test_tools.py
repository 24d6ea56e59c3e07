"""A tool that is missing is named, with what to do; only on CI is that a failure."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests import tools
from tests.tools import Tool

NOWHERE = Tool("Nowhere", ("no-such-program-anywhere",), debian=("no-such-package",))


@pytest.fixture
def missing(monkeypatch: pytest.MonkeyPatch) -> str:
    """Let a tool that no machine has be the only one."""
    monkeypatch.setattr(tools, "TOOLS", (NOWHERE,))
    return NOWHERE.name


def test_a_missing_tool_skips_by_name_and_says_what_to_install(missing: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("CI", raising=False)
    with pytest.raises(pytest.skip.Exception, match=r"Nowhere is missing: .*apt-get install no-such-package"):
        tools.require(missing)


@pytest.mark.parametrize(
    ("user", "exit_code", "outcome"),
    [(0, 0, pytest.fail.Exception), (0, 100, pytest.skip.Exception), (1000, 0, pytest.skip.Exception)],
)
def test_on_ci_a_skip_is_a_failure_where_the_set_up_could_have_installed_it(
    missing: str,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
    user: int,
    exit_code: int,
    outcome: type[BaseException],
) -> None:
    manager = tmp_path / "apt-get"
    manager.write_text(f"#!/bin/sh\nexit {exit_code}\n")
    manager.chmod(0o755)
    monkeypatch.setenv("CI", "true")
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr("os.geteuid", lambda: user)
    with pytest.raises(outcome, match="Nowhere is missing"):
        tools.require(missing)


def test_an_installed_tool_is_taken(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    program = tmp_path / "here"
    program.write_text("#!/bin/sh\n")
    program.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path))
    assert tools.find(Tool("Here", ("not-here", "here"))) == program


def test_a_tool_beside_a_library_is_found_by_a_pattern(tmp_path: Path) -> None:
    program = tmp_path / "some-triplet" / "browser"
    program.parent.mkdir()
    program.touch()
    assert tools.find(Tool("Browser", (f"{tmp_path}/*/browser",))) == program


@pytest.mark.parametrize(("user", "managers"), [(0, ["playwright", "apt-get", "apt-get"]), (1000, ["playwright"])])
def test_debians_packages_are_for_root(monkeypatch: pytest.MonkeyPatch, user: int, managers: list[str]) -> None:
    monkeypatch.setattr("os.geteuid", lambda: user)
    monkeypatch.setattr("shutil.which", lambda command: f"/usr/bin/{command}")
    ways = tools.ways(Tool("Chromium", ("chromium",), playwright="chromium", debian=("chromium",)))
    assert [next(word for word in way if word in ("playwright", "apt-get")) for way in ways] == managers
    assert all("chromium" in way or "update" in way for way in ways)
