"""What a reader gets when the store does not hold what it promised: never a whole answer that is none."""

from __future__ import annotations

import collections
import sqlite3
from pathlib import Path

import httpx
import pytest

from tests.functions.serving import Server, payload, serving, stored

PAGE = 4096  # bytes; SQLite's own


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "store.sqlite3"


def test_a_store_that_is_gone_is_a_503(tmp_path: Path, path: Path) -> None:
    with serving(tmp_path) as server, server.client("me") as client:
        session_id = stored(client, payload("gone", 3))
        assert client.get("/healthz").status_code == 200
        path.rename(tmp_path / "elsewhere")
        for url in ("/healthz", "/api/sessions", f"/api/sessions/{session_id}/export", f"/api/sessions/{session_id}"):
            answer = client.get(url)
            assert (answer.status_code, answer.json()["code"]) == (503, "store_unavailable"), url
            assert answer.headers["retry-after"]
            assert answer.headers["content-type"] == "application/problem+json"
        assert client.post("/api/sessions", json=payload("new", 1)).status_code == 503
        assert not path.exists(), "an empty store must not take the place of a lost one"
        (tmp_path / "elsewhere").rename(path)
        assert client.get(f"/api/sessions/{session_id}/export").status_code == 200


def test_health_needs_no_token(server: Server) -> None:
    answer = httpx.get(f"{server.origin}/healthz")
    assert (answer.status_code, answer.json()) == (200, {"status": "ok"})


@pytest.mark.parametrize("coding", ["identity", "gzip"])
def test_a_store_that_fails_midway_cuts_the_connection(tmp_path: Path, path: Path, coding: str) -> None:
    with serving(tmp_path) as server, server.client("me", **{"Accept-Encoding": coding}) as client:
        session_id = stored(client, payload("cut", 3000, text="SECRET-TEXT " * 100))
        _damage(path, b"SECRET-TEXT", 0.3, 0.4)
        with client.stream("GET", f"/api/sessions/{session_id}/export") as answer:
            assert answer.status_code == 200
            with pytest.raises(httpx.RemoteProtocolError):
                collections.deque(answer.iter_raw(), maxlen=0)
        assert client.get("/healthz").status_code == 200
    log = server.log.read_text(encoding="utf-8")
    assert '"kind": "StoreUnavailable"' in log
    assert '"cut": true' in log
    assert '"whole": false' in log
    assert "SECRET-TEXT" not in log
    assert "Traceback" not in log


def test_a_store_that_fails_at_once_is_a_503_not_a_cut(tmp_path: Path, path: Path) -> None:
    with serving(tmp_path) as server, server.client("me") as client:
        session_id = stored(client, payload("broken", 40, text="SECRET-TEXT " * 100))
        _damage(path, b"SECRET-TEXT", 0.0, 1.0)
        assert client.get(f"/api/sessions/{session_id}/export").status_code == 503


@pytest.mark.parametrize("coding", ["identity", "gzip"])
def test_messages_lost_from_the_store_are_noticed(tmp_path: Path, path: Path, coding: str) -> None:
    with serving(tmp_path) as server, server.client("me", **{"Accept-Encoding": coding}) as client:
        session_id = stored(client, payload("lost", 3000, text="x" * 100))
        with sqlite3.connect(path) as connection:
            connection.execute("DELETE FROM messages WHERE position = 2500")
        connection.close()
        with pytest.raises(httpx.RemoteProtocolError):
            client.get(f"/api/sessions/{session_id}/export")


def test_a_store_that_cannot_be_opened_keeps_the_server_from_starting(tmp_path: Path) -> None:
    (tmp_path / "store.sqlite3").write_bytes(b"no database at all, but long enough to be looked at" * 100)
    with pytest.raises(AssertionError, match="cannot be opened"), serving(tmp_path):
        pass


def _damage(path: Path, content: bytes, first: float, last: float) -> None:
    """Overwrite some of the pages that hold messages, as a failing disk does; ``views`` hold the second half."""
    connection = sqlite3.connect(path)
    connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    connection.close()
    data = bytearray(path.read_bytes())
    pages = [number for number in range(len(data) // PAGE) if content in data[number * PAGE : (number + 1) * PAGE]]
    for number in pages[int(len(pages) * first) : int(len(pages) * last)]:
        data[number * PAGE : (number + 1) * PAGE] = b"\xff" * PAGE
    path.write_bytes(data)
