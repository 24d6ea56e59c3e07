"""``python -m tests.benchmarks.served DATABASE FOLDER``: the function, and beside it a folder of files as they lie."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response, StreamingResponse
from starlette.routing import Route

from py_export.commands.function import function_module, settings_from
from py_export.commands.store import opened_store

CHUNK = 1 << 16


def main(database: str, folder: str) -> None:
    """Serve until interrupted; the address is printed."""
    server, gzipped = function_module("serve"), function_module("compression").gzipped
    create_app = server.create_app

    def send(request: Request) -> Response:
        chunks = _chunks(Path(folder, request.path_params["name"]))
        if "gzip" not in request.headers["accept-encoding"]:
            return StreamingResponse(chunks, media_type="application/json")
        return StreamingResponse(gzipped(chunks), headers={"Content-Encoding": "gzip"}, media_type="application/json")

    def with_files(*given: Any) -> Starlette:  # noqa: ANN401 - as the function's own
        app: Starlette = create_app(*given)
        app.router.routes.insert(0, Route("/static/{name}", send))
        return app

    setattr(server, "create_app", with_files)  # noqa: B010 - a module's own, which it looks up when it serves
    settings = settings_from(port=0, database=database)
    server.serve(settings, opened_store(settings), lambda address: print(address, flush=True))  # noqa: T201 - the result


def _chunks(file: Path) -> Iterator[bytes]:
    with file.open("rb") as data:
        while chunk := data.read(CHUNK):
            yield chunk


if __name__ == "__main__":
    main(*sys.argv[1:])
