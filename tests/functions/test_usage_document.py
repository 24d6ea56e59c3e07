"""All of an owner's usage as one document, the one that ``analytics-json`` writes, from which reports are made."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import httpx
import jsonschema
import msgspec
import pytest

from py_export import Notices, read, schema_analytics
from py_export.analytics_options import AnalyticsOptions
from py_export.options import parse
from py_export.together import together
from py_export.transforms.analytics.analysis import analyse
from py_export.writers import find_writer
from tests.functions.serving import compact, serving, stored
from tests.functions.talks import EXPORT, PRICES, QUESTIONS, TALKS, close, library, talk


@pytest.mark.parametrize(("asked", "options"), QUESTIONS)
def test_everything_comes_as_one_document_that_is_the_librarys_own(
    mine: httpx.Client, asked: dict[str, Any], options: dict[str, Any]
) -> None:
    answer = mine.get(EXPORT, params=asked)
    assert answer.status_code == 200
    found, told = answer.json(), library(**options)
    jsonschema.Draft202012Validator(schema_analytics.json_schema()).validate(found)
    for name in ("events", "calls"):
        assert sorted(found[name], key=_place) == close(sorted(told[name], key=_place))
        names = [one["sessionId"] for one in found[name]]
        assert names == sorted(names, key=names.index), "those of a session stand together"
    for name in ("totals", "byDay", "byModel", "byTool", "period"):
        assert found[name] == close(told[name]), name
    assert {one["id"]: one for one in found["bySession"]} == close({one["id"]: one for one in told["bySession"]})


def _place(one: dict[str, Any]) -> tuple[str, int]:
    return one["sessionId"], one["number"]


def test_the_document_is_read_and_every_table_and_report_is_made_of_it(mine: httpx.Client) -> None:
    document = mine.get(EXPORT).content
    sessions = read(document)
    assert {one.id for one in sessions} == {"one", "two", "three"}
    chosen = parse(AnalyticsOptions, {"prices": json.dumps(PRICES)})
    found = json.loads(msgspec.json.encode(analyse(sessions, chosen, Notices())))
    assert found["totals"] == close(library()["totals"])
    for to in ("csv", "sessions-csv", "tool-calls-csv"):
        writer = find_writer(to)
        options = parse(writer.options, {"prices": json.dumps(PRICES)})
        own = [session for one in TALKS for session in read(compact(one))]
        rows, told = (
            sorted(b"".join(together(some, writer, options, Notices(), None)).splitlines()) for some in (sessions, own)
        )
        assert len(rows) == len(told), to
        if to == "sessions-csv":
            assert rows == told


def test_the_document_cannot_be_imported_in_place_of_the_conversations(client: httpx.Client) -> None:
    stored(client, TALKS[0])
    whole = client.get("/api/sessions/one/export").content
    answer = client.post("/api/sessions", content=client.get(EXPORT).content)
    assert (answer.status_code, answer.json()["code"]) == (422, "figures_alone")
    assert client.get("/api/sessions/one/export").content == whole


def test_what_is_too_much_for_one_document_is_refused_with_a_way_forward(tmp_path: Path) -> None:
    with serving(tmp_path, MAX_USAGE_EVENTS="5") as running, running.client("me") as client:
        stored(client, talk("one"))
        answer = client.get(EXPORT)
        assert (answer.status_code, answer.json()["code"]) == (413, "usage_too_large")
        assert answer.json()["limit"] == 5 < answer.json()["count"]
        part = client.get(EXPORT, params={"from": "2025-03-10"})
        assert len(part.json()["events"]) == 1


def test_a_document_counts_as_an_export_and_is_not_sent_twice(tmp_path: Path) -> None:
    with serving(tmp_path, EXPORTS_PER_MINUTE="2") as running, running.client("me") as client:
        stored(client, talk("one"))
        first = client.get(EXPORT)
        assert client.get(EXPORT, headers={"If-None-Match": first.headers["etag"]}).status_code == 304
        assert client.get(EXPORT).status_code == 200
        assert client.get(EXPORT).status_code == 429
        with running.client("other") as other:
            assert other.get(EXPORT).json()["events"] == []
        assert httpx.get(running.origin + EXPORT).status_code == 401
