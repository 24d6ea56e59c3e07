"""What the worker makes of opened files: all that can be read is, and of the rest it says why."""

from __future__ import annotations

import io
import json
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

import py_export
from py_export.archive import Zip
from py_export.writers import find_writer
from tests.benchmarks.data import payload
from tests.checkout import ROOT
from tests.engine.bridging import AT, Handles, about, exported, opened
from tests.golden.database_cases import contents

from py_export_bridge import Job  # isort: skip - importable since the line before the last

GOLDEN = ROOT / "tests" / "golden"
SHORT = (ROOT / "tests" / "demo" / "short.json").read_bytes()
CLAUDE = (GOLDEN / "claude-code" / "session.jsonl").read_bytes()
DATABASE = contents("cursor/global.sql")


def folder(*parts: str) -> dict[str, bytes]:
    """Return a golden folder's files by their paths from the folder itself."""
    root = GOLDEN.joinpath(*parts)
    return {
        f"{root.name}/{path.relative_to(root).as_posix()}": path.read_bytes()
        for path in root.rglob("*")
        if path.is_file()
    }


def zipped(files: dict[str, bytes]) -> bytes:
    """Return a zip of files."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return target.getvalue()


def library(*files: dict[str, bytes] | bytes) -> list[py_export.Session]:
    """Return what the library reads of each input, dated as the page dates it."""
    reads = [
        py_export.read(one, exported_at=AT) if isinstance(one, bytes) else py_export.read(files=one, exported_at=AT)
        for one in files
    ]
    return [session for sessions in reads for session in sessions]


def test_bytes_alone_are_one_file_whose_failure_is_the_whole_failure() -> None:
    assert [one["id"] for one in about(opened({"": SHORT}))["sessions"]] == [library(SHORT)[0].id]
    assert about(opened({"": b"nothing of ours"}))["failure"]["code"] == "not_recognised"
    data, report = exported(opened({"": SHORT}), "markdown")
    assert data == py_export.convert(SHORT, "markdown")
    assert report["filename"].endswith(".md")


def test_files_folders_and_zips_are_told_one_by_one_and_what_fails_harms_no_other() -> None:
    files = folder("codex", "sessions") | {
        "short.json": SHORT,
        "logs.zip": zipped(folder("claude-code", "project")),
        "hub.vscdb": DATABASE,
        "cut.json": b'{"schemaVersion": 1,',
        "other.json": b'{"a": 1, "b": 2}',
        "broken.zip": b"PK\x03\x04 and no more",
        "gone.jsonl": None,
    }
    told = about(opened(files))
    named = {one["name"]: one for one in told["files"]}
    assert set(named) == {"sessions", *(name for name in files if "/" not in name)}
    codes = {name: [each["code"] for each in one["failures"]] for name, one in named.items() if one["failures"]}
    assert codes == {
        "cut.json": ["unreadable"],
        "other.json": ["not_recognised"],
        "broken.zip": ["unreadable"],
        "gone.jsonl": ["unreadable"],
    }
    assert named["other.json"]["failures"][0]["params"]["structure"] == "JSON object with 2 keys: a, b"
    assert named["cut.json"]["failures"][0]["where"].startswith("line 1")
    held = {name: [told["sessions"][number]["id"] for number in one["sessions"]] for name, one in named.items()}
    assert held["logs.zip"] == [one.id for one in library(zipped(folder("claude-code", "project")))]
    assert held["hub.vscdb"] == [one.id for one in library(DATABASE)]
    assert sum(map(len, held.values())) == len(told["sessions"])
    assert named["hub.vscdb"]["readers"] == ["cursor"]


def test_nothing_found_anywhere_is_no_success_but_is_told_by_file() -> None:
    told = about(opened({"a.txt": b"words", "folder/b.bin": b"\0\1"}))
    assert told["sessions"] == []
    assert [[each["code"] for each in one["failures"]] for one in told["files"]] == [["not_recognised"]] * 2


def test_a_file_that_belongs_to_another_is_no_session_of_its_own() -> None:
    project = folder("claude-code", "project")
    loose = {name.rpartition("/")[2]: data for name, data in project.items()}
    # Picked one by one they have no folder, and a sub-agent's file still goes below the call that started it.
    ids = {one["id"] for one in about(opened(loose))["sessions"]}
    assert ids == {one.id for one in library({name.partition("/")[2]: data for name, data in project.items()})}


def test_each_session_is_written_as_the_library_writes_it() -> None:
    file = opened({"a.vscdb": DATABASE, "b.json": SHORT})
    sessions = library(DATABASE, SHORT)
    for number, session in enumerate(sessions):
        for to in ("json", "markdown", "jsonl"):
            data, report = exported(file, to, [number])
            assert data == b"".join(py_export.write(session, to))
            assert report["filename"] == py_export.filename(session, find_writer(to))


def test_several_sessions_are_a_zip_of_the_same_bytes_each_time() -> None:
    files = {"a.vscdb": DATABASE, "b.json": SHORT, "c.json": SHORT}
    data, report = exported(opened(files), "markdown", range(len(about(opened(files))["sessions"])))
    target = io.BytesIO()
    with Zip(target) as archive:
        for session in library(DATABASE, SHORT, SHORT):
            archive.add(py_export.filename(session, find_writer("markdown")), py_export.write(session))
    assert data == target.getvalue()
    names = zipfile.ZipFile(io.BytesIO(data)).namelist()
    assert len(names) == len(set(names)) == len(library(DATABASE)) + 2
    assert any(name.endswith("-2.md") for name in names), "the same session twice has two names"
    assert report["filename"] == f"sessions-{len(names)}-2026-01-06.zip"
    assert report["mediaType"] == "application/zip"


def test_images_travel_with_one_session_and_with_several() -> None:
    illustrated, options = (ROOT / "tests" / "demo" / "claude-code.json").read_bytes(), {"images": "folder"}
    file = opened({"a.json": illustrated, "b.json": SHORT})
    [session] = library(illustrated)
    data, report = exported(file, "markdown", [0], options=options)
    assert data == b"".join(py_export.write(session, "markdown", options=options))
    assert (report["filename"][-4:], report["mediaType"]) == (".zip", "application/zip")
    told = json.loads(file.preview(json.dumps({"to": "markdown", "sessions": [0], "options": options}), 100_000))
    [name, image] = zipfile.ZipFile(io.BytesIO(data)).namelist()
    assert told["text"] == zipfile.ZipFile(io.BytesIO(data)).read(name).decode()
    assert (told["complete"], told["exact"], told["filename"]) == (True, False, report["filename"])
    several = zipfile.ZipFile(io.BytesIO(exported(file, "markdown", [0, 1], options=options)[0]))
    assert several.namelist()[:2] == [name, image]
    assert len(several.namelist()) == 3


def test_the_zip_is_the_command_lines(tmp_path: Path) -> None:
    made = {"a.jsonl": CLAUDE, "b.json": SHORT}
    for name, data in made.items():
        (tmp_path / name).write_bytes(data)
    command = [sys.executable, "-m", "py_export", "convert", "a.jsonl", "b.json", "--to", "markdown", "-o", "out.zip"]
    environment = {"PYTHONPATH": str(ROOT), "SOURCE_DATE_EPOCH": str(AT // 1000), "PATH": ""}
    subprocess.run(command, cwd=tmp_path, env=environment, check=True, capture_output=True)  # noqa: S603 - ours
    assert exported(opened(made), "markdown", [0, 1])[0] == (tmp_path / "out.zip").read_bytes()


@pytest.mark.parametrize("to", ["json", "jsonl"])
def test_several_sessions_are_one_document_where_the_format_has_such_a_thing(to: str) -> None:
    data, report = exported(opened({"a.vscdb": DATABASE, "b.json": SHORT}), to, [0, 1], together=True)
    if to == "json":
        document = json.loads(data)
        assert [one["session"]["id"] for one in document["sessions"]] == [
            one.id for one in library(DATABASE, SHORT)[:2]
        ]
        assert document["exportedAt"] == AT
    else:
        assert data == b"".join(b"".join(py_export.write(one, to)) for one in library(DATABASE, SHORT)[:2])
    assert report["filename"] == f"sessions-2-2026-01-06.{to}"


def test_a_format_without_such_a_thing_refuses_to_be_one_document() -> None:
    _, report = exported(opened({"a.json": SHORT, "b.jsonl": CLAUDE}), "html", [0, 1], together=True)
    assert report["failure"]["code"] == "usage"


def test_a_selection_is_made_of_each_session() -> None:
    data, report = exported(
        opened({"a.json": SHORT, "b.jsonl": CLAUDE}), "jsonl", [0, 1], together=True, select={"roles": ["user"]}
    )
    assert {json.loads(line)["actor"] for line in data.splitlines()} == {"user"}
    alone = [exported(opened({"": one}), "jsonl", select={"roles": ["user"]}) for one in (SHORT, CLAUDE)]
    assert data == b"".join(each for each, _ in alone)
    assert report["messages"] == sum(each["messages"] for _, each in alone)


def test_what_was_noticed_of_a_file_is_said_once() -> None:
    files = {"project.zip": zipped(folder("claude-code", "project"))}
    told = about(opened(files))
    numbers = range(len(told["sessions"]))
    hidden = [one["count"] for one in told["files"][0]["notices"] if one["code"] == "hidden_messages"]
    _, report = exported(opened(files), "markdown", numbers)
    assert [one["count"] for one in report["notices"] if one["code"] == "hidden_messages"] == hidden


def test_messages_and_header_are_what_a_page_shows_of_a_stored_session() -> None:
    file = opened({"a.json": SHORT})
    session = library(SHORT)[0]
    header = json.loads(file.header(0))
    shown = [message for message in session.messages if not message.hidden]
    assert (header["id"], header["title"], header["viewCount"]) == (session.id, session.title, len(shown))
    page = json.loads(file.messages(0, 2, 2))
    assert page["of"] == len(shown)
    assert [one["id"] for one in page["messages"]] == [shown[1].id]
    assert "source" not in page["messages"][0]


def test_one_of_several_must_be_named_and_must_exist() -> None:
    file = opened({"a.json": SHORT, "b.jsonl": CLAUDE})
    assert exported(file, "json")[1]["failure"]["code"] == "usage"
    assert exported(file, "json", [7])[1]["failure"]["code"] == "usage"
    assert json.loads(file.preview(json.dumps({"to": "markdown", "sessions": [1, 0]}), 4000))["filename"].startswith(
        "discounts"
    )


@pytest.mark.parametrize("to", ["json", "jsonl", "markdown", "html"])
def test_a_long_file_is_handed_over_in_slices_however_fast_it_is_written(
    monkeypatch: pytest.MonkeyPatch, to: str
) -> None:
    monkeypatch.setattr(sys.modules["py_export_bridge.job"], "STEP", 1000.0)
    most = 1 << 14
    monkeypatch.setattr(sys.modules["py_export_bridge.job"], "MOST", most)
    data = b"".join(payload(400, 400_000))
    job = Job(opened({"": data}), json.dumps({"to": to}))
    slices = []
    while (one := job.step()) is not None:
        slices.append(one)
    # A slice ends with the chunk by which it is long enough.
    assert max(map(len, slices)) < most + 160_000
    assert len(slices) > 4
    assert b"".join(slices) == py_export.convert(data, to)


def test_large_files_are_read_again_when_wanted_and_give_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    files: dict[str, bytes | None] = {
        "a.vscdb": DATABASE,
        "b.json": SHORT,
        "logs.zip": zipped(folder("claude-code", "project")),
    }
    kept = opened(files)
    numbers = range(len(about(kept)["sessions"]))
    wanted = exported(kept, "markdown", numbers)
    held = sys.modules["py_export_bridge.held"]
    monkeypatch.setattr(held, "KEPT", 0)
    handles = Handles(files)
    again = opened(handles)
    about(again)
    handles.whole.clear()
    assert exported(again, "markdown", numbers) == wanted
    assert "b.json" in handles.whole


def test_a_file_that_is_gone_meanwhile_harms_no_other(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys.modules["py_export_bridge.held"], "KEPT", 0)
    handles = Handles({"a.json": SHORT, "b.jsonl": CLAUDE})
    file = opened(handles)
    about(file)
    handles.lose("b.jsonl")
    data, report = exported(file, "markdown", [1, 0])
    assert [(one["session"], one["code"]) for one in report["failed"]] == [(1, "unreadable")]
    assert len(zipfile.ZipFile(io.BytesIO(data)).namelist()) == 1
