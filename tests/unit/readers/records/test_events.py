"""Every event that a reader can make has its sentence, in both languages, and the values that fill it."""

from __future__ import annotations

import ast
import json
import re
from importlib.resources import files
from pathlib import Path

import pytest

import py_export.readers
from py_export.l10n import LOCALES
from py_export.readers.records.events import EVENTS, first_filled

FOLDER = Path(py_export.readers.__file__).parent


def _words(locale: str) -> dict[str, str]:
    words: dict[str, str] = json.loads(files("py_export").joinpath("locales", f"{locale}.json").read_text("utf-8"))
    return words


@pytest.mark.parametrize("locale", LOCALES)
def test_each_event_has_a_sentence_that_its_data_fills(locale: str) -> None:
    words = _words(locale)
    for name, data in EVENTS.items():
        assert set(re.findall(r"\{(\w+)\}", words[f"event.{name}"])) == set(data), name


def test_each_event_that_is_made_is_in_the_table() -> None:
    made = set()
    for path in FOLDER.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            name = getattr(node.func, "id", getattr(node.func, "attr", None)) if isinstance(node, ast.Call) else None
            if isinstance(node, ast.Call) and name in ("Event", "event_saying", "first_filled"):
                made |= {arg.value for arg in node.args if isinstance(arg, ast.Constant)}
    assert made
    assert made <= EVENTS.keys()
    assert EVENTS.keys() - made <= {"ready", "abort-restore", "agent-run-start", "agent-run-trace", "agent-run-update"}


def test_an_event_is_named_by_what_is_known_of_it() -> None:
    assert first_filled("switched-to", "switched", data={"mode": "local"}).name == "switched-to"
    assert first_filled("switched-to", "switched", data={"mode": None}).name == "switched"
    assert first_filled("switched-to", "switched", data={"mode": None}).data == {}
