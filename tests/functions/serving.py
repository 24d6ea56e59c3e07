"""The real server in a process of its own, on a free port, over a store of its own, and what tests ask it with."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
import time
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx
import jwt

SECRET = "a secret for tests alone, as long as HS256 asks"  # noqa: S105 - no secret
AUDIENCE = "py-export"
_ADDRESS = re.compile(r"py-export: http://127\.0\.0\.1:(\d+)/(?:\?token=(\S+))?\n")


@dataclass(slots=True)
class Server:
    """A running ``py-export serve``."""

    origin: str
    token: str | None
    process: subprocess.Popen[str]
    log: Path

    def client(self, owner: str | None = None, **headers: str) -> httpx.Client:
        """Return a client signed in as ``owner``, or with the token of the printed address."""
        bearer = token(owner) if owner else self.token
        sent = {"Accept-Encoding": "identity", "Authorization": f"Bearer {bearer}"} | headers
        return httpx.Client(base_url=self.origin, headers=sent, timeout=60)

    def memory(self) -> float:
        """Return the process's resident memory in MiB."""
        status = Path(f"/proc/{self.process.pid}/status").read_text(encoding="ascii")
        found = re.search(r"VmRSS:\s+(\d+) kB", status)
        assert found
        return int(found[1]) / 1024


@contextmanager
def serving(folder: Path, *arguments: str, signed: bool = True, **settings: str) -> Iterator[Server]:
    """Serve until the block ends; ``settings`` are environment variables without their prefix."""
    log = folder / f"log-{uuid.uuid4().hex}"
    environ = {name: value for name, value in os.environ.items() if not name.startswith("PY_EXPORT_")}
    environ |= {f"PY_EXPORT_{name}": value for name, value in settings.items()}
    if signed:
        environ.setdefault("PY_EXPORT_JWT_SECRET", SECRET)
    environ.setdefault("PY_EXPORT_DATABASE", str(folder / "store.sqlite3"))
    command = [sys.executable, "-m", "py_export", "serve", "--port", "0", *arguments]
    with log.open("w") as errors:
        process = subprocess.Popen(command, env=environ, stdout=subprocess.PIPE, stderr=errors, text=True)  # noqa: S603
    try:
        assert process.stdout
        line = process.stdout.readline()
        match = _ADDRESS.fullmatch(line)
        assert match, line + log.read_text(encoding="utf-8")
        yield Server(f"http://127.0.0.1:{match[1]}", match[2], process, log)
    finally:
        process.send_signal(signal.SIGINT)
        try:
            process.wait(timeout=15)
        finally:
            process.kill()
            process.communicate()


def token(owner: str | None, key: str = SECRET, algorithm: str = "HS256", **claims: object) -> str:
    """Return a token of ``owner``; a claim that is None is left out."""
    body = {"sub": owner, "aud": AUDIENCE, "exp": int(time.time()) + 600} | claims
    return jwt.encode({name: value for name, value in body.items() if value is not None}, key, algorithm)


def payload(
    session_id: str, count: int, title: str = "A talk", text: str = "said", **session: object
) -> dict[str, Any]:
    """Return a canonical payload of ``count`` messages."""
    return {
        "schemaVersion": 1,
        "generator": "py-export 0.1.0",
        "exportedAt": 1767323045000,
        "session": {"id": session_id, "title": title, **session},
        "messages": [
            {
                "id": f"m{number}",
                "role": "user" if number % 2 else "assistant",
                "blocks": [{"type": "text", "text": f"{text} {number}"}],
            }
            for number in range(1, count + 1)
        ],
    }


def stored(client: httpx.Client, document: dict[str, Any] | bytes) -> str:
    """Import a document and return its session's id."""
    data = document if isinstance(document, bytes) else compact(document)
    answer = client.post("/api/sessions", content=data)
    assert answer.status_code == 201, answer.text
    session_id: str = answer.json()["imported"][0]["id"]
    return session_id


def compact(document: object) -> bytes:
    """Return compact JSON."""
    return json.dumps(document, ensure_ascii=False, separators=(",", ":")).encode()
