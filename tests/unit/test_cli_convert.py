from __future__ import annotations

import json
import os
import pty
import resource
import stat
import subprocess
import threading
import zipfile
from pathlib import Path
from typing import Any

import pytest

import py_export
from py_export import jsonlayout, payload
from py_export.model import Range
from tests.unit.program import DEMO, NOW, PROGRAM, environment, run

SHORT, HUB = DEMO / "short.json", DEMO / "claude-code.json"
ALL = sorted(DEMO.glob("*.json"))


def document(session_id: str = "one", **changes: object) -> dict[str, Any]:
    message = {"id": "m", "role": "user", "blocks": [{"type": "text", "text": "said"}]}
    session = {"id": session_id, "title": "A talk"}
    return {"schemaVersion": 1, "generator": "py-export 0.1.0", "session": session, "messages": [message]} | changes


def written(path: Path, content: dict[str, Any]) -> Path:
    path.write_text(json.dumps(content), encoding="utf-8")
    return path


@pytest.mark.parametrize("file", ALL, ids=lambda file: file.stem)
@pytest.mark.parametrize("to", ["json", "markdown"])
def test_the_program_writes_the_librarys_bytes(file: Path, to: str) -> None:
    done = run("convert", file, "--to", to)
    assert done.returncode == 0
    assert done.stdout == py_export.convert(file.read_bytes(), to)


def test_json_is_the_document_as_it_came() -> None:
    done = run("convert", "-", "--to", "json", stdin=HUB.read_bytes())
    assert done.stdout == b"".join(jsonlayout.indent(HUB.read_bytes())) + b"\n"
    assert jsonlayout.compact(done.stdout) == jsonlayout.compact(HUB.read_bytes())


@pytest.mark.parametrize(
    ("flags", "options"),
    [
        (["--tools", "full"], {"tools": "full"}),
        (["--option", "tools=none"], {"tools": "none"}),
        (["--no-front-matter", "--no-thinking"], {"front_matter": False, "thinking": False}),
        (["--option", "front-matter=false"], {"front_matter": False}),
        (["--locale", "zh-CN", "--timezone", "Europe/Berlin"], {"locale": "zh-CN", "timezone": "Europe/Berlin"}),
        (["--front-matter"], {}),
    ],
)
def test_every_option_has_a_flag(flags: list[str], options: dict[str, Any]) -> None:
    done = run("convert", HUB, "--to", "markdown", *flags)
    assert done.stdout == py_export.convert(HUB.read_bytes(), "markdown", options=options)


@pytest.mark.parametrize(
    "flags",
    [
        ["--to", "markdown", "--tools", "nonsense"],
        ["--to", "markdown", "--option", "tools=nonsense"],
        ["--to", "markdown", "--option", "nonsense=1"],
        ["--to", "markdown", "--option", "tools"],
        ["--to", "markdown", "--timezone", "Nowhere/Land"],
        ["--to", "json", "--tools", "full"],
        ["--to", "nonsense"],
        ["--to", "json", "--from", "nonsense"],
        ["--to"],
    ],
)
def test_an_option_that_does_not_exist_is_wrong_usage(flags: list[str]) -> None:
    done = run("convert", SHORT, *flags)
    assert (done.returncode, done.stdout) == (2, b"")
    assert b"Traceback" not in done.stderr


def test_the_clock_is_asked_only_where_the_source_does_not_say_when(tmp_path: Path) -> None:
    silent = written(tmp_path / "silent.json", document())
    said = written(tmp_path / "said.json", document(exportedAt=0))
    assert b"2026-01-02T03:04:05" in run("convert", silent, "--to", "markdown").stdout
    assert b"1970-01-01T00:00:00" in run("convert", said, "--to", "markdown").stdout
    assert run("convert", silent, "--to", "json").stdout.find(b"exportedAt") == -1
    assert NOW == 1_767_323_045


def test_a_file_is_written_where_it_is_asked_for(tmp_path: Path) -> None:
    target = tmp_path / "out.md"
    done = run("convert", SHORT, "--to", "markdown", "-o", target)
    assert (done.returncode, done.stdout) == (0, b"")
    assert target.read_bytes() == py_export.convert(SHORT.read_bytes())
    assert [path.name for path in tmp_path.iterdir()] == ["out.md"]


def test_a_file_that_is_replaced_keeps_its_mode_and_its_links(tmp_path: Path) -> None:
    target, link = tmp_path / "out.md", tmp_path / "link.md"
    target.write_text("old")
    target.chmod(0o640)
    link.symlink_to(target)
    run("convert", SHORT, "--to", "markdown", "-o", link)
    assert link.is_symlink()
    assert target.read_bytes() == py_export.convert(SHORT.read_bytes())
    assert stat.S_IMODE(target.stat().st_mode) == 0o640


