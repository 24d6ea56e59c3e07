"""Successful answers: JSON, and a payload streamed from its snapshot."""

from __future__ import annotations

import gzip
from collections.abc import AsyncIterator, Iterator, Mapping

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


def json_answer(request: Request, value: object, status: int = 200) -> Response:
    """Return compact JSON, gzipped where that is accepted and worth it."""
    return json_text(request, jsontext.encode(value), status)


def json_text(request: Request, body: bytes, status: int = 200) -> Response:
    """Return JSON that is text already."""
    headers = dict(PRIVATE)
    if len(body) >= _WORTH_GZIP and _takes_gzip(request):
        body = gzip.compress(body, LEVEL, mtime=0)
        headers["Content-Encoding"] = "gzip"
    return Response(body, status, headers, "application/json")


class PayloadAnswer(StreamingResponse):
    """
    A session's payload, or a part of it, from the open snapshot; closes it however the answer ends.

    The first chunk is read before the status is sent: a store that does not answer is still a 503. One that fails
    later ends the connection, so that what was sent cannot pass for a whole payload.
    """

    def __init__(
        self, request: Request, snapshot: SessionSnapshot, part: Range | None, headers: Mapping[str, str]
    ) -> None:
        self._snapshot = snapshot
        self._chunks: Iterator[bytes] = snapshot.chunks(part)
        own = dict(headers)
        if _takes_gzip(request):
            self._chunks = gzipped(self._chunks)
            own["Content-Encoding"] = "gzip"
        else:
            own["Content-Length"] = str(snapshot.size(part))
        if request.method == "HEAD":
            self._chunks = iter(())
        self._first = next(self._chunks, b"")
        super().__init__(self._stream(), 200, own, "application/json")

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Send it."""
        try:
            await super().__call__(scope, receive, send)
        finally:
            with anyio.CancelScope(shield=True):
                await anyio.to_thread.run_sync(self._snapshot.close)

    async def _stream(self) -> AsyncIterator[bytes]:
        yield self._first
        while (chunk := await anyio.to_thread.run_sync(next, self._chunks, None)) is not None:
            yield chunk


def _takes_gzip(request: Request) -> bool:
    return accepts(request.headers.get("accept-encoding", ""), "gzip")
