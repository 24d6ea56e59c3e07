from __future__ import annotations

import json
from pathlib import Path

import httpx
import pytest

from tests.functions.serving import Server, payload, serving, stored

ORIGIN = "https://app.example"


@pytest.fixture(scope="module")
def embedding(tmp_path_factory: pytest.TempPathFactory):  # type: ignore[no-untyped-def]  # noqa: ANN201
    folder = tmp_path_factory.mktemp("cors")
    with serving(folder, CORS_ORIGINS=json.dumps([ORIGIN]), ALLOWED_HOSTS='["exports.example"]') as server:
        yield server


def test_a_listed_origin_may_ask_and_read_what_it_needs(embedding: Server) -> None:
    with embedding.client("me", Origin=ORIGIN) as client:
        session_id = stored(client, payload("cors", 1))
        answer = client.get(f"/api/sessions/{session_id}/export")
        assert answer.headers["access-control-allow-origin"] == ORIGIN
        exposed = {name.strip().lower() for name in answer.headers["access-control-expose-headers"].split(",")}
        assert exposed >= {"etag", "content-length", "retry-after"}
        assert "Origin" in answer.headers["vary"]
        # An error must be readable too, or the page can only say that the network failed.
        refused = client.get("/api/sessions/none/export")
        assert refused.headers["access-control-allow-origin"] == ORIGIN


def test_a_preflight_allows_the_authorization_header(embedding: Server) -> None:
    headers = {
        "Origin": ORIGIN,
        "Access-Control-Request-Method": "GET",
        "Access-Control-Request-Headers": "authorization, if-none-match",
    }
    answer = httpx.options(f"{embedding.origin}/api/sessions/x/export", headers=headers)
    assert answer.status_code == 200
    assert answer.headers["access-control-allow-origin"] == ORIGIN
    assert "authorization" in answer.headers["access-control-allow-headers"].lower()
    assert "access-control-allow-credentials" not in answer.headers


@pytest.mark.parametrize("origin", ["https://evil.example", "http://app.example", "null"])
def test_another_origin_may_not_read(embedding: Server, origin: str) -> None:
    with embedding.client("me", Origin=origin) as client:
        assert "access-control-allow-origin" not in client.get("/api/sessions").headers
        preflight = client.options("/api/sessions", headers={"Access-Control-Request-Method": "GET"})
        assert "access-control-allow-origin" not in preflight.headers


def test_by_default_no_origin_may_read(client: httpx.Client) -> None:
    assert "access-control-allow-origin" not in client.get("/api/sessions", headers={"Origin": ORIGIN}).headers


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost:8000", "[::1]:99", "LOCALHOST", "exports.example"])
def test_our_own_names_are_answered(embedding: Server, host: str) -> None:
    assert httpx.get(f"{embedding.origin}/healthz", headers={"Host": host}).status_code == 200


@pytest.mark.parametrize("host", ["evil.example", "127.0.0.1.evil.example", "evil.example:80", "", "[", "localhost.x"])
def test_a_name_that_is_not_ours_is_refused(embedding: Server, host: str) -> None:
    for path in ("/healthz", "/api/sessions", "/"):
        answer = httpx.get(embedding.origin + path, headers={"Host": host})
        assert answer.status_code in (400, 421), host  # the server itself refuses what is no host name at all
        if answer.status_code == 421:
            assert answer.json()["code"] == "wrong_host"


def test_logs_hold_nothing_that_a_person_wrote(tmp_path: Path) -> None:
    with serving(tmp_path) as server, server.client("PRIVATE-OWNER") as client:
        stored(client, payload("PRIVATE-ID", 3, title="PRIVATE-TITLE", text="PRIVATE-TEXT"))
        client.get("/api/sessions", params={"q": "PRIVATE-QUERY"})
        client.get("/api/sessions/PRIVATE-ID/export", params={"from": "1", "token": "PRIVATE-TOKEN"})
        client.get("/api/sessions/PRIVATE-ID/export", params={"from": "PRIVATE-RANGE"})
        client.get("/PRIVATE-PATH.html?token=PRIVATE-TOKEN")
        client.get("/api/PRIVATE-PATH")
        client.post("/api/sessions", files=[("file", ("PRIVATE-FILE.json", b"PRIVATE-BODY"))])
        bearer = client.headers["Authorization"].split()[1]
    lines = [json.loads(line) for line in server.log.read_text(encoding="utf-8").splitlines()]
    assert {line["route"] for line in lines if line["event"] == "request"} >= {"/api/sessions/{id:path}/export"}
    # A streamed answer is logged when its last byte is out, which may be after the next request's.
    statuses = sorted(line["status"] for line in lines if line["event"] == "request")
    assert statuses == sorted([201, 200, 200, 422, 404, 404, 415])
    text = json.dumps(lines)
    assert "PRIVATE" not in text
    assert bearer not in text


def test_log_lines_may_be_text(tmp_path: Path) -> None:
    with serving(tmp_path, LOG_FORMAT="text") as server, server.client("me") as client:
        client.get("/healthz")
    assert "route=/healthz status=200" in server.log.read_text(encoding="utf-8")


def test_a_304_brings_no_policy_that_would_replace_the_stored_one(embedding: Server) -> None:
    with embedding.client("me") as client:
        url = f"/api/sessions/{stored(client, payload('again', 1))}/export"
        again = client.get(url, headers={"If-None-Match": client.get(url).headers["etag"]})
        assert again.status_code == 304
        assert "content-security-policy" not in again.headers
