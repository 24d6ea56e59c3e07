"""Long transcripts, read and written in stretches: the bytes and the notices of the whole, or the whole way."""

from __future__ import annotations

import random
import subprocess
import sys
from collections.abc import Callable
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
from tests.benchmarks import data
from tests.unit.program import PROGRAM, environment, run
from tests.unit.readers.drifted import drifted, records_of
from tests.unit.readers.transcripts import answer, claude, lines, prompt, result, use

GOLDEN = sorted((Path(__file__).parents[1] / "golden" / "claude-code").glob("*.jsonl"))
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


def _talk(turns: int, name: str = "") -> list[dict[str, Any]]:
    """Return turns of four records, each in need of nothing but the one before."""
    before: str | None = None
    found = []
    for number in range(1, turns * 4, 4):
        uuids = [f"{name}u{number + at}" for at in range(4)]
        found += [
            prompt(uuids[0], f"# Question {number}", before),
            answer(uuids[1], f"{name}m{number}", "Wait", use(f"{name}t{number}", command="ls"), parent=uuids[0]),
            result(uuids[2], f"{name}t{number}", "a\nb", uuids[1], toolUseResult={"stdout": "a\nb"}),
            answer(uuids[3], f"{name}m{number}b", "Done", parent=uuids[2]),
        ]
        before = uuids[3]
    return found


@pytest.mark.parametrize("count", [1, 2])
def test_a_talk_is_written_in_stretches_as_it_is_as_a_whole(
    count: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cores, "cores", lambda: count)
    assert _compared(tmp_path / "a.jsonl", lines(*_talk(7)))


def _inserted(at: int, *more: Json) -> list[Json]:
    talk: list[Json] = [*_talk(4)]
    return talk[:at] + list(more) + talk[at:]


def _between(*more: dict[str, Any]) -> list[Json]:
    """Return turns with records between two of them, each of which follows the one before."""
    talk = _talk(4)
    before = "u8"
    for record in more:
        record["parentUuid"], before = before, record["uuid"]
    talk[8]["parentUuid"] = before
    return [*talk[:8], *more, *talk[8:]]


def _later_answer() -> list[Json]:
    talk = _talk(4)
    return [*[record for record in talk if record["uuid"] != "u3"][:6], talk[2], *talk[6:]]


def _agents(*, apart: bool) -> list[Json]:
    """Return a talk with a sub-agent's words below its call, or a turn of the user's further down."""
    talk: list[Json] = [*_talk(4)]
    asks = [
        answer("u80", "m80", use("t80", "Task", prompt="Count the gauges")),
        prompt("u81", "Count the gauges", isSidechain=True),
        answer("u82", "m82", "Seven", parent="u81", isSidechain=True),
        result("u83", "t80", "Seven", "u80"),
    ]
    return (
        talk[:7]
        + ([asks[0], asks[3], *talk[7:11], *asks[1:3], talk[11]] if apart else [*asks, *talk[7:12]])
        + talk[12:]
    )


ALONE: dict[str, Callable[[], list[Json]]] = {
    "a sub-agent below its call": lambda: _agents(apart=False),
    "a title that the user gave later": lambda: _inserted(
        15, {"type": "custom-title", "customTitle": "Question 1", "sessionId": "s"}
    ),
    "a last prompt of the same turn": lambda: _inserted(16, {"type": "last-prompt", "leafUuid": "u15"}),
    "a snapshot, which has no name": lambda: _inserted(4, {"type": "file-history-snapshot", "snapshot": {}}),
    "a record that nobody knows": lambda: _inserted(9, claude("hologram", "u90", "u9")),
    "a record of another version": lambda: _inserted(9, claude("user", "u90", "u9", version="2.2.0", message="Hm")),
    "a command": lambda: _between(
        prompt("u90", "<command-name>/model</command-name>"),
        prompt("u91", "<local-command-stdout>Set</local-command-stdout>"),
    ),
    "a line that is broken": lambda: _inserted(6, "no record"),
    "an image": lambda: _between(
        prompt("u90", [{"type": "image", "source": {"type": "base64", "media_type": "image/png", "data": "AA=="}}])
    ),
}
"""What needs nothing of another turn."""

