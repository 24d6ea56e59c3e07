"""
The command line on Claude Code transcripts: time against ``json.loads`` over the same lines, and peak memory.

Both are programs of their own, started anew each time, in turns. Memory is that of all processes together. Peers that
are installed (``PY_EXPORT_PEERS`` names the folder of their environments) do the same beside.
"""

from __future__ import annotations

import math
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import pairwise
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from time import perf_counter, sleep

from tests.benchmarks import data
from tests.benchmarks.row import Row

RECORDS = 20_000
BYTES_A_RECORD = 1_800
FLOOR = "import json\nfor line in open({!r}, 'rb'):\n    json.loads(line)"
_LOOK = 0.02
"""Seconds between two looks at what a program holds."""

OURS = [sys.executable, "-m", "py_export"]
FOLDER = ["claude-code-log/bin/claude-code-log", "{file}", "-o", "{out}", "--no-cache"]
PEERS = {
    "many": {"claude-code-log": FOLDER},
    "html": {
        "claude-code-log": ["claude-code-log/bin/claude-code-log", "{file}", "-o", "{out}.html", "--no-cache"],
        "claude-code-transcripts": [
            "claude-code-transcripts/bin/claude-code-transcripts",
            "json",
            "{file}",
            "-o",
            "{out}",
        ],
    },
    "markdown": {"claude-code-log": ["claude-code-log/bin/claude-code-log", "{file}", "-o", "{out}.md", "--no-cache"]},
    "json": {"claude-code-log": ["claude-code-log/bin/claude-code-log", "{file}", "-o", "{out}.json", "--no-cache"]},
}


def rows(runs: int) -> Iterator[Row]:
    """Yield the figures of start-up, one long transcript, and growth."""
    with TemporaryDirectory() as name:
        folder = Path(name)
        yield from _start(folder, runs)
        long = _transcript(folder, RECORDS)
        for to, options, limit, memory in (
            ("markdown", ["--tools", "full"], 4, 150),
            ("json", [], 4, 150),
            ("jsonl", [], 4, 150),
            ("html", ["--tools", "full"], 12, 150),
        ):
            yield from _long(long, folder, runs, to, options, limit, memory)
        yield from _growth(folder, runs)
        yield from _many(folder, runs)


def measured(command: list[str]) -> float:
    """Run a program; return its seconds."""
    begin = perf_counter()
    with _started(command):
        pass
    return perf_counter() - begin


def held(command: list[str]) -> float:
    """
    Run a program; return the megabytes that it and the processes that it starts held at most, all of them together.

    It is looked at again and again (proportional set size: a page that two share counts once), which takes time of its
    own. What the system counts would be the largest process alone, and for each of them what its parent held before.
    """
    most = 0
    with _started(command) as process:
        while process.poll() is None:
            most = max(most, _size(process.pid))
            sleep(_LOOK)
    return most / 1024


@contextmanager
def _started(command: list[str]) -> Iterator[subprocess.Popen[bytes]]:
    with subprocess.Popen(  # noqa: S603 - ours, and peers that whoever measures has named
        command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    ) as process:
        yield process
    if process.returncode:
        raise subprocess.CalledProcessError(process.returncode, command)


def _size(process: int) -> int:
    """Return the kilobytes of a process and of those below it."""
    try:
        rollup = Path(f"/proc/{process}/smaps_rollup").read_text(encoding="ascii")
        below = Path(f"/proc/{process}/task/{process}/children").read_text(encoding="ascii").split()
    except OSError:  # it has ended
        return 0
    own = next((int(line.split()[1]) for line in rollup.splitlines() if line.startswith("Pss:")), 0)
    return own + sum(_size(int(child)) for child in below)


def _start(folder: Path, runs: int) -> Iterator[Row]:
    short = _transcript(folder, 200)
    floor, version, convert = [], [], []
    for _ in range(runs * 3):
        floor.append(measured([sys.executable, "-c", "pass"]))
        version.append(measured([*OURS, "--version"]))
        convert.append(measured([*OURS, "convert", str(short), "--to", "markdown", "-o", str(folder / "short.md")]))
    yield Row("command: --version", version, than=floor, what="python -c pass", limit=2.5)
    yield Row("command: 200 messages to Markdown", convert, than=floor, what="python -c pass", limit=16)


