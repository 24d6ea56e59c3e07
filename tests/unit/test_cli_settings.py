"""Settings files on the command line, with the program itself."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from py_export import settings
from tests.unit.program import DEMO, NOW, run

SETTINGS = {
    "options": {"markdown": {"style": "sidepanel"}},
    "timezone": "Asia/Shanghai",
    "filename": "{app}-{date}",
    "redaction": {"mode": "on", "kinds": ["email"], "patterns": ["[Tt]uesday"]},
}


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """Return a settings file."""
    path = tmp_path / "settings.json"
    path.write_bytes(settings.write(SETTINGS, NOW * 1000))
    return path


def test_a_settings_file_is_brought_up_to_date_and_what_is_not_known_is_said(file: Path, tmp_path: Path) -> None:
    given = json.loads(file.read_bytes())
    given["settings"]["key"] = "value"
    file.write_text(json.dumps(given))
    done = run("convert", file, "--to", "settings", "-o", f"{tmp_path}/out/", "--json-messages")
    assert done.returncode == 0
    assert json.loads(done.stderr)["code"] == "setting_unknown"
    [made] = (tmp_path / "out").iterdir()
    assert made.name == "sidepanel-settings-20260102.json"
    assert made.read_bytes() == settings.write(SETTINGS, NOW * 1000)
    assert run("convert", "-", "--to", "settings", stdin=made.read_bytes()).stdout == made.read_bytes()
    assert run("convert", "-", "--to", "settings", "--strict", stdin=file.read_bytes()).returncode == 1


def test_what_is_no_settings_file_ends_with_the_readers_codes(tmp_path: Path) -> None:
    assert run("convert", DEMO / "claude-code.json", "--to", "settings").returncode == 3
    assert run("convert", "-", "--to", "settings", stdin=b'{"settingsVersion": 9, "settings": {}}').returncode == 4
    assert run("convert", tmp_path / "none.json", "--to", "settings").returncode == 3
    assert run("convert", "a", "b", "--to", "settings").returncode == 2


def test_settings_are_the_defaults_of_what_no_flag_says(file: Path, tmp_path: Path) -> None:
    talk = DEMO / "claude-code.json"
    flags = ("--style", "sidepanel", "--timezone", "Asia/Shanghai")
    hiding = ("--redact", "email", "--redact-pattern", "[Tt]uesday")
    by_hand = run("convert", talk, "--to", "markdown", *flags, *hiding)
    by_file = run("convert", talk, "--to", "markdown", "--settings", file)
    assert (by_file.returncode, by_file.stdout) == (0, by_hand.stdout)
    assert b"uesday" not in by_file.stdout
    other = run("convert", talk, "--to", "markdown", "--settings", file, "--style", "hapi", "--redact", "off")
    assert other.stdout == run("convert", talk, "--to", "markdown", "--timezone", "Asia/Shanghai").stdout
    run("convert", talk, "--to", "markdown", "--settings", file, "-o", f"{tmp_path}/made/")
    assert [path.name for path in (tmp_path / "made").iterdir()] == ["claude-2026-01-13.md"]
    assert run("convert", talk, "--to", "markdown", "--settings", talk).returncode == 3


def test_a_pattern_names_the_files(tmp_path: Path) -> None:
    talk = DEMO / "claude-code.json"
    run("convert", talk, "--to", "text", "--filename-pattern", "{format}_{id}", "-o", f"{tmp_path}/")
    [made] = tmp_path.iterdir()
    assert made.name.startswith("text_")
    assert run("convert", talk, "--to", "text", "--filename-pattern", "{nothing}").returncode == 2
