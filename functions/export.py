"""``GET /api/sessions/{id}/export``: the payload or a range of its messages, streamed; refused rather than cut."""

from __future__ import annotations

from functools import partial

import anyio
import anyio.to_thread
from starlette.requests import Request
from starlette.responses import Response

from py_export.model import Range

from .answers import PRIVATE, PayloadAnswer, holds
from .problems import Problem
from .services import ask, services
from .stores import SessionSnapshot

_MOST_DIGITS = 9


async def export_session(request: Request) -> Response:
    """Answer the payload, 304 where the reader holds it, or a problem: 401, 404, 413, 422, 429, 503."""
    known = services(request)
    owner = await known.authenticator.owner(request)
    snapshot = await ask(partial(known.store.snapshot, owner, request.path_params["id"]))
    if snapshot is None:
        raise Problem("session_not_found", 404)
    try:
        return await _answer(request, snapshot, owner)
    except BaseException:
        with anyio.CancelScope(shield=True):
            await anyio.to_thread.run_sync(snapshot.close)
        raise


async def _answer(request: Request, snapshot: SessionSnapshot, owner: str) -> Response:
    known = services(request)
    part = _part(request, snapshot.count)
    wanted = part.to - part.from_ + 1 if part else snapshot.count
    if wanted > known.settings.max_messages:
        raise Problem("session_too_large", 413, count=snapshot.count, limit=known.settings.max_messages)
    headers = PRIVATE | {"ETag": snapshot.etag(part)}
    if holds(request.headers.get("if-none-match", ""), headers["ETag"]):
        await anyio.to_thread.run_sync(snapshot.close)
        return Response(status_code=304, headers=headers)
    if request.method != "HEAD":
        await known.rate.take(owner)
    return await ask(partial(PayloadAnswer, request, snapshot, part, headers))


def _part(request: Request, count: int) -> Range | None:
    """Return the range that the query asks for, None for the whole."""
    given = request.query_params
    if "from" not in given and "to" not in given:
        return None
    first = _number(given.get("from", "1"), count)
    last = _number(given.get("to", str(count)), count)
    if not 1 <= first <= last <= count:
        raise Problem("invalid_range", 422, count=count)
    return Range(first, last, count)


def _number(text: str, count: int) -> int:
    if not (text.isascii() and text.isdigit() and len(text) <= _MOST_DIGITS):
        raise Problem("invalid_range", 422, count=count)
    return int(text)
