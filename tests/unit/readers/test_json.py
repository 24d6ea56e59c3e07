"""The canonical payload is read totally: what is broken is kept and reported, what is not a payload is refused."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from py_export import ExportError, Message, Notices, Session, convert, read, write
from py_export.errors import InvalidPayload, NewerVersion, Unreadable
from py_export.model import Text, ToolCall, Unknown

OWN: dict[str, Any] = {"schemaVersion": 1, "generator": "py-export 0.1.0", "session": {"id": "a"}, "messages": []}

anything = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(),
    lambda c: (
        st.lists(c)
        | st.dictionaries(st.sampled_from(["id", "role", "blocks", "type", "text", "messages"]) | st.text(), c)
    ),
    max_leaves=10,
)


def read_one(**changes: Any) -> tuple[Session, list[str]]:  # noqa: ANN401
    """Read a canonical payload with some members changed; return the session and the notices' codes."""
    notices = Notices()
    session = read(json.dumps(OWN | changes), notices=notices)[0]
    return session, [notice.code for notice in notices]


@given(anything, anything, anything)
def test_any_payload_is_read_or_refused_with_an_error_of_ours(session: Any, message: Any, extra: Any) -> None:  # noqa: ANN401
    document = OWN | {"session": session, "messages": [message, message], "notes": extra, "exportedAt": extra}
    try:
        sessions = read(json.dumps(document), "json")
    except ExportError:
        return
    assert len(sessions[0].messages) == 2


@given(st.lists(anything, max_size=3))
def test_no_block_is_lost(blocks: list[Any]) -> None:
    session, _ = read_one(messages=[{"id": "m", "role": "user", "blocks": blocks}])
    assert len(session.messages[0].blocks) == len(blocks)


def test_a_broken_block_is_kept_as_unknown_and_the_rest_is_read() -> None:
    session, codes = read_one(
        messages=[{"id": "m", "role": "user", "blocks": [{"type": "tomorrow"}, {"type": "text", "text": "x"}]}]
    )
    assert session.messages[0].blocks == [Unknown({"type": "tomorrow"}, "tomorrow"), Text("x")]
    assert codes == ["unknown_record"]


def test_a_broken_message_below_a_call_does_not_cost_the_call() -> None:
    call = {"type": "tool_call", "id": "c", "name": "Task", "messages": [3]}
    session, codes = read_one(messages=[{"id": "m", "role": "assistant", "blocks": [call]}])
    block = session.messages[0].blocks[0]
    assert isinstance(block, ToolCall)
    assert block.messages[0].blocks == [Unknown(3)]
    assert codes == ["unknown_record"]


def test_a_field_of_the_wrong_type_is_left_out_with_its_place() -> None:
    notices = Notices()
    document = OWN | {"messages": [{"id": "m", "role": "user", "createdAt": "soon", "blocks": []}]}
    session = read(json.dumps(document), notices=notices)[0]
    assert session.messages == [Message(id="m", role="user")]
    assert [(notice.code, notice.where) for notice in notices] == [("invalid_field", "messages[0].createdAt")]


def test_a_newer_version_is_refused_and_says_to_upgrade() -> None:
    with pytest.raises(NewerVersion, match="pgrade"):
        read_one(schemaVersion=2)


@pytest.mark.parametrize(
    "changes", [{"schemaVersion": "1"}, {"schemaVersion": 0}, {"schemaVersion": True}, {"session": {}}]
)
def test_what_only_claims_to_be_a_payload_is_refused(changes: dict[str, Any]) -> None:
    with pytest.raises(InvalidPayload):
        read(json.dumps(OWN | changes), "json")


def test_cut_json_says_where_it_ends() -> None:
    with pytest.raises(Unreadable) as caught:
        read(json.dumps(OWN)[:-3])
    assert caught.value.where.startswith("line 1")


def test_several_sessions_in_one_document_are_all_read_a_hubs_too() -> None:
    hub = {"schemaVersion": 1, "exportedAt": 5, "session": {"id": "h", "namespace": "default"}, "messages": []}
    sessions = read(json.dumps({"schemaVersion": 1, "generator": "py-export 0.1.0", "sessions": [OWN, hub]}))
    assert [(session.id, session.document and session.document.dialect) for session in sessions] == [
        ("a", "json"),
        ("h", "hapi"),
    ]


def test_a_payload_leaves_as_it_came_unknown_keys_and_number_tokens_too() -> None:
    session, message = '{"id":"a","new":1.50}', '{"id":"\\ud800","x":1E2}'
    text = f'{{"schemaVersion":1,"generator":"py-export 0.9","session":{session},"messages":[{message}]}}'
    written = convert(text, "json")
    assert json.loads(written) == json.loads(text)
    assert b"1.50" in written
    assert b"\\ud800" in written
    assert b"1E2" in written


def test_writing_what_was_read_is_identity() -> None:
    session = Session(
        id="s", title="T", exported_at=3, messages=[Message(id="m", role="user", blocks=[Text("é\u2028\n")])]
    )
    written = b"".join(write(session, "json"))
    again = read(written)[0]
    again.document = None
    assert b"".join(write(again, "json")) == written
