from __future__ import annotations

import gzip
from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path

import httpx
import pytest

from tests.functions.serving import Server, serving

SCRIPT = b"console.log('page')" * 100
FILES = {
    "index.html": b"<!doctype html><title>page</title>",
    "embed/index.html": b"<!doctype html><title>embed</title>",
    "assets/index-B7x_9aQz.js": SCRIPT,
    "assets/index-B7x_9aQz.js.gz": gzip.compress(SCRIPT),
    "assets/index-B7x_9aQz.js.br": b"brotli, as far as this test knows",
    "session-export-menu.js": b"export {}",
    "sw.js": b"self",
    "engine/3f2a9c1b7d/pyodide.asm.wasm": b"\0asm",
    "engine/_core-1f7d406a7c5dc50c.so": b"\0asm",
    "engine/parts-222792db2836802e/pure.whl": b"PK",
    "engine/fonts/base/text-regular-222792db2836802e.ttf": b"of the page",
    "engine/module.mjs": b"export {}",
    "manifest.webmanifest": b"{}",
    "style.css": b"a{}",
    "icon.svg": b"<svg/>",
}
CSP = (
    "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; img-src 'self' data: blob:; "
    "connect-src 'self' blob:; worker-src 'self' blob:; manifest-src 'self'; font-src 'self'; base-uri 'none'; "
    "form-action 'none'; frame-ancestors 'self'"
)


@pytest.fixture(scope="module")
def page(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    folder = tmp_path_factory.mktemp("page")
    for name, content in FILES.items():
        path = folder / "dist" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    (folder / "secret.txt").write_text("outside")
    (folder / "dist" / "link.txt").symlink_to(folder / "secret.txt")
    with serving(folder, PAGE=str(folder / "dist")) as server:
        yield server


def ask(page: Server, path: str, coding: str = "identity", **headers: str) -> httpx.Response:
    return httpx.get(page.origin + path, headers={"Accept-Encoding": coding} | headers)


def test_the_page_is_served_without_a_token_under_its_policy(page: Server) -> None:
    for path in ("/", "/index.html", "/embed/", "/?token=x"):
        answer = ask(page, path)
        assert answer.status_code == 200
        assert answer.headers["content-type"] == "text/html; charset=utf-8"
        assert answer.headers["content-security-policy"] == CSP
        assert answer.headers["cache-control"] == "no-cache"
        assert answer.headers["referrer-policy"] == "no-referrer"
        assert answer.headers["x-content-type-options"] == "nosniff"
        assert "access-control-allow-origin" not in answer.headers


@pytest.mark.parametrize(
    ("path", "media_type", "forever"),
    [
        ("/assets/index-B7x_9aQz.js", "text/javascript; charset=utf-8", True),
        ("/session-export-menu.js", "text/javascript; charset=utf-8", False),
        ("/sw.js", "text/javascript; charset=utf-8", False),
        ("/engine/3f2a9c1b7d/pyodide.asm.wasm", "application/wasm", True),
        ("/engine/_core-1f7d406a7c5dc50c.so", "application/wasm", True),
        ("/engine/parts-222792db2836802e/pure.whl", "application/octet-stream", True),
        ("/engine/fonts/base/text-regular-222792db2836802e.ttf", "font/ttf", True),
        ("/engine/fonts/sc/sc-regular-222792db2836802e.ttf", "font/ttf", True),
        ("/engine/module.mjs", "text/javascript; charset=utf-8", False),
        ("/manifest.webmanifest", "application/manifest+json", False),
        ("/style.css", "text/css; charset=utf-8", False),
        ("/icon.svg", "image/svg+xml", False),
    ],
)
def test_files_have_their_type_their_life_and_may_be_embedded(
    page: Server, path: str, media_type: str, *, forever: bool
) -> None:
    answer = ask(page, path, Origin="https://host.example")
    assert (answer.status_code, answer.headers["content-type"]) == (200, media_type)
    assert ("immutable" in answer.headers["cache-control"]) is forever
    assert forever or answer.headers["cache-control"] == "no-cache"
    assert answer.headers["access-control-allow-origin"] == "*"
    assert answer.headers["cross-origin-resource-policy"] == "cross-origin"
    assert answer.headers["content-security-policy"] == CSP, "a worker obeys the policy of its own script"


@pytest.mark.parametrize(
    ("accepted", "sent", "file"),
    [("gzip, br", "br", ".br"), ("gzip", "gzip", ".gz"), ("br;q=0, gzip", "gzip", ".gz"), ("identity", None, "")],
)
def test_what_was_compressed_at_the_build_is_sent_where_it_is_accepted(
    page: Server, accepted: str, sent: str | None, file: str
) -> None:
    name = "assets/index-B7x_9aQz.js"
    headers = {"Accept-Encoding": accepted}
    with httpx.stream("GET", f"{page.origin}/{name}", headers=headers) as answer:
        assert b"".join(answer.iter_raw()) == FILES[name + file]
    assert answer.headers.get("content-encoding") == sent
    assert answer.headers["content-type"] == "text/javascript; charset=utf-8"
    assert "immutable" in answer.headers["cache-control"]
    assert "Accept-Encoding" in answer.headers["vary"]


def test_a_font_that_the_page_does_not_hold_is_the_librarys(page: Server) -> None:
    own = Path(str(files("py_export") / "fonts" / "sc" / "sc-regular.ttf")).read_bytes()
    assert ask(page, "/engine/fonts/sc/sc-regular-222792db2836802e.ttf").content == own
    assert ask(page, "/engine/fonts/base/text-regular-222792db2836802e.ttf").content == b"of the page"
    assert ask(page, "/engine/fonts/sc/no-such-222792db2836802e.ttf").status_code == 404


def test_an_unchanged_file_is_not_sent_again(page: Server) -> None:
    for coding in ("identity", "gzip"):
        path = "/assets/index-B7x_9aQz.js"
        with httpx.stream("GET", page.origin + path, headers={"Accept-Encoding": coding}) as first:
            etag = first.headers["etag"]
        assert ask(page, path, coding, **{"If-None-Match": etag}).status_code == 304


def test_a_share_that_no_service_worker_took_is_not_read_and_leads_back_to_the_page(page: Server) -> None:
    answer = httpx.post(page.origin + "/share", files={"files": ("a.json", b"{}")})
    assert (answer.status_code, answer.headers["location"]) == (303, "./?shared=failed")
    assert httpx.get(page.origin + "/share").status_code == 404, "nothing to look at"


@pytest.mark.parametrize(
    "path", ["/nothing.js", "/../secret.txt", "/%2e%2e/secret.txt", "/link.txt", "/%00", "/" + "x" * 3000]
)
def test_nothing_else_is_served(page: Server, path: str) -> None:
    answer = ask(page, path)
    assert (answer.status_code, answer.json()["code"]) == (404, "not_found")


def test_without_a_page_its_address_says_what_to_do(tmp_path: Path) -> None:
    with serving(tmp_path, PAGE=str(tmp_path / "missing")) as server:
        answer = httpx.get(server.origin + "/", headers={"Accept-Language": "en"})
        assert answer.status_code == 404
        assert "make setup" in answer.text
        assert answer.headers["content-type"].startswith("text/plain")
        assert httpx.get(server.origin + "/index.js").json()["code"] == "not_found"
