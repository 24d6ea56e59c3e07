"""Long transcripts, read and written in stretches: the bytes and the notices of the whole, or the whole way."""

from __future__ import annotations

import random
import re
import subprocess
import sys
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from py_export import Notices, read, write
from py_export.commands import cores, long
from py_export.commands.convert import LONG
from py_export.model import Json
from py_export.options import parse
from py_export.readers.claude_code import stretch
from py_export.writers import find_writer
from py_export.writers.runs import Run
from tests.benchmarks import data
from tests.unit.program import PROGRAM, environment, run
from tests.unit.readers.drifted import drifted, records_of
from tests.unit.readers.transcripts import lines, prompt
from tests.unit.talks import ALONE, PIECES, TIED, talk

GOLDEN = sorted((Path(__file__).parents[1] / "golden" / "claude-code").glob("*.jsonl"))
COMMAND = "<command-name>/ask</command-name>"
WAYS: tuple[tuple[str, dict[str, Any]], ...] = (
    ("markdown", {}),
    ("markdown", {"tools": "full", "thinking": True, "token_counts": True, "images": "embed"}),
    ("json", {}),
    ("jsonl", {"tools": "full", "thinking": True}),
    ("html", {}),
    ("html", {"tools": "full", "thinking": True}),
)


@pytest.fixture(autouse=True)
def stretches_of_one_turn(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(stretch, "SIZE", 1)


def _told(notices: Notices, but: Notices | None = None) -> list[tuple[str, int, str, str]]:
    known = () if but is None else {notice.code for notice in but}
    return [(one.code, one.count, one.where, str(one.params)) for one in notices if one.code not in known]


def _in_stretches(path: Path, to: str, options: dict[str, Any]) -> tuple[bytes, object, object] | None:
    writer = find_writer(to)
    noticed, counted = Notices(), Notices()
    part = long.part(path, None, writer, parse(writer.options, options), noticed)
    if part is None:
        assert not noticed, "what was given up has told something"
        return None
    text = b"".join(write(part.sessions[0], to, options=options, notices=counted))
    return text, _told(noticed), _told(counted, noticed)


def _whole(text: bytes, to: str, options: dict[str, Any]) -> tuple[bytes, object, object]:
    noticed, counted = Notices(), Notices()
    (session,) = read(text, "claude-code", notices=noticed)
    return b"".join(write(session, to, options=options, notices=counted)), _told(noticed), _told(counted, noticed)


def _compared(path: Path, text: bytes, ways: tuple[tuple[str, dict[str, Any]], ...] = WAYS) -> bool:
    """Hold both ways against each other; return whether the text was written in stretches."""
    path.write_bytes(text)
    taken = False
    for to, options in ways:
        found = _in_stretches(path, to, options)
        if found is not None:
            taken = True
            assert found == _whole(text, to, options)
    return taken


@pytest.mark.parametrize("count", [1, 2])
def test_a_talk_is_written_in_stretches_as_it_is_as_a_whole(
    count: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cores, "cores", lambda: count)
    assert _compared(tmp_path / "a.jsonl", lines(*talk(7)))


@pytest.mark.parametrize("name", ALONE)
def test_what_needs_no_other_turn_is_written_in_stretches(name: str, tmp_path: Path) -> None:
    assert _compared(tmp_path / "a.jsonl", lines(*ALONE[name]()))


@pytest.mark.parametrize("name", TIED)
def test_what_needs_another_turn_is_written_as_a_whole(name: str, tmp_path: Path) -> None:
    text = lines(*TIED[name]())
    if name == "a blank line":
        text = text.replace(b"\n", b"\n\n", 5)
    assert not _compared(tmp_path / "a.jsonl", text)


@given(
    st.lists(st.sampled_from(["turn", "turn", "answer", *PIECES]), min_size=3, max_size=14),
    st.integers(0, 2**16),
    st.sampled_from(WAYS),
)
def test_whatever_follows_whatever_both_ways_come_to_the_same(
    tmp_path_factory: pytest.TempPathFactory, names: list[str], seed: int, way: tuple[str, dict[str, Any]]
) -> None:
    chance = random.Random(seed)  # noqa: S311 - the same talk for the same seed
    records: list[Json] = [prompt("u1", "Say 1")]
    for at, name in enumerate(names, 2):
        records += PIECES[name](at, chance)
    _compared(tmp_path_factory.getbasetemp() / "whatever.jsonl", lines(*records), (way,))


@pytest.mark.parametrize("path", GOLDEN, ids=lambda path: path.name)
def test_drifted_records_come_to_the_same_both_ways(path: Path, tmp_path: Path) -> None:
    records = [*talk(2, "a"), *records_of(path), *talk(2, "b")]
    chance = random.Random(path.name)  # noqa: S311 - the same documents in every run
    for at in range(60):
        _compared(tmp_path / "a.jsonl", drifted(records, chance), (WAYS[at % len(WAYS)],))


@pytest.mark.parametrize("to", ["markdown", "json", "html"])
@pytest.mark.parametrize("typed", ["Say it", COMMAND])
def test_no_stretch_is_written_twice_whatever_the_first_and_the_last_one_lack(
    to: str, typed: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cores, "cores", lambda: 1)
    write_stretch, written = long._Job._stretch, []

    def counted(job: long._Job, where: stretch.Stretch, run: Run) -> long._Written:
        written.append(where)
        return write_stretch(job, where, run)

    monkeypatch.setattr(long._Job, "_stretch", counted)
    path = tmp_path / "a.jsonl"
    unanswered = [prompt("u90", "# Question", "u16")] if typed != COMMAND else []
    records = [*talk(4), *unanswered]
    path.write_bytes(re.sub(rb"# Question[^\"]*", typed.encode(), lines(*records)))
    assert _in_stretches(path, to, {}) is not None
    assert len(written) == len(set(written)) > 3


def test_a_stretch_begins_with_a_question_where_one_follows_soon(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(stretch, "SIZE", 12_000)
    command = prompt("u90", COMMAND), prompt("u91", "<local-command-stdout>Set</local-command-stdout>", "u90")
    text = lines(*command, *talk(1)) * 30
    found = [text[one.start :] for one in stretch.stretches(BytesIO(text), len(text))]
    assert len(found) > 1
    assert all(one.startswith(lines(talk(1)[0])) for one in found[1:])


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("one turn", lines(*talk(1))),
        ("UTF-16", lines(*talk(4)).decode().encode("utf-16")),
        (
            "another agent's",
            b'{"timestamp": "2026-02-01T10:00:00.000Z", "type": "session_meta", "payload": {"id": "a"}}\n' * 9,
        ),
        ("a document", b'{"loglines": [' + lines(*talk(4)).strip().replace(b"\n", b",") + b"]}"),
        ("no session's id", lines(*talk(4)).replace(b'"sessionId"', b'"session"')),
        ("nothing but blanks", b"\n" * 100),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_other_files_are_read_as_a_whole(name: str, text: bytes, tmp_path: Path) -> None:
    path = tmp_path / f"{name}.jsonl"
    path.write_bytes(text)
    assert _in_stretches(path, "markdown", {}) is None


def test_a_session_with_sub_agents_in_files_of_their_own_is_read_as_a_whole(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    assert _compared(path, lines(*talk(4)))
    (tmp_path / "agent-1.jsonl").write_bytes(lines(prompt("a1", "Count", isSidechain=True, agentId="1")))
    assert _in_stretches(path, "markdown", {}) is None


@pytest.mark.parametrize(
    ("to", "options"), [("markdown", {"style": "trace"}), ("html", {"style": "cursor"}), ("text", {})]
)
def test_formats_that_need_all_messages_at_once_are_written_as_a_whole(
    to: str, options: dict[str, Any], tmp_path: Path
) -> None:
    path = tmp_path / "a.jsonl"
    path.write_bytes(lines(*talk(4)))
    assert _in_stretches(path, to, options) is None


def test_a_mark_of_utf_8_damaged_bytes_and_a_cut_end_are_read_as_in_the_whole(tmp_path: Path) -> None:
    text = lines(*talk(4)).replace(b"Done", b"D\xff\xfene", 2)
    assert _compared(tmp_path / "a.jsonl", b"\xef\xbb\xbf" + text + b'{"type": "user", "uu')
    assert _compared(tmp_path / "b.jsonl", text[:-1] + b"\0" * 50)


@pytest.fixture(scope="module")
def transcript(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("long") / "a.jsonl"
    with path.open("wb") as file:
        file.writelines(data.claude_code(5_000, 2 * LONG))
    return path


@pytest.mark.parametrize("to", ["markdown", "json", "jsonl"])
def test_the_program_writes_a_long_file_as_it_writes_standard_input(to: str, transcript: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    named = run("convert", transcript, "--to", to, "-o", out)
    piped = run("convert", "-", "--to", to, stdin=transcript.read_bytes())
    assert named.returncode == piped.returncode == 0
    assert out.read_bytes() == piped.stdout
    assert named.stderr == piped.stderr


MEASURED = """
import os, resource, subprocess, sys
subprocess.run(sys.argv[1:], check=True, stderr=subprocess.DEVNULL)
print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)
"""


@pytest.mark.skipif(sys.platform != "linux", reason="other systems count memory in other units")
def test_a_file_four_times_as_long_takes_hardly_more_memory(transcript: Path, tmp_path: Path) -> None:
    longer = tmp_path / "longer.jsonl"
    with longer.open("wb") as file:
        file.writelines(data.claude_code(20_000, 8 * LONG))
    found = [_memory(path, tmp_path) for path in (transcript, longer)]
    assert found[1] < 1.25 * found[0]


def _memory(path: Path, folder: Path) -> int:
    # A process of its own: what one holds at most is counted from the moment in which it is a copy of its parent.
    command = [sys.executable, "-c", MEASURED, *PROGRAM, "convert", str(path), "--to", "json", "-o", str(folder / "o")]
    return int(subprocess.run(command, capture_output=True, check=True, env=environment()).stdout)  # noqa: S603 - ours
