from __future__ import annotations

import json
from pathlib import Path

import httpx
import pytest

from py_export.convert import read
from tests.functions.serving import Server, compact, payload, serving

DEMO = Path(__file__).parents[1] / "demo"


def test_the_same_file_twice_is_the_same_and_a_changed_one_an_update(client: httpx.Client) -> None:
    statuses = []
    for document in (payload("one", 2), payload("one", 2), payload("one", 3), payload("one", 3, title="New")):
        answer = client.post("/api/sessions", content=compact(document))
        assert answer.status_code == 201
        statuses.append(answer.json()["imported"][0])
    assert statuses == [
        {"id": "one", "title": "A talk", "status": "new", "messageCount": 2, "viewCount": 2},
        {"id": "one", "title": "A talk", "status": "same", "messageCount": 2, "viewCount": 2},
        {"id": "one", "title": "A talk", "status": "updated", "messageCount": 3, "viewCount": 3},
        {"id": "one", "title": "New", "status": "updated", "messageCount": 3, "viewCount": 3},
    ]
    assert client.get("/api/sessions/one/export").content == compact(payload("one", 3, title="New"))
    assert len(client.get("/api/sessions").json()["sessions"]) == 1


def test_layout_is_no_difference(client: httpx.Client) -> None:
    client.post("/api/sessions", content=compact(payload("laid", 2)))
    answer = client.post("/api/sessions", content=json.dumps(payload("laid", 2), indent=4).encode())
    assert answer.json()["imported"][0]["status"] == "same"


def test_two_owners_may_have_the_same_id(server: Server, client: httpx.Client) -> None:
    client.post("/api/sessions", content=compact(payload("shared", 1, text="first")))
    with server.client("the-other-owner") as other:
        answer = other.post("/api/sessions", content=compact(payload("shared", 1, text="second")))
        assert answer.json()["imported"][0]["status"] == "new"
        assert "second" in other.get("/api/sessions/shared/export").text
    assert "first" in client.get("/api/sessions/shared/export").text


def test_a_hubs_export_is_recognised_and_what_is_hidden_is_told(client: httpx.Client) -> None:
    data = (DEMO / "claude-code.json").read_bytes()
    answer = client.post("/api/sessions", content=data, headers={"Content-Type": "text/plain", "Accept-Language": "zh"})
    assert answer.status_code == 201
    (notice,) = answer.json()["notices"]
    assert notice.keys() == {"code", "count", "where", "message"}
    assert any("\u4e00" <= letter <= "\u9fff" for letter in notice["message"])
    (imported,) = answer.json()["imported"]
    document = read(data)[0].document
    assert document
    assert imported["messageCount"] == sum(document.visible) > 0
    (row,) = client.get("/api/sessions").json()["sessions"]
    of = client.get(f"/api/sessions/{row['id']}/messages").json()["of"]
    assert imported["viewCount"] == row["viewCount"] == of < row["messageCount"]


def test_several_files_come_as_a_form(client: httpx.Client) -> None:
    files = [("file", (f"{name}.json", compact(payload(name, 1)))) for name in ("a", "b")]
    answer = client.post("/api/sessions", files=files)
    assert [(one["id"], one["status"]) for one in answer.json()["imported"]] == [("a", "new"), ("b", "new")]


def test_one_broken_file_of_a_form_stores_none(client: httpx.Client) -> None:
    files = [("file", ("a.json", compact(payload("a", 1)))), ("file", ("b.json", b"nothing of ours"))]
    assert client.post("/api/sessions", files=files).status_code == 415
    assert client.get("/api/sessions").json()["sessions"] == []


def test_several_sessions_in_one_document_are_stored_apart(client: httpx.Client) -> None:
    document = {"schemaVersion": 1, "generator": "py-export 0.1.0", "sessions": [payload("a", 1), payload("b", 2)]}
    answer = client.post("/api/sessions", content=compact(document))
    assert [one["id"] for one in answer.json()["imported"]] == ["a", "b"]
    assert client.get("/api/sessions/b/export").content == compact(payload("b", 2))


@pytest.mark.parametrize("data", [b"", b"hello", b"[]", b'{"a": 1}', b"\x00\xff", b'{"session": {}}'])
def test_a_file_that_no_reader_knows_is_a_415(client: httpx.Client, data: bytes) -> None:
    answer = client.post("/api/sessions", content=data)
    assert (answer.status_code, answer.json()["code"]) == (415, "not_recognised")
    assert "hello" not in answer.text


@pytest.mark.parametrize(
    ("changes", "code", "where"),
    [
        ({"schemaVersion": 2}, "newer_version", "schemaVersion"),
        ({"schemaVersion": "one"}, "invalid_payload", "schemaVersion"),
        ({"session": {"title": "no id"}}, "invalid_payload", "session.id"),
    ],
)
def test_a_broken_file_is_a_422_that_says_where(
    client: httpx.Client, changes: dict[str, object], code: str, where: str
) -> None:
    answer = client.post("/api/sessions", content=compact(payload("broken", 1) | changes))
    assert (answer.status_code, answer.json()["code"], answer.json()["where"]) == (422, code, where)
    assert answer.headers["content-type"] == "application/problem+json"


def test_a_file_that_was_cut_off_is_a_422_with_its_line(client: httpx.Client) -> None:
    answer = client.post("/api/sessions", content=compact(payload("cut", 3))[:-40])
    assert (answer.status_code, answer.json()["code"]) == (422, "unreadable")
    assert answer.json()["where"].startswith("line 1, column ")


def test_a_file_above_the_limit_is_a_413_whether_its_length_is_told_or_not(tmp_path: Path) -> None:
    document = compact(payload("large", 40))
    with serving(tmp_path, MAX_UPLOAD_BYTES=str(len(document))) as server, server.client("me") as client:
        assert client.post("/api/sessions", content=document).status_code == 201
        for content in (document + b" ", iter([document, b" "])):
            answer = client.post("/api/sessions", content=content)
            assert (answer.status_code, answer.json()["code"], answer.json()["limit"]) == (
                413, "file_too_large", len(document),
            )  # fmt: skip


def test_a_form_without_a_file_is_a_400_and_no_success(client: httpx.Client) -> None:
    form = b'--x\r\nContent-Disposition: form-data; name="a"\r\n\r\nb\r\n--x--\r\n'
    answer = client.post("/api/sessions", content=form, headers={"Content-Type": "multipart/form-data; boundary=x"})
    assert (answer.status_code, answer.json()["code"]) == (400, "bad_request")


def test_a_form_that_is_none_is_a_400(client: httpx.Client) -> None:
    for content_type in ("multipart/form-data", "multipart/form-data; boundary=x"):
        answer = client.post("/api/sessions", content=b"no form", headers={"Content-Type": content_type})
        assert answer.status_code in (400, 415)
        assert answer.headers["content-type"] == "application/problem+json"
