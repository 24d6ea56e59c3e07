"""A way to the server that breaks: it forwards bytes, and cuts an answer in the middle."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from urllib.parse import urlsplit


@dataclass(slots=True)
class Proxy:
    """Listens at ``origin``; while ``cutting``, an answer to an export ends after its first bytes."""

    origin: str
    cutting: bool = False


@contextmanager
def proxy(server_origin: str) -> Iterator[Proxy]:
    """Forward a free port to the server until the block ends."""
    upstream = urlsplit(server_origin)
    with socket.create_server(("127.0.0.1", 0)) as listener:
        way = Proxy(f"http://127.0.0.1:{listener.getsockname()[1]}")
        threading.Thread(target=_accept, args=(listener, (upstream.hostname, upstream.port), way), daemon=True).start()
        yield way
        listener.shutdown(socket.SHUT_RDWR)


def _accept(listener: socket.socket, upstream: tuple[str | None, int | None], way: Proxy) -> None:
    with suppress(OSError):
        while True:
            client, _ = listener.accept()
            threading.Thread(target=_serve, args=(client, upstream, way), daemon=True).start()


def _serve(client: socket.socket, upstream: tuple[str, int], way: Proxy) -> None:
    """Pass one connection on; each request is seen, so that an export's answer can be cut."""
    with suppress(OSError), client, socket.create_connection(upstream) as server:
        cut = threading.Event()
        threading.Thread(target=_requests, args=(client, server, way, cut), daemon=True).start()
        while data := server.recv(4096):
            client.sendall(data)
            if cut.is_set():
                client.shutdown(socket.SHUT_RDWR)  # closing alone would wait for the thread that still reads
                return


def _requests(client: socket.socket, server: socket.socket, way: Proxy, cut: threading.Event) -> None:
    with suppress(OSError):
        while data := client.recv(65536):
            if way.cutting and b"/export" in data.split(b"\r\n", 1)[0]:
                cut.set()
            server.sendall(data)
        server.shutdown(socket.SHUT_WR)
