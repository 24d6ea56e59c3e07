"""The main job, on one screen: bytes are read to sessions, a session is written to bytes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

from py_export import options as option_models
from py_export.errors import ReadError, UsageError
from py_export.jsontext import encoded
from py_export.model import Session
from py_export.notices import Notices
from py_export.options import Options
from py_export.readers import Input
from py_export.readers.container import read_parts
from py_export.writers import Beside, Writer, find_writer
from py_export.writers.apart import Resolve, in_turn

if TYPE_CHECKING:  # most exports select nothing, and do not wait for the filter language
    from py_export.transforms.redact import Redaction
    from py_export.transforms.select import Selection


def convert(  # noqa: PLR0913 - the whole job in one call; all but the first two by name
    data: bytes | str,
    to: str = "markdown",
    source: str | None = None,
    *,
    options: Options | Mapping[str, Any] | None = None,
    select: Selection | None = None,
    redact: Redaction | str | None = None,
    exported_at: int | None = None,
    notices: Notices | None = None,
) -> bytes:
    """
    Convert one session from the bytes of any supported file to the bytes of another.

    Args:
        data: The file's bytes (text is taken as UTF-8).
        to: A writer's id.
        source: A reader's id; found by structure when absent.
        options: The format's options, as its model or as a mapping of their names.
        select: What of the session to take, and in which order.
        redact: What to hide of it: ``secrets``, ``people``, ``all``, or kinds apart by commas; with patterns and what
            to keep, as a ``Redaction``.
        exported_at: Unix milliseconds for a source that does not say when it was exported.
        notices: Collects what the format could not hold.

    Raises:
        ExportError: One of the errors drawn in ``py_export.errors``; nothing else.
    """
    if find_writer(to).kind == "settings":
        from py_export import settings  # noqa: PLC0415 - as above

        raw = data.encode("utf-8", "replace") if isinstance(data, str) else data
        return settings.text(settings.read(raw, Notices() if notices is None else notices))
    sessions = read(data, source, exported_at=exported_at, notices=notices)
    if len(sessions) != 1:
        raise UsageError(reason="several_sessions", count=len(sessions))
    session = sessions[0]
    if select is not None:
        from py_export.transforms.select import select as selected  # noqa: PLC0415 - as above

        session = selected(session, select, notices)
    if redact is not None:
        from py_export.transforms import redact as hiding  # noqa: PLC0415 - as above

        wanted = hiding.Redaction.of(redact) if isinstance(redact, str) else redact
        session, _ = hiding.redact(session, wanted, notices)
    return b"".join(write(session, to, options=options, notices=notices))


def read(
    data: bytes | str = b"",
    source: str | None = None,
    *,
    files: Mapping[str, bytes] | None = None,
    exported_at: int | None = None,
    notices: Notices | None = None,
) -> list[Session]:
    """
    Read the bytes of any supported file to its sessions, one at least.

    Args:
        data: The file's bytes (text is taken as UTF-8); those of a zip stand for the files in it.
        source: A reader's id; found by structure when absent.
        files: What belongs to the file, by path relative to it (sub-agents' transcripts); without ``data``, every
            file of a folder. They are looked up one at a time, so a mapping that reads them when asked saves memory.
        exported_at: Unix milliseconds for a source that does not say when it was exported.
        notices: Collects what could not be read.

    Raises:
        ReadError: Nothing could be read; of several files, one that cannot be read is a notice.
    """
    heard = Notices() if notices is None else notices
    sessions: list[Session] = []
    errors: list[ReadError] = []
    for part in read_parts(Input(data, files), source, heard):
        sessions += part.sessions
        if part.error is not None:
            errors.append(part.error)
            heard.add("file_unreadable", part.name)
    if errors and not sessions:
        raise errors[0]
    for session in sessions:
        if session.exported_at is None:
            session.exported_at = exported_at
    return sessions


def write(
    session: Session,
    to: str = "markdown",
    *,
    options: Options | Mapping[str, Any] | None = None,
    notices: Notices | None = None,
    resolve: Resolve = in_turn,
) -> Iterator[bytes]:
    """
    Write a session to the bytes of a format, chunk by chunk: text in UTF-8, or a zip where options ask for one.

    ``resolve`` has parts of a long document written, which may be done on several cores.

    Raises:
        OnlyInPage: At once, of a format whose file is made in the page alone.
    """
    writer = find_writer(to)
    writer.require_here()
    chosen = option_models.parse(writer.options, options)
    return written(session, writer, chosen, Notices() if notices is None else notices, resolve)


def written(
    session: Session, writer: Writer, chosen: Options, heard: Notices, resolve: Resolve = in_turn
) -> Iterator[bytes]:
    """Yield what a writer writes, as ``write`` does; of what is made in the page alone, what it is made from."""
    if chosen.packed:
        from py_export.packed import packed  # noqa: PLC0415 - few documents have something beside them

        yield from packed(session, writer, chosen, heard)
        return
    for chunk in resolve(writer.write(session, chosen, heard), heard):
        if not isinstance(chunk, Beside):
            yield chunk if isinstance(chunk, bytes) else encoded(chunk)
