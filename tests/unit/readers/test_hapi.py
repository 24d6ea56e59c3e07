"""The document around the rows: told by its structure, judged by its version, refused where it is none."""

from __future__ import annotations

import json
from typing import Any

import pytest

from py_export.errors import InvalidPayload, NewerVersion, WarningBody
from py_export.model import Counts, File, Json, Range, Source, Text, Unknown, Usage
from py_export.notices import Notices
from py_export.readers import Input, find_reader, hapi
from tests.unit.readers.hapi_payloads import (
    answer,
    assistant,
    call,
    codes,
    codex,
    event,
    payload,
    read,
    row,
    turn,
    user,
)

WARNING = {"type": "warning", "count": 20001, "limit": 20000, "estimatedBytes": 1}


def matches(document: Json) -> bool:
    return hapi.matches(Input(json.dumps(document)))


def refused(document: Json) -> Any:  # noqa: ANN401 - whichever error it is
    with pytest.raises((InvalidPayload, NewerVersion, WarningBody)) as caught:
        read(document)
    return caught.value


@pytest.mark.parametrize(
    "document",
    [
        payload(),
        payload(row("a")),
        payload(version=2, document={"scratchlist": []}),
        payload(version=99),
        {"session": {"id": "a"}, "messages": [{"content": None}]},
        {"session": {"namespace": "n"}, "messages": []},
        {"schemaVersion": 1, "exportedAt": 0, "session": {}, "messages": []},
        {"schemaVersion": 2, "exportedAt": 0, "session": {"id": "a", "metadata": None}, "messages": []},
        WARNING,
        {"error": "Session not found"},
        {"type": "too-large", "error": "x", "code": "session_export_too_large", "count": 1, "maxBytes": 5},
    ],
)
def test_a_hubs_document_is_told_by_its_structure(document: Json) -> None:
    assert matches(document)


@pytest.mark.parametrize(
    "document",
    [
        payload(document={"generator": "py-export 0.1.0"}),
        {"session": {"id": "a"}, "messages": []},
        {"session": {"id": "a"}, "messages": [{"id": "m", "role": "user", "blocks": []}]},
        {"session": [], "messages": []},
        {"messages": [row("a")]},
        {"count": 1, "limit": 2},
        {"error": "x", "requestId": "y"},
        {},
        [],
        None,
        "text",
    ],
)
def test_other_documents_are_not_a_hubs(document: Json) -> None:
    assert not matches(document)


def test_a_document_of_ours_is_never_a_hubs_whatever_else_it_holds() -> None:
    document = payload(row("a"), document={"generator": "py-export 0.1.0"})
    assert find_reader(Input(json.dumps(document))).id == "json"
    assert refused(document).where == "generator"


@pytest.mark.parametrize("version", [1, 2, 2.0, "2", None])
def test_both_versions_are_read(version: Json) -> None:
    assert len(read(payload(row("a"), version=version)).messages) == 1


def test_a_newer_version_is_refused_with_both_numbers() -> None:
    assert refused(payload(version=3)).params == {"found": 3, "known": 2}
    assert isinstance(refused(payload(version=10**30)), NewerVersion)


@pytest.mark.parametrize("version", [0, -1, 1.5, "two", True, [], {}])
def test_a_version_that_is_none_is_refused(version: Json) -> None:
    assert refused(payload(version=version)).where == "schemaVersion"


def test_a_warning_in_a_sessions_place_is_refused_as_one() -> None:
    error = refused(WARNING)
    assert (error.code, error.params) == ("warning_body", {"count": 20001, "limit": 20000})
    assert "20001" in error.message()


@pytest.mark.parametrize(
    ("body", "count", "limit"),
    [
        ({"error": "Session export too large", "count": 20001, "limit": 20000}, 20001, 20000),
        ({"type": "too-large", "error": "e", "code": "session_export_too_large", "count": 3, "maxBytes": 9}, 3, 9),
        ({"type": "warning"}, 0, 0),
    ],
)
def test_a_refusal_for_size_is_one_too(body: dict[str, Any], count: int, limit: int) -> None:
    error = refused(body)
    assert (error.code, error.params) == ("warning_body", {"count": count, "limit": limit})


@pytest.mark.parametrize(
    ("document", "where"),
    [
        ({"error": "Session not found"}, "error"),
        ({}, ""),
        ([], ""),
        (None, ""),
        (payload() | {"session": None}, "session"),
        (payload() | {"messages": {}}, "messages"),
        ({"session": {}}, "messages"),
    ],
)
def test_what_is_no_session_is_refused_where_it_fails(document: Json, where: str) -> None:
    error = refused(document)
    assert (error.code, error.where) == ("invalid_payload", where)


def test_the_header_says_what_the_hub_says() -> None:
    metadata = {
        "path": "/srv/garden",
        "host": "h",
        "name": "Moss",
        "flavor": "codex",
        "version": "0.29.0",
        "os": "linux",
    }
    session = read(payload(row("a"), metadata=metadata, model="m-1", agentState={"controlledByUser": True}))
    assert (session.title, session.workspace, session.model) == ("Moss", "/srv/garden", "m-1")
    assert session.source == Source("codex", "hapi", "0.29.0")
    assert (session.created_at, session.updated_at) == (1_767_323_040_000, 1_767_323_999_000)
    assert session.exported_at == 1_767_400_000_000
    assert session.metadata == {
        "namespace": "default",
        "seq": 1,
        "active": False,
        "metadata": {"host": "h", "os": "linux"},
        "agentState": {"controlledByUser": True},
    }


