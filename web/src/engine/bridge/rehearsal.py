"""Do once what every export does, with a session that is nobody's: a picture of memory then holds it done."""

from __future__ import annotations

import gc
import json
from contextlib import suppress
from typing import Any

from py_export.writers import WRITERS
from py_export_bridge.file import File
from py_export_bridge.job import Job

AT = 1767225600000
MARK = "This is a rehearsal."
"""Stands in the session: whoever looks for it in a picture of memory learns that text is found there."""

_TURNS = 20
"""Python fits its code to what it does by doing it several times, and the picture holds the code as it is then."""

_TEXT = (
    f"# {MARK}\n\nA *text*, a `word`, a [link](https://example.org/), a list:\n\n1. one\n\n```python\nprint(1)\n```\n"
)
_BLOCKS: list[dict[str, Any]] = [
    {"type": "thinking", "text": MARK},
    {"type": "text", "text": _TEXT},
    {
        "type": "tool_call",
        "id": "t",
        "name": "Bash",
        "kind": "shell",
        "input": {"command": "ls"},
        "status": "completed",
        "result": {"blocks": [{"type": "text", "text": MARK}]},
    },
]
_SESSION: dict[str, Any] = {
    "schemaVersion": 1,
    "generator": "py-export",
    "exportedAt": AT,
    "session": {"id": "rehearsal", "title": MARK, "createdAt": AT, "updatedAt": AT},
    "messages": [
        {"id": str(number), "parentId": str(number - 1) if number else None, "createdAt": AT, **message}
        for number, message in enumerate(
            [{"role": "user", "blocks": [{"type": "text", "text": _TEXT}]}, {"role": "assistant", "blocks": _BLOCKS}]
            * _TURNS
        )
    ],
}


class _Payload:
    """The session's bytes, as the worker would hold a file."""

    names = '[""]'

    def __init__(self) -> None:
        self._bytes = json.dumps(_SESSION).encode()

    def to_bytes(self) -> bytes:
        return self._bytes

    def read(self, _index: int, _most: int) -> _Payload:
        return self

    def size(self, _index: int) -> int:
        return len(self._bytes)


def rehearse() -> None:
    """List a session, look at it, select from it, write it in every format that the archive alone can write."""
    file = File(_Payload(), "{}")
    file.about()
    file.header(0)
    file.messages(0, 1, 2)
    file.numbers(json.dumps({"filter": "c'text'", "range": [1, 2]}))
    for writer in WRITERS:
        request = json.dumps({"to": writer.id})
        with suppress(ModuleNotFoundError):  # HTML's templates are a part that comes when it is asked for
            file.preview(request, 1000)
            _write(Job(file, request))
    del file
    # What is there now stays: nothing is gained by looking through it again and again.
    gc.collect()
    gc.freeze()


def _write(job: Job) -> None:
    while job.step() is not None:
        pass
