"""
The hapi reader's golden files: whole sessions, and what is read from them. Look at the difference before you keep it.

    .venv/bin/python -m tests.golden.hapi_cases     writes them anew
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from py_export import Notices, read
from py_export.model import Header, Message
from py_export.schema import plain
from py_export.transforms.measure import walk

FOLDER = Path(__file__).parent / "hapi"

CASES = ("antigravity", "broken", "chinese", "claude", "codex")
"""Each a hub's document, ``<case>.json``, and the session read from it, ``<case>.session.json``."""


def written(case: str) -> str:
    """Return what is read from a case as JSON, with the notices; the records themselves are left out."""
    notices = Notices()
    (session,) = read((FOLDER / f"{case}.json").read_bytes(), notices=notices)
    for message in walk([*session.messages, *session.notes]):
        assert message.source is not None
        message.source = _rows(message)
    header = Header(**{name: getattr(session, name) for name in Header.__struct_fields__})
    found: dict[str, Any] = {
        "exportedAt": session.exported_at,
        "session": plain(header),
        "messages": plain(session.messages),
        "notes": plain(session.notes),
        "visible": session.document.visible if session.document is not None else None,
        "notices": [plain_notice(notice) for notice in notices],
    }
    return json.dumps(found, ensure_ascii=False, indent=2) + "\n"


def plain_notice(notice: Any) -> dict[str, Any]:  # noqa: ANN401 - a notice, as JSON
    """Return a notice as JSON."""
    return {"code": notice.code, "count": notice.count, "where": notice.where, **notice.params}


def _rows(message: Message) -> list[Any]:
    """Return the ids of the records that a message came from."""
    records = message.source if isinstance(message.source, list) else [message.source]
    return [record.get("id", record.get("entryId")) if isinstance(record, dict) else record for record in records]


if __name__ == "__main__":
    for name in CASES:
        (FOLDER / f"{name}.session.json").write_text(written(name), encoding="utf-8")
