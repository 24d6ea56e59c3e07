"""Selecting: ranges, branches, filters, roles, order; what is left is a session of its own."""

from __future__ import annotations

import json
from copy import deepcopy
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from py_export import convert, jsonlayout, payload, read
from py_export.errors import ExportError, InvalidFilter, InvalidOption, InvalidRange, NoSuchBranch
from py_export.model import Range, Session, Usage
from py_export.notices import Notices
from py_export.transforms.filter import Context
from py_export.transforms.measure import walk
from py_export.transforms.select import Selection, select
from tests.unit.program import DEMO
from tests.unit.sessions import SESSIONS
from tests.unit.transforms.talks import ids, message, talk, tree


def test_a_message_follows_the_nearest_one_that_is_kept() -> None:
    chosen = select(tree(), Selection(roles={"user"}))
    assert [(one.id, one.parent_id) for one in chosen.messages] == [("u1", None), ("u2", "u1"), ("u2b", "u1")]
    assert chosen.leaf_id == "u2b"


def test_figures_are_measured_anew() -> None:
    chosen = select(tree(), Selection(branch="current"))
    assert chosen.usage == Usage(10, 10)
    assert chosen.counts
    assert (chosen.counts.messages, chosen.counts.user_messages) == (4, 2)


def test_a_filter_keeps_whole_pairs_in_order() -> None:
    session = talk("u1", "a1", "t1", "u2", "a2", "u3")
    assert ids(select(session, Selection(filter="c'u1' | r1"))) == ["u1", "a1", "t1", "u3"]
    assert ids(select(session, Selection(filter="!r1"))) == ["u1", "a1", "t1", "u2", "a2"]


def test_a_hidden_message_goes_with_the_next_that_is_shown() -> None:
    session = talk("u1", "h1", "a1", "h2", "u2", "h3")
    for place in (1, 3, 5):
        session.messages[place].hidden = True
    assert ids(select(session, Selection(filter="r1"))) == ["h2", "u2", "h3"]
    assert ids(select(session, Selection(filter="!r1"))) == ["u1", "h1", "a1"]
    assert ids(select(session, Selection(range=(3, 3)))) == ["h2", "u2", "h3"]


def test_roles_are_kept_after_the_filter_has_seen_whole_pairs() -> None:
    session = talk("u1", "a1", "u2", "a2")
    assert ids(select(session, Selection(filter="c'a2'", roles={"user"}))) == ["u2"]


def test_the_range_comes_first_and_counts_what_is_shown() -> None:
    session = talk("u1", "a1", "h1", "u2", "a2", "u3", "a3")
    session.messages[2].hidden = True
    chosen = select(session, Selection(range=(3, None), filter="!r1"))
    assert ids(chosen) == ["h1", "u2", "a2"]
    assert chosen.range == Range(3, 6, 6)


def test_a_range_of_a_branch_counts_the_whole_sessions_messages() -> None:
    assert ids(select(tree(), Selection(range=(3, 7), branch="current"))) == ["a1b", "u2b", "a2b"]


def test_a_part_of_a_part_is_named_in_the_numbers_of_the_whole() -> None:
    session = talk("u1", "a1", "u2", range=Range(51, 53, 200))
    assert select(session, Selection(range=(2, 3))).range == Range(52, 53, 200)


@pytest.mark.parametrize("ends", [(0, 1), (2, 1), (1, 4), (-1, None), (4, None), (None, 0)])
def test_a_range_that_the_session_does_not_have_is_wrong_usage(ends: tuple[int | None, int | None]) -> None:
    with pytest.raises(InvalidRange) as caught:
        select(talk("u1", "a1", "u2"), Selection(range=ends))
    assert caught.value.params["count"] == 3


def topics(*paths: str | None) -> Session:
    """Make a session of one pair per topic path, a minute apart."""
    messages = []
    for place, path in enumerate(paths):
        asked = message(f"u{place}", topic_path=path, created_at=60_000 * place)
        messages += [asked, message(f"a{place}", created_at=60_000 * place + 1)]
    return Session(id="s", messages=messages)


def test_topics_stand_in_the_order_of_their_tree_and_pairs_of_one_by_time() -> None:
    session = topics("B > x", "A", "B", None, "A > y", "B > x", "B > x > z")
    chosen = select(session, Selection(order="topic"))
    assert [name for name in ids(chosen) if name[0] == "u"] == ["u3", "u2", "u0", "u5", "u6", "u1", "u4"]
    assert chosen.order == "topic"
    assert select(session, Selection(order="time")) == session


def test_an_order_by_topic_can_be_undone() -> None:
    session = topics("B", "A", "B", "A")
    by_topic = select(session, Selection(order="topic"))
    assert ids(by_topic) != ids(session)
    assert ids(select(by_topic, Selection(order="time"))) == ids(session)
    assert select(by_topic, Selection()) == by_topic


