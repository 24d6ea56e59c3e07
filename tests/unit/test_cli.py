from __future__ import annotations

import json
import os
import signal
import subprocess
import time
from pathlib import Path

import pytest

from py_export.options import MarkdownOptions, json_schema
from py_export.readers import READERS
from py_export.version import __version__
from py_export.writers import WRITERS
from tests.unit.program import DEMO, PROGRAM, environment, run

LOCALES = Path("py_export/locales")


def test_the_version_is_told_without_loading_what_it_does_not_need() -> None:
    done = subprocess.run(  # noqa: S603 - our own program
        [PROGRAM[0], "-X", "importtime", *PROGRAM[1:], "--version"], capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stdout) == (0, f"py-export {__version__}\n")
    loaded = {line.rpartition("|")[2].strip() for line in done.stderr.splitlines()}
    assert "py_export.cli" in loaded
    heavy = (
        "msgspec",
        "starlette",
        "sqlalchemy",
        "argparse",
        "json",
        "importlib.metadata",
        "dataclasses",
    )
    assert loaded.isdisjoint(heavy)


def test_converting_loads_nothing_of_the_function() -> None:
    command = [PROGRAM[0], "-X", "importtime", *PROGRAM[1:], "convert", str(DEMO / "short.json"), "--to", "json"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603 - our own program
    loaded = {line.rpartition("|")[2].strip().partition(".")[0] for line in done.stderr.splitlines()}
    assert "msgspec" in loaded
    assert loaded.isdisjoint(
        {"pydantic", "starlette", "sqlalchemy", "jwt", "structlog", "uvicorn", "py_export_functions"}
    )


def test_the_package_still_offers_the_function_convert_beside_the_module_of_that_name() -> None:
    code = (
        "import py_export.convert, py_export; from py_export import convert, filename, Session; "
        "from py_export.convert import read; "
        "assert convert is py_export.convert and callable(convert) and read is py_export.read; "
        "print(sorted(name for name in py_export.__all__ if getattr(py_export, name) is None))"
    )
    done = subprocess.run([PROGRAM[0], "-c", code], capture_output=True, text=True, check=False)  # noqa: S603
    assert (done.stdout, done.stderr) == ("[]\n", "")


@pytest.mark.parametrize("verb", ["convert", "formats", "import", "inspect", "serve"])
def test_every_verb_explains_itself(verb: str) -> None:
    done = run(verb, "--help")
    assert done.returncode == 0
    assert b"--json-messages" in done.stdout
    assert verb.encode() in run("--help").stdout


@pytest.mark.parametrize("arguments", [[], ["nonsense"], ["convert"], ["convert", "x"], ["formats", "--nonsense"]])
def test_wrong_usage_is_2_and_says_so_on_standard_error(arguments: list[str]) -> None:
    done = run(*arguments)
    assert (done.returncode, done.stdout) == (2, b"")
    assert done.stderr


def test_the_formats_are_the_tables() -> None:
    tables = json.loads(run("formats", "--json").stdout)
    assert [row["id"] for row in tables["readers"]] == [reader.id for reader in READERS]
    assert [row["id"] for row in tables["writers"]] == [writer.id for writer in WRITERS]
    assert tables["readers"][0].keys() == {"id", "label", "extensions", "mediaTypes"}
    assert tables["writers"][0].keys() == {"id", "label", "extension", "mediaType", "kind", "options"}
    assert tables["writers"][1]["options"] == json_schema(MarkdownOptions)
    plain = run("formats").stdout.decode()
    assert all(row["id"] in plain and row["label"] in plain for row in tables["readers"] + tables["writers"])


@pytest.mark.parametrize(("language", "expected"), [("zh_CN.UTF-8", "zh-CN"), ("de_DE.UTF-8", "en"), ("C", "en")])
def test_messages_are_in_the_persons_language_and_the_document_is_not(language: str, expected: str) -> None:
    words = json.loads((LOCALES / f"{expected}.json").read_text(encoding="utf-8"))
    done = run("convert", DEMO / "claude-code.json", "--to", "markdown", LANG=language, PYTHONUTF8="1")
    assert (
        words["error.unknown_format"].partition("{")[0]
        in run("convert", "x", "--to", "x", LANG=language).stderr.decode()
    )
    assert done.returncode == 0
    assert done.stdout == run("convert", DEMO / "claude-code.json", "--to", "markdown").stdout


def test_messages_survive_a_terminal_that_cannot_show_them() -> None:
    done = run("nonsense", LANG="C", LC_ALL="C", PYTHONUTF8="0", PYTHONCOERCECLOCALE="0", PYTHONIOENCODING="ascii")
    assert done.returncode == 2
    assert b"nonsense" in done.stderr
    assert b"Traceback" not in done.stderr


def test_names_that_are_no_text_and_terminals_that_take_none_are_no_reason_to_fail(tmp_path: Path) -> None:
    name = tmp_path / os.fsdecode(b"\xff\xe4\xb8\xad.json")
    name.write_bytes(b"{}")
    for encoding in ("utf-8", "ascii"):
        for verb in (["import", "--database", str(tmp_path / "store.sqlite3")], ["inspect"]):
            done = run(*verb, name, PYTHONIOENCODING=encoding, PYTHONUTF8="0")
            assert done.returncode == 3
            assert b"Traceback" not in done.stderr
    listed = run("formats", "--json", LANG="zh_CN.UTF-8", PYTHONIOENCODING="ascii")
    assert json.loads(listed.stdout.decode("utf-8"))


def test_json_messages_are_one_object_a_line() -> None:
    done = run("convert", DEMO / "claude-code.json", "missing.json", "--to", "json", "-o", "-", "--json-messages")
    lines = [json.loads(line) for line in done.stderr.splitlines()]
    assert all(line.keys() == {"level", "code", "where", "message"} for line in lines)
    assert {line["level"] for line in lines} == {"notice", "error"}
    assert any("missing.json" in line["message"] for line in lines)


def test_inspecting_tells_figures_and_nothing_that_was_said() -> None:
    done = run("inspect", DEMO / "claude-code.json", DEMO / "short.json", "--json")
    hub, own = json.loads(done.stdout)
    assert (hub["source"], own["source"]) == ("hapi", "json")
    assert own["sessions"] == [
        {
            "id": "0939d0e0-e1ba-4823-81ef-447434b1e02b",
            "source": own["sessions"][0]["source"],
            "createdAt": own["sessions"][0]["createdAt"],
            "updatedAt": own["sessions"][0]["updatedAt"],
            "exportedAt": own["sessions"][0]["exportedAt"],
            "messages": 2,
            "hidden": 0,
            "roles": {"assistant": 1, "user": 1},
            "blocks": {"text": 2},
        }
    ]
    assert hub["notices"][0].keys() == {"code", "count", "where", "message"}
    said = json.loads((DEMO / "short.json").read_bytes())
    shown = done.stdout + run("inspect", DEMO / "short.json").stdout
    assert said["session"]["title"].encode() not in shown
    assert all(block["text"].encode() not in shown for message in said["messages"] for block in message["blocks"])


def test_an_interrupt_is_130_and_quiet() -> None:
    command = [*PROGRAM, "convert", "-", "--to", "json"]
    pipe = subprocess.PIPE
    with subprocess.Popen(command, stdin=pipe, stdout=pipe, stderr=pipe, env=environment()) as process:  # noqa: S603
        time.sleep(1.5)  # until it waits for its input
        process.send_signal(signal.SIGINT)
        out, errors = process.communicate(timeout=20)
    assert (process.returncode, out, errors) == (130, b"", b"")


def test_a_reader_that_has_had_enough_is_no_noise(tmp_path: Path) -> None:
    block = {"type": "text", "text": "x" * 1000}
    messages = [{"id": str(number), "role": "user", "blocks": [block]} for number in range(2000)]
    large = tmp_path / "large.json"
    document = {"schemaVersion": 1, "generator": "py-export 0.1.0", "session": {"id": "x"}, "messages": messages}
    large.write_text(json.dumps(document))
    command = [*PROGRAM, "convert", str(large), "--to", "json", "-o", "-"]
    pipe = subprocess.PIPE
    with subprocess.Popen(command, stdout=pipe, stderr=pipe, env=environment()) as process:  # noqa: S603
        assert process.stdout
        assert process.stderr
        assert process.stdout.read(10)
        process.stdout.close()
        assert process.stderr.read() == b""
    assert process.returncode == 5
