"""The documentation says what the code does."""

from __future__ import annotations

import re

import pytest

from py_export.readers import READERS
from py_export.writers import WRITERS
from tests import docs
from tests.checkout import ROOT, texts

DOCUMENTS = sorted(path.name for path in ROOT.glob("*.md"))


@pytest.mark.parametrize("name", docs.documents())
def test_what_is_generated_is_current(name: str) -> None:
    written = (ROOT / name).read_text(encoding="utf-8")
    assert written == docs.documents()[name], "run make docs"


def test_every_format_and_every_option_has_a_section() -> None:
    text = (ROOT / "FORMATS.md").read_text(encoding="utf-8")
    for each in (*READERS, *WRITERS):
        assert f"(`{each.id}`)" in text
    for writer in WRITERS:
        for option in writer.options.__struct_fields__:
            assert f"| `{option}` |" in text


@pytest.mark.parametrize(
    "name", ["README.md", "CONTRIBUTING.md", "DEPLOYING.md", "SECURITY.md", "FORMATS.md", "CHANGELOG.md"]
)
def test_every_link_within_the_checkout_leads_somewhere(name: str) -> None:
    text = (ROOT / name).read_text(encoding="utf-8")
    targets = [target for target in re.findall(r"\]\(([^)#]+)", text) if "://" not in target]
    assert [target for target in targets if not (ROOT / target).exists()] == []


def test_every_named_command_exists() -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    known = set(re.findall(r"^([a-z]+):", makefile, re.MULTILINE))
    for path in DOCUMENTS:
        text = (ROOT / path).read_text(encoding="utf-8")
        named = set(re.findall(r"`(?:PORT=\d+ )?make ([a-z]+)`|^make ([a-z]+)$", text, re.MULTILINE))
        assert {first or second for first, second in named} <= known, path


def test_every_named_setting_exists() -> None:
    known = set(re.findall(r"PY_EXPORT_[A-Z_]+", docs.settings())) | {"PY_EXPORT_SAMPLES", "PY_EXPORT_PEERS"}
    for path in DOCUMENTS:
        text = (ROOT / path).read_text(encoding="utf-8")
        assert set(re.findall(r"PY_EXPORT_[A-Z_]+", text)) <= known, path


def test_every_error_and_every_problem_is_documented() -> None:
    formats, deploying = ((ROOT / name).read_text(encoding="utf-8") for name in ("FORMATS.md", "DEPLOYING.md"))
    assert [code for code in docs.error_codes() if f"| `{code}` |" not in formats] == []
    problems = set(
        re.findall(r"""Problem\(\s*["'](\w+)["']""", "\n".join(text for _, text in texts(".py", under="functions")))
    )
    assert problems
    assert [code for code in sorted(problems) if f"| `{code}` |" not in deploying] == []
