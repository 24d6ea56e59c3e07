"""``/api/sessions``: the owner's list, a session's header and messages as the page shows them, the import of files."""

from __future__ import annotations

from collections.abc import AsyncGenerator
from dataclasses import asdict
from functools import partial

from starlette.datastructures import UploadFile
from starlette.formparsers import MultiPartException, MultiPartParser
from starlette.requests import Request
from starlette.responses import Response

from py_export.errors import ExportError
from py_export.notices import Notices

from .answers import json_answer, json_text
from .bodies import body_of
from .importing import import_files
from .negotiation import language
from .parameters import number
from .problems import Problem, unreadable
from .services import ask, services
from .store import Store

_DEFAULT_LIMIT = 50
_MOST_ROWS = 200
"""Of any list in one answer."""

_MOST_FILES = 100


async def list_or_import(request: Request) -> Response:
    """Answer both methods of one address, so that any other one is told of both."""
    return await (import_sessions if request.method == "POST" else list_sessions)(request)


async def list_sessions(request: Request) -> Response:
    """Answer the owner's sessions, the latest first, page by page; ``q`` looks for words in titles."""
    known = services(request)
    owner = await known.authenticator.owner(request)
    limit = number(request, "limit", _DEFAULT_LIMIT, _MOST_ROWS)
    given = request.query_params
    try:
        page = await ask(partial(known.store.list, owner, limit, given.get("cursor"), given.get("q")))
    except ValueError:
        raise Problem("invalid_parameter", 422, parameter="cursor") from None
    rows = [
        {
            "id": row.id,
            "title": row.title,
            "source": {"app": row.source_app, "format": row.source_format},
            "createdAt": row.created_at,
            "updatedAt": row.updated_at,
            "messageCount": row.message_count,
            "viewCount": row.view_count,
            "bytes": row.bytes,
        }
        for row in page.rows
    ]
    return json_answer(request, {"sessions": rows, "nextCursor": page.next_cursor})


async def show_session(request: Request) -> Response:
    """Answer one session's header."""
    known = services(request)
    owner = await known.authenticator.owner(request)
    view = await ask(partial(known.store.view, owner, request.path_params["id"]))
    if view is None:
        raise Problem("session_not_found", 404)
    return json_text(request, view.encode("utf-8"))


async def show_messages(request: Request) -> Response:
    """Answer some messages as the page shows them, at most 200; numbers beyond the last are no error."""
    known = services(request)
    owner = await known.authenticator.owner(request)
    first = number(request, "from", 1)
    last = number(request, "to", first + _MOST_ROWS - 1)
    if not first <= last < first + _MOST_ROWS:
        raise Problem("invalid_parameter", 422, parameter="to")
    found = await ask(partial(known.store.views, owner, request.path_params["id"], first, last))
    if found is None:
        raise Problem("session_not_found", 404)
    records, total = found
    return json_text(request, f'{{"messages":[{",".join(records)}],"of":{total}}}'.encode())


async def import_sessions(request: Request) -> Response:
    """Store every session of a file that any reader reads; several files as the parts of a form."""
    known = services(request)
    owner = await known.authenticator.owner(request)
    if not isinstance(known.store, Store):
        raise Problem("store_read_only", 405, headers={"Allow": "GET, HEAD"})
    files = await _files(request, known.settings.max_upload_bytes)
    notices = Notices()
    try:
        imported = await ask(partial(import_files, known.store, owner, files, notices))
    except ExportError as error:
        raise unreadable(error) from None
    locale = language(request.headers.get("accept-language", ""))
    answer = {
        "imported": [
            {"id": one.id, "title": one.title, "status": one.status, "messageCount": one.message_count}
            | {"viewCount": one.view_count}
            for one in imported
        ],
        "notices": [
            {key: value for key, value in asdict(notice).items() if key != "params"}
            | {"message": notice.message(locale)}
            for notice in notices
        ],
    }
    return json_answer(request, answer, 201)


async def _files(request: Request, limit: int) -> list[bytes]:
    body = await body_of(request, limit)
    if not request.headers.get("content-type", "").lower().startswith("multipart/form-data"):
        return [body]
    try:
        parser = MultiPartParser(request.headers, _once(body), max_files=_MOST_FILES, max_part_size=limit)
        form = await parser.parse()
    except (MultiPartException, KeyError):
        raise Problem("bad_request", 400) from None
    files = [await part.read() for _, part in form.multi_items() if isinstance(part, UploadFile)]
    if not files:  # an answer of 201 would say that something was stored
        raise Problem("bad_request", 400)
    return files


async def _once(body: bytes) -> AsyncGenerator[bytes, None]:
    yield body
