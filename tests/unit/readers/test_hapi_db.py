"""A hub's database is read as the hub's own export of each of its sessions is."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec import convert

from py_export import Notices
from py_export.errors import NotRecognised, PackageMissing, Unreadable
from py_export.model import Json, Message
from py_export.readers import Input, hapi, hapi_db
from py_export.schema import plain
from py_export.transforms.measure import walk
from tests.golden.database_cases import contents, database
from tests.unit.readers.databases import HUB_SCHEMA, codes, hub, read
from tests.unit.readers.test_hapi_properties import KNOWN, SHOWN, anything, words
from tests.unit.readers.test_zstd import packed

EXPORTS = Path(__file__).parents[2] / "golden" / "hapi"


@pytest.mark.parametrize("name", ["antigravity", "chinese", "claude", "codex"])
def test_the_rows_of_a_hub_say_what_its_export_says(name: str) -> None:
    document = json.loads((EXPORTS / f"{name}.json").read_bytes())
    rows = [json.dumps(message["content"]).encode() for message in document["messages"]]
    stored = [packed(row) if len(row) >= 256 else row.decode() for row in rows]
    assert any(isinstance(row, bytes) for row in stored)
    for number, message in enumerate(document["messages"]):
        message |= {"id": f"s-{number}", "createdAt": 1000 + number, "seq": number, "invokedAt": 1000 + number}
    document["session"]["id"] = "s"
    about = document["session"]
    (found,) = read(hub({"s": stored}, metadata=json.dumps(about["metadata"]), agent_state=_json(about)))
    (expected,) = hapi.read(Input(json.dumps(document)), Notices())
    for message in walk([*found.messages, *expected.messages]):
        message.source = None
    assert plain(found.messages) == plain(expected.messages)
    assert (found.title, found.workspace, found.usage) == (expected.title, expected.workspace, expected.usage)
    assert found.source.format == "hapi-db"


def test_a_row_keeps_the_whole_record() -> None:
    (session,) = read(hub({"s": [{"role": "user", "content": "hello"}]}))
    assert session.messages[0].source == {
        "id": "s-0", "content": {"role": "user", "content": "hello"}, "createdAt": 1000, "seq": 0,
        "localId": None, "invokedAt": 1000, "scheduledAt": None, "deliveryState": "queued",
    }  # fmt: skip


def test_sessions_stand_in_the_order_of_their_making() -> None:
    sessions = read(contents("hapi-db/hub.sql"))
    assert len(sessions) == 4
    assert sessions == sorted(sessions, key=lambda session: session.created_at or 0)


def test_a_row_that_cannot_be_unpacked_is_kept_and_the_others_are_read() -> None:
    good = packed(b'{"role": "user", "content": "hello"}')
    notices = Notices()
    (session,) = read(hub({"s": [good[:-4], good, b"\x28\xb5\x2f\xfdx", "{"]}), notices)
    assert codes(notices)["record_unreadable"] == 3
    assert [message.role for message in session.messages] == ["event", "user", "event", "event"]
    assert all(message.source["content"] for message in session.messages)


def test_a_bomb_among_the_rows_is_keptpacked() -> None:
    bomb = packed(b'"' + b"x" * 30_000_000 + b'"')
    assert len(bomb) < 10_000
    notices = Notices()
    (session,) = read(hub({"s": [bomb, {"role": "user", "content": "after"}]}), notices)
    assert codes(notices)["record_unreadable"] == 1
    assert len(json.dumps(session.messages[0].source)) < 20_000
    assert session.title == "s"


def test_all_rows_together_are_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(hapi_db, "_ALL", 0)
    big = packed(b'"' + b"x" * 900_000 + b'"')
    notices = Notices()
    data = hub({"s": [big] * 20})
    read(data, notices)
    assert 20 - codes(notices)["record_unreadable"] == 64 * len(data) // 900_002


def test_an_older_hub_has_fewer_columns() -> None:
    script = """
        CREATE TABLE sessions (id TEXT PRIMARY KEY, created_at INTEGER, metadata TEXT, agent_state TEXT);
        CREATE TABLE messages (id TEXT PRIMARY KEY, session_id TEXT, content TEXT, created_at INTEGER, seq INTEGER);
        INSERT INTO sessions VALUES ('s', 1000, '{"path": "/w/p", "host": "h"}', NULL);
        INSERT INTO messages VALUES ('m', 's', '{"role": "user", "content": "hello"}', 1000, 1);
    """
    (session,) = read(database(script))
    assert session.title == "p"
    assert not session.messages[0].hidden  # unsaid is not undelivered


def test_a_hub_without_a_session_is_refused() -> None:
    with pytest.raises(Unreadable):
        read(database(HUB_SCHEMA))


def test_tables_of_these_names_alone_are_no_hub() -> None:
    with pytest.raises(NotRecognised):
        read(database("CREATE TABLE sessions (id); CREATE TABLE messages (id, session_id);"))


def testpacked_rows_without_the_package_are_an_error_that_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    data = hub({"s": [packed(b'"x"')]})
    for name in ("compression.zstd", "backports.zstd"):
        monkeypatch.setitem(sys.modules, name, None)
    with pytest.raises(PackageMissing):
        read(data)


@given(st.lists(st.sampled_from(KNOWN) | anything, min_size=1, max_size=6), st.booleans())
def test_any_row_is_read(rows: list[Json], pack: bool) -> None:  # noqa: FBT001 - drawn
    stored = [packed(json.dumps(row).encode()) if pack else json.dumps(row) for row in rows]
    (session,) = read(hub({"s": stored}))
    for message in session.messages:
        convert(plain(message), Message)


@given(st.lists(st.tuples(st.sampled_from(sorted(SHOWN)), words), min_size=1, max_size=6))
def test_no_word_is_lost(parts: list[tuple[str, str]]) -> None:
    data = hub({"s": [packed(json.dumps(SHOWN[name](word)).encode()) for name, word in parts]})
    (session,) = read(data)
    kept = json.dumps(plain(session.messages), ensure_ascii=False)
    assert [word for _, word in parts if word not in kept] == []


def _json(about: dict[str, Any]) -> str | None:
    return None if about.get("agentState") is None else json.dumps(about["agentState"])
