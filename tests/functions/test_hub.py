"""A HAPI hub's database as the store: listed, shown and exported through the same routes, and never written to."""

from __future__ import annotations

import hashlib
import json
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import httpx
import pytest

from py_export import read
from py_export_functions.hub import HubStore, is_hub
from py_export_functions.store import Store
from py_export_functions.stores import open_store
from tests.functions.serving import Server, serving
from tests.golden.database_cases import contents
from tests.unit.program import run
from tests.unit.readers.databases import hub

TALK = "0f3c9a72-1d2e-4b5c-8f90-a1b2c3d4e5f6"


@pytest.fixture
def database(tmp_path: Path) -> Path:
    path = tmp_path / "hub" / "any-name"
    path.parent.mkdir()
    path.write_bytes(contents("hapi-db/hub.sql"))
    return path


@pytest.fixture
def hub_server(tmp_path: Path, database: Path) -> Iterator[Server]:
    with serving(tmp_path, "--database", str(database)) as running:
        yield running


def _traces(path: Path) -> dict[str, str]:
    return {file.name: hashlib.sha256(file.read_bytes()).hexdigest() for file in path.parent.iterdir()}


def test_the_routes_answer_what_the_reader_reads_and_leave_no_trace(hub_server: Server, database: Path) -> None:
    before = _traces(database)
    expected = {session.id: session for session in read(database.read_bytes())}
    with hub_server.client("local") as client:
        rows = client.get("/api/sessions").json()["sessions"]
        assert [row["id"] for row in rows] == sorted(
            expected, key=lambda name: (-(expected[name].updated_at or 0), name)
        )
        for row in rows:
            session = expected[row["id"]]
            answer = client.get(f"/api/sessions/{row['id']}/export")
            document = answer.json()
            assert document["generator"].startswith("py-export")
            assert [message["id"] for message in document["messages"]] == [one.id for one in session.messages]
            assert row["bytes"] == len(answer.content) == int(answer.headers["content-length"])
            assert session.counts is not None
            assert row["messageCount"] == session.counts.messages
            assert row["source"] == {"app": session.source.app, "format": "hapi-db"}
            assert client.get(f"/api/sessions/{row['id']}").json()["messageCount"] == row["messageCount"]
            shown = client.get(f"/api/sessions/{row['id']}/messages").json()
            assert (len(shown["messages"]), shown["of"]) == (row["messageCount"],) * 2
        assert client.get("/healthz").json() == {"status": "ok"}
    assert _traces(database) == before


def test_a_part_is_numbered_as_the_whole(hub_server: Server) -> None:
    with hub_server.client("local") as client:
        whole = client.get(f"/api/sessions/{TALK}/export").json()
        part = client.get(f"/api/sessions/{TALK}/export?from=2&to=3").json()
        assert part["session"]["range"] == {"from": 2, "to": 3, "of": 5}
        assert part["messages"] == whole["messages"][1:3]


def test_an_import_is_refused_in_words(hub_server: Server, database: Path) -> None:
    before = _traces(database)
    with hub_server.client("local") as client:
        answer = client.post("/api/sessions", content=b"{}", headers={"Accept-Language": "zh-CN"})
    assert answer.status_code == 405
    assert answer.headers["allow"] == "GET, HEAD"
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.json()["code"] == "store_read_only"
    assert "HAPI" in answer.json()["detail"]
    assert answer.json()["title"] == "存储为只读"
    done = run("import", "--database", database, database)
    assert (done.returncode, b"only read" in done.stderr) == (5, True)
    assert _traces(database) == before


def test_an_owner_sees_the_namespace_of_that_name_alone(hub_server: Server) -> None:
    with hub_server.client("team") as client:
        (row,) = client.get("/api/sessions").json()["sessions"]
        assert row["id"].startswith("1111")
        assert client.get(f"/api/sessions/{TALK}/export").status_code == 404
        assert client.get(f"/api/sessions/{TALK}").status_code == 404
    with hub_server.client("nobody") as client:
        assert client.get("/api/sessions").json() == {"sessions": [], "nextCursor": None}
    assert httpx.get(f"{hub_server.origin}/api/sessions").status_code == 401


