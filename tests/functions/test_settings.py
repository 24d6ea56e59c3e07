"""``/api/settings`` over HTTP: one document of each owner, written only by who has seen what stands there."""

from __future__ import annotations

import json
import threading
from pathlib import Path
from typing import Any

import httpx
import pytest

from py_export import settings
from tests.functions.serving import Server, compact, serving

PATH = "/api/settings"
NEW = {"If-None-Match": "*"}


def document(**values: Any) -> bytes:  # noqa: ANN401 - any setting
    """Return a settings document."""
    return settings.write(values)


def kept(client: httpx.Client, **values: Any) -> str:  # noqa: ANN401 - as above
    """Keep settings for the first time and return their tag."""
    answer = client.put(PATH, content=document(**values), headers=NEW)
    assert answer.status_code == 201, answer.text
    return answer.headers["etag"]


def code(answer: httpx.Response) -> tuple[int, str]:
    """Return a problem's status and code."""
    assert answer.headers["content-type"] == "application/problem+json"
    return answer.status_code, answer.json()["code"]


def test_what_is_kept_comes_back_and_the_browser_need_not_ask_twice(client: httpx.Client) -> None:
    assert code(client.get(PATH)) == (404, "settings_not_found")
    tag = kept(client, theme="dark")
    answer = client.get(PATH)
    assert answer.content == document(theme="dark")
    assert answer.headers["etag"] == tag
    assert not tag.startswith("W/"), "If-Match compares strongly"
    assert answer.headers["cache-control"] == "private, no-cache"
    again = client.get(PATH, headers={"If-None-Match": f"W/{tag}"})
    assert (again.status_code, again.content, again.headers["etag"]) == (304, b"", tag)
    assert client.head(PATH).headers["content-length"] == str(len(answer.content))


def test_only_who_has_seen_what_stands_there_writes(client: httpx.Client) -> None:
    data = document(theme="light")
    assert code(client.put(PATH, content=data)) == (428, "precondition_required")
    assert code(client.put(PATH, content=data, headers={"If-Match": "*"})) == (412, "settings_changed")
    first = kept(client, theme="dark")
    assert code(client.put(PATH, content=data, headers=NEW)) == (412, "settings_changed")
    assert code(client.put(PATH, content=data, headers={"If-Match": f"W/{first}"})) == (412, "settings_changed")
    second = client.put(PATH, content=data, headers={"If-Match": f'"other", {first}'})
    assert (second.status_code, second.content) == (200, data)
    assert code(client.put(PATH, content=data, headers={"If-Match": first})) == (412, "settings_changed")
    assert code(client.delete(PATH, headers={"If-Match": first})) == (412, "settings_changed")
    assert code(client.delete(PATH)) == (428, "precondition_required")
    assert client.delete(PATH, headers={"If-Match": second.headers["etag"]}).status_code == 204
    assert code(client.get(PATH)) == (404, "settings_not_found")


def test_of_two_who_write_at_once_one_hears_of_the_other(server: Server, owner: str, client: httpx.Client) -> None:
    tag = kept(client, theme="auto")
    answers: list[int] = []

    def write(theme: str) -> None:
        with server.client(owner) as other:
            answer = other.put(PATH, content=document(theme=theme), headers={"If-Match": tag})
            answers.append(answer.status_code)

    threads = [threading.Thread(target=write, args=(theme,)) for theme in ("dark", "light") * 3]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(answers) == [200, *[412] * 5]


def test_each_owner_has_their_own_and_nobody_without_a_token(server: Server, client: httpx.Client) -> None:
    kept(client, theme="dark")
    with server.client("somebody else") as other:
        assert code(other.get(PATH)) == (404, "settings_not_found")
    for method in ("GET", "PUT", "DELETE"):
        assert httpx.request(method, server.origin + PATH).status_code == 401


@pytest.mark.parametrize(
    ("data", "status", "problem"),
    [
        (b"{", 422, "invalid_settings"),
        (b'{"settingsVersion": 1, "settings": {"theme": "pink"}}', 422, "invalid_settings"),
        (b'{"settingsVersion": 7, "settings": {}}', 422, "newer_version"),
        (b" " * (settings.MOST_BYTES + 1), 413, "file_too_large"),
    ],
)
def test_what_are_no_settings_is_refused_and_nothing_is_kept(
    client: httpx.Client, data: bytes, status: int, problem: str
) -> None:
    assert code(client.put(PATH, content=data, headers=NEW)) == (status, problem)
    assert client.get(PATH).status_code == 404


def test_the_place_of_what_is_wrong_is_told_in_the_readers_language(client: httpx.Client) -> None:
    data = b'{"settingsVersion": 1, "settings": {"theme": "pink"}}'
    answer = client.put(PATH, content=data, headers=NEW | {"Accept-Language": "zh-CN"}).json()
    assert answer["where"] == "settings.theme"
    assert "设置" in answer["detail"]
    assert "pink" not in json.dumps(answer)


def test_what_is_not_known_is_not_kept_and_nothing_of_it_is_logged(tmp_path: Path) -> None:
    given = {"settingsVersion": 1, "settings": {"token": "t0ps3cret", "filename": "{title}-ha1den", "theme": "dark"}}
    with serving(tmp_path) as server, server.client("ada@example.org") as client:
        answer = client.put(PATH, content=compact(given), headers=NEW)
        assert answer.json()["settings"] == {"theme": "dark", "filename": "{title}-ha1den"}
        assert b"t0ps3cret" not in client.get(PATH).content
        log = server.log.read_text()
        assert '"route": "/api/settings"' in log
        assert not [word for word in ("t0ps3cret", "ha1den", "dark", "ada@") if word in log]
        stored = b"".join(path.read_bytes() for path in tmp_path.glob("store.sqlite3*"))
        assert b"t0ps3cret" not in stored