@pytest.mark.parametrize(
    ("metadata", "title"),
    [
        ({"path": "/srv/garden", "name": "Moss", "summary": {"text": "S"}}, "Moss"),
        ({"path": "/srv/garden", "name": "", "summary": {"text": "S"}}, "S"),
        ({"path": "/srv/garden/", "summary": {"text": " "}}, "garden"),
        ({"path": "C:\\Users\\me\\proj", "summary": "S"}, "proj"),
        ({"path": "/"}, "0f3c9a72"),
        (None, "0f3c9a72"),
        ([], "0f3c9a72"),
        ({"name": "修复 登录问题"}, "修复 登录问题"),
    ],
)
def test_the_title_is_the_first_name_that_says_something(metadata: Json, title: str) -> None:
    assert read(payload(metadata=metadata)).title == title


def test_what_the_header_cannot_take_stays_as_it_was() -> None:
    notices = Notices()
    session = read(payload(id=7, createdAt="yesterday", model=5, metadata={"name": 3}), notices)
    assert (session.id, session.created_at, session.model) == ("7", None, None)
    assert session.metadata["createdAt"] == "yesterday"
    assert session.metadata["model"] == 5
    assert session.metadata["metadata"] == {"name": 3}
    assert codes(notices) == {"time_unreadable": 1}


def test_a_session_without_an_id_is_named_by_what_it_holds_and_reported() -> None:
    notices = Notices()
    session = read(payload(id=None), notices)
    assert codes(notices) == {"session_id_missing": 1}
    assert session.id == read(payload(id=None)).id
    assert session.id != read(payload(id=None, createdAt=1)).id
    assert read(payload(id=None, metadata=None)).title is None


def test_rows_stand_in_the_hubs_order_and_flags_in_the_documents() -> None:
    rows = [
        row(user("third"), 2, createdAt=30),
        row(user("second"), 1, createdAt=99, invokedAt=20),
        row(user("queued"), 5, createdAt=5, invokedAt=None),
        row(user("first b"), 9, createdAt=10),
        row(user("first a"), 8, createdAt=10),
        row(user("stays behind it"), 7, seq=None, createdAt=None),
    ]
    session = read(payload(*rows))
    texts = [block.text for message in session.messages for block in message.blocks if isinstance(block, Text)]
    assert texts == ["queued", "first a", "stays behind it", "first b", "second", "third"]
    assert session.document is not None
    assert session.document.visible == [True, True, False, True, True, True]
    assert session.messages[0].hidden


def test_the_document_is_kept_byte_for_byte() -> None:
    data = json.dumps(payload(row("a")), indent=1).replace('"a"', '"\\ud83d 1.0"').encode()
    session = read(data)
    assert session.document is not None
    assert (session.document.dialect, session.document.data) == ("hapi", data)
    assert session.messages[0].blocks == [Text("\ufffd 1.0")]


def test_a_part_of_a_session_says_which() -> None:
    session = read(payload(range={"from": 1, "to": 5, "of": 9}))
    assert session.range == Range(1, 5, 9)
    assert "range" not in session.metadata
    assert read(payload(range={"from": "1"})).range is None


def test_notes_are_the_operators_words_in_time_order() -> None:
    notes = [
        {"entryId": "b", "text": "second", "createdAt": 2, "updatedAt": 2},
        {"entryId": "c", "text": "", "createdAt": 2, "attachments": [{"id": "x", "filename": "f.txt", "size": 3}]},
        {"entryId": "a", "text": "first", "createdAt": 1},
        {"entryId": "d", "text": {"odd": 1}},
        "bare",
        None,
    ]
    session = read(payload(version=2, document={"scratchlist": notes}))
    assert [(note.id, note.role) for note in session.notes] == [
        ("a", "user"), ("b", "user"), ("c", "user"), ("d", "user"), ("note-5", "user"), ("note-6", "user"),
    ]  # fmt: skip
    assert [note.blocks for note in session.notes] == [
        [Text("first")],
        [Text("second")],
        [File(name="f.txt", size=3)],
        [Unknown(notes[3], name="object")],
        [Text("bare")],
        [],
    ]
    assert session.notes[0].source == notes[2]
    assert read(payload(version=2, document={"scratchlist": "none"})).notes == []


def test_the_figures_count_each_thing_once() -> None:
    usage = {"id": "msg_1", "model": "m-2", "usage": {"input_tokens": 5, "output_tokens": 7}}
    inner = {"id": "msg_2", "usage": {"input_tokens": 100}}
    session = read(
        payload(
            row(user("go"), 0),
            row(
                assistant(
                    call("Read", {"file_path": "/a"}, "r1"), call("Read", {"file_path": "/a"}, "r2"), message=usage
                ),
                1,
            ),
            row(
                assistant(call("Edit", {"file_path": "/b"}, "e1"), call("Task", {"prompt": "p"}, "k1"), message=usage),
                2,
            ),
            row(turn([answer("x", "e1", is_error=True)]), 3),
            row(assistant(call("Write", {"file_path": "/c"}, "w1"), message=inner, parentToolUseId="k1"), 4),
            row(event({"type": "ready"}), 5),
        ),
    )
    assert session.usage == Usage(input_tokens=105, output_tokens=7)
    assert session.counts == Counts(3, 1, 2, 5, files_read=1, files_written=1)
    assert (session.model, session.duration_ms) == ("m-2", 4000)


def test_figures_that_nobody_gave_are_unknown() -> None:
    session = read(payload(row(codex({"type": "message", "message": "a"}), createdAt=None)))
    assert (session.usage, session.duration_ms, session.model) == (None, None, None)
