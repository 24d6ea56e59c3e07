"""Successful answers: JSON, and a payload streamed from its snapshot."""

from __future__ import annotations

import gzip
from collections.abc import AsyncIterator, Callable, Iterator, Mapping
from functools import partial

import anyio
import anyio.to_thread
from starlette.requests import Request
from starlette.responses import Response, StreamingResponse
from starlette.types import Receive, Scope, Send

from py_export import jsontext
from py_export.model import Range

from .compression import LEVEL, gzipped
from .negotiation import accepts
from .stores import SessionSnapshot

PRIVATE = {"Cache-Control": "private, no-cache", "Vary": "Accept-Encoding"}
"""Kept by its reader's own browser at most, and asked for again each time."""

_WORTH_GZIP = 1024  # bytes


def json_answer(
    request: Request, value: object, status: int = 200, headers: Mapping[str, str] | None = None
) -> Response:
    """Return compact JSON, gzipped where that is accepted and worth it."""
    return json_text(request, jsontext.encode(value), status, headers)


def json_text(request: Request, body: bytes, status: int = 200, headers: Mapping[str, str] | None = None) -> Response:
    """Return JSON that is text already."""
    headers = PRIVATE | dict(headers or {})
    if len(body) >= _WORTH_GZIP and _takes_gzip(request):
        body = gzip.compress(body, LEVEL, mtime=0)
        headers["Content-Encoding"] = "gzip"
    return Response(body, status, headers, "application/json")


def holds(if_none_match: str, etag: str) -> bool:
    """Compare weakly, as RFC 9110 section 13.1.2 asks."""
    tags = [tag.strip().removeprefix("W/") for tag in if_none_match.split(",")]
    return "*" in tags or etag.removeprefix("W/") in tags


class JsonStream(StreamingResponse):
    """
    JSON that is made while it is sent; ``close`` is called however the answer ends.

    The first chunk is read before the status is sent: a store that does not answer is still a 503. One that fails
    later ends the connection, so that what was sent cannot pass for a whole document.
    """

    def __init__(
        self,
        request: Request,
        chunks: Iterator[bytes],
        close: Callable[[], None],
        headers: Mapping[str, str],
        size: Callable[[], int] | None = None,
    ) -> None:
        """``size`` says how many bytes there will be, where no content coding changes that."""
        self._close = close
        self._chunks = chunks
        own = dict(headers)
        if _takes_gzip(request):
            self._chunks = gzipped(chunks)
            own["Content-Encoding"] = "gzip"
        elif size is not None:
            own["Content-Length"] = str(size())
        if request.method == "HEAD":
            self._chunks = iter(())
        try:
            self._first = next(self._chunks, b"")
        except BaseException:
            close()
            raise
        super().__init__(self._stream(), 200, own, "application/json")

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Send it."""
        try:
            await super().__call__(scope, receive, send)
        finally:
            with anyio.CancelScope(shield=True):
                await anyio.to_thread.run_sync(self._close)

    async def _stream(self) -> AsyncIterator[bytes]:
        yield self._first
        while (chunk := await anyio.to_thread.run_sync(next, self._chunks, None)) is not None:
            yield chunk


class PayloadAnswer(JsonStream):
    """A session's payload, or a part of it, from the open snapshot."""

    def __init__(
        self, request: Request, snapshot: SessionSnapshot, part: Range | None, headers: Mapping[str, str]
    ) -> None:
        super().__init__(request, snapshot.chunks(part), snapshot.close, headers, partial(snapshot.size, part))


def _takes_gzip(request: Request) -> bool:
    return accepts(request.headers.get("accept-encoding", ""), "gzip")
