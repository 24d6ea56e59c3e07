"""The body of a request, of no more bytes than are taken."""

from __future__ import annotations

from starlette.requests import Request

from .problems import Problem


async def body_of(request: Request, limit: int) -> bytes:
    """Return the whole body. Raises a ``Problem`` as soon as it is known to be larger than ``limit``."""
    declared = request.headers.get("content-length", "")
    if declared.isdigit() and int(declared) > limit:
        raise Problem("file_too_large", 413, limit=limit)
    found = bytearray()
    async for chunk in request.stream():
        found += chunk
        if len(found) > limit:
            raise Problem("file_too_large", 413, limit=limit)
    return bytes(found)
