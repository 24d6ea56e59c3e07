"""A document with what lies beside it: file by file, or as the zip that they make."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from py_export.filenames import document_name
from py_export.jsontext import encoded
from py_export.model import Session
from py_export.notices import Notices
from py_export.options import Options
from py_export.writers import Beside, Writer
from py_export.writers.apart import Resolve, in_turn


def files(  # noqa: PLR0913, PLR0917 - what a writer takes, and how
    session: Session,
    writer: Writer,
    options: Options,
    notices: Notices,
    name: str | None = None,
    resolve: Resolve = in_turn,
) -> Iterator[tuple[str, Iterable[bytes]]]:
    """
    Yield every file that a session becomes: the document by its name, then the rest by their paths from there.

    What lies beside a document is known once its own chunks have been taken. ``resolve`` is as ``write`` has it.
    """
    beside: list[Beside] = []

    def document() -> Iterator[bytes]:
        for chunk in resolve(writer.write(session, options, notices), notices):
            if isinstance(chunk, Beside):
                beside.append(chunk)
            else:
                yield chunk if isinstance(chunk, bytes) else encoded(chunk)

    yield name or document_name(session, writer, options), document()
    for one in beside:
        yield one.path, (one.data,)


def packed(session: Session, writer: Writer, options: Options, notices: Notices) -> Iterator[bytes]:
    """Yield the zip of them, a chunk at least for each of the document's."""
    from py_export.archive import Passing, Zip  # noqa: PLC0415 - zips take a while to import, and few are made

    target = Passing()
    with Zip(target) as archive:
        for _ in archive.document(files(session, writer, options, notices)):
            yield target.taken()
    yield target.taken()
