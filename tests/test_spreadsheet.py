"""The tables in a real spreadsheet program: no cell becomes a formula, whichever separator it expects."""

from __future__ import annotations

import subprocess
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from py_export import Notices
from py_export.model import Message, Session, Usage
from py_export.options import parse
from py_export.together import together
from py_export.writers import find_writer
from tests.tools import require
from tests.unit.test_csvtext import FORMULAS
from tests.unit.writers.hostile import everywhere

TABLES = ("csv", "messages-csv", "tool-calls-csv", "sessions-csv")
SEPARATORS = {"comma": 44, "semicolon": 59}
TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
CONTROL = b"=1+1,x;=2+2\r\n"
"""What both ways of opening a file take for a formula: the program has to be able to find one."""


def _sessions() -> list[Session]:
    spent = [Usage(-7, 3, cost_usd=1e-05), Usage(123_456_789, 0, cost_usd=-0.25)]
    messages = [
        Message(id=str(at), role="assistant", model="m", created_at=1_736_944_200_000 + at, usage=one)
        for at, one in enumerate(spent)
    ]
    return [Session(id="numbers", messages=messages), *map(everywhere, FORMULAS)]


def _cells(path: Path) -> list[ET.Element]:
    return list(ET.parse(path).getroot().iter(f"{TABLE}table-cell"))  # noqa: S314 - LibreOffice wrote it


@pytest.mark.parametrize("separator", SEPARATORS)
def test_no_cell_becomes_a_formula_in_libreoffice_and_numbers_are_numbers(separator: str, tmp_path: Path) -> None:
    program = require("LibreOffice")
    for to in TABLES:
        writer = find_writer(to)
        chunks = together(_sessions(), writer, parse(writer.options, {}), Notices(), None)
        (tmp_path / f"{to}.csv").write_bytes(b"".join(chunks))
    (tmp_path / "control.csv").write_bytes(CONTROL)
    # UTF-8; quotes are text's; what looks like a number or a date is one: the most that a person can ask for.
    chosen = f"--infilter=CSV:{SEPARATORS[separator]},34,76,1,,0,false,true,false"
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    names = [str(tmp_path / f"{name}.csv") for name in (*TABLES, "control")]
    command = [str(program), profile, "--headless", chosen, "--convert-to", "fods", "--outdir", str(tmp_path), *names]
    subprocess.run(command, check=True, capture_output=True, timeout=240)  # noqa: S603 - a program of the test's

    formula = f"{TABLE}formula"
    assert any(formula in cell.attrib for cell in _cells(tmp_path / "control.fods"))
    for to in TABLES:
        assert [cell.attrib for cell in _cells(tmp_path / f"{to}.fods") if formula in cell.attrib] == [], to
    if separator == "comma":
        numbers = [float(cell.attrib.get(f"{OFFICE}value", "nan")) for cell in _cells(tmp_path / "csv.fods")]
        assert {-7.0, 3.0, 1e-05, 123_456_789.0, 0.0, -0.25} <= set(numbers)
