"""
HFS's JSON, schema version "1.0.0": ``{"metadata", "session", "messages"}`` with the full trace.

``metadata`` says the schema's version, when and by what it was exported, and how many messages there are. A message
has its texts as ``content``, and everything it holds as ``blocks``, in order: thinking, each tool call with its input,
its result and its sub-agent's messages, attachments with their bytes, events, errors. Names are those of
``hfs-json.schema.json``, which stands in the package.

Lost: only the records that a source's messages came from; the canonical JSON keeps those.
"""

from __future__ import annotations

from collections.abc import Iterator

from msgspec.structs import replace

from py_export import jsonlayout, jsontext
from py_export.model import Header, Json, Message, Session, Text
from py_export.notices import Notices
from py_export.options import HfsJsonOptions
from py_export.schema_hfs import moment, plain
from py_export.transforms import measure
from py_export.transforms.shown import Shown
from py_export.version import GENERATOR
from py_export.versions import PRESENT
from py_export.writers.figures import session_counts, session_usage


def write(session: Session, options: HfsJsonOptions, notices: Notices) -> Iterator[bytes]:
    """Yield the document: UTF-8, two spaces, LF, one newline at the end."""
    shown = Shown(options, notices)
    head = {"metadata": _metadata(session, options), "session": plain(_header(session, shown), options.timezone)}
    yield jsontext.encode(head, indent=2).removesuffix(b"\n}")
    if session.notes:
        yield from jsonlayout.listed("notes", _messages("notes", session.notes, shown), 1)
    yield from jsonlayout.listed("messages", _messages("messages", session.messages, shown), 1)
    yield b"\n}\n"


def _metadata(session: Session, options: HfsJsonOptions) -> dict[str, Json]:
    found: dict[str, Json] = {"schema_version": PRESENT["hfs-json"]}
    if session.exported_at is not None:
        found["exported_at"] = moment(session.exported_at, options.timezone)
    return found | {"exporter": GENERATOR, "message_count": len(session.messages)}


def _header(session: Session, shown: Shown) -> Header:
    head = Header(**{name: getattr(session, name) for name in Header.__struct_fields__})
    return replace(
        head,
        created_at=shown.time(head.created_at),
        updated_at=shown.time(head.updated_at),
        duration_ms=measure.duration(session.messages) if head.duration_ms is None else head.duration_ms,
        usage=shown.usage(session_usage(session)),
        counts=session_counts(session),
    )


def _messages(name: str, messages: list[Message], shown: Shown) -> Iterator[Json]:
    for at, message in enumerate(messages):
        found = plain(shown.message(message, f"{name}[{at}]"), shown.options.timezone)
        yield _with_content(found) if shown.options.messages else found


def _with_content(message: Json) -> Json:
    """Put a message's texts behind its role, for readers that want no more."""
    said = [block["text"] for block in message["blocks"] if block["type"] == Text("").type]
    found: dict[str, Json] = {}
    for key, value in message.items():
        found[key] = value
        if key == "role":
            found["content"] = "\n\n".join(said)
    return found
