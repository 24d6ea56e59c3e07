"""A program with all the processes that it starts: what it says is kept, and all of them end together."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import threading
from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path

from tests.e2e.poll import until

START_TIMEOUT_S = 60
END_TIMEOUT_S = 10


class Process:
    """A running program, the leader of a process group of its own; ``lines`` is what it and its children have said."""

    def __init__(self, command: Sequence[str | Path], environment: Mapping[str, str]) -> None:
        self.lines: list[str] = []
        self._process = subprocess.Popen(  # noqa: S603 - a browser, or what it runs on
            command,
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            start_new_session=True,
            encoding="utf-8",
            errors="replace",
        )
        self._reader = threading.Thread(target=self._read, daemon=True)
        self._reader.start()

    def said(self, pattern: str) -> str:
        """Wait until a line matches, and return its first group."""
        found: list[re.Match[str]] = []

        def look() -> bool:
            found.extend(match for line in list(self.lines) if (match := re.search(pattern, line)))
            assert found or self._process.poll() is None, "it ended:\n" + "".join(self.lines)
            return bool(found)

        until(look, START_TIMEOUT_S)
        return str(found[0][1])

    def close(self) -> None:
        """End every process of the group: asked first, made to where that does not help."""
        for how in (signal.SIGTERM, signal.SIGKILL):
            with suppress(ProcessLookupError):
                os.killpg(self._process.pid, how)
            with suppress(subprocess.TimeoutExpired):
                self._process.wait(END_TIMEOUT_S)
        self._reader.join(END_TIMEOUT_S)
        if self._process.stdout:
            self._process.stdout.close()

    def _read(self) -> None:
        assert self._process.stdout
        self.lines.extend(self._process.stdout)


def clean_environment(home: Path, **more: str) -> dict[str, str]:
    """Return the environment of a browser that must know nothing of the person whose machine it is."""
    kept = {name: os.environ[name] for name in ("PATH", "LD_LIBRARY_PATH", "TZ") if name in os.environ}
    return kept | {"HOME": str(home), "LANG": "en_US.UTF-8", "NO_AT_BRIDGE": "1"} | more
