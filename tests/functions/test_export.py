from __future__ import annotations

import gzip
import json
import threading
import time
import uuid
import zlib
from pathlib import Path
from urllib.parse import quote

import httpx
import pytest

from py_export import jsonlayout
from py_export_functions.compression import gzipped
from tests.functions.serving import Server, compact, payload, serving, stored

DEMO = Path(__file__).parents[1] / "demo"
AWKWARD = (
    b'{"schemaVersion":1,"generator":"py-export 0.1.0","session":{"metadata":{"n":1.50,"big":12345678901234567890123,'
    b'"e":1E5},"id":"awkward","zz":1,"title":"\\ud83d\\ude00 \\ud800 /"},"extra":[1,{"a":null}],"messages":['
    b'{"id":"a","role":"user","blocks":[{"type":"text","text":"\\u4e2d\\/ \\udfff\\u0000"}],'
    b'"source":{"x":[-0.0,1e400]}},'
    b'{"id":"b","role":"assistant","hidden":true,"blocks":[]},'
    b'{"id":"c","role":"assistant","blocks":[{"type":"text","text":"}],{"}]}],"last":true}'
)


def test_an_export_is_token_for_token_what_was_imported(client: httpx.Client) -> None:
    spaced = b"".join(jsonlayout.indent(AWKWARD))
    session_id = stored(client, spaced)
    assert client.get(f"/api/sessions/{session_id}/export").content == AWKWARD


@pytest.mark.parametrize("file", sorted(DEMO.glob("*.json")), ids=lambda file: file.stem)
def test_a_hubs_document_comes_back_as_it_was(client: httpx.Client, file: Path) -> None:
    session_id = stored(client, file.read_bytes())
    assert client.get(f"/api/sessions/{session_id}/export").content == jsonlayout.compact(file.read_bytes())


def test_parts_joined_are_the_whole_and_say_what_they_are(client: httpx.Client) -> None:
    session_id = stored(client, payload("whole", 25, source={"app": "x"}))
    whole = client.get(f"/api/sessions/{session_id}/export").json()
    joined = []
    for first, last in ((1, 10), (11, 20), (21, 25)):
        part = client.get(f"/api/sessions/{session_id}/export", params={"from": first, "to": last}).json()
        assert part["session"].pop("range") == {"from": first, "to": last, "of": 25}
        assert {**part, "messages": []} == {**whole, "messages": []}
        joined += part["messages"]
    assert joined == whole["messages"]


def test_hidden_messages_go_with_the_next_visible_one_and_are_not_counted(client: httpx.Client) -> None:
    document = payload("hidden", 5)
    for index in (0, 2, 4):
        document["messages"][index]["hidden"] = True
    document["messages"][0]["blocks"] *= 50  # an index by size must not decide the order
    session_id = stored(client, document)
    names = [
        [
            message["id"]
            for message in client.get(f"/api/sessions/{session_id}/export?from={n}&to={n}").json()["messages"]
        ]
        for n in (1, 2)
    ]
    assert names == [["m1", "m2"], ["m3", "m4", "m5"]]
    assert client.get(f"/api/sessions/{session_id}/export?from=3").status_code == 422


@pytest.mark.parametrize(
    ("query", "expected"),
    [("from=4", (4, 7)), ("to=3", (1, 3)), ("from=7&to=7", (7, 7)), ("from=1&to=7", (1, 7)), ("from=007", (7, 7))],
)
def test_an_open_end_is_the_sessions_own(client: httpx.Client, query: str, expected: tuple[int, int]) -> None:
    session_id = stored(client, payload("open", 7))
    answer = client.get(f"/api/sessions/{session_id}/export?{query}").json()
    assert answer["session"]["range"] == {"from": expected[0], "to": expected[1], "of": 7}
    assert [m["id"] for m in answer["messages"]] == [f"m{n}" for n in range(expected[0], expected[1] + 1)]


@pytest.mark.parametrize(
    "query",
    [
        *("from=3&to=2", "from=0", "to=0", "from=-1", "from=x", "to=", "from=1.5", "to=8", "from=8", "from=%D9%A3"),
        *("from=" + "9" * 5000, "from=+1"),
    ],
)
def test_a_range_that_is_none_is_refused(client: httpx.Client, query: str) -> None:
    session_id = stored(client, payload("range", 7))
    answer = client.get(f"/api/sessions/{session_id}/export?{query}")
    assert (answer.status_code, answer.json()["code"], answer.json()["count"]) == (422, "invalid_range", 7)


