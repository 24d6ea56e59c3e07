"""What sessions took, as the function answers it: the library's figures, made by the database, an owner's own alone."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import httpx
import jsonschema
import msgspec
import pytest

from py_export import Notices, read, schema_analytics
from py_export.analytics_options import AnalyticsOptions
from py_export.options import parse
from py_export.transforms.analytics.analysis import analyse, from_json
from tests.checkout import ROOT
from tests.functions.serving import Server, compact, payload, serving, stored
from tests.golden.database_cases import contents

AT = 1_741_478_400_000  # 2025-03-09T00:00:00Z, the day on which clocks change in New York
HOUR = 3_600_000
DAY = 24 * HOUR
SUMMARY, USAGE = "/api/analytics/summary", "/api/analytics/usage"
PRICES = {
    "version": 1,
    "date": "2026-01-01",
    "source": "x",
    "prices": [
        {"models": ["large"], "input": 4, "output": 20, "cacheRead": 0.5, "until": AT + DAY, "upTo": 5000},
        {"models": ["large"], "input": 8, "output": 40, "cacheRead": 1, "cacheWrite": 9},
    ],
}


def talk(name: str, at: int = AT, **session: Any) -> dict[str, Any]:  # noqa: ANN401 - JSON
    """Return a payload with every kind of event and call."""

    def said(number: int, usage: dict[str, Any] | None, **more: object) -> dict[str, Any]:
        base = {
            "id": f"m{number}",
            "role": "assistant",
            "createdAt": at + number * HOUR,
            "model": "large",
            "blocks": [],
        }
        return base | ({} if usage is None else {"usage": usage}) | more

    call = {"type": "tool_call", "id": "c", "name": "Bash", "kind": "shell", "status": "error", "durationMs": 7}
    below = said(3, {"inputTokens": 7, "outputTokens": 1}, subAgent={"agentId": "a"}, model="small")
    task = {"type": "tool_call", "id": "t", "name": "Task", "kind": "task", "status": "completed", "messages": [below]}
    document = payload(name, 0, **session)
    document["messages"] = [
        said(0, None, role="user", model=None),
        said(1, {"inputTokens": 1000, "outputTokens": 20, "cacheReadTokens": 3, "costUsd": 0.25}, apiId="one"),
        said(
            2,
            {"inputTokens": 1000, "outputTokens": 30, "cacheReadTokens": 3, "costUsd": 0.5},
            apiId="one",
            blocks=[call],
        ),
        said(4, {"inputTokens": 900, "outputTokens": 70, "cacheReadTokens": 4000}, blocks=[task]),
        said(5, {"inputTokens": 9000, "outputTokens": 70, "cacheWriteTokens": 11}),
        said(6, {"inputTokens": 1, "outputTokens": 1, "reasoningTokens": 1}, hidden=True),
        said(30, {"inputTokens": 10, "outputTokens": 5}, model=None),
        said(7, {"inputTokens": 100, "outputTokens": 5}, createdAt=None),
    ]
    return document


TALKS = [
    talk("one", title="One"),
    talk("two", AT - 400 * DAY, usage={"inputTokens": 50_000, "outputTokens": 900, "costUsd": 3.5}, updatedAt=AT),
    payload("three", 4, usage={"inputTokens": 5}),
]


@pytest.fixture(scope="module")
def priced(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    folder = tmp_path_factory.mktemp("priced")
    (folder / "prices.json").write_text(json.dumps(PRICES), encoding="utf-8")
    with serving(folder, PRICES=str(folder / "prices.json"), EXPORTS_PER_MINUTE="10000") as running:
        yield running


@pytest.fixture(scope="module")
def mine(priced: Server) -> Iterator[httpx.Client]:
    with priced.client("me") as client:
        for one in TALKS:
            stored(client, one)
        yield client


def library(*documents: dict[str, Any], **options: Any) -> dict[str, Any]:  # noqa: ANN401 - options
    """Return what the library makes of the same sessions."""
    sessions = [session for one in documents or TALKS for session in read(compact(one))]
    chosen = parse(AnalyticsOptions, {"prices": json.dumps(PRICES), **options})
    found: dict[str, Any] = json.loads(msgspec.json.encode(analyse(sessions, chosen, Notices(), keep_events=True)))
    return found


def close(value: Any) -> Any:  # noqa: ANN401 - JSON
    """Return JSON whose numbers are compared as closely as sums of binary numbers can be."""
    if isinstance(value, dict):
        return {key: close(item) for key, item in value.items()}
    if isinstance(value, list):
        return [close(item) for item in value]
    return pytest.approx(value, rel=1e-12) if isinstance(value, float) else value


QUESTIONS: list[tuple[dict[str, Any], dict[str, Any]]] = [
    ({}, {}),
    ({"from": "2025-03-09", "to": "2025-03-09"}, {"since": "2025-03-09", "until": "2025-03-09"}),
    (
        {"timezone": "America/New_York", "to": "2025-03-10"},
        {"timezone": "America/New_York", "until": "2025-03-10"},
    ),
    ({"timezone": "Asia/Kathmandu"}, {"timezone": "Asia/Kathmandu"}),
    (
        {"timezone": "Pacific/Apia", "from": str(AT - 900 * DAY)},
        {"timezone": "Pacific/Apia", "since": str(AT - 900 * DAY)},
    ),
    ({"model": ["small", "other"]}, {"models": "small, other"}),
    ({"model": "large", "from": "2025-03-09T05:00"}, {"models": "large", "since": "2025-03-09T05:00"}),
    ({"from": "2031-01-01"}, {"since": "2031-01-01"}),
]


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
        if name not in ("events", "prices") or value is None:
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
        for table in ("usage_events", "tool_uses", "counted_sessions"):
            database.execute(f"DROP TABLE {table}")
    with serving(tmp_path) as running, running.client("me") as client:
        found = client.get(SUMMARY).json()
        while found["pending"]:
            found = client.get(SUMMARY).json()
        assert found == expected
    with closing(sqlite3.connect(old)) as database, database:
        database.execute("PRAGMA foreign_keys = ON")
        database.execute("DELETE FROM sessions")
        for table in ("usage_events", "tool_uses", "counted_sessions"):
            assert database.execute(f"SELECT count(*) FROM {table}").fetchone() == (0,)  # noqa: S608 - a name of ours


def test_a_hubs_store_says_that_it_keeps_no_usage(tmp_path: Path) -> None:
    path = tmp_path / "hub.db"
    path.write_bytes(contents("hapi-db/hub.sql"))
    with serving(tmp_path, "--database", str(path)) as running, running.client("local") as client:
        answer = client.get(SUMMARY)
        assert (answer.status_code, answer.json()["code"]) == (501, "usage_not_kept")
        assert client.get(USAGE).status_code == 501
