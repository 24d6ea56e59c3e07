"""
The function: a session of 30 MB over HTTP against the same bytes as a static file of the same server, and its memory.

Both are served by one uvicorn, whose process is measured from outside.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter, sleep
from urllib.request import Request, urlopen

from tests.benchmarks import data
from tests.benchmarks.row import Row
from tests.checkout import ROOT

MESSAGES = 20_000
BYTES = 30_000_000
AT_ONCE = 8


def rows(runs: int) -> Iterator[Row]:
    """Yield the figures of one export, of eight at once, and of the first byte."""
    with TemporaryDirectory() as name, _serving(Path(name)) as (process, origin, token, session):
        export = f"{origin}/api/sessions/{session}/export"
        health = f"{origin}/healthz"
        static = f"{origin}/static/payload.json"
        for encoding in ("identity", "gzip"):
            ours, than = [], []
            for _ in range(runs):
                ours.append(_fetched(export, token, encoding)[1])
                than.append(_fetched(static, token, encoding)[1])
            yield Row(f"function: export, {encoding}", ours, than=than, what="a static file", limit=2)
        first = [_fetched(export, token, "gzip")[0] * 1000 for _ in range(runs * 4)]
        answer = [_fetched(health, token, "gzip")[0] * 1000 for _ in range(runs * 4)]
        yield Row("function: first byte", first, unit="ms", than=answer, what="/healthz", limit=3)
        before = _resident(process)
        with ThreadPoolExecutor(AT_ONCE) as pool:
            done = [pool.submit(_fetched, export, token, "gzip") for _ in range(AT_ONCE)]
            most = before
            while not all(one.done() for one in done):
                most = max(most, _resident(process))
                sleep(0.02)
        yield Row(f"function: memory that {AT_ONCE} exports take", [most - before], unit="MB", limit=25)


@contextmanager
def _serving(folder: Path) -> Iterator[tuple[int, str, str, str]]:
    """Serve a store that holds the session; yield the process, its origin, the token and the session's id."""
    payload = folder / "static" / "payload.json"
    payload.parent.mkdir()
    payload.write_bytes(b"".join(data.payload(MESSAGES, BYTES)))
    store = f"sqlite:///{folder / 'store.sqlite3'}"
    program = [sys.executable, "-m", "py_export"]
    subprocess.run([*program, "import", "--database", store, str(payload)], check=True, capture_output=True)  # noqa: S603
    server = [sys.executable, "-m", "tests.benchmarks.served", store, str(payload.parent)]
    with subprocess.Popen(server, cwd=ROOT, stdout=subprocess.PIPE, text=True) as process:  # noqa: S603 - ours
        try:
            assert process.stdout is not None
            said = re.search(r"(http://\S+?)/\?token=(\S+)", process.stdout.readline())
            assert said is not None
            yield process.pid, said[1], said[2], "5a0f1b1e-3000-4000-8000-0123456789ab"
        finally:
            process.terminate()


def _fetched(url: str, token: str, encoding: str) -> tuple[float, float]:
    """Fetch an address; return the seconds until the first byte, and until the last."""
    request = Request(url, headers={"Authorization": f"Bearer {token}", "Accept-Encoding": encoding})  # noqa: S310 - loopback
    begun = perf_counter()
    with urlopen(request) as answer:  # noqa: S310 - likewise
        answer.read(1)
        first = perf_counter() - begun
        while answer.read(1 << 20):
            pass
    return first, perf_counter() - begun


def _resident(process: int) -> float:
    """Return the megabytes that a process holds."""
    pages = int(Path(f"/proc/{process}/statm").read_text(encoding="ascii").split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 1e6
