"""What sessions took, as the function answers it: the library's figures, made by the database, an owner's own alone."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import httpx
import jsonschema
import pytest

from py_export import schema_analytics
from py_export.transforms.analytics.analysis import from_json
from tests.checkout import ROOT
from tests.functions.serving import Server, serving, stored
from tests.functions.talks import EXPORT, QUESTIONS, SUMMARY, TALKS, USAGE, close, library, talk
from tests.golden.database_cases import contents


@pytest.mark.parametrize(("asked", "options"), QUESTIONS)
def test_the_database_sums_up_as_the_library_does(
    mine: httpx.Client, asked: dict[str, Any], options: dict[str, Any]
) -> None:
    answer = mine.get(SUMMARY, params=asked)
    assert answer.status_code == 200, answer.text
    found, expected = answer.json(), library(**options)
    assert found.pop("pending") == 0
    assert found.pop("nextCursor") is None
    assert {name: found.pop(name) for name in ("schemaVersion", "generator")}["schemaVersion"] == 1
    for name, value in expected.items():
        if name not in ("events", "calls", "prices") or value is None:
            assert found.get(name) == close(value), name
    assert (found.get("prices") or {}).get("own") == (True if expected["prices"] else None)


@pytest.mark.parametrize(("asked", "options"), QUESTIONS)
def test_every_event_comes_once_in_order_of_time_whatever_the_size_of_a_page(
    mine: httpx.Client, asked: dict[str, Any], options: dict[str, Any]
) -> None:
    expected = sorted(
        library(**options)["events"], key=lambda one: (one.get("timestamp", 0), one["sessionId"] == "two")
    )
    for limit in (3, 1000):
        found: list[dict[str, Any]] = []
        cursor: dict[str, str] = {}
        while True:
            page = mine.get(USAGE, params=asked | {"limit": limit} | cursor).json()
            assert len(page["events"]) <= limit
            found += page["events"]
            if page["nextCursor"] is None:
                break
            cursor = {"cursor": page["nextCursor"]}
        key = ("sessionId", "number")
        assert sorted(found, key=lambda one: [one[name] for name in key]) == close(
            sorted(expected, key=lambda one: [one[name] for name in key])
        )
        times = [one.get("timestamp", 0) for one in found]
        assert times == sorted(times)


def test_an_answer_is_as_the_schema_says_and_becomes_analytics_again(mine: httpx.Client) -> None:
    validator = jsonschema.Draft202012Validator(schema_analytics.json_schema())
    for by in ([], ["day"], ["model", "tool"], ["session"]):
        answer = mine.get(SUMMARY, params={"by": by})
        validator.validate(answer.json())
        analytics = from_json(answer.content)
        assert [getattr(analytics, f"by_{name}") is None for name in ("day", "model", "session", "tool")] == [
            bool(by) and name not in by for name in ("day", "model", "session", "tool")
        ]


def test_sessions_come_page_by_page_the_busiest_first(mine: httpx.Client) -> None:
    whole = [one["id"] for one in mine.get(SUMMARY, params={"by": "session"}).json()["bySession"]]
    assert whole == ["two", "one", "three"]
    first = mine.get(SUMMARY, params={"by": "session", "limit": 2}).json()
    second = mine.get(SUMMARY, params={"by": "session", "limit": 2, "cursor": first["nextCursor"]}).json()
    assert [one["id"] for one in first["bySession"] + second["bySession"]] == whole
    assert second["nextCursor"] is None
    assert first["totals"] == second["totals"]


def test_a_session_alone_is_asked_for_by_its_id(mine: httpx.Client) -> None:
    found = mine.get(SUMMARY, params={"session": "one"}).json()
    assert found["totals"] == close(library(TALKS[0])["totals"])
    assert {one["sessionId"] for one in mine.get(USAGE, params={"session": "one"}).json()["events"]} == {"one"}
    assert mine.get(SUMMARY, params={"session": "none"}).json()["totals"]["sessions"] == 0


def test_what_one_owner_took_is_nobody_elses(mine: httpx.Client, priced: Server) -> None:
    with priced.client("somebody-else") as other:
        assert other.get(SUMMARY).json()["totals"]["requests"] == 0
        assert other.get(USAGE).json()["events"] == []
        cursor = mine.get(USAGE, params={"limit": 1}).json()["nextCursor"]
        assert other.get(USAGE, params={"cursor": cursor}).json()["events"] == []
        assert other.get(SUMMARY, headers={"Authorization": "Bearer x"}).status_code == 401


def test_a_session_imported_anew_is_counted_anew_and_the_tag_changes(priced: Server, owner: str) -> None:
    with priced.client(owner) as client:
        for one in TALKS:
            stored(client, one)
        _import_anew(client)


def _import_anew(mine: httpx.Client) -> None:
    before = mine.get(SUMMARY, params={"session": "one"})
    assert (
        mine.get(SUMMARY, params={"session": "one"}, headers={"If-None-Match": before.headers["etag"]}).status_code
        == 304
    )
    assert mine.get(USAGE, headers={"If-None-Match": mine.get(USAGE).headers["etag"]}).status_code == 304
    again = talk("one", title="One")
    del again["messages"][3:]
    stored(mine, again)
    after = mine.get(SUMMARY, params={"session": "one"}, headers={"If-None-Match": before.headers["etag"]})
    assert after.status_code == 200
    assert after.json()["totals"] == close(library(again)["totals"])
    assert mine.get(SUMMARY, params={"by": "day"}).headers["etag"] != after.headers["etag"]


@pytest.mark.parametrize(
    ("route", "asked", "parameter"),
    [
        (SUMMARY, {"by": "week"}, "by"),
        (SUMMARY, {"from": "soon"}, "from"),
        (USAGE, {"to": "2025-02-30"}, "to"),
        (USAGE, {"from": "2025-02-03", "to": "2025-02-01"}, "to"),
        (SUMMARY, {"timezone": "Mars/Olympus"}, "timezone"),
        (USAGE, {"cursor": "nonsense"}, "cursor"),
        (SUMMARY, {"cursor": "nonsense"}, "cursor"),
        (SUMMARY, {"cursor": "OTk5OTk5OTk5OTk5OTk5OTk5OTk5OTkuMS4x"}, "cursor"),
        (USAGE, {"limit": "0"}, "limit"),
        (USAGE, {"from": "9999999999999999"}, "from"),
        (USAGE, {"model": ["m"] * 101}, "model"),
        (EXPORT, {"from": "soon"}, "from"),
    ],
)
def test_a_wrong_question_is_told_which_part_is_wrong(
    client: httpx.Client, route: str, asked: dict[str, Any], parameter: str
) -> None:
    answer = client.get(route, params=asked)
    assert answer.status_code == 422
    assert answer.headers["content-type"] == "application/problem+json"
    assert (answer.json()["code"], answer.json()["parameter"]) == ("invalid_parameter", parameter)


def test_an_answer_is_gzipped_and_a_head_has_no_body(mine: httpx.Client) -> None:
    plain = mine.get(USAGE)
    packed = mine.get(USAGE, headers={"Accept-Encoding": "gzip"})
    assert packed.headers["content-encoding"] == "gzip"
    assert packed.json() == plain.json()
    assert mine.head(USAGE).content == b""
    assert mine.post(USAGE).status_code == 405


def test_a_store_of_an_earlier_version_is_caught_up(tmp_path: Path, priced: Server) -> None:
    del priced
    old = tmp_path / "store.sqlite3"
    demos = sorted((ROOT / "tests" / "demo").glob("*.json"))
    with serving(tmp_path) as running, running.client("me") as client:
        for demo in demos:
            stored(client, demo.read_bytes())
        expected = client.get(SUMMARY).json()
    assert expected["totals"]["requests"] > 0
    with closing(sqlite3.connect(old)) as database, database:
        for table in ("usage_events", "tool_calls", "usage_sessions"):
            database.execute(f"DROP TABLE {table}")
    with serving(tmp_path) as running, running.client("me") as client:
        found = client.get(SUMMARY).json()
        while found["pending"]:
            found = client.get(SUMMARY).json()
        assert found == expected
    with closing(sqlite3.connect(old)) as database, database:
        database.execute("PRAGMA foreign_keys = ON")
        database.execute("DELETE FROM sessions")
        for table in ("usage_events", "tool_calls", "usage_sessions"):
            assert database.execute(f"SELECT count(*) FROM {table}").fetchone() == (0,)  # noqa: S608 - a name of ours


def test_a_hubs_store_says_that_it_keeps_no_usage(tmp_path: Path) -> None:
    path = tmp_path / "hub.db"
    path.write_bytes(contents("hapi-db/hub.sql"))
    with serving(tmp_path, "--database", str(path)) as running, running.client("local") as client:
        answer = client.get(SUMMARY)
        assert (answer.status_code, answer.json()["code"]) == (501, "usage_not_kept")
        assert client.get(USAGE).status_code == client.get(EXPORT).status_code == 501
