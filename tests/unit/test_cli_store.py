from __future__ import annotations

import json
import socket
import sqlite3
import subprocess
from pathlib import Path

import pytest

from tests.golden.migration_cases import path
from tests.unit.program import DEMO, PROGRAM, environment, run


def test_importing_prints_what_became_of_each_session(tmp_path: Path) -> None:
    database = tmp_path / "folder" / "store.sqlite3"
    changed = json.loads((DEMO / "short.json").read_bytes())
    session_id = changed["session"]["id"]
    broken = tmp_path / "broken.json"
    broken.write_text("{}")
    first = run("import", DEMO / "short.json", "--database", database)
    assert (first.returncode, first.stdout.decode()) == (0, f"new\t{session_id}\t2\n")
    again = run("import", DEMO / "short.json", broken, "--database", f"sqlite:///{database}")
    assert (again.returncode, again.stdout.decode()) == (1, f"same\t{session_id}\t2\nrefused\t{broken}\n")
    assert b"broken.json" in again.stderr
    changed["messages"].pop()
    update = run("import", "-", "--database", database, stdin=json.dumps(changed).encode())
    assert update.stdout.decode() == f"updated\t{session_id}\t1\n"
    owned = run("import", DEMO / "short.json", "--database", database, "--owner", "somebody")
    assert owned.stdout.decode() == f"new\t{session_id}\t2\n"
    assert run("import", broken, "--database", database).returncode == 3


def test_what_sessions_took_does_not_take_the_place_of_what_was_said(tmp_path: Path) -> None:
    database = tmp_path / "store.sqlite3"
    talk = DEMO / "claude-code.json"
    assert run("import", talk, "--database", database).returncode == 0
    usage = tmp_path / "usage.json"
    run("convert", talk, "--to", "analytics-json", "-o", usage)
    refused = run("import", usage, "--database", database, "--json-messages")
    assert (refused.returncode, refused.stdout.decode()) == (3, f"refused\t{usage}\n")
    assert json.loads(refused.stderr)["code"] == "figures_alone"
    assert run("import", talk, "--database", database).stdout.decode().startswith("same\t")


def test_importing_says_what_was_migrated_and_lost_and_refuses_what_is_newer(tmp_path: Path) -> None:
    database = tmp_path / "store.sqlite3"
    older = path("hfs-json", "0.1.0")
    done = run("import", older, "--database", database, "--json-messages")
    assert (done.returncode, done.stdout.decode()) == (0, "new\tsess-42\t3\n")
    said = [json.loads(line) for line in done.stderr.splitlines()]
    assert [(one["level"], one["code"], one["where"]) for one in said] == [
        ("notice", "migrated", f"{older}: metadata.schema_version"),
    ] * 2
    assert ["0.1.0" in one["message"] or "0.9.0" in one["message"] for one in said] == [True, True]
    silent = json.loads(older.read_bytes())
    del silent["exported_at"]
    lossy = run("import", "-", "--database", database, "--json-messages", stdin=json.dumps(silent).encode())
    assert "export_time_unknown" in {json.loads(line)["code"] for line in lossy.stderr.splitlines()}
    newer = tmp_path / "newer.json"
    newer.write_text('{"metadata": {"schema_version": "2.0.0"}, "session": {}, "messages": []}')
    refused = run("import", newer, "--database", database)
    assert (refused.returncode, refused.stdout.decode()) == (4, f"refused\t{newer}\n")
    assert b"Upgrade py-export" in refused.stderr


def test_the_store_is_for_its_owners_eyes_and_lies_where_data_belongs(tmp_path: Path) -> None:
    done = run("import", DEMO / "short.json", XDG_DATA_HOME=str(tmp_path))
    assert done.returncode == 0
    store = tmp_path / "py-export" / "sessions.sqlite3"
    assert store.stat().st_mode & 0o777 == 0o600
    assert store.parent.stat().st_mode & 0o777 == 0o700
    connection = sqlite3.connect(store)
    assert connection.execute("PRAGMA journal_mode").fetchone() == ("wal",)
    assert connection.execute("SELECT owner, revision, message_count FROM sessions").fetchall() == [("local", 1, 2)]
    connection.close()


@pytest.mark.parametrize(
    ("database", "code"), [("sqlite://", 2), ("nonsense://x", 2), ("/dev/null/x.sqlite3", 5), ("{}/text", 5)]
)
def test_a_store_that_cannot_be_opened_is_told(tmp_path: Path, database: str, code: int) -> None:
    (tmp_path / "text").write_text("no database " * 100)
    for arguments in (["import", str(DEMO / "short.json")], ["serve", "--port", "0"]):
        done = run(*arguments, "--database", database.format(tmp_path))
        assert (done.returncode, done.stdout) == (code, b"")
        assert b"Traceback" not in done.stderr


def test_the_address_is_the_last_line_and_has_its_form(tmp_path: Path) -> None:
    command = [*PROGRAM, "serve", "--port", "0", "--database", str(tmp_path / "store.sqlite3")]
    pipe = subprocess.PIPE
    with subprocess.Popen(command, stdout=pipe, stderr=subprocess.STDOUT, env=environment(), text=True) as process:  # noqa: S603
        assert process.stdout
        line = process.stdout.readline()
        process.send_signal(2)
        rest = process.stdout.read()
    head, _, token = line.partition("/?token=")
    assert head.startswith("py-export: http://127.0.0.1:")
    assert int(head.rpartition(":")[2]) > 0
    assert token.count(".") == 2
    assert token.endswith("\n")
    assert rest == ""
    assert process.returncode == 130


def test_a_port_that_is_taken_is_told(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        done = run("serve", "--port", port, "--database", tmp_path / "store.sqlite3")
    assert done.returncode == 5
    assert port.encode() in done.stderr


def test_the_settings_are_listed_with_their_defaults_and_meaning() -> None:
    secret = "not to be printed, whatever it is set to"  # noqa: S105 - no secret
    done = run("serve", "--help-config", PY_EXPORT_JWT_SECRET=secret)
    text = done.stdout.decode()
    assert done.returncode == 0
    assert "PY_EXPORT_MAX_MESSAGES = 20000\n    How many visible messages" in text
    assert "PY_EXPORT_JWT_SECRET = -\n" in text
    assert secret not in text
    chinese = run("serve", "--help-config", LANG="zh_CN.UTF-8").stdout.decode()
    assert chinese.count("PY_EXPORT_") == text.count("PY_EXPORT_")
    assert chinese != text


def test_a_number_that_is_none_is_wrong_usage() -> None:
    assert run("serve", "--port", "x").returncode == 2
    assert run("serve", "--port", "70000").returncode == 2
    done = run("serve", PY_EXPORT_MAX_MESSAGES="many")
    assert done.returncode == 2
    assert b"max_messages" in done.stderr
