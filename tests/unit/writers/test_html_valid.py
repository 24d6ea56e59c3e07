"""The Nu Html Checker, which validator.w3.org runs, finds no error in any document, whatever a session says."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

import pytest

from py_export.model import Message, Session, Text
from tests.checkout import ROOT
from tests.golden.html_cases import CASES
from tests.golden.html_cases import written as case
from tests.tools import require
from tests.unit.commonmark_spec import examples
from tests.unit.writers.hostile import HOSTILE, everywhere
from tests.unit.writers.html_tree import written

JAR = ROOT / "web/node_modules/vnu-jar/build/dist/vnu.jar"

_OPTIONS = ("--format", "json", "--exit-zero-always", "--no-langdetect")  # a session may speak any language

# The checker looks at the policy before it has read what the hashes are of, and does not know data: in img-src. A
# browser, which does both, is asked in tests/e2e.
EXPECTED = (
    "Inline style violates Content Security Policy",
    "Inline script violates Content Security Policy",
    "Resource violates Content Security Policy (meta tag): image “data:image/png;",
)


@pytest.fixture
def java() -> Path:
    """Return Java, or skip and say what to install."""
    found = require("Java")
    if not JAR.exists():
        pytest.skip("vnu-jar is not installed: run `make setup`")
    return found


def complaints(java: Path, folder: Path) -> list[str]:
    """Return what the checker says of every document in a folder, warnings too."""
    command: list[str | Path] = [java, "-Xss8m", "-jar", JAR, *_OPTIONS, *sorted(folder.glob("*.html"))]
    answer = subprocess.run(command, check=True, capture_output=True, timeout=100)  # noqa: S603 - the checker
    return [
        f"{Path(each.get('url', '')).stem}, line {each.get('lastLine')}: {each['message']}"
        for each in json.loads(answer.stderr)["messages"]
        if not each["message"].startswith(EXPECTED)
    ]


def test_the_golden_documents_are_valid(java: Path, tmp_path: Path) -> None:
    for name in CASES:
        (tmp_path / f"{name}.html").write_bytes(case(name)[0])
    assert complaints(java, tmp_path) == []


@pytest.mark.parametrize("style", ["report", "cursor"])
def test_a_document_is_valid_whatever_its_session_says(java: Path, tmp_path: Path, style: str) -> None:
    texts = Session(id="s", messages=[Message(id="m", role="assistant", blocks=[Text(said)]) for said in examples()])
    for at, session in enumerate([texts, *map(everywhere, HOSTILE)]):
        document = written(session, style=style, tools="full", thinking=True)
        (tmp_path / f"{at:02}.html").write_text(document, encoding="utf-8", newline="")
    assert complaints(java, tmp_path) == []


def test_the_checker_would_find_an_error(java: Path, tmp_path: Path) -> None:
    (tmp_path / "broken.html").write_text("<!DOCTYPE html><title>x</title><p onfoo=1><div></p>", encoding="utf-8")
    assert any("onfoo" in each for each in complaints(java, tmp_path))
