"""Branches: the way from the root to a message, and what is on every way."""

from __future__ import annotations

import pytest

from py_export.errors import NoSuchBranch
from py_export.model import Event, Message, Session, SubAgent
from py_export.transforms.select import Selection, select
from tests.unit.transforms.talks import ids, message, talk, tree


@pytest.mark.parametrize(
    ("branch", "expected"),
    [
        ("all", ["u1", "a1", "a1b", "u2", "a2", "u2b", "a2b"]),
        ("current", ["u1", "a1b", "u2b", "a2b"]),
        ("a2", ["u1", "a1b", "u2", "a2"]),
        ("a1", ["u1", "a1"]),
    ],
)
def test_a_branch_is_the_way_from_the_root_to_its_last_message(branch: str, expected: list[str]) -> None:
    chosen = select(tree(), Selection(branch=branch))
    assert ids(chosen) == expected
    assert chosen.leaf_id == expected[-1]


def test_the_current_branch_ends_at_the_last_message_where_no_leaf_is_known() -> None:
    session = tree()
    session.leaf_id = "gone"
    assert ids(select(session, Selection(branch="current"))) == ["u1", "a1b", "u2b", "a2b"]
    session.messages.append(message("side", sub_agent=SubAgent()))
    assert ids(select(session, Selection(branch="current"))) == ["u1", "a1b", "u2b", "a2b", "side"]


def test_an_event_that_follows_nothing_is_on_every_branch() -> None:
    session = tree()
    session.messages.insert(2, Message(id="e", role="event", blocks=[Event("compact")]))
    assert ids(select(session, Selection(branch="a1"))) == ["u1", "a1", "e"]


def test_an_event_is_on_the_branch_of_the_message_that_it_follows() -> None:
    session = tree()
    session.messages.insert(2, Message(id="e", parent_id="a1", role="event", blocks=[Event("turn-duration")]))
    assert ids(select(session, Selection(branch="a1"))) == ["u1", "a1", "e"]
    assert "e" not in ids(select(session, Selection(branch="current")))


def test_an_edited_first_message_begins_a_branch_of_its_own() -> None:
    messages = [message("u1", "gone"), message("a1", "u1"), message("u1b", "gone"), message("a1b", "u1b")]
    assert ids(select(Session(id="s", messages=messages), Selection(branch="current"))) == ["u1b", "a1b"]
    roots = [message("u1"), message("a1", "u1"), message("u1b"), message("a1b", "u1b")]
    assert ids(select(Session(id="s", messages=roots), Selection(branch="current"))) == ["u1b", "a1b"]


def test_a_parent_that_is_missing_does_not_cut_a_branch_off() -> None:
    messages = [message("u1"), message("a1", "u1"), message("u2", "gone"), message("a2", "u2")]
    assert ids(select(Session(id="s", messages=messages), Selection(branch="current"))) == ["u1", "a1", "u2", "a2"]


def test_parents_in_a_circle_are_walked_once() -> None:
    messages = [message("u1", "a1"), message("a1", "u1")]
    session = Session(id="s", messages=messages)
    assert ids(select(session, Selection(branch="current"))) == ["u1", "a1"]
    assert ids(select(session, Selection(roles={"user"}))) == ["u1"]


def test_without_a_tree_each_message_follows_the_one_before() -> None:
    session = talk("u1", "a1", "u2", "a2")
    assert select(session, Selection(branch="current")) == session
    assert ids(select(session, Selection(branch="u2"))) == ["u1", "a1", "u2"]


def test_a_branch_that_is_not_there_is_wrong_usage() -> None:
    with pytest.raises(NoSuchBranch):
        select(tree(), Selection(branch="nobody"))
