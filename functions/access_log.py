"""One line per request, without anything that a person wrote: no query, no token, no session's id, no file's name."""

from __future__ import annotations

import time

import structlog
from starlette.routing import Route
from starlette.types import ASGIApp, Message, Receive, Scope, Send

_log = structlog.get_logger("py_export.access")


class AccessLog:
    """Logs method, route (its pattern, not the path), status, bytes and duration."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on and log how it ended."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        status, size, whole = 0, 0, False
        began = time.perf_counter()

        async def counted(message: Message) -> None:
            nonlocal status, size, whole
            if message["type"] == "http.response.start":
                status = message["status"]
            elif message["type"] == "http.response.body":
                size += len(message.get("body", b""))
                whole = not message.get("more_body", False)
            await send(message)

        try:
            await self._app(scope, receive, counted)
        finally:
            _log.info(
                "request",
                method=scope["method"],
                route=_pattern(scope),
                status=status,
                bytes=size,
                whole=whole,
                ms=round((time.perf_counter() - began) * 1000, 1),
            )


def _pattern(scope: Scope) -> str:
    """Return the route's pattern; the page's files, whose names anyone could make up, are one."""
    route = scope.get("route")
    if route is None:  # refused before it was looked for
        return "none"
    return scope.get("root_path", "") + route.path if isinstance(route, Route) else route.path or "page"
