"""JSON Lines are read line by line, whatever the lines are."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from py_export import ExportError, Notices, Session, read
from py_export.errors import NotRecognised, Unreadable
from py_export.model import Text, Unknown

LINE = '{"timestamp":"2025-11-07T14:23:01Z","actor":"user","content":"hi"}'


def _read(data: str | bytes) -> tuple[Session, dict[str, str]]:
    notices = Notices()
    session = read(data, notices=notices)[0]
    return session, {notice.code: notice.where for notice in notices}


def test_a_truncated_last_line_is_a_notice_with_its_number() -> None:
    session, codes = _read(f'{LINE}\n{LINE}\n{{"actor":"assis')
    assert len(session.messages) == 2
    assert codes == {"line_cut": "line 3"}


def test_a_last_line_without_a_line_end_is_a_message_all_the_same() -> None:
    session, codes = _read(f"{LINE}\n{LINE}")
    assert len(session.messages) == 2
    assert codes == {}


def test_a_broken_line_in_the_middle_is_kept_and_counted() -> None:
    session, codes = _read(f"{LINE}\nnot json\n[1]\n{LINE}\n")
    assert [one.blocks[0] for one in session.messages] == [Text("hi"), Unknown("not json"), Unknown([1]), Text("hi")]
    assert codes == {"unknown_record": "line 2"}


def test_a_byte_order_mark_and_carriage_returns_are_tolerated() -> None:
    session, codes = _read(b"\xef\xbb\xbf" + f"{LINE}\r\n\r\n{LINE}\r\n".encode())
    assert [one.blocks for one in session.messages] == [[Text("hi")], [Text("hi")]]
    assert codes == {}


@pytest.mark.parametrize("separator", ["\u2028", "\u2029", "\u0085", "\x0c", "\x1e"])
def test_lines_end_in_line_feeds_only(separator: str) -> None:
    line = json.dumps({"actor": "user", "content": f"a{separator}b"}, ensure_ascii=False)
    session, _ = _read(f"{line}\n")
    assert session.messages[0].blocks == [Text(f"a{separator}b")]


def test_a_carriage_return_within_a_line_ends_nothing() -> None:
    session, codes = _read('{"actor":"user",\r"content":"x"}\n')
    assert [one.blocks for one in session.messages] == [[Text("x")]]
    assert codes == {}


@pytest.mark.parametrize(
    ("actor", "role"), [("human", "user"), ("AI", "assistant"), ("Model ", "assistant"), ("tool", "tool")]
)
def test_actors_go_by_several_names(actor: str, role: str) -> None:
    session, codes = _read(json.dumps({"actor": actor, "content": "x"}))
    assert session.messages[0].role == role
    assert codes == {}


def test_somebody_unknown_speaks_under_their_own_name() -> None:
    session, codes = _read('{"actor":"planner","content":"x"}')
    assert (session.messages[0].role, session.messages[0].author) == ("assistant", "planner")
    assert codes == {"unknown_actor": "line 1"}


def test_a_time_that_is_none_is_reported() -> None:
    session, codes = _read('{"timestamp":"soon","actor":"user","content":"x"}')
    assert session.messages[0].created_at is None
    assert codes == {"time_unreadable": "line 1"}


def test_the_same_file_is_the_same_session() -> None:
    assert _read(LINE)[0].id == _read(LINE)[0].id != _read(f"{LINE}\n{LINE}")[0].id


def test_a_file_without_any_message_is_refused() -> None:
    with pytest.raises(Unreadable):
        read("[1]\n[2]\n", "cursor-jsonl")


@pytest.mark.parametrize("data", ["", "\n\n", '{"actor":1,"content":""}', '{"actor":"user"}', "user: hi"])
def test_what_is_no_line_of_these_is_not_recognised(data: str) -> None:
    with pytest.raises(NotRecognised):
        read(data)


anything = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.sampled_from(["actor", "content", "timestamp", "text"]), inner),
    max_leaves=6,
)


@given(st.lists(anything, max_size=4), st.text())
def test_any_lines_are_read_or_refused_with_an_error_of_ours(records: list[object], rest: str) -> None:
    lines = [json.dumps(record) for record in records]
    try:
        session = read("\n".join([*lines, rest]), "cursor-jsonl")[0]
    except ExportError:
        return
    assert len(session.messages) >= len(lines)
