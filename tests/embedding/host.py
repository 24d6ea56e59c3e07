"""Serves the host application of this folder, on an origin and under a policy of its own."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import urlsplit

from tests.checkout import ROOT
from tests.e2e.server import Server

FOLDER = Path(__file__).parent
HASHES = ROOT / "web" / "dist" / "element" / "integrity.json"
EXPORTS = "https://exports.example"
SESSION = "session-of-the-host"
INTEGRITY = "sha384-of-the-build"
POLICY = (
    "default-src 'none'; base-uri 'none'; form-action 'none'; style-src 'self'; "
    "script-src 'self' {origin} 'wasm-unsafe-eval'; "
    "connect-src 'self' {origin} blob:; "
    "worker-src blob: {origin}; img-src data:"
)
_TYPES = {".html": "text/html; charset=utf-8", ".css": "text/css", ".js": "text/javascript"}


@dataclass(slots=True)
class Host:
    """
    A running host application.

    Attributes:
        origin: Where it is; the ``cors_origins`` of the py-export must name it.
        exports: The origin of the py-export that it embeds.
        session_id: A session that this holds.
        integrity: The hash of the element's file, as the build printed it.
        token: Called with ``refresh`` whenever the page asks its host for a token.
    """

    origin: str
    exports: str = ""
    session_id: str = ""
    integrity: str = ""
    token: Callable[[bool], str] = lambda _refresh: ""

    def file(self, path: str) -> tuple[bytes, str] | None:
        """Return a file of the host's with its media type; None where there is none."""
        file = FOLDER / (path.strip("/") or "index.html")
        if file.parent != FOLDER or file.suffix not in _TYPES or not file.is_file():
            return None
        text = file.read_text(encoding="utf-8")
        for placeholder, value in ((EXPORTS, self.exports), (SESSION, self.session_id), (INTEGRITY, self.integrity)):
            text = text.replace(placeholder, value)
        return text.encode(), _TYPES[file.suffix]


@contextmanager
def hosting() -> Iterator[Host]:
    """Serve the host application on a free port until the block ends."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            address = urlsplit(self.path)
            if address.path == "/token":
                self._answer(host.token("refresh=true" in address.query).encode(), "text/plain")
            elif found := host.file(address.path):
                self._answer(*found)
            else:
                self.send_error(404)

        def _answer(self, body: bytes, media_type: str) -> None:
            self.send_response(200)
            self.send_header("Content-Type", media_type)
            self.send_header("Content-Length", str(len(body)))
            self.send_header("Content-Security-Policy", POLICY.format(origin=host.exports))
            self.send_header("Cache-Control", "no-store")
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            """Say nothing: the tests do."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    host = Host(f"http://127.0.0.1:{server.server_port}")
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield host
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def introduce(server: Server, host: Host, title: str) -> None:
    """Tell the host where the server is, which of its sessions to show, and how to sign in."""
    host.exports = server.origin
    host.session_id = server.sessions()[title]
    host.integrity = json.loads(HASHES.read_text(encoding="utf-8"))["session-export-menu.js"]
    host.token = lambda _refresh: server.token
