"""A WebDriver BiDi session over a WebSocket: commands and their answers, and the events that come between them."""

from __future__ import annotations

import itertools
import json
from collections.abc import Callable
from contextlib import ExitStack

from websockets.sync.client import connect

from tests.browsers.driver import Json

ANSWER_TIMEOUT_S = 60


class Bidi:
    """A connection. Events are heard while a command waits for its answer, as in Playwright."""

    def __init__(self, address: str) -> None:
        self._numbers = itertools.count(1)
        self._listeners: dict[str, Callable[[dict[str, Json]], None]] = {}
        # A page's text may be large, a busy browser answers no ping, and no proxy of the machine's stands between.
        self._open = ExitStack()
        self._socket = self._open.enter_context(connect(address, max_size=None, ping_interval=None, proxy=None))
        self.send("session.new", capabilities={})

    def on(self, event: str, listener: Callable[[dict[str, Json]], None]) -> None:
        """Let a listener hear every event of a kind."""
        self._listeners[event] = listener
        self.send("session.subscribe", events=[event])

    def send(self, method: str, **params: Json) -> dict[str, Json]:
        """Send a command and return its result; raise RuntimeError with the browser's own words where it fails."""
        number = next(self._numbers)
        self._socket.send(json.dumps({"id": number, "method": method, "params": params}))
        while True:
            message = json.loads(self._socket.recv(ANSWER_TIMEOUT_S))
            if message["type"] == "event":
                self._listeners.get(message["method"], _ignore)(message["params"])
            elif message.get("id") == number:
                if message["type"] == "error":
                    raise RuntimeError(f"{method}: {message['message']}")
                result: dict[str, Json] = message["result"]
                return result

    def close(self) -> None:
        """Close the connection."""
        self._open.close()


def _ignore(_params: dict[str, Json]) -> None:
    """Nobody listens."""