TIED: dict[str, Callable[[], list[Json]]] = {
    "a call that is answered in a later turn": _later_answer,
    "a record that stands there twice": lambda: [*_talk(4), _talk(1)[1]],
    "another record of the same name": lambda: [*_talk(4), answer("u2", "m90", "Other words")],
    "an API message that goes on in a later turn": lambda: [*_talk(4), answer("u90", "m1", "More", parent="u16")],
    "an API message's id, asked for again": lambda: [*_talk(4), answer("u90", "m1", "More", requestId="other")],
    "a call's id, used again": lambda: [*_talk(4), answer("u90", "m90", use("t1")), result("u91", "t1", "b")],
    "a branch that goes off further up": lambda: _inserted(12, prompt("u90", "Or rather", "u4")),
    "another first question of the turn": lambda: _inserted(9, prompt("u90", "Or rather", "u8")),
    "a parent that is written later": lambda: _inserted(2, answer("u90", "m90", "Hm", parent="u13")),
    "a parent that was never written": lambda: _inserted(8, prompt("u90", "Hm", "u99")),
    "a sub-agent that was called further up": lambda: _agents(apart=True),
    "two sub-agents that were asked the same": lambda: [
        *_agents(apart=False),
        prompt("u93", "Again", "u16"),
        answer("u94", "m94", use("t94", "Task", prompt="Count the gauges")),
        result("u95", "t94", "Eight", "u94"),
    ],
    "a leaf further up": lambda: [*_talk(4), {"type": "last-prompt", "leafUuid": "u8"}],
    "what waits in the user's queue": lambda: _inserted(
        6, {"type": "queue-operation", "operation": "enqueue", "content": "And then?", "sessionId": "s"}
    ),
    "what nobody has said": lambda: _inserted(8, prompt("u90", "No response requested.", "u8")),
    "a blank line": lambda: [*_talk(4)],
}
"""What is another thing without the other turns."""


@pytest.mark.parametrize("name", ALONE)
def test_what_needs_no_other_turn_is_written_in_stretches(name: str, tmp_path: Path) -> None:
    assert _compared(tmp_path / "a.jsonl", lines(*ALONE[name]()))


@pytest.mark.parametrize("name", TIED)
def test_what_needs_another_turn_is_written_as_a_whole(name: str, tmp_path: Path) -> None:
    text = lines(*TIED[name]())
    if name == "a blank line":
        text = text.replace(b"\n", b"\n\n", 5)
    assert not _compared(tmp_path / "a.jsonl", text)


def _inside(chance: random.Random) -> dict[str, Any]:
    """Return what marks a sub-agent's record, which not all versions name."""
    named = {"agentId": f"a{chance.randint(1, 2)}"} if chance.random() < 1 / 2 else {}
    return {"isSidechain": True, **named}


