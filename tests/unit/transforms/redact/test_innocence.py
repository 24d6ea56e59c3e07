"""What people write all day has nothing to hide: prose, documentation, code."""

from __future__ import annotations

import sysconfig
from pathlib import Path

from py_export.transforms.redact import Redaction, redact
from tests.checkout import ROOT
from tests.unit.transforms.redact.saying import said

LIBRARY = Path(sysconfig.get_paths()["stdlib"])


def test_our_own_documents_and_code_hold_no_secrets() -> None:
    homes = ("py_export", "functions", "web/src")
    paths = [path for home in homes for path in (ROOT / home).rglob("*") if path.suffix in (".py", ".ts", ".css")]
    files = [path for path in (*ROOT.glob("*.md"), *paths) if "node_modules" not in path.parts]
    assert len(files) > 100
    _, report = redact(said(*(path.read_text(encoding="utf-8") for path in files)), Redaction.of("secrets"), show=True)
    shown = [one for secret in report.secrets for one in secret.shown]
    assert [(one.before, one.text) for one in shown if "postgres" not in one.before] == []


def test_the_standard_library_holds_next_to_none() -> None:
    names = ("argparse", "ast", "calendar", "decimal", "_pydecimal", "difflib", "doctest", "http/cookies", "inspect")
    more = ("locale", "logging/__init__", "optparse", "pickle", "ssl", "statistics", "tarfile", "tokenize", "typing")
    found = [(LIBRARY / f"{name}.py").read_text(encoding="utf-8") for name in (*names, *more)]
    _, report = redact(said(*found), Redaction.of("secrets,phone,user"), show=True)
    assert len(report.secrets) <= 2, [(secret.name, secret.shown) for secret in report.secrets]
