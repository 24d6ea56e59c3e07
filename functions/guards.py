"""What surrounds every answer: the host's name is checked, browsers are told to be strict, failures become problems."""

from __future__ import annotations

from collections.abc import Collection
from http import HTTPStatus
from urllib.parse import urlsplit

import structlog
from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from .problems import Problem

_STRICT = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'",
}

_log = structlog.get_logger("py_export.failures")


class StrictHeaders:
    """Sets what every answer carries unless it says otherwise itself."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on."""

        async def stricter(message: Message) -> None:
            # A 304's headers replace those stored with the page: a stricter policy would block it.
            if message["type"] == "http.response.start" and message["status"] != HTTPStatus.NOT_MODIFIED:
                headers = MutableHeaders(scope=message)
                for name, value in _STRICT.items():
                    headers.setdefault(name, value)
            await send(message)

        await self._app(scope, receive, stricter)


class HostGuard:
    """
    Refuses requests made in another name than ours.

    A page of an attacker whose name suddenly points to 127.0.0.1 (DNS rebinding) sends its own name as ``Host``.
    """

    def __init__(self, app: ASGIApp, names: Collection[str]) -> None:
        self._app = app
        self._names = {name.lower() for name in names}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, or answer 421."""
        if scope["type"] == "http" and _name(Headers(scope=scope).get("host", "")) not in self._names:
            answer = Problem("wrong_host", 421).answer(Request(scope))
            await answer(scope, receive, send)
            return
        await self._app(scope, receive, send)


class Failures:
    """Answers a fault of ours with a 500 problem; where the answer has begun, the connection is cut instead."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on."""
        started = False

        async def watched(message: Message) -> None:
            nonlocal started
            started = started or message["type"] == "http.response.start"
            await send(message)

        try:
            await self._app(scope, receive, watched)
        except Exception as error:  # noqa: BLE001 - the last place that can answer
            # The kind and the place, never the text: it could quote what was being read.
            trace = error.__traceback__
            while trace is not None and trace.tb_next is not None:
                trace = trace.tb_next
            place = f"{trace.tb_frame.f_code.co_filename}:{trace.tb_lineno}" if trace else ""
            _log.error("failed", kind=type(error).__name__, place=place, cut=started)
            if started:
                raise Cut from None
            await Problem("internal", 500).answer(Request(scope))(scope, receive, send)


class Cut(Exception):
    """An answer that had begun could not be finished; the server closes the connection without ending it properly."""


def _name(host: str) -> str:
    try:
        return (urlsplit(f"//{host}").hostname or "").lower()
    except ValueError:
        return ""
