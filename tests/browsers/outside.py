"""The rest of the network, as a browser under test finds it: a proxy that notes what is asked for and gives nothing."""

from __future__ import annotations

import socketserver
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field


@dataclass(slots=True)
class Outside:
    """
    Whatever is not on this machine.

    Attributes:
        port: The proxy's, on 127.0.0.1.
        asked: The first line of each request, which names the host: what the page, or the browser itself, wanted.
    """

    port: int = 0
    asked: list[str] = field(default_factory=list)


@contextmanager
def watching() -> Iterator[Outside]:
    """Listen on a free port until the block ends."""
    outside = Outside()

    class Handler(socketserver.StreamRequestHandler):
        timeout = 5

        def handle(self) -> None:
            outside.asked.append(self.rfile.readline(4096).decode("latin-1").strip())

    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), Handler) as server:
        server.daemon_threads = True
        outside.port = server.server_address[1]
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        try:
            yield outside
        finally:
            server.shutdown()
            thread.join()
