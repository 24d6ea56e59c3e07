"""Images that a session holds the bytes of: only what their first bytes show them to be."""

from __future__ import annotations

import re
from base64 import b64decode
from typing import NamedTuple

_BASE64 = re.compile(r"(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}(?:==)?|[A-Za-z0-9+/]{3}=?)?", re.ASCII)
_URL = re.compile(r"data:image/[\w.+-]+(?:;[\w=.+-]+)*;base64,", re.ASCII | re.IGNORECASE)
_SPACE = re.compile(r"\s+")

_SIGNATURES = {
    "image/png": re.compile(rb"\x89PNG\r\n\x1a\n"),
    "image/jpeg": re.compile(rb"\xff\xd8\xff"),
    "image/gif": re.compile(rb"GIF8[79]a"),
    "image/webp": re.compile(rb"RIFF.{4}WEBP", re.DOTALL),
}


class Picture(NamedTuple):
    """An image: its media type, and its bytes in base64, without space between."""

    media_type: str
    body: str

    @property
    def url(self) -> str:
        """It as a ``data:`` address."""
        return f"data:{self.media_type};base64,{self.body}"

    @property
    def data(self) -> bytes:
        """Its bytes."""
        return b64decode(self.body + "=" * (-len(self.body) % 4))


def picture(data: str) -> Picture | None:
    """Return base64 as an image where it is a PNG, JPEG, GIF or WebP, by its bytes; None otherwise."""
    body = data if data.isalnum() else _SPACE.sub("", data)
    if not _BASE64.fullmatch(body):
        return None
    start = b64decode(body[:32] + "=" * (-len(body[:32]) % 4))
    for kind, signature in _SIGNATURES.items():
        if signature.match(start):
            return Picture(kind, body)
    return None


def addressed(url: str) -> Picture | None:
    """Return the same of a ``data:`` address."""
    match = _URL.match(url)
    return picture(url[match.end() :]) if match else None


def inline(data: str) -> str | None:
    """Return base64 as a ``data:`` address where it is an image; None otherwise."""
    found = picture(data)
    return None if found is None else found.url


def data_url(url: str) -> str | None:
    """Return the same of a ``data:`` address."""
    found = addressed(url)
    return None if found is None else found.url