PIECES: dict[str, Callable[[int, random.Random], list[Json]]] = {
    "turn": lambda at, _: [prompt(f"u{at}", f"Say {at}", f"u{at - 1}")],
    "root": lambda at, _: [prompt(f"u{at}", f"Begin {at}")],
    "answer": lambda at, _: [answer(f"u{at}", f"m{at}", f"Said {at}", parent=f"u{at - 1}")],
    "more": lambda at, chance: [answer(f"u{at}", f"m{chance.randint(1, at)}", f"More {at}", parent=f"u{at - 1}")],
    "call": lambda at, chance: [
        answer(
            f"u{at}",
            f"m{at}",
            use(f"t{chance.randint(1, at)}", chance.choice(["Bash", "Read", "Task"])),
            parent=f"u{at - 1}",
        )
    ],
    "asked": lambda at, chance: [
        answer(f"u{at}", f"m{at}", use(f"t{at}", "Task", prompt=f"Do {chance.randint(1, 3)}"), parent=f"u{at - 1}")
    ],
    "result": lambda at, chance: [result(f"u{at}", f"t{chance.randint(1, at)}", f"Out {at}", f"u{at - 1}")],
    "agent": lambda at, chance: [
        prompt(
            f"u{at}",
            f"Do {chance.randint(1, 3)}",
            **_inside(chance),
        )
    ],
    "agent says": lambda at, chance: [
        answer(
            f"u{at}",
            f"m{at}",
            "Inside",
            parent=f"u{chance.randint(1, at)}",
            **_inside(chance),
        )
    ],
    "branch": lambda at, chance: [prompt(f"u{at}", f"Or {at}", f"u{chance.randint(1, at)}")],
    "copy": lambda at, chance: [prompt(f"u{chance.randint(1, at)}", f"Say {at}", f"u{at - 1}")],
    "command": lambda at, _: [
        prompt(f"u{at}", "<command-name>/model</command-name>", f"u{at - 1}"),
        prompt(f"u{at}b", "<local-command-stdout>set</local-command-stdout>", f"u{at}"),
    ],
    "meta": lambda at, _: [prompt(f"u{at}", "Caveat: none", f"u{at - 1}", isMeta=True)],
    "silent": lambda at, _: [answer(f"u{at}", f"m{at}", "No response requested.", parent=f"u{at - 1}")],
    "leaf": lambda at, chance: [{"type": "last-prompt", "leafUuid": f"u{chance.randint(1, at)}", "sessionId": "s"}],
    "summary": lambda at, chance: [
        {"type": "summary", "summary": f"Sum {at}", "leafUuid": f"u{chance.randint(1, at)}"}
    ],
    "title": lambda at, chance: [
        {"type": chance.choice(["ai-title", "custom-title"]), "title": f"Say {chance.randint(1, at)}", "sessionId": "s"}
    ],
    "queue": lambda at, chance: [
        {
            "type": "queue-operation",
            "operation": chance.choice(["enqueue", "dequeue", "remove"]),
            "content": f"Say {at}",
            "sessionId": "s",
        }
    ],
    "system": lambda at, _: [claude("system", f"u{at}", f"u{at - 1}", subtype="turn_duration", durationMs=5)],
    "compact": lambda at, _: [
        claude("system", f"u{at}", None, subtype="compact_boundary", logicalParentUuid=f"u{at - 1}")
    ],
    "unknown": lambda at, _: [claude("hologram", f"u{at}", f"u{at - 1}")],
    "odd block": lambda at, _: [answer(f"u{at}", f"m{at}", {"type": "odd"}, f"Said {at}", parent=f"u{at - 1}")],
    "number": lambda _, __: [7],
}


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
    records = [*_talk(2, "a"), *records_of(path), *_talk(2, "b")]
    chance = random.Random(path.name)  # noqa: S311 - the same documents in every run
    for at in range(60):
        _compared(tmp_path / "a.jsonl", drifted(records, chance), (WAYS[at % len(WAYS)],))


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("one turn", lines(*_talk(1))),
        ("UTF-16", lines(*_talk(4)).decode().encode("utf-16")),
        (
            "another agent's",
            b'{"timestamp": "2026-02-01T10:00:00.000Z", "type": "session_meta", "payload": {"id": "a"}}\n' * 9,
        ),
        ("a document", b'{"loglines": [' + lines(*_talk(4)).strip().replace(b"\n", b",") + b"]}"),
        ("no session's id", lines(*_talk(4)).replace(b'"sessionId"', b'"session"')),
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
    assert _compared(path, lines(*_talk(4)))
    (tmp_path / "agent-1.jsonl").write_bytes(lines(prompt("a1", "Count", isSidechain=True, agentId="1")))
    assert _in_stretches(path, "markdown", {}) is None


@pytest.mark.parametrize(
    ("to", "options"), [("markdown", {"style": "trace"}), ("html", {"style": "cursor"}), ("text", {})]
)
def test_formats_that_need_all_messages_at_once_are_written_as_a_whole(
    to: str, options: dict[str, Any], tmp_path: Path
) -> None:
    path = tmp_path / "a.jsonl"
    path.write_bytes(lines(*_talk(4)))
    assert _in_stretches(path, to, options) is None


def test_a_mark_of_utf_8_damaged_bytes_and_a_cut_end_are_read_as_in_the_whole(tmp_path: Path) -> None:
    text = lines(*_talk(4)).replace(b"Done", b"D\xff\xfene", 2)
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