def _long(
    file: Path, folder: Path, runs: int, to: str, options: list[str], limit: float, memory: float
) -> Iterator[Row]:
    command = [*OURS, "convert", str(file), "--to", to, *options, "-o", str(folder / f"long.{to}")]
    floor, ours = [], []
    for _ in range(runs):
        floor.append(measured([sys.executable, "-c", FLOOR.format(str(file))]))
        ours.append(measured(command))
    peers = _peers(file, folder, to)
    yield Row(
        f"command: {RECORDS} records to {to}",
        ours,
        than=floor,
        what="json.loads",
        limit=limit,
        peers={name: seconds for name, (seconds, _) in peers.items()},
    )
    yield Row(
        f"command: {RECORDS} records to {to}, memory",
        [held(command)],
        unit="MB",
        limit=memory,
        peers={name: size for name, (_, size) in peers.items()},
    )


def _growth(folder: Path, runs: int) -> Iterator[Row]:
    """Yield how time and memory grow from 2,000 to 200,000 records: exponents of time, ratio of memory."""
    counts = (RECORDS // 10, RECORDS, RECORDS * 10)
    files = {count: _transcript(folder, count) for count in counts}
    for to, options in (("markdown", ["--tools", "full"]), ("json", []), ("jsonl", [])):
        commands = {
            count: [*OURS, "convert", str(file), "--to", to, *options, "-o", str(folder / f"grown.{to}")]
            for count, file in files.items()
        }
        times = {
            count: median(measured(command) for _ in range(max(runs // 2, 1))) for count, command in commands.items()
        }
        for less, more in pairwise(counts):
            grown = math.log10(times[more] / times[less])
            yield Row(f"command: {to}, exponent of time from {less} to {more}", [grown], unit="", limit=1.1)
        yield Row(
            f"command: {to}, memory at {counts[2]}",
            [held(commands[counts[2]])],
            unit="MB",
            than=[held(commands[counts[1]])],
            what=f"at {counts[1]}",
            limit=1.5,
        )


def _many(folder: Path, runs: int) -> Iterator[Row]:
    """Yield the figures of a folder of 46 transcripts, 437 records each."""
    many = folder / "many"
    many.mkdir()
    for number in range(46):
        (many / f"{number:02}.jsonl").write_bytes(b"".join(data.claude_code(437, 437 * BYTES_A_RECORD, session=number)))
    command = [*OURS, "convert", str(many), "--to", "html", "-o"]
    ours = [measured([*command, str(folder / f"out{run}") + os.sep]) for run in range(runs)]
    # Once: the next time it finds what it has made.
    theirs = [seconds for seconds, _ in _peers(many, folder, "many").values()]
    yield Row(
        "command: 46 files of 437 records to html",
        ours,
        than=theirs,
        what="claude-code-log",
        limit=1 / 6 if theirs else None,
    )
    size = held([*command, str(folder / "again") + os.sep])
    yield Row("command: 46 files of 437 records to html, memory", [size], unit="MB")


def _peers(file: Path, folder: Path, to: str) -> dict[str, tuple[float, float]]:
    home = os.environ.get("PY_EXPORT_PEERS")
    found = {}
    for name, words in PEERS.get(to, {}).items():
        program = Path(home or "/", words[0])
        if home and program.exists():
            values = {"file": str(file), "out": str(folder / name)}
            command = [str(program), *(word.format(**values) for word in words[1:])]
            found[name] = (measured(command), held(command))
    return found


def _transcript(folder: Path, records: int) -> Path:
    path = folder / f"{records}.jsonl"
    if not path.exists():
        with path.open("wb") as file:
            file.writelines(data.claude_code(records, records * BYTES_A_RECORD))
    return path
