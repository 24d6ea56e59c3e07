"""``py-export convert``: what of a session is taken, in which order, and under which name it is saved."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

import py_export
from py_export import Context, Selection
from py_export.l10n import LOCALES
from tests.unit.program import DEMO, NOW, run
from tests.unit.transforms.talks import tree

HUB = DEMO / "claude-code.json"
EXAMPLE = Path(__file__).parents[1] / "golden/maichat-json/example.json"


@pytest.mark.parametrize(
    ("flags", "selection"),
    [
        (["--filter", "r2"], Selection(filter="r2")),
        (["--filter", "o2", "--context-window", "50"], Selection(filter="o2", context=Context(window=50))),
        (["--order", "topic"], Selection(order="topic")),
        (["--range", "3:9", "--roles", "user, assistant"], Selection(range=(3, 9), roles={"user", "assistant"})),
        (["--branch", "current", "--range", "5:"], Selection(range=(5, None), branch="current")),
    ],
)
@pytest.mark.parametrize("to", ["json", "text"])
def test_the_program_selects_what_the_library_does(flags: list[str], selection: Selection, to: str) -> None:
    done = run("convert", HUB, "--to", to, *flags)
    assert done.returncode == 0
    assert done.stdout == py_export.convert(HUB.read_bytes(), to, select=selection)


def test_a_branch_is_named_by_its_last_message(tmp_path: Path) -> None:
    path = tmp_path / "tree.json"
    path.write_bytes(b"".join(py_export.write(tree(), "json")))
    for branch, expected in (("current", "u1 a1b u2b a2b"), ("a2", "u1 a1b u2 a2"), ("all", "u1 a1 a1b u2 a2 u2b a2b")):
        found = json.loads(run("convert", path, "--to", "json", "--branch", branch).stdout)
        assert [one["id"] for one in found["messages"]] == expected.split()


def test_an_age_counts_from_now_and_a_day_is_that_of_the_time_zone() -> None:
    asked = NOW * 1000 - 1_758_019_680_000  # since the later of the two pairs
    for text, zone, expected in (
        (f"d<={asked // 60_000 + 1}min", "UTC", ["p_124"]),
        ("d2025-09-16", "UTC", ["p_123", "p_124"]),
        ("d2025-09-17", "Pacific/Kiritimati", ["p_123", "p_124"]),
        ("d2025-09-17", "UTC", []),
    ):
        done = run("convert", EXAMPLE, "--to", "maichat-json", "--filter", text, "--timezone", zone)
        assert [pair["id"] for pair in json.loads(done.stdout)["pairs"]] == expected


def test_an_error_in_the_filter_is_pointed_at_and_nothing_is_read(tmp_path: Path) -> None:
    for locale in LOCALES:
        done = run("convert", tmp_path / "missing", "--to", "json", "--filter", "c'声' & q", LANG=locale)
        text, mark, sentence, _ = done.stderr.decode().split("\n")
        assert (done.returncode, done.stdout, text) == (2, b"", "c'声' & q")
        assert mark == " " * 8 + "^"  # a wide character takes two columns
        assert "8" in sentence
        assert "“q”" in sentence
        assert sentence.count("8") == 1
    done = run("convert", HUB, "--to", "json", "--filter", "\x1b[31m(", "--json-messages")
    (line,) = done.stderr.decode().splitlines()
    assert (json.loads(line)["code"], json.loads(line)["where"]) == ("invalid_filter", "character 1")
    assert "\x1b" not in run("convert", HUB, "--to", "json", "--filter", "\x1b[31m(").stderr.decode().split("\n")[0]


@pytest.mark.parametrize(
    "flags",
    [["--roles", "user,nobody"], ["--order", "size"], ["--branch", "nobody"], ["--range", "a"], ["--filter", "s4"]],
)
def test_a_selection_that_cannot_be_is_wrong_usage(flags: list[str]) -> None:
    done = run("convert", HUB, "--to", "json", *flags)
    assert (done.returncode, done.stdout) == (2, b"")
    assert b"Traceback" not in done.stderr


def test_an_estimate_and_an_empty_selection_are_said() -> None:
    done = run("convert", HUB, "--to", "json", "--filter", "o & !r999", "--json-messages", "--strict")
    said = {json.loads(line)["code"] for line in done.stderr.splitlines()}
    assert (done.returncode, said >= {"context_unknown", "nothing_selected"}) == (1, True)


def test_files_of_a_history_are_named_after_the_moment(tmp_path: Path) -> None:
    for to, name in (("pairs", "md"), ("text", "txt"), ("maichat-json", "json")):
        run("convert", EXAMPLE, "--to", to, "-o", f"{tmp_path}/")
        assert (tmp_path / f"export_chat-20250916-101112.{name}").exists()


@pytest.mark.parametrize("name", ["important", "Was wichtig ist (2).txt.bak", "a.md.md"])
def test_a_name_of_ones_own_is_respected_exactly(tmp_path: Path, name: str) -> None:
    expected = py_export.convert(EXAMPLE.read_bytes(), "text")
    assert run("convert", EXAMPLE, "--to", "text", "-o", f"{tmp_path}/to/", "--filename", name).returncode == 0
    here = run("convert", EXAMPLE, "--to", "text", "--filename", name, cwd=tmp_path)
    assert (here.returncode, here.stdout) == (0, b"")
    assert (tmp_path / name).read_bytes() == (tmp_path / "to" / name).read_bytes() == expected
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted([name, "to"])


def test_where_a_place_is_given_too_the_place_decides(tmp_path: Path) -> None:
    expected = py_export.convert(EXAMPLE.read_bytes(), "text")
    to_output = run("convert", EXAMPLE, "--to", "text", "--filename", "x.txt", "-o", "-", cwd=tmp_path)
    assert (to_output.stdout, list(tmp_path.iterdir())) == (expected, [])
    run("convert", EXAMPLE, "--to", "text", "--filename", "x.txt", "-o", tmp_path / "y.txt", cwd=tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["y.txt"]


@pytest.mark.parametrize("name", ["..", ".", "/", "a/.."])
def test_a_name_that_names_no_file_is_wrong_usage(tmp_path: Path, name: str) -> None:
    for place in (["-o", f"{tmp_path}/"], ["-o", tmp_path / "x.zip"], []):
        done = run("convert", EXAMPLE, "--to", "text", "--filename", name, *place, cwd=tmp_path)
        assert (done.returncode, done.stdout) == (2, b"")
    assert list(tmp_path.iterdir()) == []
