"""Progress: on a terminal, when a job takes long; never in a pipe, in the document, or in messages for programs."""

from __future__ import annotations

import contextlib
import os
import pty
import re
import signal
import subprocess
import threading
import time
from pathlib import Path

import pytest

import py_export
from tests.unit.program import DEMO, PROGRAM, environment

SHORT = DEMO / "short.json"
COLOUR = re.compile(r"\x1b\[(?:3[0-7]|9[0-7]|38;)")


class _Terminal:
    """A pseudo-terminal that stands in for some of a program's streams, and keeps what is shown on it."""

    def __init__(self) -> None:
        ours, self.theirs = pty.openpty()
        self._parts: list[bytes] = []
        self._thread = threading.Thread(target=self._keep, args=(ours,), daemon=True)
        self._thread.start()

    @property
    def shown(self) -> str:
        return b"".join(self._parts).decode(errors="ignore")

    def end(self) -> str:
        """Close it, and return all that it showed."""
        os.close(self.theirs)
        self._thread.join()
        return self.shown

    def _keep(self, ours: int) -> None:
        with contextlib.suppress(OSError):  # EIO: nobody holds the other end
            while part := os.read(ours, 65_536):
                self._parts.append(part)
        os.close(ours)


def _slowly(
    *arguments: str | Path, until: str = "0:00:01", to_terminal: tuple[str, ...] = ("stderr",), **variables: str
) -> tuple[int, bytes, bytes, str]:
    """Run the program, its input coming late; return its exit code, both streams, and what a terminal showed."""
    terminal = _Terminal()
    streams: dict[str, int] = dict.fromkeys(("stdout", "stderr"), subprocess.PIPE)
    streams |= dict.fromkeys(to_terminal, terminal.theirs)
    variables = {"TERM": "xterm-256color", "COLUMNS": "100", **variables}
    with subprocess.Popen(  # noqa: S603 - our own program
        [*PROGRAM, *map(str, arguments)],
        stdin=subprocess.PIPE,
        stdout=streams["stdout"],
        stderr=streams["stderr"],
        env=environment(**variables),
    ) as process:
        deadline = time.monotonic() + (20 if until else 2.5)
        while time.monotonic() < deadline and not (until and until in terminal.shown):
            time.sleep(0.05)
        out, errors = process.communicate(SHORT.read_bytes(), timeout=30)
    return process.returncode, out or b"", errors or b"", terminal.end()


def test_a_long_job_says_on_the_terminal_what_it_is_at_and_leaves_nothing_behind() -> None:
    code, out, _, shown = _slowly("convert", "-", "--to", "markdown")
    assert (code, out) == (0, py_export.convert(SHORT.read_bytes()))
    assert "Reading standard input" in shown
    assert "0:00:01" in shown
    assert COLOUR.search(shown)
    assert shown.rstrip("\r").endswith(("\x1b[2K", "\x1b[K"))  # the line is erased
    assert shown.count("\x1b[?25h") == shown.count("\x1b[?25l") == 1  # and the cursor is back


def test_an_interrupt_gives_the_cursor_back() -> None:
    terminal = _Terminal()
    command = [*PROGRAM, "convert", "-", "--to", "json"]
    with subprocess.Popen(  # noqa: S603 - our own program
        command, stdin=subprocess.PIPE, stderr=terminal.theirs, env=environment(TERM="xterm")
    ) as process:
        deadline = time.monotonic() + 20
        while time.monotonic() < deadline and "Reading" not in terminal.shown:
            time.sleep(0.05)
        process.send_signal(signal.SIGINT)
        process.wait(timeout=20)
    shown = terminal.end()
    assert (process.returncode, "Traceback" in shown) == (130, False)
    assert shown.rindex("\x1b[?25h") > shown.rindex("\x1b[?25l")


def test_no_color_takes_the_colour_and_not_the_progress() -> None:
    _, _, _, shown = _slowly("convert", "-", "--to", "markdown", NO_COLOR="1", LANG="zh_CN.UTF-8")
    assert "正在读取 标准输入" in shown
    assert COLOUR.search(shown) is None


def test_importing_several_files_counts_them_and_prints_its_lines_whole(tmp_path: Path) -> None:
    broken = tmp_path / "broken.json"
    broken.write_text("{}")
    arguments = ("import", broken, "-", "--database", tmp_path / "store.sqlite3")
    code, out, _, shown = _slowly(*arguments)
    assert (code, "1/2" in shown, "broken.json)" in shown.replace("\r\n", "")) == (1, True, True)
    assert re.fullmatch(rb"refused\t\S+broken\.json\nnew\t\S+\t2\n", out)
    (tmp_path / "store.sqlite3").unlink()
    _, _, _, shown = _slowly(*arguments, to_terminal=("stdout", "stderr"))
    assert re.search(r"refused\s+\S+broken\.json", shown.replace("\r\n", ""))
    assert re.search(r"new\s+[-0-9a-f]{36}\s+2", shown)


@pytest.mark.parametrize(
    ("arguments", "to_terminal"),
    [
        (["--json-messages"], ("stderr",)),
        (["-o", "-"], ("stdout", "stderr")),  # the document itself is on the screen
        ([], ()),
    ],
)
def test_where_progress_would_be_in_the_way_there_is_none(arguments: list[str], to_terminal: tuple[str, ...]) -> None:
    code, out, errors, shown = _slowly(
        "convert", "-", "--to", "markdown", *arguments, until="", to_terminal=to_terminal
    )
    assert (code, errors) == (0, b"")
    assert "Reading" not in shown
    assert "\x1b" not in out.decode() + shown


def test_rich_is_loaded_neither_in_a_pipe_nor_for_a_short_job(tmp_path: Path) -> None:
    quick = ["convert", str(SHORT), "--to", "json", "-o", str(tmp_path / "x.json")]
    terminal = _Terminal()
    loaded = "; import sys; sys.exit(any(name.partition('.')[0] == 'rich' for name in sys.modules))"
    code = f"from py_export.cli import main; main({quick!r}){loaded}"
    for stream in (terminal.theirs, subprocess.PIPE):
        done = subprocess.run(  # noqa: S603 - our own program
            [PROGRAM[0], "-c", "import py_export.convert, py_export.options; " + code],
            stderr=stream, env=environment(TERM="xterm"), check=False,
        )  # fmt: skip
        assert done.returncode == 0
    assert terminal.end() == ""
