"""``GET /api/analytics/export``: everything that an owner's sessions took, as one document."""

from __future__ import annotations

import time
from functools import partial

import anyio
import anyio.to_thread
from starlette.requests import Request
from starlette.responses import Response

from .analytics import caught_up, entity_tag, usage_store, wanted_of
from .answers import PRIVATE, JsonStream, holds
from .problems import Problem
from .services import ask, services
from .usage_document import UsageDocument

_SOON = "3"
"""Seconds after which more of what was stored before usage was is counted."""


async def export_usage(request: Request) -> Response:
    """Answer everything as one document, the one that ``analytics-json`` writes; refused rather than cut."""
    usage, owner = await usage_store(request)
    wanted = wanted_of(request)
    state = await caught_up(usage, owner)
    if state.pending:
        raise Problem("usage_pending", 503, headers={"Retry-After": _SOON}, count=state.pending)
    headers = PRIVATE | {"ETag": entity_tag(request, state, wanted)}
    if holds(request.headers.get("if-none-match", ""), headers["ETag"]):
        return Response(status_code=304, headers=headers)
    document = await ask(partial(usage.document, owner, wanted))
    try:
        await _allowed(request, document, owner)
    except BaseException:
        with anyio.CancelScope(shield=True):
            await anyio.to_thread.run_sync(document.close)
        raise
    chunks = document.chunks(int(time.time() * 1000))
    return await ask(partial(JsonStream, request, chunks, document.close, headers))


async def _allowed(request: Request, document: UsageDocument, owner: str) -> None:
    """Raise the problem that keeps a document from being sent: it is too large, or one of too many."""
    known = services(request)
    count, limit = await ask(lambda: document.count), known.settings.max_usage_events
    if count > limit:
        raise Problem("usage_too_large", 413, count=count, limit=limit)
    if request.method != "HEAD":
        await known.rate.take(owner)
