"""Several sessions as one document, for the formats that have such a thing."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator

from py_export import jsonlayout
from py_export.convert import write
from py_export.model import Session
from py_export.schema import SCHEMA_VERSION
from py_export.version import GENERATOR

BUNDLED = ("json",)
"""Formats of which one document holds several sessions."""

JOINED = ("jsonl",)
"""Formats whose documents make one when they follow one another; it does not say where a session ends."""


def bundle(sessions: Iterable[Session], exported_at: int | None) -> Iterator[bytes]:
    """Yield ``{"schemaVersion", "generator", "exportedAt", "sessions": [payload, ...]}``, each payload as it came."""
    head = json.dumps({"schemaVersion": SCHEMA_VERSION, "generator": GENERATOR, "exportedAt": exported_at})
    payloads = b",".join(b"".join(write(session, "json")) for session in sessions)
    yield from jsonlayout.indent(head.removesuffix("}").encode() + b', "sessions": [' + payloads + b"]}")
    yield b"\n"
