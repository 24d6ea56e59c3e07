"""What sessions took: each API message once, unknown apart from nothing, recorded apart from estimated."""

from __future__ import annotations

import json
from typing import Any

import msgspec
import pytest

from py_export.analytics_options import AnalyticsOptions
from py_export.errors import InvalidOption, InvalidPayload, NewerVersion
from py_export.model import Message, Range, Session, SubAgent, Text, ToolCall, Usage
from py_export.notices import Notices
from py_export.options import parse
from py_export.transforms import measure
from py_export.transforms.analytics.analysis import VERSION, Analytics, analyse, from_json
from py_export.transforms.analytics.events import calls, events
from py_export.transforms.analytics.period import Period

AT = 1_736_944_200_000  # 2025-01-15T12:30:00Z
DAY = 86_400_000
TABLE = {
    "version": 1,
    "date": "2026-01-01",
    "source": "https://example.org/prices",
    "prices": [
        {"models": ["large"], "input": 10, "output": 50, "cacheRead": 1, "until": AT},
        {
            "models": ["large"],
            "input": 4,
            "output": 20,
            "cacheRead": 0.5,
            "cacheWrite": 5,
            "since": AT,
            "upTo": 1000,
        },
        {"models": ["large"], "input": 8, "output": 30, "cacheRead": 1, "since": AT},
    ],
}


def _said(number: int, usage: Usage | None = None, **more: Any) -> Message:  # noqa: ANN401 - a message's fields
    fields: dict[str, Any] = {"role": "assistant", "created_at": AT + number, "model": "large", "usage": usage} | more
    return Message(id=f"m{number}", blocks=[Text("said")], **fields)


def _session(*messages: Message, **more: Any) -> Session:  # noqa: ANN401 - a session's fields
    found = list(messages)
    return Session(**{"id": "s", "messages": found, "usage": measure.usage(found)} | more)


def _analysed(*sessions: Session, notices: Notices | None = None, **options: Any) -> Analytics:  # noqa: ANN401 - options
    chosen = parse(AnalyticsOptions, options)
    return analyse(sessions, chosen, Notices() if notices is None else notices, keep_events=True)


def test_an_api_message_counts_once_by_its_last_record_with_sub_agents_and_hidden_ones() -> None:
    below = _said(3, Usage(7, 7), sub_agent=SubAgent("agent"))
    call = ToolCall(id="c", name="Task", kind="task", status="error", messages=[below])
    first, last = _said(1, Usage(1, 1), api_id="a"), _said(2, Usage(10, 20, cost_usd=0.1), api_id="a")
    last.blocks.append(call)
    session = _session(first, last, _said(4, Usage(100, 200), hidden=True))
    found = events(session)
    assert [(one.message_id, one.usage.input_tokens, one.sub_agent) for one in found] == [
        ("m2", 10, False),
        ("m3", 7, True),
        ("m4", 100, False),
    ]
    totals = _analysed(session).totals
    assert totals.usage == session.usage == Usage(117, 227, cost_usd=0.1)
    assert (totals.requests, totals.tool_calls, totals.failed_tool_calls, totals.unpriced) == (3, 1, 1, 2)


def test_a_session_without_figures_has_an_event_for_each_answer_and_nothing_known() -> None:
    session = _session(_said(1, role="user"), _said(2), _said(3, hidden=True), _said(4, role="event"))
    [event] = events(session)
    assert (event.message_id, event.usage) == ("m2", Usage())
    analytics = _analysed(session)
    assert (analytics.totals.requests, analytics.totals.usage) == (1, Usage())
    assert analytics.by_day is not None
    assert analytics.by_day[0].estimated_cost_usd is None


def test_a_message_without_figures_is_no_answer_where_others_have_them() -> None:
    assert [one.message_id for one in events(_session(_said(1), _said(2, Usage(1))))] == ["m2"]


@pytest.mark.parametrize(
    ("whole", "beyond"),
    [
        (Usage(100, 50, cost_usd=0.5), Usage(90, None, cost_usd=0.5)),
        (Usage(4, 50), Usage(-6)),
        (Usage(10, 50), None),
        (None, None),
    ],
)
def test_what_a_session_says_beyond_its_messages_is_an_event_of_its_own(
    whole: Usage | None, beyond: Usage | None
) -> None:
    session = _session(_said(1, Usage(10, 50)), usage=whole, updated_at=AT + 9)
    found = [one for one in events(session) if one.type == "session"]
    assert [(one.usage, one.timestamp, one.number) for one in found] == (
        [] if beyond is None else [(beyond, AT + 9, 2)]
    )
    if whole is not None:
        assert _analysed(session).totals.usage == whole
    assert _analysed(session).totals.requests == 1