def test_pages_and_titles_are_as_in_the_programs_own_store(hub_server: Server) -> None:
    with hub_server.client("local") as client:
        found, cursor = [], None
        while True:
            page = client.get("/api/sessions", params={"limit": 1} | ({"cursor": cursor} if cursor else {})).json()
            found += [row["id"] for row in page["sessions"]]
            cursor = page["nextCursor"]
            if cursor is None:
                break
        assert found == [row["id"] for row in client.get("/api/sessions").json()["sessions"]]
        assert [row["id"] for row in client.get("/api/sessions?q=THE PARSER").json()["sessions"]] == [TALK]
        assert client.get("/api/sessions?cursor=nonsense!").status_code == 422


def test_what_the_hub_writes_later_is_seen(hub_server: Server, database: Path) -> None:
    with hub_server.client("local") as client, closing(sqlite3.connect(database)) as writer:
        writer.execute("PRAGMA journal_mode = WAL")
        first = client.get(f"/api/sessions/{TALK}/export")
        assert (
            client.get(f"/api/sessions/{TALK}/export", headers={"If-None-Match": first.headers["etag"]}).status_code
            == 304
        )
        row = ("late", TALK, '{"role": "user", "content": "later"}', 1767323099000, 9, 1767323099000)
        writer.execute(
            "INSERT INTO messages (id, session_id, content, created_at, seq, invoked_at) VALUES (?, ?, ?, ?, ?, ?)", row
        )
        writer.commit()
        again = client.get(f"/api/sessions/{TALK}/export", headers={"If-None-Match": first.headers["etag"]})
        assert again.status_code == 200
        assert again.json()["messages"][-1]["blocks"] == [{"type": "text", "text": "later"}]
        assert client.get("/api/sessions").json()["sessions"][0]["bytes"] != len(first.content)


def test_a_database_that_is_gone_is_said_and_not_made(tmp_path: Path, database: Path) -> None:
    with serving(tmp_path, "--database", str(database)) as server, server.client("local") as client:
        database.unlink()
        assert client.get("/healthz").status_code == 503
        assert client.get("/api/sessions").json()["code"] == "store_unavailable"
        assert client.get(f"/api/sessions/{TALK}/export").status_code == 503
        assert not database.exists()


def test_a_store_is_told_by_its_tables(tmp_path: Path, database: Path) -> None:
    own = tmp_path / "hapi.db"
    store = open_store(str(own))
    store.check()
    assert isinstance(store, Store)
    assert not is_hub(own)
    assert isinstance(open_store(str(own)), Store)
    assert isinstance(open_store(f"sqlite:///{database}"), HubStore)
    assert not is_hub(tmp_path / "none")


def test_long_lists_are_counted_by_rows_until_opened(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("py_export_functions.hub._MOST_ROWS", 3)
    path = tmp_path / "hub.db"
    call = {"type": "tool_use", "id": "t", "name": "Bash", "input": {}}
    answer = {"type": "tool_result", "tool_use_id": "t", "content": "ok"}
    rows = [
        {"role": "agent", "content": {"type": "output", "data": {"type": "assistant", "message": {"content": [call]}}}},
        {"role": "agent", "content": {"type": "output", "data": {"type": "user", "message": {"content": [answer]}}}},
    ]
    path.write_bytes(hub({"a": rows, "b": rows}))
    store = HubStore(path)
    counts = {row.id: row.message_count for row in store.list("local", 10).rows}
    assert counts == {"a": 1, "b": 2}
    assert store.view("local", "b") is not None
    assert {row.message_count for row in store.list("local", 10).rows} == {1}


def test_rows_that_are_broken_are_no_500(tmp_path: Path) -> None:
    path = tmp_path / "hub.db"
    path.write_bytes(hub({"s": [b"\x28\xb5\x2f\xfdx", "{", b"\xff"]}, metadata="[1", updated_at="soon", namespace=7))
    with serving(tmp_path, "--database", str(path)) as server, server.client("local") as client:
        (row,) = client.get("/api/sessions").json()["sessions"]
        assert len(json.loads(client.get(f"/api/sessions/{row['id']}/export").content)["messages"]) == 3
