"""
Write the canonical payload, schemaVersion 1: the Session and nothing more.

A session that was read from a payload, ours or a HAPI hub's, leaves as that document, token for token, laid out with
two spaces: number tokens, key order and escapes as they came. Nothing is lossy but numbers that JSON cannot hold
(NaN, infinities become null).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from py_export import jsonlayout, jsontext
from py_export.model import Header, Message, Session
from py_export.notices import Notices
from py_export.options import JsonOptions
from py_export.schema import SCHEMA_VERSION, plain
from py_export.version import GENERATOR
from py_export.writers.runs import Run, Runs


def write(session: Session, _options: JsonOptions, _notices: Notices) -> Iterator[bytes]:
    """Yield the payload's bytes: UTF-8, two spaces, LF, one newline at the end."""
    document = session.document
    if document is not None and document.slices and document.data is document.raw:  # else they lie elsewhere in it
        yield from jsonlayout.indent_slices(document.data, document.slices)
    elif document is not None:
        yield from jsonlayout.indent(document.data)
    else:
        yield from _canonical(session)
    yield b"\n"


def run(_session: Session, _options: JsonOptions) -> Run:
    """Return what writes some of a session's messages."""
    return _Run()


class _Run(Run):
    linked = True

    def write(self, messages: list[Message], first: int, notices: Notices) -> Iterator[bytes]:
        """Yield the messages, each behind a comma."""
        del first, notices
        return jsonlayout.items(messages, 1)


def write_several(
    sessions: Iterable[Session], options: JsonOptions, notices: Notices, exported_at: int | None
) -> Iterator[bytes]:
    """Yield ``{"schemaVersion", "generator", "exportedAt", "sessions": [payload, ...]}``, each payload as it came."""
    head = {"schemaVersion": SCHEMA_VERSION, "generator": GENERATOR, "exportedAt": exported_at}
    yield jsontext.encode(head, indent=2).removesuffix(b"\n}") + b',\n  "sessions": ['
    before, after = b"\n    ", b"]"
    for session in sessions:
        yield before
        for chunk in write(session, options, notices):
            yield chunk.replace(b"\n", b"\n    ") if chunk != b"\n" else b""
        before, after = b",\n    ", b"\n  ]"
    yield after + b"\n}\n"


def _canonical(session: Session) -> Iterator[bytes]:
    header = Header(**{name: getattr(session, name) for name in Header.__struct_fields__})
    head = {"schemaVersion": SCHEMA_VERSION, "generator": GENERATOR, "exportedAt": session.exported_at}
    known = {name: value for name, value in head.items() if value is not None}
    yield jsontext.encode(known | {"session": plain(header)}, indent=2).removesuffix(b"\n}")
    if session.notes:
        yield from jsonlayout.listed("notes", session.notes, 1)
    if isinstance(session.messages, Runs):
        yield from jsonlayout.enclosed("messages", session.messages.chunks(), 1)
    else:
        yield from jsonlayout.listed("messages", session.messages, 1)
    yield b"\n}"
