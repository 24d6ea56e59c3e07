"""
The command line on Claude Code transcripts: time against ``json.loads`` over the same lines, and peak memory.

Both are programs of their own, started anew each time, in turns. Peers that are installed (``PY_EXPORT_PEERS`` names
the folder of their environments) do the same beside.
"""

from __future__ import annotations

import math
import os
import sys
from collections.abc import Iterator
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from time import perf_counter

from tests.benchmarks import data
from tests.benchmarks.row import Row

RECORDS = 20_000
BYTES_A_RECORD = 1_800
FLOOR = "import json\nfor line in open({!r}, 'rb'):\n    json.loads(line)"
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


def measured(command: list[str]) -> tuple[float, float]:
    """Run a program; return its seconds and the megabytes it held at most."""
    begin = perf_counter()
    silent = os.open(os.devnull, os.O_RDWR)
    process = os.posix_spawn(
        command[0], command, os.environ, file_actions=[(os.POSIX_SPAWN_DUP2, silent, number) for number in range(3)]
    )
    _, status, used = os.wait4(process, 0)
    seconds = perf_counter() - begin
    os.close(silent)
    if status:
        msg = f"exit code {os.waitstatus_to_exitcode(status)}: {' '.join(command)}"
        raise RuntimeError(msg)
    return seconds, used.ru_maxrss / 1024


def _start(folder: Path, runs: int) -> Iterator[Row]:
    short = _transcript(folder, 200)
    floor, version, convert = [], [], []
    for _ in range(runs * 3):
        floor.append(measured([sys.executable, "-c", "pass"])[0])
        version.append(measured([*OURS, "--version"])[0])
        convert.append(measured([*OURS, "convert", str(short), "--to", "markdown", "-o", str(folder / "short.md")])[0])
    yield Row("command: --version", version, than=floor, what="python -c pass", limit=2.5)
    yield Row("command: 200 messages to Markdown", convert, than=floor, what="python -c pass", limit=16)


def _long(
    file: Path, folder: Path, runs: int, to: str, options: list[str], limit: float, memory: float
) -> Iterator[Row]:
    out = folder / f"long.{to}"
    floor, ours = [], []
    for _ in range(runs):
        floor.append(measured([sys.executable, "-c", FLOOR.format(str(file))])[0])
        ours.append(measured([*OURS, "convert", str(file), "--to", to, *options, "-o", str(out)]))
    peers = _peers(file, folder, to)
    yield Row(
        f"command: {RECORDS} records to {to}",
        [seconds for seconds, _ in ours],
        than=floor,
        what="json.loads",
        limit=limit,
        peers={name: seconds for name, (seconds, _) in peers.items()},
    )
    yield Row(
        f"command: {RECORDS} records to {to}, memory",
        [size for _, size in ours],
        unit="MB",
        limit=memory,
        peers={name: size for name, (_, size) in peers.items()},
    )


def _growth(folder: Path, runs: int) -> Iterator[Row]:
    """Yield how time and memory grow from 2,000 to 200,000 records: exponent of time, ratio of memory."""
    counts = (RECORDS // 10, RECORDS, RECORDS * 10)
    files = {count: _transcript(folder, count) for count in counts}
    for to, options in (("markdown", ["--tools", "full"]), ("json", []), ("jsonl", [])):
        command = [*OURS, "convert", "{}", "--to", to, *options, "-o", str(folder / f"grown.{to}")]
        found = {
            count: [measured([word.format(files[count]) for word in command]) for _ in range(max(runs // 2, 1))]
            for count in counts
        }
        times = {count: median(seconds for seconds, _ in each) for count, each in found.items()}
        sizes = {count: median(size for _, size in each) for count, each in found.items()}
        grown = math.log10(times[counts[2]] / times[counts[1]])
        yield Row(f"command: {to}, exponent of time to {counts[2]}", [grown], unit="", limit=1.1)
        yield Row(
            f"command: {to}, memory at {counts[2]}",
            [sizes[counts[2]]],
            unit="MB",
            than=[sizes[counts[1]]],
            what=f"at {counts[1]}",
            limit=1.5,
        )


def _many(folder: Path, runs: int) -> Iterator[Row]:
    """Yield the figures of a folder of 46 transcripts, 437 records each."""
    many = folder / "many"
    many.mkdir()
    for number in range(46):
        (many / f"{number:02}.jsonl").write_bytes(b"".join(data.claude_code(437, 437 * BYTES_A_RECORD, session=number)))
    ours = [
        measured([*OURS, "convert", str(many), "--to", "html", "-o", str(folder / f"out{run}") + os.sep])
        for run in range(runs)
    ]
    # Once: the next time it finds what it has made.
    theirs = [seconds for seconds, _ in _peers(many, folder, "many").values()]
    yield Row(
        "command: 46 files of 437 records to html",
        [seconds for seconds, _ in ours],
        than=theirs,
        what="claude-code-log",
        limit=1 / 6 if theirs else None,
    )
    yield Row("command: 46 files of 437 records to html, memory", [size for _, size in ours], unit="MB")


def _peers(file: Path, folder: Path, to: str) -> dict[str, tuple[float, float]]:
    home = os.environ.get("PY_EXPORT_PEERS")
    found = {}
    for name, words in PEERS.get(to, {}).items():
        program = Path(home or "/", words[0])
        if home and program.exists():
            values = {"file": str(file), "out": str(folder / name)}
            found[name] = measured([str(program), *(word.format(**values) for word in words[1:])])
    return found


def _transcript(folder: Path, records: int) -> Path:
    path = folder / f"{records}.jsonl"
    if not path.exists():
        with path.open("wb") as file:
            file.writelines(data.claude_code(records, records * BYTES_A_RECORD))
    return path