def test_a_part_of_a_session_does_not_answer_for_the_whole() -> None:
    session = _session(_said(1, Usage(10, 50)), usage=Usage(100, 500), range=Range(1, 1, 9))
    assert [one.type for one in events(session)] == ["message"]


def test_a_model_that_only_the_session_names_is_its_messages() -> None:
    assert [one.model for one in events(_session(_said(1, Usage(1), model=None), model="other"))] == ["other"]
    mixed = _session(_said(1, Usage(1), model=None), _said(2, Usage(1)), model="large")
    assert [one.model for one in events(mixed)] == [None, "large"]


def test_a_call_is_counted_when_it_began_with_its_length_and_its_model() -> None:
    call = ToolCall(id="c", name="Bash", kind="shell", status="completed", started_at=AT + 5, ended_at=AT + 8)
    message = _said(1)
    message.blocks += [call, ToolCall(name="Bash", status="denied")]
    found = [one.use for one in calls(_session(message))]
    assert [(one.number, one.timestamp, one.duration_ms, one.failed) for one in found] == [
        (1, AT + 5, 3, False),
        (2, AT + 1, None, True),
    ]
    analytics = _analysed(_session(message))
    assert analytics.by_tool is not None
    assert msgspec.to_builtins(analytics.by_tool[0]) == {
        "name": "Bash",
        "kind": "shell",
        "calls": 2,
        "failed": 1,
        "sessions": 1,
        "durationMs": 3,
    }


def test_sums_stand_by_day_model_and_session_and_each_adds_up_to_the_total() -> None:
    one = _session(_said(1, Usage(1, cost_usd=0.1)), _said(DAY, Usage(2, cost_usd=0.2), model="small"))
    two = _session(_said(2, Usage(40, cost_usd=0.3)), _said(3, Usage(5), created_at=None), id="t")
    analytics = _analysed(one, two)
    assert analytics.by_day is not None
    assert analytics.by_model is not None
    assert analytics.by_session is not None
    assert [(each.day, each.usage.input_tokens) for each in analytics.by_day] == [
        (None, 5),
        ("2025-01-15", 41),
        ("2025-01-16", 2),
    ]
    assert [(each.model, each.sessions, each.requests) for each in analytics.by_model] == [
        ("large", 2, 3),
        ("small", 1, 1),
    ]
    assert [(each.id, each.usage.cost_usd) for each in analytics.by_session] == [("t", 0.3), ("s", 0.3)]
    assert analytics.totals.usage.cost_usd == 0.6, "and not the 0.6000000000000001 that binary numbers make of it"


def test_sessions_of_one_id_are_two_sessions() -> None:
    assert _analysed(_session(_said(1, Usage(1))), _session(_said(1, Usage(1)))).totals.sessions == 2


def test_a_period_and_models_leave_out_what_lies_outside_and_say_what_has_no_time() -> None:
    notices = Notices()
    session = _session(
        *(_said(number * DAY, Usage(number)) for number in range(5)), _said(9, Usage(9), created_at=None)
    )
    analytics = _analysed(session, notices=notices, since="2025-01-16", until="2025-01-17")
    assert analytics.totals.usage.input_tokens == 3
    assert [(one.code, one.count) for one in notices] == [("time_unknown", 1)]
    assert _analysed(session, models="small, tiny").totals.requests == 0
    assert _analysed(session, models="large").totals.requests == 6


@pytest.mark.parametrize(
    ("since", "until", "zone", "expected"),
    [
        ("", "", "UTC", (None, None)),
        ("2025-01-15", "2025-01-15", "UTC", (AT - 45_000_000, AT - 45_000_000 + DAY)),
        ("2025-03-09", "2025-03-09", "America/New_York", (1_741_496_400_000, 1_741_496_400_000 + DAY - 3_600_000)),
        ("2025-01-15T12:30", "2025-01-15T12:30:00.001Z", "UTC", (AT, AT + 1)),
        ("2025-01-15T18:15", "", "Asia/Kathmandu", (AT, None)),
        ("2025-01-15T14:30:00+02:00", str(AT + 5), "Asia/Kathmandu", (AT, AT + 5)),
    ],
)
def test_a_period_is_of_days_in_a_zone_or_of_times(
    since: str, until: str, zone: str, expected: tuple[int | None, int | None]
) -> None:
    found = Period.of(since, until, zone)
    assert (found.since, found.until) == expected


