"""Older versions are brought to the present one step by step; newer ones are refused."""

from __future__ import annotations

import json
from typing import Any

import pytest

from py_export import Notices, read
from py_export.errors import InvalidPayload, NewerVersion, NotRecognised
from py_export.readers import migrations
from py_export.readers.migrations import Migration, migrate
from py_export.versions import PRESENT
from tests.golden.migration_cases import document


def _found(data: dict[str, Any]) -> tuple[Any, list[tuple[str, dict[str, str | int]]]]:
    notices = Notices()
    session = read(json.dumps(data), notices=notices)[0]
    return session, [(notice.code, notice.params) for notice in notices]


@pytest.mark.parametrize("version", ["0.1.0", "0.9.0", "1.0.0"])
def test_every_version_reads_the_same(version: str) -> None:
    session, _ = _found(document("hfs-json", version))
    assert (session.id, session.title, session.model) == ("sess-42", "Fix the login redirect", "claude-opus-4-5")
    assert session.metadata == {"triad": "hierarchical"}
    assert session.exported_at == 1_768_118_400_000
    assert [(one.role, one.created_at) for one in session.messages] == [
        ("user", 1_768_035_600_000),
        ("assistant", 1_768_035_612_250),
        ("user", None),
    ]


def test_each_step_is_reported() -> None:
    _, notices = _found(document("hfs-json", "0.1.0"))
    assert notices == [
        ("migrated", {"found": "0.1.0", "to": "0.9.0"}),
        ("migrated", {"found": "0.9.0", "to": "1.0.0"}),
    ]


def test_a_step_reports_what_it_could_not_find() -> None:
    older = document("hfs-json", "0.9.0")
    del older["exported_at"]
    _, notices = _found(older)
    assert ("export_time_unknown", {}) in notices


CHATS: dict[str, dict[str, Any]] = {
    "Open WebUI": {"id": "", "title": "t", "params": {}, "history": {"messages": {}}},
    "LibreChat": {"conversationId": "c", "title": "t", "endpoint": "e"},
    "a tree": {"id": "c", "title": "t"},
}


@pytest.mark.parametrize("of", CHATS)
def test_another_programs_chat_is_not_taken_for_an_older_version(of: str) -> None:
    said = {"role": "user", "content": "x", "timestamp": 1744577557} | ({"childrenIds": []} if of == "a tree" else {})
    with pytest.raises(NotRecognised):
        _found(CHATS[of] | {"messages": [said]})


NEWER: dict[str, dict[str, Any]] = {
    "json": {"schemaVersion": 2, "generator": "py-export 9", "session": {"id": "a"}, "messages": []},
    "sidepanel-json": {"version": "1.1", "session": {"messages": []}},
    "hfs-json": {"metadata": {"schema_version": "1.0.1"}, "session": {}, "messages": []},
    "maichat-json": {"schemaVersion": "2", "pairs": [], "count": 0, "generatedAt": "2025-01-01T00:00:00Z"},
}


@pytest.mark.parametrize("of", NEWER)
def test_a_newer_version_is_refused_and_says_to_upgrade(of: str) -> None:
    with pytest.raises(NewerVersion, match="Upgrade py-export") as caught:
        read(json.dumps(NEWER[of]))
    assert caught.value.exit_code == 4
    assert caught.value.params["known"] == PRESENT[of]


def test_a_newer_trace_is_refused_too() -> None:
    with pytest.raises(NewerVersion):
        read('---\ntitle: "x"\ntraceVersion: 2\n\n---\n\n# x\n')


@pytest.mark.parametrize("version", [None, True, "", "one", "1.0-beta", "0.5.0", [], {}, 0, -1, 1.5, "1" * 40])
def test_what_is_no_version_or_none_that_a_step_starts_from_is_refused(version: object) -> None:
    with pytest.raises(InvalidPayload):
        migrate({}, "hfs-json", version, "here", Notices())


@pytest.mark.parametrize("version", [1, "1", "1.0", "1.0.0"])
def test_zeros_at_a_versions_end_say_nothing(version: object) -> None:
    assert migrate({"a": 1}, "hfs-json", version, "here", Notices()) == {"a": 1}


def test_the_canonical_payload_goes_through_the_same_table(monkeypatch: pytest.MonkeyPatch) -> None:
    def step(document: dict[str, Any], _notices: Notices) -> dict[str, Any]:
        return document | {"schemaVersion": 2, "session": {"id": document["session"]["name"]}}

    monkeypatch.setitem(PRESENT, "json", "2")
    monkeypatch.setattr(migrations, "MIGRATIONS", (*migrations.MIGRATIONS, Migration("json", "1", "2", step)))
    older = {"schemaVersion": 1, "generator": "py-export 0.1.0", "session": {"name": "n"}, "messages": []}
    session, notices = _found(older)
    assert session.id == "n"
    assert session.document is None  # its bytes are an older version's: they are not passed through
    assert notices == [("migrated", {"found": "1", "to": "2"})]
    with pytest.raises(NewerVersion):
        read(json.dumps(older | {"schemaVersion": 3}))
