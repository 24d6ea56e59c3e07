from __future__ import annotations

from pathlib import Path

from tests.functions.serving import payload, serving, stored


def test_too_many_exports_of_one_owner_are_told_when_to_come_back(tmp_path: Path) -> None:
    with serving(tmp_path, EXPORTS_PER_MINUTE="3") as server, server.client("me") as mine:
        session_id = stored(mine, payload("rated", 3))
        url = f"/api/sessions/{session_id}/export"
        etag = mine.get(url).headers["etag"]
        assert mine.get(f"{url}?to=2").status_code == 200
        # What sends no payload is no export.
        for _ in range(5):
            assert mine.get(url, headers={"If-None-Match": etag}).status_code == 304
            assert mine.head(url).status_code == 200
            assert mine.get(f"{url}?from=9").status_code == 422
        assert mine.get(url).status_code == 200
        refused = mine.get(url)
        assert (refused.status_code, refused.json()["code"]) == (429, "too_many_exports")
        assert 1 <= int(refused.headers["retry-after"]) <= 60
        assert refused.headers["content-type"] == "application/problem+json"
        with server.client("another") as other:
            stored(other, payload("rated", 3))
            assert other.get(url).status_code == 200