def test_a_file_that_cannot_be_written_whole_leaves_the_old_one(tmp_path: Path) -> None:
    target = tmp_path / "out.json"
    target.write_text("old")
    large = written(tmp_path / "large.json", document(extra="x" * 300_000))
    command = [*PROGRAM, "convert", str(large), "--to", "json", "-o", str(target)]
    done = subprocess.run(  # noqa: S603 - our own program
        command, env=environment(), capture_output=True, check=False,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, 100_000)),
    )  # fmt: skip
    assert done.returncode == 5
    assert str(target).encode() in done.stderr
    assert target.read_text() == "old"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["large.json", "out.json"]


@pytest.mark.parametrize("place", ["missing/out.md", "/dev/full"])
def test_a_place_that_cannot_be_written_is_5(tmp_path: Path, place: str) -> None:
    done = run("convert", SHORT, "--to", "markdown", "-o", place, cwd=tmp_path)
    assert done.returncode == 5
    assert place.encode() in done.stderr
    assert b"Traceback" not in done.stderr


@pytest.mark.parametrize("verb", [["convert", SHORT, "--to", "json"], ["convert", HUB, "--to", "json"], ["formats"]])
def test_an_output_that_is_full_is_5(verb: list[str | Path]) -> None:
    with Path("/dev/full").open("wb") as full:
        done = subprocess.run(  # noqa: S603 - our own program
            [*PROGRAM, *map(str, verb)], stdout=full, stderr=subprocess.PIPE, env=environment(), check=False
        )
    assert done.returncode == 5
    assert b"Traceback" not in done.stderr
    assert b"Cannot write" in done.stderr


