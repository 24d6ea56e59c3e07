"""The real server in a process of its own, over a store of its own, on a free port."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from urllib.request import Request, urlopen

ADDRESS = re.compile(r"^py-export: (http://127\.0\.0\.1:\d+)/\?token=(\S+)$", re.MULTILINE)
PROGRAM = str(Path(sys.executable).with_name("py-export"))
DEMO = Path(__file__).parent.parent / "demo"


@dataclass(slots=True)
class Server:
    """A running ``py-export serve``: where it is, what opens it, and how to end it."""

    origin: str
    token: str
    process: subprocess.Popen[str]
    lines: list[str] = field(default_factory=list)

    @property
    def url(self) -> str:
        """The address that the server printed."""
        return f"{self.origin}/?token={self.token}"

    def get(self, path: str) -> bytes:
        """Return what the API answers to its owner."""
        request = Request(f"{self.origin}{path}", headers={"Authorization": f"Bearer {self.token}"})  # noqa: S310
        with urlopen(request, timeout=60) as answer:  # noqa: S310 - the server that this module has started
            body: bytes = answer.read()
            return body

    def sessions(self) -> dict[str, str]:
        """Return the id of each session by its title."""
        return {each["title"]: each["id"] for each in json.loads(self.get("/api/sessions?limit=100"))["sessions"]}

    def stop(self) -> int:
        """Interrupt the server, as Ctrl-C does, and return its exit code."""
        self.process.send_signal(signal.SIGINT)
        try:
            return self.process.wait(timeout=15)
        finally:
            self.process.kill()


@contextmanager
def serving(
    database: Path, timeout_s: float, settings: Mapping[str, str] | None = None, program: Sequence[str] = (PROGRAM,)
) -> Iterator[Server]:
    """Serve the sessions in ``database`` until the block ends; ``settings`` are environment variables."""
    command = [*program, "serve", "--port", "0", "--database", f"sqlite:///{database}"]
    clean = {name: value for name, value in os.environ.items() if not name.startswith("PY_EXPORT_")}
    process = subprocess.Popen(  # noqa: S603 - our own program
        command, env=clean | dict(settings or {}), stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    )
    server = Server("", "", process)
    ready = threading.Event()
    reader = threading.Thread(target=_read, args=(server, ready), daemon=True)
    reader.start()
    try:
        if not ready.wait(timeout_s) or not server.origin:
            message = "the server did not start:\n" + "".join(server.lines)
            raise RuntimeError(message)
        yield server
    finally:
        if process.poll() is None:
            server.stop()
        reader.join(timeout=5)
        if process.stdout:
            process.stdout.close()


def fill(database: Path, *files: Path) -> None:
    """Import files into a store through the command line, as people do."""
    command = [PROGRAM, "import", "--database", f"sqlite:///{database}", *map(str, files)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603 - our own program
    assert done.returncode == 0, done.stderr


def _read(server: Server, ready: threading.Event) -> None:
    """Keep what the server says (a full pipe would stop it), and look for its address."""
    assert server.process.stdout
    for line in server.process.stdout:
        server.lines.append(line)
        if found := ADDRESS.match(line):
            server.origin, server.token = found.groups()
            ready.set()
    ready.set()
