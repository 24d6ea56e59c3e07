"""What sessions took, on the command line: many sessions as one table, in bounded memory, within a period."""

from __future__ import annotations

import csv
import io
import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.checkout import ROOT
from tests.peak import measured
from tests.unit.program import run

DEMO = ROOT / "tests" / "demo"
TABLE = {"version": 1, "date": "2026-01-01", "source": "contract", "prices": []}


def _rows(data: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(data.decode(), newline=""), strict=True))


def test_a_folder_of_sessions_is_one_table(tmp_path: Path) -> None:
    done = run("convert", DEMO, "--to", "csv", "-o", tmp_path / "usage.csv")
    assert done.returncode == 0, done.stderr
    rows = _rows((tmp_path / "usage.csv").read_bytes())
    each = [_rows(run("convert", path, "--to", "csv").stdout) for path in sorted(DEMO.glob("*.json"))]
    assert sorted(map(str, rows)) == sorted(str(row) for one in each for row in one)
    assert len({row["session_id"] for row in rows}) > 3


def test_a_period_models_and_prices_are_flags(tmp_path: Path) -> None:
    (tmp_path / "prices.json").write_text(json.dumps(TABLE), encoding="utf-8")
    session = {
        "schemaVersion": 1,
        "session": {"id": "s"},
        "messages": [
            {"id": f"m{day}", "role": "assistant", "model": model, "createdAt": 1_767_225_600_000 + day * 86_400_000,
             "usage": {"inputTokens": 1_000_000, "outputTokens": 0}, "blocks": []}
            for day in range(4) for model in ("claude-haiku-4-5", "other")
        ],
    }  # fmt: skip
    (tmp_path / "s.json").write_text(json.dumps(session), encoding="utf-8")
    command: list[str | Path] = [
        "convert",
        tmp_path / "s.json",
        "--to",
        "csv",
        "--since",
        "2026-01-02",
        "--until",
        "2026-01-03",
    ]
    rows = _rows(run(*command, "--models", "claude-haiku-4-5,none").stdout)
    assert [(row["message_id"], row["estimated_cost_diem"], row["cost_diem"]) for row in rows] == [
        ("m1", "1.0", ""),
        ("m2", "1.0", ""),
    ]
    own = TABLE | {"prices": [{"models": ["other"], "input": 2.5, "output": 1}]}
    (tmp_path / "prices.json").write_text(json.dumps(own), encoding="utf-8")
    rows = _rows(run(*command, "--prices", tmp_path / "prices.json").stdout)
    assert {row["model"]: row["estimated_cost_diem"] for row in rows} == {"claude-haiku-4-5": "1.0", "other": "2.5"}
    assert {row["estimated_cost_diem"] for row in _rows(run(*command, "--no-estimate").stdout)} == {""}


@pytest.mark.parametrize(
    ("flags", "code", "words"),
    [
        (["--since", "soon"], 2, "since"),
        (["--prices", "nowhere.json"], 3, "nowhere.json"),
        (["--prices", str(DEMO / "short.json")], 2, "prices"),
    ],
)
def test_what_a_flag_does_not_take_is_said(flags: list[str], code: int, words: str) -> None:
    done = run("convert", DEMO / "short.json", "--to", "sessions-csv", *flags)
    assert (done.returncode, done.stdout) == (code, b"")
    assert words in done.stderr.decode()


def test_analytics_of_several_files_are_one_document() -> None:
    found = json.loads(run("convert", DEMO, "--to", "analytics-json", "--no-events").stdout)
    assert found["totals"]["sessions"] == len(found["bySession"]) > 3
    assert "events" not in found


@measured
def test_memory_does_not_grow_with_the_number_of_sessions(tmp_path: Path) -> None:
    said = {"id": "m", "role": "assistant", "blocks": [{"type": "text", "text": "said " * 400_000}]}
    for number in range(24):
        session = {"schemaVersion": 1, "session": {"id": f"s{number}"}, "messages": [said]}
        (tmp_path / f"{number:03}.json").write_text(json.dumps(session), encoding="utf-8")
    most = {}
    for count in (4, 24):
        names = sorted(tmp_path.glob("*.json"))[:count]
        code = (
            "import sys; from py_export.cli import main; from tests.peak import peak\n"
            "try:\n    main()\nfinally:\n"
            "    print(peak() // 1024, file=sys.stderr)"
        )
        command = [
            sys.executable,
            "-c",
            code,
            "convert",
            *map(str, names),
            "--to",
            "csv",
            "-o",
            str(tmp_path / "x.csv"),
        ]
        done = subprocess.run(command, capture_output=True, check=True, cwd=ROOT)  # noqa: S603 - ours
        most[count] = int(done.stderr.split()[-1])
        assert len(_rows((tmp_path / "x.csv").read_bytes())) == count
    assert most[24] - most[4] < 10 * 2048, f"KiB, where twenty more sessions are 40 MiB of text alone: {most}"