def test_exactly_the_limit_passes_and_one_more_does_not(client: httpx.Client) -> None:
    at_limit = stored(client, payload("at", 20_000, text=""))
    above = stored(client, payload("above", 20_001, text=""))
    answer = client.get(f"/api/sessions/{at_limit}/export")
    assert (answer.status_code, len(answer.json()["messages"])) == (200, 20_000)
    refused = client.get(f"/api/sessions/{above}/export")
    assert refused.status_code == 413
    assert refused.headers["content-type"] == "application/problem+json"
    told = refused.json()
    assert (told["code"], told["count"], told["limit"], told["status"]) == ("session_too_large", 20_001, 20_000, 413)
    assert client.head(f"/api/sessions/{above}/export").status_code == 413
    part = client.get(f"/api/sessions/{above}/export?to=20000")
    assert (part.status_code, len(part.json()["messages"])) == (200, 20_000)
    assert client.get(f"/api/sessions/{above}/export?from=20001").json()["messages"][0]["id"] == "m20001"
    assert client.get(f"/api/sessions/{above}/export?from=1&to=20001").status_code == 413


def test_hidden_messages_do_not_count_towards_the_limit(tmp_path: Path) -> None:
    with serving(tmp_path, MAX_MESSAGES="3") as small, small.client("me") as mine:
        document = payload("hidden", 5)
        document["messages"][1]["hidden"] = document["messages"][3]["hidden"] = True
        session_id = stored(mine, document)
        assert len(mine.get(f"/api/sessions/{session_id}/export").json()["messages"]) == 5


def test_gzip_is_used_where_it_is_accepted(client: httpx.Client) -> None:
    session_id = stored(client, payload("zip", 5000))
    plain = client.get(f"/api/sessions/{session_id}/export")
    assert "content-encoding" not in plain.headers
    assert int(plain.headers["content-length"]) == len(plain.content)
    with client.stream("GET", f"/api/sessions/{session_id}/export", headers={"Accept-Encoding": "br, gzip"}) as zipped:
        raw = b"".join(zipped.iter_raw())
    assert zipped.headers["content-encoding"] == "gzip"
    assert zipped.headers["transfer-encoding"] == "chunked"
    assert "Accept-Encoding" in zipped.headers["vary"]
    assert gzip.decompress(raw) == plain.content
    assert len(raw) < len(plain.content) / 3
    refused = client.get(f"/api/sessions/{session_id}/export", headers={"Accept-Encoding": "gzip;q=0"})
    assert "content-encoding" not in refused.headers


def test_a_gzipped_export_can_be_read_while_it_comes() -> None:
    decoder = zlib.decompressobj(31)
    pieces = (b"first" * 10, b"second", b"third" * 1000)
    coded = gzipped(iter(pieces))
    for piece in pieces:
        assert decoder.decompress(next(coded)) == piece
    assert decoder.decompress(b"".join(coded)) == b""
    assert decoder.eof


def test_small_answers_do_not_wait_for_the_readers_acknowledgement(client: httpx.Client) -> None:
    waited = []
    for _ in range(12):
        began = time.perf_counter()
        client.get("/healthz")
        waited.append(time.perf_counter() - began)
    assert min(waited[2:]) < 0.03  # Nagle's algorithm and a delayed ACK together take 0.04 s


def test_the_length_of_a_part_is_known_too(client: httpx.Client) -> None:
    session_id = stored(client, payload("part", 30, text="漢字😀"))
    for query in ("from=1&to=1", "from=5&to=29", "from=1&to=30"):
        part = client.get(f"/api/sessions/{session_id}/export?{query}")
        assert int(part.headers["content-length"]) == len(part.content)


def test_head_says_what_get_would(client: httpx.Client) -> None:
    session_id = stored(client, payload("head", 30))
    for coding in ("identity", "gzip"):
        got = client.get(f"/api/sessions/{session_id}/export", headers={"Accept-Encoding": coding})
        head = client.head(f"/api/sessions/{session_id}/export", headers={"Accept-Encoding": coding})
        assert (head.status_code, head.content) == (200, b"")
        unsaid = {"date", "transfer-encoding"}
        assert {k: v for k, v in head.headers.items() if k not in unsaid} == {
            k: v for k, v in got.headers.items() if k not in unsaid
        }


def test_an_unchanged_export_is_not_sent_again(client: httpx.Client) -> None:
    session_id = stored(client, payload("etag", 4))
    first = client.get(f"/api/sessions/{session_id}/export")
    etag = first.headers["etag"]
    assert etag.startswith('W/"')
    assert first.headers["cache-control"] == "private, no-cache"
    for sent in (etag, f'"other", {etag}', "*", etag.removeprefix("W/")):
        again = client.get(f"/api/sessions/{session_id}/export", headers={"If-None-Match": sent})
        assert (again.status_code, again.content) == (304, b"")
        assert again.headers["etag"] == etag
        assert again.headers["cache-control"] == "private, no-cache"
    assert client.get(f"/api/sessions/{session_id}/export", headers={"If-None-Match": '"other"'}).status_code == 200


