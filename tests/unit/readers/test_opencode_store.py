"""opencode's storage folder and its database hold what its exports hold."""

from __future__ import annotations

import json
import sqlite3
from pathlib import Path
from typing import Any

import pytest

from py_export import Session, read
from py_export.errors import Unreadable
from py_export.model import Message
from py_export.transforms.measure import walk
from tests.golden.log_cases import FOLDER

EXPORTS: list[dict[str, Any]] = [
    one
    for one in json.loads((FOLDER / "opencode" / "with-sub-agents.json").read_text(encoding="utf-8"))
    if "messages" in one
]


def _folder() -> dict[str, bytes]:
    files: dict[str, bytes] = {"storage/todo/ses_a.json": b"[]", "storage/session_diff/ses_a.json": b"[]"}
    for export in EXPORTS:
        session = export["info"]["id"]
        files[f"storage/session/p1/{session}.json"] = json.dumps(export["info"]).encode()
        for message in export["messages"]:
            identity = message["info"]["id"]
            files[f"storage/message/{session}/{identity}.json"] = json.dumps(message["info"]).encode()
            for number, part in enumerate(message["parts"]):
                files[f"storage/part/{identity}/prt_{number}.json"] = json.dumps(part).encode()
    return files


def _database(path: Path) -> bytes:
    database = sqlite3.connect(path)
    database.execute(
        "CREATE TABLE session (id TEXT PRIMARY KEY, project_id TEXT, parent_id TEXT, slug TEXT, directory TEXT,"
        " title TEXT, version TEXT, share_url TEXT, revert TEXT, time_created INTEGER, time_updated INTEGER)"
    )
    database.execute(
        "CREATE TABLE message (id TEXT, session_id TEXT, time_created INTEGER, time_updated INTEGER, data TEXT)"
    )
    database.execute("CREATE TABLE part (id TEXT, message_id TEXT, session_id TEXT, time_created INTEGER, data TEXT)")
    for export in reversed(EXPORTS):
        info = export["info"]
        values = [info["id"], info["projectID"], info.get("parentID"), None, info["directory"], info["title"]]
        values += [info["version"], None, None, info["time"]["created"], info["time"]["updated"]]
        database.execute("INSERT INTO session VALUES (?,?,?,?,?,?,?,?,?,?,?)", values)
        for message in reversed(export["messages"]):
            own = {name: value for name, value in message["info"].items() if name not in ("id", "sessionID")}
            identity, created = message["info"]["id"], message["info"]["time"]["created"]
            database.execute(
                "INSERT INTO message VALUES (?,?,?,?,?)", [identity, info["id"], created, created, json.dumps(own)]
            )
            for number, part in reversed(list(enumerate(message["parts"]))):
                row = [f"prt_{identity}_{number}", identity, info["id"], created, json.dumps(part)]
                database.execute("INSERT INTO part VALUES (?,?,?,?,?)", row)
    database.commit()
    database.close()
    return path.read_bytes()


def _told(sessions: list[Session]) -> list[tuple[str | None, list[Message]]]:
    """Return what the sessions say, without the records, which differ."""
    for session in sessions:
        for message in walk(session.messages):
            message.source = None
    return sorted([(session.title, session.messages) for session in sessions], key=lambda one: one[0] or "")


EXPECTED = _told(read((FOLDER / "opencode" / "with-sub-agents.json").read_bytes()))


def test_the_storage_folder_holds_what_the_exports_hold() -> None:
    assert _told(read(files=_folder())) == EXPECTED


def test_a_folder_whose_files_are_named_and_laid_out_otherwise_holds_the_same() -> None:
    files = {}
    for number, (name, data) in enumerate(sorted(_folder().items())):
        record = json.loads(data)
        if name.startswith("storage/part/"):
            record |= {"id": f"prt_{number:03}", "messageID": name.split("/")[2], "text": record.get("text") or " "}
            record["more"] = "x" * (1 << 16) if number % 2 else ""  # too long to be looked at as a whole
        elif name.startswith("storage/message/"):
            record["sessionID"] = name.split("/")[2]
        files[f"{number % 3}/{99 - number}"] = json.dumps(record, indent=number % 2 or None).encode()
    assert _told(read(files=files)) == EXPECTED


def test_ids_need_not_look_as_opencodes_do() -> None:
    info = {"id": "s", "projectID": "p", "directory": "/w", "title": "T", "time": {"created": 1, "updated": 2}}
    files = {"session/s.json": info}
    for number, (role, text) in enumerate([("user", "Hello"), ("assistant", "Hi")]):
        about = {"id": f"m{9 - number}", "sessionID": "s", "role": role, "time": {"created": 10 + number}}
        files[f"message/s/{number}.json"] = about
        said = {"id": "p", "messageID": f"m{9 - number}", "type": "text"}
        files[f"part/m{9 - number}/001.json"] = {**said, "text": text}
        files[f"part/m{9 - number}/002.json"] = {**said, "id": "a", "text": "!"}
    (session,) = read(files={name: json.dumps(record).encode() for name, record in files.items()})
    blocks = [getattr(block, "text", "") for message in session.messages for block in message.blocks]
    assert (session.title, blocks) == ("T", ["Hello", "!", "Hi", "!"])


def test_the_database_holds_what_the_exports_hold(tmp_path: Path) -> None:
    sessions = read(_database(tmp_path / "opencode.db"))
    assert {session.source.version for session in sessions} == {"1.2.0"}
    assert {session.workspace for session in sessions} == {"/w"}
    assert _told(sessions) == EXPECTED


def test_a_stored_session_without_its_messages_says_what_is_missing() -> None:
    name = "storage/session/p1/ses_a.json"
    with pytest.raises(Unreadable):
        read(_folder()[name])


def test_a_file_of_the_storage_that_is_broken_stops_no_other() -> None:
    files = _folder()
    files["storage/part/msg_b2/prt_0.json"] = b'{"type": "te'
    sessions = read(files=files)
    assert '{"type": "te' in str([message.source for session in sessions for message in walk(session.messages)])
    assert len(sessions) == 2
    assert sum(len(list(walk(session.messages))) for session in sessions) == 5
