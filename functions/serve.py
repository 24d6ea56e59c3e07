"""``py-export serve``: the function and the page on one port of this machine, or of a server whose keys are set."""

from __future__ import annotations

import socket
import sys
from collections.abc import Callable

import uvicorn

from . import auth, logs
from .app import create_app
from .settings import Settings
from .stores import SessionStore

_GRACE = 5  # seconds for answers under way when the server is stopped
_MANY = 2048


class OpenDoor(Exception):
    """Another interface than loopback was asked for, and no key was set that tells who may come in."""


def serve(settings: Settings, store: SessionStore, announce: Callable[[str], None]) -> None:
    """
    Serve until interrupted; ``announce`` is called with the address to open once it answers.

    Raises:
        OpenDoor: See there.
        ValueError: A key is set that cannot be used.
        OSError: The address cannot be had.
    """
    refuse_open_door(settings)
    logs.configure(settings.log_format)
    token = ""
    if settings.has_key:
        authenticator = auth.from_settings(settings)
    else:
        authenticator, token = auth.for_one_start(settings)
    app = create_app(settings, store, authenticator)
    config = uvicorn.Config(
        app,
        log_config=None,
        access_log=False,
        server_header=False,
        proxy_headers=False,
        lifespan="on",
        ws="none",
        timeout_graceful_shutdown=_GRACE,
    )
    with _listen(settings) as listener:
        _Server(config, lambda: announce(_address(settings, listener, token))).run(sockets=[listener])


def refuse_open_door(settings: Settings) -> None:
    """Raise ``OpenDoor`` unless only this machine can come in, or keys are set."""
    if not settings.has_key and not settings.on_loopback:
        raise OpenDoor


class _Server(uvicorn.Server):
    """Calls back once it accepts connections."""

    def __init__(self, config: uvicorn.Config, ready: Callable[[], None]) -> None:
        super().__init__(config)
        self._ready = ready

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        if self.started:
            self._ready()


def _listen(settings: Settings) -> socket.socket:
    family = socket.AF_INET6 if ":" in settings.host else socket.AF_INET
    # asyncio switches Nagle's delay off only where the protocol is named, else small answers wait 40 ms for an ACK.
    listener = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    try:
        if sys.platform != "win32":  # there it would let two programs share the port
            listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind((settings.host, settings.port))
        listener.listen(_MANY)
    except OSError:
        listener.close()
        raise
    return listener


def _address(settings: Settings, listener: socket.socket, token: str) -> str:
    host = "127.0.0.1" if settings.host == "localhost" else settings.host
    name = f"[{host}]" if ":" in host else host
    query = f"?token={token}" if token else ""
    return f"http://{name}:{listener.getsockname()[1]}/{query}"
