"""Work on several cores: the same bytes and notices as on one, in order, and no process is left behind."""

from __future__ import annotations

import os
import signal
import subprocess
import time
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest

from py_export import Notices
from py_export.commands import cores
from py_export.commands.at_once import at_once
from py_export.convert import write
from py_export.errors import TooDeep
from py_export.jsontext import encode
from py_export.model import Block, Event, Message, Role, Session, Text, Thinking, ToolCall, ToolResult
from tests.unit.program import PROGRAM, environment

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="this system cannot copy a process")

MESSAGES = 600


def _session(messages: int = MESSAGES) -> Session:
    found = []
    for number in range(messages):
        role: Role = "user" if number % 40 == 0 else "assistant"
        blocks: list[Block] = [
            Text(f"**{number}** `x` \x07 " + "words " * (number % 17)),
            Thinking("hm"),
            ToolCall(str(number), "Bash", "shell", input={"command": "ls"}, result=ToolResult([Text("a\nb")])),
            Event("unheard-of", data={"a": number}),
        ]
        found.append(Message(id=str(number), role=role, created_at=number * 1000, blocks=blocks[: 1 + number % 4]))
    return Session(id="s", title="t", exported_at=0, messages=found)


@pytest.fixture(autouse=True)
def no_process_is_left() -> Iterator[None]:
    yield
    with pytest.raises(ChildProcessError):
        os.waitpid(-1, os.WNOHANG)


def _use(count: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cores, "cores", lambda: count)


@pytest.mark.parametrize("count", [1, 2, 3, 20])
def test_results_come_in_the_order_of_the_jobs(count: int, monkeypatch: pytest.MonkeyPatch) -> None:
    _use(count, monkeypatch)
    jobs = [partial(pow, number, 2) for number in range(11)]
    assert list(cores.in_order(jobs)) == [number**2 for number in range(11)]


def test_jobs_are_done_by_other_processes(monkeypatch: pytest.MonkeyPatch) -> None:
    _use(2, monkeypatch)
    found = list(cores.in_order([os.getpid] * 4))
    assert found[0] == found[2] != found[1] == found[3]
    assert os.getpid() not in found


def test_results_that_no_pipe_holds_arrive(monkeypatch: pytest.MonkeyPatch) -> None:
    _use(2, monkeypatch)
    assert [len(text) for text in cores.in_order([partial(bytes, 3_000_000)] * 5)] == [3_000_000] * 5


def test_an_error_is_raised_in_its_place(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail() -> None:
        raise TooDeep(limit=7)

    _use(2, monkeypatch)
    results = cores.in_order([partial(pow, 2, 2), partial(pow, 3, 2), fail, partial(pow, 5, 2)])
    assert [next(results), next(results)] == [4, 9]
    with pytest.raises(TooDeep):
        next(results)


def test_what_a_process_leaves_undone_is_done_here(monkeypatch: pytest.MonkeyPatch) -> None:
    here = os.getpid()

    def job(number: int) -> int:
        if number == 2 and os.getpid() != here:
            os.kill(os.getpid(), signal.SIGKILL)
        return number

    _use(2, monkeypatch)
    assert list(cores.in_order([partial(job, number) for number in range(8)])) == list(range(8))


def test_who_has_had_enough_leaves_no_process(monkeypatch: pytest.MonkeyPatch) -> None:
    _use(3, monkeypatch)
    results = cores.in_order([partial(bytes, 1_000_000)] * 30)
    next(results)
    results.close()  # type: ignore[attr-defined]  # a generator's


@pytest.mark.parametrize("options", [{}, {"tools": "full"}, {"tools": "none", "thinking": False}])
@pytest.mark.parametrize(("to", "messages"), [("html", MESSAGES), ("markdown", 9_000)])
def test_a_document_has_the_same_bytes_and_notices_as_on_one_core(
    to: str, messages: int, options: dict[str, object], monkeypatch: pytest.MonkeyPatch
) -> None:
    _use(2, monkeypatch)
    found = []
    for resolve in ({}, {"resolve": at_once}):
        notices = Notices()
        data = b"".join(write(_session(messages), to, options=options, notices=notices, **resolve))
        found.append((data, [(one.code, one.count, one.where, one.params) for one in notices]))
    assert found[0] == found[1]


def test_an_interrupt_ends_every_process_and_leaves_no_file(tmp_path: Path) -> None:
    document = {
        "schemaVersion": 1,
        "generator": "py-export 0.1.0",
        "session": {"id": "s"},
        "messages": _session(20_000).messages,
    }
    given, made = tmp_path / "long.json", tmp_path / "made"
    given.write_bytes(encode(document))
    made.mkdir()
    command = [*PROGRAM, "convert", str(given), "--to", "html", "-o", str(made / "long.html")]
    with subprocess.Popen(  # noqa: S603 - our own program
        command, stderr=subprocess.PIPE, env=environment(), start_new_session=True
    ) as process:
        deadline = time.monotonic() + 60
        while time.monotonic() < deadline and not any(path.stat().st_size for path in made.iterdir()):
            time.sleep(0.02)
        os.killpg(process.pid, signal.SIGINT)  # as a terminal does
        assert process.stderr is not None
        assert process.stderr.read() == b""  # read to its end: whoever might still write there has gone
    assert process.returncode == 130
    assert list(made.iterdir()) == []
    with pytest.raises(ProcessLookupError):
        os.killpg(process.pid, 0)
