"""The worker's side of Python: settings documents, and names by a pattern."""

from __future__ import annotations

import json

import py_export
from py_export import settings
from py_export.writers import find_writer
from tests.checkout import ROOT
from tests.engine.bridging import AT, exported, load, opened

load()
import py_export_bridge  # noqa: E402 - it is importable from here on

TALK = (ROOT / "tests" / "demo" / "claude-code.json").read_bytes()


def test_a_settings_document_comes_back_as_its_file_with_its_name() -> None:
    values = {"theme": "dark", "options": {"markdown": {"style": "trace"}}}
    given = {"settingsVersion": 1, "exportedAt": AT, "settings": values | {"token": "x"}}
    answer = json.loads(py_export_bridge.settings(json.dumps(given)))
    assert answer["text"].encode() == settings.write(values, AT)
    assert answer["settings"] == values
    assert answer["filename"] == "sidepanel-settings-20260106.json"
    assert [(each["code"], each["count"]) for each in answer["notices"]] == [("setting_unknown", 1)]


def test_what_are_no_settings_is_a_failure() -> None:
    answer = json.loads(py_export_bridge.settings('{"settingsVersion": 2, "settings": {}}'))
    assert answer["failure"]["code"] == "newer_version"
    assert json.loads(py_export_bridge.settings("\ud800"))["failure"]["code"] == "invalid_settings"


def test_a_pattern_names_one_file_and_each_of_several() -> None:
    file = opened({"a.json": TALK, "b.json": TALK.replace(b"Tuesdays", b"Mondays")})
    [session] = py_export.read(TALK)
    _, report = exported(file, "markdown", sessions=[0], pattern="{app}-{title}")
    assert report["filename"] == py_export.filename(session, find_writer("markdown"), None, "{app}-{title}")
    look = json.loads(file.preview(json.dumps({"to": "markdown", "sessions": [0], "pattern": "x-{id}"}), 10))
    assert look["filename"].startswith("x-")
    data, _ = exported(file, "markdown", sessions=[0, 1], pattern="{app}-{title}")
    assert b"claude-the-test-that-fails-on-mondays.md" in data
