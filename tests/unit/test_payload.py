"""A payload taken apart and put together again."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from py_export import jsonlayout, payload
from py_export.errors import InvalidPayload
from py_export.model import Range

json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(),
    lambda c: st.lists(c) | st.dictionaries(st.text(), c),
    max_leaves=8,
)


@given(st.dictionaries(st.text(), json_values), st.lists(json_values), st.booleans())
def test_joining_undoes_splitting(head: dict[str, Any], messages: list[Any], last: bool) -> None:  # noqa: FBT001 - hypothesis passes by position
    document = {**head, "messages": messages} if last else {"messages": messages, **head, "session": {}}
    document["messages"] = messages
    data = json.dumps(document, indent=1).encode()
    parts = payload.split(data)
    assert payload.join(parts) == jsonlayout.compact(data)
    assert [json.loads(text) for text in parts.messages] == messages


def test_a_part_says_which_it_is_and_changes_nothing_else() -> None:
    parts = payload.split(b'{"session":{"id":"a","n":1.0},"messages":[1,2,3],"scratchlist":[]}')
    part = payload.join(payload.Parts(parts.head, parts.messages[1:]), Range(2, 3, 3))
    assert part == b'{"session":{"id":"a","n":1.0,"range":{"from":2,"to":3,"of":3}},"messages":[2,3],"scratchlist":[]}'


def test_an_empty_session_takes_a_range() -> None:
    assert b'"session":{"range":{' in payload.join(payload.split(b'{"session":{},"messages":[]}'), Range(1, 1, 1))


def test_of_a_repeated_member_the_last_counts_as_in_a_browser() -> None:
    assert payload.split(b'{"messages":[1],"messages":[2]}').messages == ["2"]


@pytest.mark.parametrize("data", [b"[]", b"{}", b'{"messages":{}}', b"3"])
def test_what_has_no_messages_is_no_payload(data: bytes) -> None:
    with pytest.raises(InvalidPayload):
        payload.split(data)