@pytest.mark.parametrize(
    "since", ["soon", "2025-13-01", "2025-02-30", "2025", "20250115", "1e9", "2025-01-15T25:00", "1e3", "9" * 17]
)
def test_what_is_no_time_is_an_error(since: str) -> None:
    with pytest.raises(InvalidOption) as caught:
        parse(AnalyticsOptions, {"since": since})
    assert caught.value.params["option"] == "since"
    with pytest.raises(InvalidOption):
        parse(AnalyticsOptions, {"since": "2025-01-02", "until": "2025-01-01"})


def test_a_price_holds_for_its_time_and_a_long_prompt_has_its_own() -> None:
    session = _session(
        _said(-1, Usage(1_000_000, 1_000_000, 1_000_000)),
        _said(1, Usage(500, 1_000_000, 500, 0)),
        _said(2, Usage(1000, 1_000_000, 1)),
    )
    found = _analysed(session, prices=json.dumps(TABLE)).events
    assert found is not None
    assert [one.estimated_cost_usd for one in found] == [61, 20.00225, 30.008001]


@pytest.mark.parametrize(
    "model", ["large", "Large", "provider/large", "large-20250115", "large@20250115", "large-latest"]
)
def test_a_model_is_known_by_its_name_whoever_provides_it_in_whichever_state(model: str) -> None:
    totals = _analysed(_session(_said(1, Usage(1, 1), model=model)), prices=json.dumps(TABLE)).totals
    assert totals.estimated_cost_usd is not None


@pytest.mark.parametrize(
    "message",
    [
        _said(1, Usage(1, 1), model="large-mini"),
        _said(1, Usage(1, 1), model=None),
        _said(1, Usage(1, None)),
        _said(1, Usage(2000, 1, 1, 1)),  # a long prompt, and no price for what it wrote to the cache
    ],
)
def test_what_a_table_does_not_know_stays_unknown(message: Message) -> None:
    analytics = _analysed(_session(message), prices=json.dumps(TABLE))
    assert (analytics.totals.estimated_cost_usd, analytics.totals.unpriced, analytics.prices) == (None, 1, None)


def test_a_recorded_cost_is_never_estimated_and_an_estimate_never_recorded() -> None:
    session = _session(_said(1, Usage(1, 1, cost_usd=0.25)), _said(2, Usage(1_000_000, 0)))
    analytics = _analysed(session, prices=json.dumps(TABLE))
    assert (analytics.totals.usage.cost_usd, analytics.totals.estimated_cost_usd) == (0.25, 8)
    assert analytics.prices is not None
    assert (analytics.prices.date, analytics.prices.own) == ("2026-01-01", True)
    assert _analysed(session, prices=json.dumps(TABLE), estimate=False).totals.estimated_cost_usd is None


def test_where_the_session_knows_its_cost_nothing_is_estimated_beside_it() -> None:
    session = _session(_said(1, Usage(1, 1)), usage=Usage(1, 1, cost_usd=3.5))
    totals = _analysed(session, prices=json.dumps(TABLE)).totals
    assert (totals.usage.cost_usd, totals.estimated_cost_usd) == (3.5, None)


@pytest.mark.parametrize("table", ["[]", "{", '{"version": 1}', json.dumps(TABLE | {"more": 1}), "\ud800"])
def test_a_price_table_that_is_none_is_an_error(table: str) -> None:
    with pytest.raises(InvalidOption) as caught:
        parse(AnalyticsOptions, {"prices": table})
    assert caught.value.params["option"] == "prices"


def test_a_document_of_analytics_comes_back_as_it_was() -> None:
    analytics = _analysed(_session(_said(1, Usage(1, cost_usd=0.1))), since="2025-01-01")
    document = {"schemaVersion": VERSION, "generator": "x"} | msgspec.to_builtins(analytics)
    assert from_json(json.dumps(document).encode()) == analytics
    summary = {name: value for name, value in document.items() if name not in ("byModel", "byTool", "events")}
    assert from_json(json.dumps(summary).encode()).by_model is None


@pytest.mark.parametrize(
    ("document", "error"),
    [
        (b"{", InvalidPayload),
        (b"{}", InvalidPayload),
        (b'{"schemaVersion": 1}', InvalidPayload),
        (b'{"schemaVersion": 99}', NewerVersion),
    ],
)
def test_what_is_no_such_document_is_an_error(document: bytes, error: type[Exception]) -> None:
    with pytest.raises(error):
        from_json(document)
