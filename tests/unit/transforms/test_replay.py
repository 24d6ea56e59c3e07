"""The time line of a session: what happens in which order, and when."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from py_export.errors import TooDeep
from py_export.model import (
    Block,
    Citation,
    Code,
    Error,
    Event,
    File,
    Image,
    Message,
    Session,
    SubAgent,
    Text,
    Thinking,
    ToolCall,
    ToolResult,
    Unknown,
)
from py_export.notices import Notices
from py_export.replay_options import ReplayOptions
from py_export.transforms.replay import by_message, end, timeline
from py_export.transforms.replay.events import (
    Began,
    FileChanged,
    Noted,
    Returned,
    Streamed,
    ToolEnded,
    ToolStarted,
    Typed,
)

AT = 1_736_944_200_000


def events(*messages: Message, notices: Notices | None = None, leaf: str | None = None, **options: Any) -> list[Any]:  # noqa: ANN401
    session = Session(id="s", leaf_id=leaf, messages=list(messages))
    return list(timeline(session, ReplayOptions(**options), Notices() if notices is None else notices))


def said(who: Any, *blocks: Block | str, at: int | None = None, **more: Any) -> Message:  # noqa: ANN401
    made = [Text(one) if isinstance(one, str) else one for one in blocks]
    return Message(id=more.pop("id", who), role=who, created_at=at, blocks=made, **more)


def call(name: str, start: int | None = None, stop: int | None = None, **more: Any) -> ToolCall:  # noqa: ANN401
    started, ended = (None if one is None else AT + one for one in (start, stop))
    return ToolCall(id=name, name=name, status="completed", started_at=started, ended_at=ended, **more)


def of(found: list[Any], kind: type[Any]) -> list[Any]:
    return [one for one in found if isinstance(one, kind)]


def test_a_person_types_and_a_model_streams_eight_times_as_fast() -> None:
    found = events(said("user", "a" * 60), said("assistant", "b" * 60), typing_speed=30)
    assert [one.duration_ms for one in of(found, Typed)] == [2000]
    assert [one.duration_ms for one in of(found, Streamed)] == [250]


def test_no_text_takes_longer_than_eight_seconds_to_type_or_ten_to_stream() -> None:
    found = events(said("user", "a" * 10**6), said("assistant", "b" * 10**6))
    assert (of(found, Typed)[0].duration_ms, of(found, Streamed)[0].duration_ms) == (8000, 10_000)


def test_a_text_is_whole_at_the_time_that_its_source_gives() -> None:
    found = events(
        said("user", "a" * 30, at=AT), said("assistant", "b" * 240, at=AT + 1700), typing_speed=30, max_pause=60
    )
    typed, streamed = of(found, Typed)[0], of(found, Streamed)[0]
    assert end(streamed) - end(typed) == 1700
    assert [one.clock for one in of(found, Began)] == [AT, AT + 1700]


def test_a_pause_is_never_longer_than_the_longest() -> None:
    found = events(*(said("assistant", "b", at=AT + number * 3_600_000) for number in range(5)), max_pause=3)
    starts = [one.at for one in of(found, Began)]
    assert [after - before for before, after in pairwise(starts)] == [3004] * 4
    assert events(said("user", "a", at=AT), said("assistant", "b", at=AT + 9**9), max_pause=0)[-1].at == 33


def test_times_that_are_missing_or_go_back_make_a_pause_for_reading() -> None:
    found = events(said("assistant", "b" * 50), said("user", "a"), said("assistant", "c"), max_pause=60)
    answer, question, last = of(found, Began)
    assert question.at - end(of(found, Streamed)[0]) == 500 + 50 * 40
    assert last.at - end(of(found, Typed)[0]) == 500
    back = events(said("user", "a", at=AT), said("assistant", "b", at=AT - 5000), said("user", "c", at=AT - 4000))
    assert [one.at for one in back] == sorted(one.at for one in back)
    assert of(back, Began)[2].at - end(of(back, Streamed)[0]) == 1000 - of(back, Typed)[1].duration_ms
    assert answer.clock is None


def test_tools_run_side_by_side_where_their_times_overlap() -> None:
    message = said("assistant", call("A", 0, 900), call("B", 100, 500), call("C", 600, 700), at=AT)
    found = [(type(one), one.call, one.at) for one in events(message) if isinstance(one, ToolStarted | ToolEnded)]
    first = found[0][2]
    assert [(kind, number, at - first) for kind, number, at in found] == [
        (ToolStarted, 1, 0), (ToolStarted, 2, 100), (ToolEnded, 2, 500), (ToolStarted, 3, 600), (ToolEnded, 3, 700),
        (ToolEnded, 1, 900),
    ]  # fmt: skip


def test_tools_without_times_follow_one_another() -> None:
    found = events(said("assistant", call("A"), call("B", duration_ms=1200)))
    kinds = [type(one) for one in found[1:]]
    assert kinds == [ToolStarted, ToolEnded, ToolStarted, ToolEnded]
    assert found[2].at - found[1].at == 500
    assert found[4].at - found[3].at == 1200
    assert found[4].took_ms == 1200


def test_what_a_tool_wrote_is_a_changed_file_unless_it_failed() -> None:
    wrote = call("W", kind="write", paths=["a", "b"])
    failed = ToolCall(id="E", name="E", kind="edit", paths=["c"], status="error", result=ToolResult([Text("no\nmore")]))
    read = call("R", kind="read", paths=["d"])
    found = events(said("assistant", wrote, failed, read))
    assert [(one.path, one.change) for one in of(found, FileChanged)] == [("a", "write"), ("b", "write")]
    assert of(found, ToolEnded)[1].reason == "no"


def test_a_sub_agents_messages_stand_between_the_start_and_the_end_of_its_call() -> None:
    asked = said("user", "do it", sub_agent=SubAgent("a", "T"))
    task = call("T", 0, 100, kind="task", messages=[asked, said("assistant", call("G", 10, 20))])
    found = events(said("assistant", task, at=AT))
    assert [type(one).__name__ for one in found] == [
        "Began", "ToolStarted", "Began", "Streamed", "Began", "ToolStarted", "ToolEnded", "Returned",
        "ToolEnded",
    ]  # fmt: skip
    assert [one.message for one in of(found, Returned)] == [1]
    assert [(one.depth, one.call) for one in of(found, Began)] == [(0, None), (1, 1), (1, 1)]
    assert [one.call for one in of(found, ToolEnded)] == [2, 1]


def test_only_the_current_branch_is_played_and_the_rest_is_counted() -> None:
    notices = Notices()
    tree = [
        said("user", "q", id="1"),
        said("assistant", "old", id="2", parent_id="1"),
        said("assistant", "new", id="3", parent_id="1"),
    ]
    found = events(*tree, leaf="3", notices=notices)
    assert [one.id for one in of(found, Began)] == ["1", "3"]
    assert [(one.code, one.count) for one in notices] == [("branch_left_out", 1)]


def test_hidden_and_empty_messages_are_no_part_of_it() -> None:
    found = events(said("user", "a", hidden=True), said("assistant", " \n"), said("assistant", "b"))
    assert [one.message for one in of(found, Began)] == [1]


def test_a_turn_begins_with_a_question_and_is_named_by_its_first_line() -> None:
    found = events(
        said("system", "rules"), said("user", "\n  first   line\nsecond"), said("user", "and"), said("assistant", "b"),
        said("user", "x" * 90),
    )  # fmt: skip
    assert [(one.turn, one.title) for one in of(found, Began) if one.turn] == [
        (1, "rules"), (2, "first line"), (3, "x" * 79 + "…"),
    ]  # fmt: skip


def test_what_is_no_speech_is_noted_and_bytes_that_stay_behind_are_counted() -> None:
    notices = Notices()
    blocks: list[Block] = [
        Image(name="a.png", data="AAAA"), File(name="b.txt", text="held\n"), Citation("https://example.org", "Title"),
        Event("compact"), Unknown({"x": {"y": [1, "z"]}}, "odd"), Code("ls", "sh"),
    ]  # fmt: skip
    found = events(said("assistant", *blocks), notices=notices)
    assert [(one.what, one.text) for one in of(found, Noted)] == [
        ("image", "a.png"), ("file", "b.txt\nheld"), ("citation", "Title\nhttps://example.org"),
        ("event", "Conversation compacted"),
        ("unknown", "Unknown record odd, kept whole in the JSON export\nx.y[0]: 1\nx.y[1]: z"),
    ]  # fmt: skip
    assert (found[-1].what, found[-1].language) == ("code", "sh")
    assert {one.code: one.count for one in notices} == {"image_left_out": 1, "unknown_kept": 1}


def test_tools_in_full_say_what_went_in_and_what_came_out() -> None:
    run = call("Bash", input={"command": "ls\npwd", "n": 1}, result=ToolResult([Text("a\n"), Text("b")]))
    (started,) = of(events(said("assistant", run), tools="full"), ToolStarted)
    (ended,) = of(events(said("assistant", run), tools="full"), ToolEnded)
    assert (started.input, ended.output) == ("command:\nls\npwd\nn: 1", "a\nb")
    brief = events(said("assistant", run))
    assert (of(brief, ToolStarted)[0].input, of(brief, ToolEnded)[0].output) == (None, None)


def test_a_failure_is_an_event_of_its_own() -> None:
    assert events(said("assistant", Error("boom", "500")))[-1].text == "boom"


def test_notes_come_last_and_open_no_turn() -> None:
    session = Session(id="s", messages=[said("user", "q")], notes=[said("user", "remember")])
    found = of(list(timeline(session, ReplayOptions(), Notices())), Began)
    assert [(one.note, one.turn) for one in found] == [(False, 1), (True, None)]


def test_sub_agents_beyond_any_real_depth_are_refused() -> None:
    message = said("assistant", "deep")
    for _ in range(5000):
        message = said("assistant", call("T", messages=[message]))
    with pytest.raises(TooDeep):
        events(message)


TIMES = st.none() | st.integers(-(10**15), 10**15)
CALLS = st.builds(
    ToolCall, id=st.just("c"), name=st.just("T"), started_at=TIMES, ended_at=TIMES,
    duration_ms=st.none() | st.integers(-5, 10**12),
    kind=st.sampled_from(["edit", "shell"]), paths=st.just(["p"]),
    messages=st.just([]) | st.just([said("assistant", "below", call("X"))]),
)  # fmt: skip
BLOCKS = st.lists(st.builds(Text, st.text(max_size=9)) | st.builds(Thinking, st.just("t")) | CALLS, max_size=5)
MESSAGES = st.lists(
    st.builds(
        Message, id=st.sampled_from("abc"), role=st.sampled_from(["user", "assistant", "event"]), created_at=TIMES,
        blocks=BLOCKS, hidden=st.booleans(),
    ),
    max_size=6,
)  # fmt: skip


@given(MESSAGES, st.integers(0, 60))
def test_time_never_goes_back_nothing_overlaps_and_every_call_ends_once(messages: list[Message], pause: int) -> None:
    found = events(*messages, max_pause=pause)
    for one, following in pairwise(found):
        assert 0 <= end(one) <= following.at <= end(one) + pause * 1000
    assert sorted(one.call for one in of(found, ToolStarted)) == sorted(one.call for one in of(found, ToolEnded))
    assert [one for part in by_message(found) for one in part] == found
    assert all(isinstance(part[0], Began) for part in by_message(found))