def test_a_pair_whose_time_is_not_known_stays_with_the_one_before_it() -> None:
    session = topics("B", "A", "A")
    session.messages[4].created_at = session.messages[5].created_at = None
    by_topic = select(session, Selection(order="topic"))
    assert ids(by_topic) == ["u0", "a0", "u1", "a1", "u2", "a2"]
    by_topic.messages = by_topic.messages[2:] + by_topic.messages[:2]
    assert ids(select(by_topic, Selection(order="time"))) == ["u0", "a0", "u1", "a1", "u2", "a2"]


def test_what_the_filter_leaves_open_the_session_answers() -> None:
    session = topics("A", "B")
    session.exported_at = 60_000 + 5000
    session.messages[1].model, session.messages[3].model = "m1", "m2"
    assert ids(select(session, Selection(filter="t"))) == ids(select(session, Selection(filter="m"))) == ["u1", "a1"]
    assert ids(select(session, Selection(filter="d<1min"))) == ["u1", "a1"]
    context = Context(topic="A", model="m1", now=10**9)
    assert ids(select(session, Selection(filter="t m", context=context))) == ["u0", "a0"]
    assert ids(select(session, Selection(filter="d<1d", context=context))) == []


def test_an_estimate_and_an_empty_selection_are_said() -> None:
    for filter_, window, code in (("o & !o", None, "context_unknown"), ("o & !o", 5, "context_estimated")):
        notices = Notices()
        select(topics("A"), Selection(filter=filter_, context=Context(window=window)), notices)
        assert {one.code for one in notices} == {code, "nothing_selected"}
    notices = Notices()
    select(topics("A"), Selection(filter="r1"), notices)
    assert len(notices) == 0


def test_the_filter_is_remembered_as_it_was_typed() -> None:
    assert select(topics("A"), Selection(filter=" r1 ")).filter_input == " r1 "


@pytest.mark.parametrize(
    ("selection", "error"),
    [
        (Selection(filter="s9"), InvalidFilter),
        (Selection(roles={"nobody"}), InvalidOption),
        (Selection(order="sideways"), InvalidOption),  # type: ignore[arg-type]
        (Selection(filter="d2025-01-01", context=Context(timezone="Nowhere/Land")), InvalidOption),
    ],
)
def test_what_does_not_exist_is_wrong_usage(selection: Selection, error: type[ExportError]) -> None:
    with pytest.raises(error):
        select(topics("A"), selection)


FILES = sorted(DEMO.glob("*.json"))


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_a_plain_range_keeps_the_payload_token_for_token(file: Any) -> None:  # noqa: ANN401
    data = file.read_bytes()
    (session,) = read(data)
    assert session.document
    of = sum(session.document.visible)
    written = convert(data, "json", select=Selection(range=(2, None)))
    numbers = payload.numbers(session.document.visible)
    whole, cut = payload.split(data), payload.split(jsonlayout.compact(written))
    assert cut.messages == [text for text, number in zip(whole.messages, numbers, strict=True) if number >= 2]
    assert json.loads(written)["session"] == json.loads(data)["session"] | {"range": {"from": 2, "to": of, "of": of}}
    assert read(written)[0].range == Range(2, of, of)


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_json_of_what_a_filter_selects_holds_just_that(file: Any) -> None:  # noqa: ANN401
    written = convert(file.read_bytes(), "json", select=Selection(filter="r1"))
    (session,) = read(file.read_bytes())
    (again,) = read(written)
    assert again.source == session.source
    assert ids(again) == ids(select(session, Selection(filter="r1")))
    assert 0 < len(again.messages) < len(session.messages) or len(session.messages) <= 2


@given(
    SESSIONS,
    st.builds(
        Selection,
        range=st.one_of(
            st.none(), st.tuples(st.one_of(st.none(), st.integers(-1, 5)), st.one_of(st.none(), st.integers(0, 5)))
        ),
        branch=st.sampled_from(["all", "current", "m"]),
        filter=st.sampled_from(["", "r1", "!r1", "o1", "c'e'", "t'root'", "d<1d", "e|i"]),
        roles=st.one_of(st.none(), st.sets(st.sampled_from(["user", "assistant", "tool"]))),
        order=st.sampled_from([None, "time", "topic"]),
    ),
)
def test_any_selection_of_any_session_is_part_of_it_and_leaves_it_as_it_is(
    session: Session, selection: Selection
) -> None:
    before = deepcopy(session)
    known = {id(block) for one in walk(session.messages) for block in one.blocks}
    try:
        chosen = select(session, selection)
    except (InvalidRange, NoSuchBranch):
        return
    assert session == before
    assert {id(block) for one in walk(chosen.messages) for block in one.blocks} <= known
    assert len(chosen.messages) <= len(session.messages)
    if selection.roles is not None:
        assert {one.role for one in chosen.messages} <= set(selection.roles)


@given(SESSIONS)
def test_nothing_asked_is_nothing_changed(session: Session) -> None:
    assert select(session, Selection()) == session
