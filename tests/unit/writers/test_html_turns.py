"""The turns of a report are those of any document."""

from __future__ import annotations

import pytest
from hypothesis import given, settings

from py_export import Notices, Session
from py_export.options import HtmlOptions, parse
from py_export.transforms.shown import Shown
from py_export.writers.html_turns import Turns
from py_export.writers.sheet import Sheet
from py_export.writers.turns import count_left_out, turns
from tests.unit.sessions import SESSIONS


@pytest.mark.parametrize("options", [{}, {"messages": False}, {"thinking": False, "tools": "none"}])
@settings(max_examples=80)
@given(session=SESSIONS)
def test_both_ways_give_the_same(options: dict[str, object], session: Session) -> None:
    heard, expected = Notices(), Notices()
    chosen = parse(HtmlOptions, options)
    found = Turns(session.messages, Sheet(chosen, heard, Shown(chosen, heard)))
    page = Sheet(chosen, expected, Shown(chosen, expected))
    known = list(turns(session.messages, page))
    assert list(found) == known
    assert list(found.questions()) == [one.question for one in known]
    assert found.last() is (known[-1].messages[-1][1] if known else None)
    found.count_left_out()
    count_left_out(session.messages, page)
    assert list(heard) == list(expected)
