"""A proxy that hears every request of a browser, whoever in it makes it, and can take the network away under it."""

from __future__ import annotations

import re
import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass, field
from functools import partial
from http.client import HTTPConnection, HTTPException
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import urlsplit

_BROWSERS_OWN = {"content-autofill.googleapis.com:443"}
"""Chrome asks its maker what the fields of a form may be, on every site: a form's shape, which no page can prevent."""

_HOP = {"connection", "keep-alive", "proxy-connection", "transfer-encoding", "content-length"}


@dataclass(frozen=True, slots=True)
class Heard:
    """A request, whole."""

    method: str
    url: str
    headers: str
    body: bytes

    @property
    def path(self) -> str:
        """The address below the origin."""
        return urlsplit(self.url).path


@dataclass(slots=True)
class Recorder:
    """
    What was asked for, and what becomes of it.

    Attributes:
        address: What a browser context names as its proxy.
        origin: The only place that requests are passed on to.
        heard: Every request, in order.
        cut: Answer nothing any more: the network is gone, but what is tried is heard.
    """

    address: str
    origin: str
    heard: list[Heard] = field(default_factory=list)
    cut: bool = False
    stalled: threading.Event = field(default_factory=threading.Event)
    _stalling: re.Pattern[str] | None = None
    _released: threading.Event = field(default_factory=threading.Event)

    def stall(self, path: str) -> None:
        """Let answers for matching paths stop in their middle; ``stalled`` is set when one has."""
        self._stalling = re.compile(path)
        self.stalled.clear()
        self._released.clear()

    def release(self) -> None:
        """Break off the answers that were stopped; later ones come whole."""
        self._stalling = None
        self._released.set()

    def stalls(self, path: str) -> bool:
        """Return whether the answer for this path has to stop in its middle."""
        return self._stalling is not None and self._stalling.search(path) is not None

    def wait(self) -> None:
        """Stand still until ``release``."""
        self.stalled.set()
        self._released.wait(60)


@contextmanager
def recording(origin: str) -> Iterator[Recorder]:
    """Listen on a free port of loopback until the block ends."""
    recorder = Recorder("", origin)
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(_Handler, recorder))
    server.daemon_threads = True
    recorder.address = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=partial(server.serve_forever, poll_interval=0.02))
    thread.start()
    try:
        yield recorder
    finally:
        recorder.release()
        server.shutdown()
        server.server_close()
        thread.join()


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def __init__(self, recorder: Recorder, *args: object) -> None:
        self.recorder = recorder
        super().__init__(*args)  # type: ignore[arg-type]

    def do_GET(self) -> None:
        recorder = self.recorder
        body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        if self.path not in _BROWSERS_OWN:
            recorder.heard.append(Heard(self.command, self.path, str(self.headers), body))
        self.close_connection = True
        if recorder.cut or not self.path.startswith(f"{recorder.origin}/"):
            return
        parts = urlsplit(self.path)
        with closing(HTTPConnection(parts.netloc, timeout=60)) as upstream, suppress(OSError, HTTPException):
            kept = {
                name: value for name, value in self.headers.items() if name.lower() not in _HOP - {"content-length"}
            }
            upstream.request(self.command, self.path.removeprefix(recorder.origin), body, kept)
            answer = upstream.getresponse()
            data = answer.read()
            self.send_response(answer.status)
            for name, value in answer.getheaders():
                if name.lower() not in _HOP:
                    self.send_header(name, value)
            size = answer.headers.get("Content-Length") if self.command == "HEAD" else len(data)
            self.send_header("Content-Length", str(size or 0))
            self.send_header("Connection", "close")
            self.end_headers()
            if recorder.stalls(parts.path):
                self.wfile.write(data[: len(data) // 2])
                self.wfile.flush()
                recorder.wait()
                return
            self.wfile.write(data)

    do_HEAD = do_POST = do_PUT = do_PATCH = do_DELETE = do_OPTIONS = do_CONNECT = do_GET  # noqa: N815 - the names that http.server looks up

    def log_message(self, *_: object) -> None:
        """Say nothing: what was asked for is in ``heard``."""
