"""``py-export convert --redact``: what is hidden, what is said of it, and what is asked for wrongly."""

from __future__ import annotations

import json
import zipfile
from pathlib import Path

import pytest

import py_export
from py_export.transforms.redact import KINDS
from tests.unit.program import NOW, run
from tests.unit.transforms.redact.planted import EMAIL, GITHUB, PLANTED, planted


@pytest.fixture
def given(tmp_path: Path) -> Path:
    """Return a file that holds a session with secrets."""
    path = tmp_path / "planted.json"
    path.write_bytes(b"".join(py_export.write(planted(), "json")))
    return path


def test_nothing_is_hidden_unless_asked(given: Path) -> None:
    assert GITHUB in run("convert", given, "--to", "json").stdout.decode()
    assert (
        run("convert", given, "--to", "json").stdout == run("convert", given, "--to", "json", "--redact", "off").stdout
    )


@pytest.mark.parametrize("asked", ["all", "secrets", "email,phone"])
def test_the_program_hides_what_the_library_does(given: Path, asked: str) -> None:
    done = run("convert", given, "--to", "json", "--redact", asked)
    assert done.returncode == 0
    assert done.stdout == py_export.convert(given.read_bytes(), "json", redact=asked, exported_at=NOW * 1000)


def test_what_was_hidden_is_counted_by_kind(given: Path) -> None:
    done = run("convert", given, "--to", "markdown", "--redact", "all", "--json-messages")
    said = [json.loads(line) for line in done.stderr.splitlines()]
    counted = [each["message"] for each in said if each["code"] == "redacted"]
    assert len(counted) == len(set(counted)) > 5
    assert not [secret for secret in PLANTED if secret in done.stderr.decode()]


def test_a_pattern_and_what_is_kept(given: Path) -> None:
    flags = ("--redact", "email", "--redact-pattern", "engine", "--redact-keep", "email-1")
    found = run("convert", given, "--to", "json", *flags).stdout.decode()
    assert EMAIL.replace("engine", "[redacted:custom-1]") in found or EMAIL in found
    assert "/[redacted:custom-1]" in found


def test_the_report_says_where_and_never_what(given: Path, tmp_path: Path) -> None:
    report = tmp_path / "report.json"
    run("convert", given, "--to", "json", "--redact", "all", "--redact-report", report, "-o", tmp_path / "out.json")
    told = json.loads(report.read_bytes())
    (one,) = told["sessions"]
    assert one["id"] == "session-1"
    assert {each["kind"] for each in one["hidden"]} <= set(KINDS)
    assert all(each["count"] >= len(each["places"]) > 0 for each in one["hidden"])
    assert not [secret for secret in PLANTED if secret in report.read_text(encoding="utf-8")]


def test_the_report_goes_to_standard_output_when_the_document_does_not(given: Path, tmp_path: Path) -> None:
    flags = ("--redact", "all", "--redact-report", "-")
    done = run("convert", given, "--to", "markdown", *flags, "-o", tmp_path / "out.md")
    assert json.loads(done.stdout)["sessions"][0]["hidden"]
    assert run("convert", given, "--to", "markdown", *flags).returncode == 2


def test_several_sessions_share_their_placeholders(given: Path, tmp_path: Path) -> None:
    other = planted()
    other.id, other.title = "session-2", "another"
    second = tmp_path / "second.json"
    second.write_bytes(b"".join(py_export.write(other, "json")))
    archive = tmp_path / "both.zip"
    assert run("convert", given, second, "--to", "text", "--redact", "all", "-o", archive).returncode == 0
    with zipfile.ZipFile(archive) as files:
        texts = [files.read(name).decode() for name in files.namelist()]
    assert len(texts) == 2
    assert all("[redacted:email-1]" in text and "[redacted:email-2]" not in text for text in texts)


def test_a_file_is_not_named_by_what_is_hidden(given: Path, tmp_path: Path) -> None:
    run("convert", given, "--to", "markdown", "--redact", "all", "-o", f"{tmp_path}/out/")
    assert [path.name for path in (tmp_path / "out").iterdir() if "ada" in path.name.lower()] == []


@pytest.mark.parametrize("flags", [("--redact", "everything"), ("--redact-pattern", "(")])
def test_what_is_asked_for_wrongly_is_refused(given: Path, flags: tuple[str, str]) -> None:
    done = run("convert", given, "--to", "json", *flags)
    assert done.returncode == 2
    assert flags[0].removeprefix("--") in done.stderr.decode()
