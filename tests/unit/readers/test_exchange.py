"""The sidepanel's JSON and HFS's are read totally: what is broken is kept and reported."""

from __future__ import annotations

import json
from importlib.resources import files
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from py_export import ExportError, Notices, Session, read, write
from py_export.errors import InvalidPayload
from py_export.model import Image, Text, ToolCall, Unknown
from py_export.readers import Input, find_reader
from py_export.schema_hfs import json_schema
from tests.unit.sessions import SESSIONS

SIDEPANEL: dict[str, Any] = {"version": "1.0", "session": {"id": "s", "messages": []}}
HFS: dict[str, Any] = {"metadata": {"schema_version": "1.0.0"}, "session": {"id": "s"}, "messages": []}

anything = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(
            st.sampled_from(
                [
                    *(
                        "id",
                        "role",
                        "content",
                        "timestamp",
                        "usage",
                        "toolCalls",
                        "name",
                        "args",
                        "duration",
                        "metrics",
                    ),
                    *(
                        "blocks",
                        "type",
                        "text",
                        "created_at",
                        "messages",
                        "input",
                        "result",
                        "metadata",
                        "title",
                        "range",
                    ),
                ]
            ),
            inner,
        )
    ),
    max_leaves=12,
)


def _read(document: dict[str, Any]) -> tuple[Session, dict[str, str]]:
    notices = Notices()
    session = read(json.dumps(document), notices=notices)[0]
    return session, {notice.code: notice.where for notice in notices}


def _sidepanel(*messages: Any, **session: Any) -> dict[str, Any]:  # noqa: ANN401
    return SIDEPANEL | {"session": {"id": "s", **session, "messages": list(messages)}}


def _hfs(*messages: Any) -> dict[str, Any]:  # noqa: ANN401
    return HFS | {"messages": list(messages)}


@settings(max_examples=200)
@given(anything, anything)
def test_any_sidepanel_document_is_read_or_refused(session: Any, message: Any) -> None:  # noqa: ANN401
    for document in (SIDEPANEL | {"session": session}, _sidepanel(message, message), _sidepanel(metrics=message)):
        try:
            found = read(json.dumps(document), "sidepanel-json")[0]
        except ExportError:
            continue
        b"".join(write(found, "json"))


@settings(max_examples=200)
@given(anything, anything)
def test_any_hfs_document_is_read_or_refused(session: Any, message: Any) -> None:  # noqa: ANN401
    for document in (HFS | {"session": session}, _hfs(message, message), _hfs({"role": "user", "blocks": [message]})):
        try:
            found = read(json.dumps(document), "hfs-json")[0]
        except ExportError:
            continue
        b"".join(write(found, "json"))


@pytest.mark.parametrize(
    ("document", "reader"),
    [
        (SIDEPANEL, "sidepanel-json"),
        (HFS, "hfs-json"),
        ({"session": {"id": "a"}, "messages": [{"role": "user", "content": "x"}]}, "hfs-json"),
        ({"id": "a", "name": "n", "messages": [{"role": "user", "content": "x"}]}, "hfs-json"),
        ({"schemaVersion": 1, "session": {}, "messages": [{"role": "user", "content": "x"}]}, "hapi"),
        ({"session": {"id": "h", "namespace": "d"}, "messages": [{"content": {"role": "user"}}]}, "hapi"),
        ({"schemaVersion": 1, "session": {"id": "a", "title": "t"}, "messages": []}, "json"),
    ],
)
def test_each_document_finds_its_reader(document: dict[str, Any], reader: str) -> None:
    assert find_reader(Input(json.dumps(document))).id == reader


def test_a_sidepanels_call_is_classified_by_its_name_and_arguments() -> None:
    call = {"name": "read_file", "args": {"path": "a.ts"}, "duration": 45}
    session, _ = _read(_sidepanel({"id": "1", "role": "assistant", "content": "", "toolCalls": [call]}))
    (block,) = session.messages[0].blocks
    assert isinstance(block, ToolCall)
    assert (block.kind, block.subject, block.paths, block.status) == ("read", "a.ts", ["a.ts"], "completed")


