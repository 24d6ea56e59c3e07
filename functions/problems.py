"""Errors over HTTP: RFC 9457 problem details, in the reader's language."""

from __future__ import annotations

from collections.abc import Mapping

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from py_export.errors import ExportError, NotRecognised
from py_export.l10n import translate

from .negotiation import language

MEDIA_TYPE = "application/problem+json"
_TYPE = "urn:problem-type:py-export:"
_PLAIN_CODES = {404: "not_found", 405: "method_not_allowed"}


class Problem(Exception):
    """
    An answer that is no success.

    Attributes:
        code: A stable name; its words are ``problem.<code>.title`` and ``.detail`` in the locale files.
        status: The HTTP status.
        members: What the code needs beside the standard members (``count``, ``limit``, ``where``); never content.
        sentence: An error of the library, whose own sentence is the detail.
    """

    def __init__(
        self,
        code: str,
        status: int,
        *,
        headers: Mapping[str, str] | None = None,
        sentence: ExportError | None = None,
        **members: str | int,
    ) -> None:
        super().__init__(code, status)
        self.code = code
        self.status = status
        self.headers = dict(headers or {})
        self.members = members
        self.sentence = sentence

    def answer(self, request: Request) -> Response:
        """Return the response, its words in the language that the request prefers."""
        locale = language(request.headers.get("accept-language", ""))
        if self.sentence is not None:
            detail = self.sentence.message(locale)
        else:
            detail = translate(f"problem.{self.code}.detail", locale, **self.members)
        body = {
            "type": _TYPE + self.code,
            "title": translate(f"problem.{self.code}.title", locale),
            "status": self.status,
            "detail": detail,
            "code": self.code,
            **self.members,
        }
        headers = {"Cache-Control": "no-store", "Content-Language": locale, "Vary": "Accept-Language"} | self.headers
        return JSONResponse(body, self.status, headers, MEDIA_TYPE)


def unreadable(error: ExportError) -> Problem:
    """Return the answer to a file that cannot be imported: 415 where no reader knows it, else 422 with the place."""
    if isinstance(error, NotRecognised):
        return Problem(error.code, 415, sentence=error)
    return Problem(error.code, 422, sentence=error, where=error.where)


async def answer_problem(request: Request, error: Exception) -> Response:
    """Answer a ``Problem``; Starlette's exception handler."""
    assert isinstance(error, Problem)  # noqa: S101 - registered for this class alone
    return error.answer(request)


async def answer_http_error(request: Request, error: Exception) -> Response:
    """Answer what Starlette itself refuses: an unknown path, a wrong method, a body it cannot parse."""
    assert isinstance(error, HTTPException)  # noqa: S101 - registered for this class alone
    code = _PLAIN_CODES.get(error.status_code, "bad_request")
    return Problem(code, error.status_code, headers=error.headers).answer(request)
