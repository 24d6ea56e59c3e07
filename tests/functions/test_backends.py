"""What one database takes and another does not, and who writes at the same time: on SQLite and on PostgreSQL."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable
from pathlib import Path
from urllib.parse import quote

import httpx
import pytest

from py_export import Notices, read
from py_export_functions.database import Database
from py_export_functions.importing import import_files
from py_export_functions.store import Store
from tests.functions.serving import compact, payload, serving, stored
from tests.functions.talks import SUMMARY, USAGE, talk

NASTY = "NUL \0, quote \" and ', percent %, backslash \\, emoji \U0001f600, the last \U0010ffff"


def test_text_of_every_kind_comes_back_and_is_counted(client: httpx.Client) -> None:
    document = talk(NASTY, title=NASTY)
    document["messages"][1] |= {"id": NASTY, "model": NASTY}
    document["messages"][2]["blocks"][0] |= {"name": NASTY, "result": {"data": NASTY, "blocks": []}}
    assert stored(client, document) == NASTY
    (row,) = client.get("/api/sessions").json()["sessions"]
    assert row["title"] == NASTY.replace("\0", "\ufffd")
    for name in (NASTY, row["id"]):
        assert client.get(f"/api/sessions/{quote(name, safe='')}/export").json()["session"]["title"] == NASTY
    found = client.get(SUMMARY).json()
    assert NASTY.replace("\0", "\ufffd") in {one["name"] for one in found["byTool"]}


def test_half_a_character_is_stored_as_none(client: httpx.Client) -> None:
    text = json.dumps(talk("half", title="A")).replace('"A"', '"\\ud83d"').replace('"Bash"', '"\\udc00"')
    assert client.post("/api/sessions", content=text.encode()).status_code == 201
    assert client.get("/api/sessions").json()["sessions"][0]["title"] == "\ufffd"
    assert "\ufffd" in {one["name"] for one in client.get(SUMMARY).json()["byTool"]}
    assert client.get("/api/sessions/half/export").status_code == 200


@pytest.mark.parametrize("given", ["\0", "a\0b", "%", "_", "\\", "'", "\U0010ffff"])
def test_a_question_of_any_characters_is_answered(client: httpx.Client, given: str) -> None:
    stored(client, payload("one", 1))
    for route, parameters in (
        ("/api/sessions", {"q": given}),
        (SUMMARY, {"model": given, "session": given}),
        (USAGE, {"model": given, "session": given}),
    ):
        answer = client.get(route, params=parameters)
        assert answer.status_code == 200, (route, answer.text)
    for rest in ("", "/export", "/messages?from=1&to=1"):
        assert client.get(f"/api/sessions/{quote(given, safe='')}{rest}").status_code == 404


def test_tools_of_the_same_count_stand_in_the_same_order_everywhere(client: httpx.Client) -> None:
    document = payload("tools", 1)
    names = ["zeta", "Alpha", "alpha", "Zeta", "über", "_x", "10", "9"]
    document["messages"][0]["blocks"] = [{"type": "tool_call", "name": name} for name in names]
    stored(client, document)
    found = client.get(SUMMARY, params={"by": "tool"}).json()["byTool"]
    assert [one["name"] for one in found] == sorted(names)


def test_numbers_as_large_as_a_session_may_name_are_stored(client: httpx.Client) -> None:
    document = payload("large", 1, createdAt=8_640_000_000_000_000, updatedAt=-8_640_000_000_000_000)
    usage = {"inputTokens": 10**12, "outputTokens": 10**18, "costUsd": 1e-12}
    document["messages"][0] |= {"role": "assistant", "usage": usage, "createdAt": 8_640_000_000_000_000}
    stored(client, document)
    totals = client.get(SUMMARY).json()["totals"]
    assert (totals["usage"]["inputTokens"], totals["usage"]["costUsd"]) == (10**12, 1e-12)


def test_two_servers_begin_at_once_and_share_one_database(tmp_path: Path, backend: Callable[[], str]) -> None:
    address = backend()
    began: list[Database] = []

    def begin() -> None:
        database = Database(address)
        database.prepare()
        began.append(database)

    starting = [threading.Thread(target=begin) for _ in range(4)]
    for thread in starting:
        thread.start()
    for thread in starting:
        thread.join()
    assert len(began) == 4
    with (
        serving(tmp_path, DATABASE=address) as one,
        serving(tmp_path, DATABASE=address) as other,
        one.client("me") as here,
        other.client("me") as there,
    ):
        stored(here, payload("shared", 3))
        assert there.get("/api/sessions/shared/export").content == compact(payload("shared", 3))
        stored(there, payload("shared", 4))
        assert len(here.get("/api/sessions/shared/export").json()["messages"]) == 4
    for database in began:
        database.close()


def test_the_same_session_imported_by_many_at_once_is_there_once(backend: Callable[[], str]) -> None:
    address = backend()
    stores = [Store(Database(address)) for _ in range(2)]
    failed: list[Exception] = []

    def write(number: int) -> None:
        try:
            for turn in range(4):
                document = compact(talk("one", title=f"{number} {turn}"))
                import_files(stores[number % 2], "me", [document], Notices())
        except Exception as error:  # noqa: BLE001 - whatever it is, it is told
            failed.append(error)

    writers = [threading.Thread(target=write, args=(number,)) for number in range(6)]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()
    assert failed == []
    assert len(stores[0].list("me", 10).rows) == 1
    snapshot = stores[1].snapshot("me", "one")
    assert snapshot
    (session,) = read(b"".join(snapshot.chunks(None)))
    snapshot.close()
    assert len(session.messages) == len(talk("one")["messages"])
    for store in stores:
        store.close()
