"""Many files on several cores: the same files, words and exit code as on one."""

from __future__ import annotations

import io
import json
import zipfile
from pathlib import Path
from typing import Any

import pytest

from py_export.cli import main
from py_export.commands import cores, many
from tests.unit.program import DEMO
from tests.unit.readers.transcripts import answer, lines, prompt, use


def _log(name: str, *, odd: bool = False) -> bytes:
    more: dict[str, Any] = {"type": "text", "text": "y", "odd": 1} if not odd else {"type": "hologram"}
    talk = [
        prompt(f"{name}-u1", f"Question {name}", sessionId=name),
        answer(f"{name}-u2", "a1", "An answer", use("c1", command="ls"), more, parent=f"{name}-u1", sessionId=name),
    ]
    return lines(*talk, *([7] if odd else []))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "given"
    made.mkdir()
    for number in range(6):
        (made / f"{number}.jsonl").write_bytes(_log(f"s{number}", odd=number % 3 == 1))
    (made / "same.jsonl").write_bytes(_log("s0 again").replace(b"Question s0 again", b"Question s0"))
    (made / "cut.json").write_bytes((DEMO / "short.json").read_bytes()[:500])
    (made / "newer.json").write_text('{"schemaVersion": 99, "generator": "py-export 9", "session": {}, "messages": []}')
    (made / "unknown.txt").write_text("nobody's")
    (made / "short.json").write_bytes((DEMO / "short.json").read_bytes())
    return made


def _run(
    out: Path, count: int, arguments: list[str], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> tuple[int, str, dict[str, bytes]]:
    monkeypatch.setattr(cores, "cores", lambda: count)
    code = main(["convert", *arguments, "-o", str(out) if out.suffix else f"{out}/"])
    said = capsys.readouterr().err
    if out.suffix:
        return code, said, {"": out.read_bytes()}
    return code, said, {path.relative_to(out).as_posix(): path.read_bytes() for path in out.rglob("*.*")}


@pytest.mark.parametrize("to", ["markdown", "html", "json"])
@pytest.mark.parametrize("more", [[], ["--json-messages"], ["--redact", "all"], ["--range", "1:2"]])
def test_a_folder_becomes_what_one_core_makes_of_it(
    to: str,
    more: list[str],
    folder: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1767323045")
    one, two = (
        _run(tmp_path / str(count), count, [str(folder), "--to", to, *more], monkeypatch, capsys) for count in (1, 2)
    )
    assert one == two
    assert one[0] == 1
    assert len(one[2]) == 8


def test_files_that_are_named_become_what_one_core_makes_of_them(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1767323045")
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        for number in range(3):
            archive.writestr(f"{number}.jsonl", _log(f"z{number}", odd=True))
    (tmp_path / "packed.zip").write_bytes(packed.getvalue())
    (tmp_path / "nothing").mkdir()
    (tmp_path / "nothing" / "a.txt").write_text("nobody's")
    names = [*sorted(map(str, folder.iterdir())), str(tmp_path / "packed.zip"), "missing", str(tmp_path / "nothing")]
    one, two = (
        _run(tmp_path / f"{count}.zip", count, [*names, "--to", "markdown"], monkeypatch, capsys) for count in (1, 2)
    )
    assert one == two
    assert "missing" in one[1]


def test_a_long_document_is_written_here(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1767323045")
    one = _run(tmp_path / "1", 1, [str(folder), "--to", "json"], monkeypatch, capsys)
    monkeypatch.setattr(many, "_MOST", 1500)
    sizes = sorted(map(len, one[2].values()))
    assert sizes[0] < 1500 < sizes[-1]
    assert _run(tmp_path / "2", 2, [str(folder), "--to", "json"], monkeypatch, capsys) == one


def test_wrong_usage_ends_it_as_on_one_core(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    found = [
        _run(tmp_path / str(count), count, [str(folder), "--to", "json", "--range", "900:"], monkeypatch, capsys)
        for count in (1, 2)
    ]
    assert found[0] == found[1]
    assert found[0][0] == 2
    assert json.dumps(found[0][1]).count("py-export:") >= 1
