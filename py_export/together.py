"""Several sessions as one document, for the formats that have such a thing: the table's row says which, and how."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from py_export.convert import write
from py_export.errors import ExportError, UsageError
from py_export.jsontext import encoded
from py_export.model import Session
from py_export.notices import Notices
from py_export.options import Options
from py_export.writers import Writer


def together(  # noqa: PLR0913, PLR0917 - what a writer takes, and what becomes of a session that it cannot write
    sessions: Iterable[Session],
    writer: Writer,
    options: Options,
    notices: Notices,
    exported_at: int | None,
    failed: Callable[[Session, ExportError], None] | None = None,
) -> Iterator[bytes]:
    """
    Yield one document of several sessions, which are taken one by one, when their turn comes.

    ``failed`` is told of a session that cannot be written, and the others go on; without it, nothing goes on.

    Raises:
        UsageError: The format has no such thing.
    """
    if writer.several == "joined":
        for session in sessions:
            try:
                yield from write(session, writer.id, options=options, notices=notices)
            except UsageError:
                raise
            except ExportError as error:
                if failed is None:
                    raise
                failed(session, error)
    elif writer.several == "together":
        for chunk in writer.write_several(sessions, options, notices, exported_at):
            yield chunk if isinstance(chunk, bytes) else encoded(chunk)
    else:
        raise UsageError(reason="several_sessions", count=sum(1 for _ in sessions))