def test_what_a_sidepanels_session_says_beyond_the_format_stays_with_it() -> None:
    session, _ = _read(_sidepanel({"role": "user", "content": "x", "rating": 5}, theme="dark"))
    assert session.metadata == {"theme": "dark"}
    assert session.messages[0].source == {"role": "user", "content": "x", "rating": 5}


def test_a_part_of_a_sidepanels_message_that_is_none_is_kept_as_unknown() -> None:
    session, codes = _read(_sidepanel("text", {"role": "user", "content": {"a": 1}}, {"role": "x", "toolCalls": [3]}))
    assert [one.blocks for one in session.messages] == [[Unknown("text")], [Unknown({"a": 1})], [Unknown(3)]]
    assert codes == {"unknown_record": "session.messages[0]", "unknown_actor": "session.messages[2]"}


def test_an_hfs_message_may_have_no_more_than_content() -> None:
    session, codes = _read(_hfs({"role": "user", "content": "hi", "created_at": "2026-01-01T00:00:00Z"}))
    assert session.messages[0].blocks == [Text("hi")]
    assert session.messages[0].created_at == 1_767_225_600_000
    assert codes == {}


def test_what_an_hfs_message_says_beyond_the_format_stays_with_it() -> None:
    session, _ = _read(_hfs({"id": 7, "role": "user", "content": "x", "tokens": 42}, {"role": "user", "content": "y"}))
    assert [one.source for one in session.messages] == [
        {"id": 7, "role": "user", "content": "x", "tokens": 42},
        None,
    ]
    assert [one.id for one in session.messages] == ["7", "messages[1]"]


def test_a_sources_own_names_in_hfs_json_stay_as_they_are() -> None:
    call = {"type": "tool_call", "name": "x", "input": {"file_path": "a", "created_at": "soon"}, "started_at": 5}
    session, codes = _read(_hfs({"role": "assistant", "blocks": [call, {"type": "image", "media_type": "image/png"}]}))
    block, image = session.messages[0].blocks
    assert isinstance(block, ToolCall)
    assert block.input == {"file_path": "a", "created_at": "soon"}
    assert block.started_at == 5
    assert image == Image(media_type="image/png")
    assert codes == {}


def test_a_broken_block_of_hfs_json_is_kept_as_unknown() -> None:
    session, codes = _read(_hfs({"role": "user", "blocks": [{"type": "tomorrow"}, {"type": "text", "text": "x"}]}))
    assert session.messages[0].blocks == [Unknown({"type": "tomorrow"}, "tomorrow"), Text("x")]
    assert codes == {"unknown_record": "messages[0].blocks[0]"}


@pytest.mark.parametrize(
    "document", [HFS | {"session": []}, HFS | {"messages": {}}, HFS | {"metadata": {"schema_version": []}}]
)
def test_what_only_claims_to_be_hfs_json_is_refused(document: dict[str, Any]) -> None:
    with pytest.raises(InvalidPayload):
        read(json.dumps(document), "hfs-json")


@pytest.mark.parametrize(
    "document", [{"version": "1.0", "session": {}}, {"version": "1.0"}, {"version": [], "session": {"messages": []}}]
)
def test_what_only_claims_to_be_the_sidepanels_is_refused(document: dict[str, Any]) -> None:
    with pytest.raises(InvalidPayload):
        read(json.dumps(document), "sidepanel-json")


def test_the_published_schema_of_hfs_json_is_the_one_generated_from_the_model() -> None:
    published = files("py_export").joinpath("hfs-json.schema.json").read_text(encoding="utf-8")
    assert published == json.dumps(json_schema(), indent=2) + "\n"
    Draft202012Validator.check_schema(json_schema())


@settings(max_examples=15)
@given(SESSIONS)
def test_whatever_is_written_as_hfs_json_is_valid(session: Session) -> None:
    Draft202012Validator(json_schema()).validate(json.loads(b"".join(write(session, "hfs-json"))))


@pytest.mark.parametrize(
    "broken",
    [{"messages": [{"role": "user"}]}, {"metadata": {"schema_version": "2.0.0"}}, {"messages": [{"content": "x"}]}],
)
def test_the_schema_of_hfs_json_refuses_a_broken_document(broken: dict[str, Any]) -> None:
    assert Draft202012Validator(json_schema()).is_valid(HFS)
    assert not Draft202012Validator(json_schema()).is_valid(HFS | broken)
