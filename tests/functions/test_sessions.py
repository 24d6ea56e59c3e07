from __future__ import annotations

import base64
import json
from pathlib import Path

import httpx
import pytest

from tests.functions.serving import Server, payload, stored

DEMO = Path(__file__).parents[1] / "demo"


def test_a_row_of_the_list_says_what_the_list_shows(client: httpx.Client) -> None:
    document = payload("row", 3, title="Ein Gespräch", source={"app": "codex"}, createdAt=5, updatedAt=9)
    stored(client, document)
    size = len(client.get("/api/sessions/row/export").content)
    assert client.get("/api/sessions").json() == {
        "sessions": [
            {
                "id": "row", "title": "Ein Gespräch", "source": {"app": "codex", "format": None},
                "createdAt": 5, "updatedAt": 9, "messageCount": 3, "viewCount": 3, "bytes": size,
            }
        ],
        "nextCursor": None,
    }  # fmt: skip


def test_pages_follow_each_other_without_gap_or_repeat_though_a_session_comes_in_between(client: httpx.Client) -> None:
    times = [5, 3, 3, 3, 9, None, None, 1]
    for number, time in enumerate(times):
        stored(client, payload(f"s{number}", 1, updatedAt=time))
    found: list[str] = []
    cursor = None
    while True:
        answer = client.get("/api/sessions", params={"limit": 3} | ({"cursor": cursor} if cursor else {})).json()
        found += [row["id"] for row in answer["sessions"]]
        cursor = answer["nextCursor"]
        if cursor is None:
            break
        stored(client, payload(f"newer{len(found)}", 1, updatedAt=100))
    assert found == ["s4", "s0", "s3", "s2", "s1", "s7", "s6", "s5"]


@pytest.mark.parametrize(
    ("q", "expected"),
    [("", 5), ("straße", 1), ("STRASSE", 1), ("ЖУРНА", 1), ("100%", 1), ("%", 1), ("a_b", 1), ("修复", 1), ("none", 0)],
)
def test_titles_are_searched_in_any_script_and_without_wildcards(client: httpx.Client, q: str, expected: int) -> None:
    for number, title in enumerate(("Die Straße", "журнал", "100% done", "a_b", "修复登录")):
        stored(client, payload(f"t{number}", 1, title=title))
    assert len(client.get("/api/sessions", params={"q": q}).json()["sessions"]) == expected


BEYOND = "cursor=" + base64.urlsafe_b64encode(b"99999999999999999999.1").decode().rstrip("=")
"""A cursor of a number that no database holds."""


@pytest.mark.parametrize(
    "query", ["limit=0", "limit=x", "limit=-1", "cursor=x", "cursor=%C3%A9", "cursor=MS4y.x", BEYOND]
)
def test_a_query_that_makes_no_sense_is_a_422(client: httpx.Client, query: str) -> None:
    answer = client.get(f"/api/sessions?{query}")
    assert (answer.status_code, answer.json()["code"]) == (422, "invalid_parameter")
    assert answer.json()["parameter"] == query.split("=", maxsplit=1)[0]


def test_a_limit_above_the_greatest_is_the_greatest(client: httpx.Client) -> None:
    for number in range(201):
        stored(client, payload(f"n{number}", 1))
    assert len(client.get("/api/sessions?limit=100000").json()["sessions"]) == 200


def test_the_view_has_the_readers_messages_without_their_records(client: httpx.Client) -> None:
    session_id = stored(client, (DEMO / "claude-code.json").read_bytes())
    header = client.get(f"/api/sessions/{session_id}").json()
    assert header["id"] == session_id
    assert header["messageCount"] > 0
    assert "metadata" not in header
    answer = client.get(f"/api/sessions/{session_id}/messages").json()
    assert answer["of"] == header["viewCount"] == len(answer["messages"]) > 0
    for message in answer["messages"]:
        assert "source" not in message
        assert "hidden" not in message
        assert message["role"] in ("user", "assistant", "system", "tool", "event")
    assert any(block["type"] == "tool_call" for message in answer["messages"] for block in message["blocks"])


def test_the_view_is_read_in_pieces(client: httpx.Client) -> None:
    session_id = stored(client, payload("pieces", 450))
    found = []
    for first in (1, 201, 401, 601):
        answer = client.get(f"/api/sessions/{session_id}/messages", params={"from": first, "to": first + 199}).json()
        assert answer["of"] == 450
        found += [message["id"] for message in answer["messages"]]
    assert found == [f"m{number}" for number in range(1, 451)]
    for query in ("from=1&to=201", "from=0", "from=5&to=4", "to=x"):
        assert client.get(f"/api/sessions/{session_id}/messages?{query}").status_code == 422


def test_lists_and_views_are_gzipped_where_it_pays(client: httpx.Client) -> None:
    session_id = stored(client, payload("zipped", 100))
    for path, zipped in ((f"/api/sessions/{session_id}/messages", True), ("/api/sessions", False)):
        answer = client.get(path, headers={"Accept-Encoding": "gzip"})
        assert (answer.headers.get("content-encoding") == "gzip") is zipped
        assert answer.json()
        assert answer.headers["cache-control"] == "private, no-cache"


@pytest.mark.parametrize(
    ("header", "language"), [("zh-TW, en;q=0.3", "zh-CN"), ("en-GB", "en"), ("fr", "en"), ("", "en"), ("zh;q=0", "en")]
)
def test_problems_speak_the_readers_language(client: httpx.Client, header: str, language: str) -> None:
    answer = client.get("/api/sessions/none/export", headers={"Accept-Language": header})
    words = json.loads((Path("py_export/locales") / f"{language}.json").read_text(encoding="utf-8"))
    assert answer.json() == {
        "type": "urn:problem-type:py-export:session_not_found",
        "title": words["problem.session_not_found.title"],
        "status": 404,
        "detail": words["problem.session_not_found.detail"],
        "code": "session_not_found",
    }
    assert answer.headers["content-language"] == language


def test_unknown_routes_and_methods_are_problems_too(server: Server, client: httpx.Client) -> None:
    for method, path, status, code in (
        ("GET", "/api/nothing", 404, "not_found"),
        ("GET", "/api", 404, "not_found"),
        ("PUT", "/api/sessions", 405, "method_not_allowed"),
        ("DELETE", "/api/sessions/x", 405, "method_not_allowed"),
    ):
        answer = client.request(method, path)
        assert (answer.status_code, answer.json()["code"]) == (status, code), path
        assert answer.headers["content-type"] == "application/problem+json"
    assert set(httpx.put(server.origin + "/api/sessions").headers["allow"].split(", ")) == {"GET", "HEAD", "POST"}
