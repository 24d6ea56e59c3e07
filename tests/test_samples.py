"""Real sessions that other programs wrote: each is read or refused in words of ours; what is read can be written."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

import py_export
from py_export.writers import OF_SESSIONS


def test_every_real_file_is_read_and_written_or_refused_with_a_code(samples: Path) -> None:
    files = [path for path in sorted(samples.rglob("*")) if path.is_file()]
    assert files
    for path in files:
        sessions = []
        with suppress(py_export.ExportError):  # any other error fails the test
            sessions = py_export.read(path.read_bytes())
        for session in sessions:
            for writer in OF_SESSIONS:
                notices = py_export.Notices()
                assert b"".join(py_export.write(session, writer.id, notices=notices)) or "patch_empty" in notices, (
                    path.name
                )
