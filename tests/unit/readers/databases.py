"""Databases made by hand, in memory: a HAPI hub's, Cursor's, and whatever a hostile one may hold."""

from __future__ import annotations

import json
import re
import sqlite3
from collections.abc import Mapping
from contextlib import closing
from typing import Any

from py_export import Notices, Session
from py_export.readers import Input, find_reader
from tests.golden.database_cases import FOLDER, database

HUB_SCHEMA = "\n".join(
    re.findall(r"^CREATE .*?;$", (FOLDER / "hapi-db" / "hub.sql").read_text(encoding="utf-8"), re.MULTILINE)
)
CURSOR_SCHEMA = """
    CREATE TABLE ItemTable (key TEXT UNIQUE ON CONFLICT REPLACE, value BLOB);
    CREATE TABLE cursorDiskKV (key TEXT UNIQUE ON CONFLICT REPLACE, value BLOB);
"""


def hub(sessions: Mapping[str, list[Any]], **columns: Any) -> bytes:  # noqa: ANN401 - values of columns
    """Return a hub's database of sessions with their messages; a message is its content, bytes as they are."""
    with closing(sqlite3.connect(":memory:")) as connection:
        connection.executescript(HUB_SCHEMA)
        for name, messages in sessions.items():
            row = {"id": name, "namespace": "default", "created_at": 1000, "updated_at": 2000} | columns
            _insert(connection, "sessions", row)
            for number, content in enumerate(messages):
                kept = content if isinstance(content, (bytes, str)) else json.dumps(content)
                at = 1000 + number
                message = {
                    "id": f"{name}-{number}",
                    "session_id": name,
                    "content": kept,
                    "created_at": at,
                    "seq": number,
                }
                _insert(connection, "messages", message | {"invoked_at": at})
        connection.commit()
        return connection.serialize()


def cursor(values: Mapping[str, Any], table: str = "cursorDiskKV") -> bytes:
    """Return Cursor's database of keys and values; a value that is no text and no bytes is written as JSON."""
    with closing(sqlite3.connect(":memory:")) as connection:
        connection.executescript(CURSOR_SCHEMA)
        for key, value in values.items():
            kept = value if value is None or isinstance(value, (str, bytes)) else json.dumps(value)
            _insert(connection, table, {"key": key, "value": kept})
        connection.commit()
        return connection.serialize()


def conversation(*bubbles: Any, **about: Any) -> bytes:  # noqa: ANN401 - JSON values
    """Return Cursor's database of one conversation, whose headers list every bubble."""
    names = [f"b{number}" for number in range(len(bubbles))]
    head = {"composerId": "c", "fullConversationHeadersOnly": [{"bubbleId": name} for name in names]} | about
    rows = {f"bubbleId:c:{name}": bubble for name, bubble in zip(names, bubbles, strict=True)}
    return cursor({"composerData:c": head} | rows)


def read(data: bytes, notices: Notices | None = None) -> list[Session]:
    """Read a database by the reader that knows it."""
    given = Input(data)
    return find_reader(given).read(given, Notices() if notices is None else notices)


def codes(notices: Notices) -> dict[str, int]:
    """Return how often each notice was given."""
    return {notice.code: notice.count for notice in notices}


def _insert(connection: sqlite3.Connection, table: str, row: Mapping[str, Any]) -> None:
    names, places = ", ".join(row), ", ".join("?" * len(row))
    connection.execute(f"INSERT INTO {table} ({names}) VALUES ({places})", list(row.values()))  # noqa: S608 - our own


__all__ = ["HUB_SCHEMA", "codes", "conversation", "cursor", "database", "hub", "read"]