def test_a_pipe_is_written_in_place(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    got: list[bytes] = []
    reader = threading.Thread(target=lambda: got.append(pipe.read_bytes()), daemon=True)
    reader.start()
    assert run("convert", SHORT, "--to", "markdown", "-o", pipe).returncode == 0
    reader.join(timeout=10)
    assert got == [py_export.convert(SHORT.read_bytes())]
    assert stat.S_ISFIFO(pipe.stat().st_mode)


def test_on_a_terminal_the_file_gets_its_own_name_in_the_current_folder(tmp_path: Path) -> None:
    ours, theirs = pty.openpty()
    command = [*PROGRAM, "convert", str(SHORT), "--to", "markdown"]
    try:
        done = subprocess.run(  # noqa: S603 - our own program
            command, stdout=theirs, stderr=subprocess.PIPE, cwd=tmp_path, env=environment(), check=False
        )
    finally:
        os.close(ours)
        os.close(theirs)
    assert done.returncode == 0
    (made,) = tmp_path.iterdir()
    assert made.name == "今夜の月-0939d0e0-2026-01-03.md"
    assert made.name.encode() in done.stderr
    assert made.read_bytes() == py_export.convert(SHORT.read_bytes())


def test_several_sessions_give_a_file_each_in_a_folder(tmp_path: Path) -> None:
    folder = tmp_path / "new" / "folder"
    assert run("convert", *ALL, "--to", "markdown", "-o", f"{folder}/").returncode == 0
    made = {path.name: path.read_bytes() for path in folder.iterdir()}
    assert sorted(made.values()) == sorted(py_export.convert(path.read_bytes()) for path in ALL)
    again = run("convert", SHORT, SHORT, "--to", "json", "-o", folder)
    assert again.returncode == 0
    names = sorted(path.name for path in folder.glob("*.json"))
    assert names == ["今夜の月-0939d0e0-2026-01-03-2.json", "今夜の月-0939d0e0-2026-01-03.json"]


def test_several_sessions_give_the_same_zip_each_time(tmp_path: Path) -> None:
    for name in ("a.zip", "b.zip"):
        assert run("convert", *ALL, "--to", "markdown", "-o", tmp_path / name).returncode == 0
    assert (tmp_path / "a.zip").read_bytes() == (tmp_path / "b.zip").read_bytes()
    with zipfile.ZipFile(tmp_path / "a.zip") as archive:
        assert archive.testzip() is None
        assert {member.date_time for member in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert sorted(map(archive.read, archive.namelist())) == sorted(py_export.convert(p.read_bytes()) for p in ALL)


@pytest.mark.parametrize("place", [[], ["-o", "-"], ["-o", "one.md"]])
def test_several_sessions_and_one_place_are_wrong_usage_that_counts_them(tmp_path: Path, place: list[str]) -> None:
    done = run("convert", *ALL, "--to", "markdown", *place, cwd=tmp_path)
    assert (done.returncode, done.stdout) == (2, b"")
    assert str(len(ALL)).encode() in done.stderr
    assert list(tmp_path.iterdir()) == []


def test_several_sessions_are_one_document_in_json_lines() -> None:
    each = [py_export.convert(path.read_bytes(), "jsonl") for path in ALL]
    assert run("convert", *ALL, "--to", "jsonl").stdout == b"".join(each)


def test_a_styles_flags_are_those_of_its_options(tmp_path: Path) -> None:
    trace = run("convert", SHORT, "--to", "markdown", "--style", "trace", "--no-front-matter")
    assert trace.stdout == py_export.convert(
        SHORT.read_bytes(), options={"style": "trace", "front_matter": False}, exported_at=NOW * 1000
    )
    run("convert", SHORT, "--to", "markdown", "--style", "cursor", "-o", f"{tmp_path}/")
    assert [path.name for path in tmp_path.iterdir()] == [
        f"session_{json.loads(SHORT.read_bytes())['session']['id']}.md"
    ]


def test_several_sessions_are_one_document_in_json_which_is_read_back() -> None:
    done = run("convert", *ALL, "--to", "json")
    assert done.returncode == 0
    bundle = json.loads(done.stdout)
    assert {key: bundle[key] for key in ("schemaVersion", "generator", "exportedAt")} == {
        "schemaVersion": 1, "generator": f"py-export {py_export.__version__}", "exportedAt": NOW * 1000,
    }  # fmt: skip
    assert bundle["sessions"] == [json.loads(path.read_bytes()) for path in ALL]
    wanted = json.loads(SHORT.read_bytes())["session"]["id"]
    one = run("convert", "-", "--to", "json", "--session", wanted, stdin=done.stdout)
    assert one.stdout == py_export.convert(SHORT.read_bytes(), "json")


def test_a_session_that_is_not_there_is_wrong_usage() -> None:
    assert run("convert", *ALL, "--to", "json", "--session", "nobody").returncode == 2


def test_a_name_of_ones_own_is_a_name_and_no_path(tmp_path: Path) -> None:
    run("convert", SHORT, "--to", "markdown", "-o", f"{tmp_path}/", "--filename", "../mine.md")
    assert [path.name for path in tmp_path.iterdir()] == ["mine.md"]


@pytest.mark.parametrize(("text", "first", "last"), [("2:5", 2, 5), ("30:", 30, 36), (":3", 1, 3), ("7", 7, 7)])
def test_a_range_is_what_the_function_would_send(text: str, first: int, last: int) -> None:
    whole = payload.split(HUB.read_bytes())
    read = py_export.read(HUB.read_bytes())[0].document
    assert read
    numbered = zip(payload.numbers(read.visible), whole.messages, strict=True)
    kept = [message for number, message in numbered if first <= number <= last]
    part = payload.join(payload.Parts(whole.head, kept), Range(first, last, sum(read.visible)))
    assert jsonlayout.compact(run("convert", HUB, "--to", "json", "--range", text).stdout) == part
    assert run("convert", HUB, "--to", "markdown", "--range", text).stdout == py_export.convert(part)


@pytest.mark.parametrize("text", ["0:1", "5:4", "1:37", "x", ":", "", "1:2:3", "-1"])
def test_a_range_that_the_session_does_not_have_is_wrong_usage(text: str) -> None:
    done = run("convert", HUB, "--to", "json", f"--range={text}")
    assert (done.returncode, done.stdout) == (2, b"")


def test_exit_codes_tell_what_went_wrong(tmp_path: Path) -> None:
    newer = written(tmp_path / "newer.json", document(schemaVersion=99))
    other = written(tmp_path / "other.json", {"a": 1})
    empty = tmp_path / "empty"
    empty.mkdir()
    for inputs, code in (
        ([SHORT], 0),
        ([tmp_path / "missing"], 3),
        ([empty], 3),
        ([tmp_path], 4),
        ([other], 3),
        ([newer], 4),
        ([newer, newer], 4),
        ([newer, other], 3),
        ([SHORT, other], 1),
        ([newer, SHORT], 1),
    ):
        done = run("convert", *inputs, "--to", "json")
        assert done.returncode == code, inputs
        assert bool(done.stdout) is (code in (0, 1))
        assert b"Traceback" not in done.stderr
    assert b"other.json" in run("convert", SHORT, other, "--to", "json").stderr


def test_what_the_reader_said_the_writer_does_not_say_again(tmp_path: Path) -> None:
    queued = {"id": "m", "content": {"role": "user", "content": "later"}, "createdAt": 1, "invokedAt": None}
    hub = written(tmp_path / "hub.json", {"session": {"namespace": "n"}, "messages": [queued]})
    said = run("convert", hub, "--to", "markdown", "--json-messages").stderr.splitlines()
    assert [json.loads(line)["code"] for line in said] == ["hidden_messages", "session_id_missing"]


def test_notices_matter_to_the_exit_code_only_when_strict() -> None:
    assert run("convert", HUB, "--to", "json").returncode == 0
    strict = run("convert", HUB, "--to", "json", "--strict")
    assert (strict.returncode, bool(strict.stdout)) == (1, True)
    assert run("convert", SHORT, "--to", "json", "--strict").returncode == 0
    assert run("inspect", HUB, "--strict").returncode == 1