def test_each_part_and_each_revision_has_a_tag_of_its_own(client: httpx.Client) -> None:
    def tags() -> list[str]:
        answers = [client.get(f"/api/sessions/tags/export{query}") for query in ("", "?to=2", "?from=2&to=3", "?to=3")]
        return [answer.headers["etag"] for answer in answers]

    stored(client, payload("tags", 3))
    before = tags()
    stored(client, payload("tags", 3, text="changed"))
    after = tags()
    assert len({*before, *after}) == 8
    assert client.get("/api/sessions/tags/export", headers={"If-None-Match": before[0]}).status_code == 200


def test_privacy_headers_are_on_every_export(client: httpx.Client) -> None:
    session_id = stored(client, payload("headers", 1))
    for path in (f"/api/sessions/{session_id}/export", "/api/sessions/unknown/export", "/api/sessions"):
        headers = client.get(path).headers
        assert headers["referrer-policy"] == "no-referrer"
        assert headers["x-content-type-options"] == "nosniff"


def test_an_id_may_be_anything_that_its_source_says(client: httpx.Client) -> None:
    for session_id in ("a/b", "ü漢😀", "with space?&#", "a%2Fb", "x" * 500):
        document = payload(session_id, 1)
        stored(client, document)
        path = httpx.URL("/").copy_with(raw_path=f"/api/sessions/{_quoted(session_id)}/export".encode())
        assert client.get(path).content == compact(document)


def test_memory_does_not_grow_with_the_session(tmp_path: Path) -> None:
    with serving(tmp_path, EXPORTS_PER_MINUTE="1000") as own, own.client("me") as mine:
        small = stored(mine, payload("small", 200, text="x" * 2000))
        large = stored(mine, payload("large", 15_000, text="x" * 2000))  # 30 MB
        # Importing has its own memory; what counts is what a server that only exports takes.
        database = str(tmp_path / "store.sqlite3")
        with serving(tmp_path, EXPORTS_PER_MINUTE="1000", DATABASE=database) as fresh:
            _read(fresh, small)
            before = fresh.memory()
            readers = [
                threading.Thread(target=_read, args=(fresh, large, coding)) for coding in ("identity", "gzip") * 4
            ]
            for reader in readers:
                reader.start()
            for reader in readers:
                reader.join()
            assert fresh.memory() - before < 30


def test_one_who_stops_reading_does_no_harm(server: Server, client: httpx.Client) -> None:
    session_id = stored(client, payload("stopped", 15_000, text="x" * 1000))
    for _ in range(5):
        with client.stream("GET", f"/api/sessions/{session_id}/export") as answer:
            next(answer.iter_raw(1024))
    assert len(client.get(f"/api/sessions/{session_id}/export").json()["messages"]) == 15_000
    assert "failed" not in server.log.read_text(encoding="utf-8")


def test_a_reader_sees_one_state_though_the_session_changes_meanwhile(server: Server, client: httpx.Client) -> None:
    before = payload("moving", 8000, text="before " * 100)
    session_id = stored(client, before)
    with client.stream("GET", f"/api/sessions/{session_id}/export") as answer:
        chunks = answer.iter_raw(65536)
        got = next(chunks)
        with server.client() as other:
            other.headers["Authorization"] = client.headers["Authorization"]
            stored(other, payload("moving", 8000, text="after"))
        got += b"".join(chunks)
    assert got == compact(before)
    assert "after" in client.get(f"/api/sessions/{session_id}/export").text


def _read(server: Server, session_id: str, coding: str = "identity") -> None:
    with (
        server.client("me") as client,
        client.stream("GET", f"/api/sessions/{session_id}/export", headers={"Accept-Encoding": coding}) as answer,
    ):
        assert answer.status_code == 200
        for _ in answer.iter_raw():
            pass


def _quoted(session_id: str) -> str:
    return quote(session_id, safe="")


def test_an_empty_session_is_exported_whole(client: httpx.Client) -> None:
    document = payload(uuid.uuid4().hex, 0)
    session_id = stored(client, document)
    assert json.loads(client.get(f"/api/sessions/{session_id}/export").content) == document
    assert client.get(f"/api/sessions/{session_id}/export?from=1").status_code == 422
