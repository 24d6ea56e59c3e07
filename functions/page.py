"""The page's files: built beforehand, typed, compressed beforehand, cached by their names."""

from __future__ import annotations

import os
import re
from importlib.resources import files
from pathlib import Path, PurePosixPath

from starlette.datastructures import Headers
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import FileResponse, PlainTextResponse, RedirectResponse, Response
from starlette.staticfiles import NotModifiedResponse, StaticFiles
from starlette.types import Receive, Scope, Send

from py_export.l10n import translate

from .negotiation import accepts, language

CONTENT_SECURITY_POLICY = (
    "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; img-src 'self' data: blob:; "
    "connect-src 'self' blob:; worker-src 'self' blob:; manifest-src 'self'; font-src 'self'; "
    "base-uri 'none'; form-action 'none'; frame-ancestors 'self'"
)
"""The engine is WebAssembly; a host on another origin starts its worker from a Blob, and a busy
worker is interrupted by withdrawing a blob's address, which it must be allowed to ask for (``connect-src``)."""

_MEDIA_TYPES = {
    ".css": "text/css; charset=utf-8",
    ".gz": "application/gzip",
    ".html": "text/html; charset=utf-8",
    ".ico": "image/x-icon",
    ".js": "text/javascript; charset=utf-8",
    ".json": "application/json",
    ".map": "application/json",
    ".mjs": "text/javascript; charset=utf-8",
    ".png": "image/png",
    ".so": "application/wasm",  # a side module of the engine; only this type can be compiled while it comes
    ".svg": "image/svg+xml",
    ".ttf": "font/ttf",
    ".txt": "text/plain; charset=utf-8",
    ".wasm": "application/wasm",
    ".webmanifest": "application/manifest+json",
    ".whl": "application/octet-stream",
    ".woff2": "font/woff2",
    ".zip": "application/zip",
}
"""Written down: Python's own table asks the machine it runs on, and 3.11 calls a script application/javascript."""

_CODINGS = (("br", ".br"), ("gzip", ".gz"))
_HASHED = re.compile(r"(?:^|/)assets/|[.-](?=[0-9a-f]*\d)[0-9a-f]{8,}(?:[./]|$)|/(?=[0-9a-f]*\d)[0-9a-f]{8,}/")
_FONT = re.compile(r"engine/fonts/([a-z]+)/([a-z-]+)-[0-9a-f]{16}\.ttf")
_FOREVER = "public, max-age=31536000, immutable"
_ASK_AGAIN = "no-cache"


class PageFiles(StaticFiles):
    """Serves the folder that the build made."""

    def __init__(self, directory: Path) -> None:
        super().__init__(directory=directory, html=True)

    async def get_response(self, path: str, scope: Scope) -> Response:
        """Return the file in the best coding that the client accepts."""
        accepted = Headers(scope=scope).get("accept-encoding", "")
        for coding, suffix in _CODINGS:
            if accepts(accepted, coding):
                name = "index.html" if path == "." else path
                full_path, found = self.lookup_path(name + suffix)
                if found is not None:
                    return self._file(name, full_path, found, scope, coding)
        font = _font_of_library(path)
        if font is not None and self.lookup_path(path)[1] is None:
            return self._file(path, font, font.stat(), scope, None)
        return await super().get_response(path, scope)

    def file_response(
        self, full_path: str | os.PathLike[str], stat_result: os.stat_result, scope: Scope, status_code: int = 200
    ) -> Response:
        """Return the file as it is."""
        name = PurePosixPath(os.path.relpath(full_path, self.all_directories[0])).as_posix()
        return self._file(name, full_path, stat_result, scope, None, status_code)

    def _file(  # noqa: PLR0913, PLR0917 - StaticFiles asks for most of them
        self,
        name: str,
        full_path: str | os.PathLike[str],
        found: os.stat_result,
        scope: Scope,
        coding: str | None,
        status: int = 200,
    ) -> Response:
        headers = _headers(name) | ({"Content-Encoding": coding} if coding else {})
        media_type = _MEDIA_TYPES.get(PurePosixPath(name).suffix, "application/octet-stream")
        answer = FileResponse(full_path, status, headers, media_type, stat_result=found)
        if self.is_not_modified(answer.headers, Headers(scope=scope)):
            return NotModifiedResponse(answer.headers)
        return answer


async def refuse_share(_: Request) -> Response:
    """
    Answer files that were shared into the installed app, and came here because its service worker is gone.

    They are not read: what people open stays on their device. The page says that it did not work.
    """
    return RedirectResponse("./?shared=failed", 303)


class NoPage:
    """Answers in the page's stead where none has been built: says what to do."""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer."""
        if scope["path"] not in ("", "/"):
            raise HTTPException(404)
        locale = language(Request(scope).headers.get("accept-language", ""))
        await PlainTextResponse(translate("problem.page_missing.detail", locale) + "\n", 404)(scope, receive, send)


def find_page(setting: Path | None) -> Path | None:
    """Return the folder of the built page: the one that was set, the wheel's, or a checkout's."""
    here = Path(__file__).resolve().parent
    for folder in [setting] if setting else [here / "page", here.parent / "web" / "dist"]:
        if (folder / "index.html").is_file():
            return folder
    return None


def _font_of_library(path: str) -> Path | None:
    """Return a font of PDFs as it lies in the library: a wheel does not hold it a second time for the page."""
    name = _FONT.fullmatch(PurePosixPath(path).as_posix())
    font = Path(str(files("py_export") / "fonts" / name[1] / f"{name[2]}.ttf")) if name else None
    return font if font is not None and font.is_file() else None


def _headers(name: str) -> dict[str, str]:
    headers = {"Cache-Control": _FOREVER if _HASHED.search(name) else _ASK_AGAIN, "Vary": "Accept-Encoding"}
    if name.endswith(".html"):
        return headers | {
            "Content-Security-Policy": CONTENT_SECURITY_POLICY,
            "Cross-Origin-Opener-Policy": "same-origin",
        }
    # The element, its worker and the engine are public: a host application on another origin may load them.
    return headers | {
        "Access-Control-Allow-Origin": "*",
        "Cross-Origin-Resource-Policy": "cross-origin",
        # A worker obeys the policy of its own script, not that of the page that started it.
        "Content-Security-Policy": CONTENT_SECURITY_POLICY,
    }
