"""A site for tests of the engine: the built engine and a bare page under the real policy, each request noted."""

from __future__ import annotations

import mimetypes
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

POLICY = (
    "default-src 'none'; img-src data:; script-src 'self' 'wasm-unsafe-eval'; "
    "worker-src 'self' blob:; connect-src 'self' blob:"
)
TYPES = {".mjs": "text/javascript", ".js": "text/javascript", ".so": "application/wasm", ".wasm": "application/wasm"}


@dataclass
class Site:
    """
    What is served, and what was asked for.

    Attributes:
        folders: A folder per path prefix, such as ``{"/engine/": Path(...)}``.
        files: Single files by their path.
        headers: Sent with every answer.
        requests: The path of every request, in order.
        missing: Paths that are answered 404 all the same.
        keep: What browsers may keep of it, as ``Cache-Control`` says it.
    """

    folders: Mapping[str, Path]
    files: dict[str, bytes] = field(default_factory=dict)
    headers: dict[str, str] = field(default_factory=lambda: {"Content-Security-Policy": POLICY})
    requests: list[str] = field(default_factory=list)
    missing: set[str] = field(default_factory=set)
    keep: str = "no-store"
    origin: str = ""

    def read(self, path: str) -> bytes | None:
        """Return the file at ``path``."""
        if path in self.files:
            return self.files[path]
        for prefix, folder in self.folders.items():
            file = folder / path.removeprefix(prefix)
            if path.startswith(prefix) and ".." not in path and file.is_file():
                return file.read_bytes()
        return None


@contextmanager
def serve(site: Site) -> Iterator[Site]:
    """Serve the site on a free port of loopback."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(_Handler, site))
    thread = Thread(target=partial(server.serve_forever, poll_interval=0.02))
    thread.start()
    site.origin = f"http://127.0.0.1:{server.server_port}"
    try:
        yield site
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def __init__(self, site: Site, *args: object) -> None:
        self.site = site
        super().__init__(*args)  # type: ignore[arg-type]

    def do_HEAD(self) -> None:
        self.do_GET()

    def do_GET(self) -> None:
        path = self.path.split("?")[0]
        self.site.requests.append(path)
        body = None if path in self.site.missing else self.site.read(path)
        self.send_response(404 if body is None else 200)
        suffix = Path(path).suffix or ".html"
        self.send_header(
            "Content-Type", TYPES.get(suffix) or mimetypes.types_map.get(suffix, "application/octet-stream")
        )
        self.send_header("Content-Length", str(len(body or b"")))
        self.send_header("Cache-Control", self.site.keep)
        for name, value in self.site.headers.items():
            self.send_header(name, value)
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body or b"")

    def log_message(self, *_: object) -> None:
        """Say nothing: tests read ``requests``."""
