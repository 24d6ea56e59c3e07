"""``/api/settings``: the copy of an owner's settings, written only by who has seen what stands there."""

from __future__ import annotations

from functools import partial

from starlette.requests import Request
from starlette.responses import Response

from py_export import settings as documents
from py_export.errors import ExportError
from py_export.notices import Notices

from .bodies import body_of
from .problems import Problem, unreadable
from .services import ask, services
from .settings_store import Conflict, Kept, SettingsStore
from .store import Store

_PRIVATE = {"Cache-Control": "private, no-cache"}


async def own_settings(request: Request) -> Response:
    """Answer, keep or remove the owner's settings, or a problem: 401, 404, 405, 412, 413, 422, 428, 503."""
    known = services(request)
    owner = await known.authenticator.owner(request)
    if not isinstance(known.store, Store):
        if request.method in ("GET", "HEAD"):
            raise Problem("settings_not_found", 404)
        raise Problem("store_read_only", 405, headers={"Allow": "GET, HEAD"})
    store = known.store.settings
    kept = await ask(partial(store.get, owner))
    if request.method == "PUT":
        return await _put(request, store, owner, kept)
    if request.method == "DELETE":
        return await _delete(request, store, owner, kept)
    if kept is None:
        raise Problem("settings_not_found", 404)
    if _names(request.headers.get("if-none-match", ""), kept, weakly=True):
        return Response(status_code=304, headers=_PRIVATE | {"ETag": kept.etag})
    return _answer(kept, 200)


async def _put(request: Request, store: SettingsStore, owner: str, kept: Kept | None) -> Response:
    _may_write(request, kept)
    notices = Notices()
    try:
        document = documents.read(await body_of(request, documents.MOST_BYTES), notices)
    except ExportError as error:
        raise unreadable(error) from None
    text = documents.text(document).decode("utf-8")
    try:
        made = await ask(partial(store.put, owner, text, kept))
    except Conflict:
        raise _changed() from None
    return _answer(made, 201 if kept is None else 200)


async def _delete(request: Request, store: SettingsStore, owner: str, kept: Kept | None) -> Response:
    if kept is None:
        raise Problem("settings_not_found", 404)
    _may_write(request, kept)
    try:
        await ask(partial(store.remove, owner, kept))
    except Conflict:
        raise _changed() from None
    return Response(status_code=204, headers=_PRIVATE)


def _may_write(request: Request, kept: Kept | None) -> None:
    """Raise a problem unless the request says what it has seen, and that is what stands there (RFC 9110, 13.1)."""
    if_match, if_none_match = (request.headers.get(name) for name in ("if-match", "if-none-match"))
    if if_match is None and if_none_match is None:
        raise Problem("precondition_required", 428)
    if if_match is not None and (kept is None or not _names(if_match, kept)):
        raise _changed()
    if if_none_match is not None and kept is not None and _names(if_none_match, kept, weakly=True):
        raise _changed()


def _names(header: str, kept: Kept, *, weakly: bool = False) -> bool:
    """Return whether a list of entity tags names what is kept; a weak tag does so in a weak comparison alone."""
    tags = [tag.strip() for tag in header.split(",")]
    return "*" in tags or kept.etag in ([tag.removeprefix("W/") for tag in tags] if weakly else tags)


def _answer(kept: Kept, status: int) -> Response:
    # What was sent is not what is kept where it said more than is known: the answer to a PUT is what is kept.
    headers = _PRIVATE | {"ETag": kept.etag, "Content-Location": "settings"}
    return Response(kept.document, status, headers, "application/json")


def _changed() -> Problem:
    return Problem("settings_changed", 412)
