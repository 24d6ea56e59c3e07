"""Sessions whose usage is asked for, the prices that estimate it, and what the library makes of the same sessions."""

from __future__ import annotations

import json
from typing import Any

import msgspec

from py_export import Notices, read
from py_export.analytics_options import AnalyticsOptions
from py_export.options import parse
from py_export.transforms.analytics.analysis import analyse
from tests.closely import closely
from tests.functions.serving import compact, payload

AT = 1_741_478_400_000  # 2025-03-09T00:00:00Z, the day on which clocks change in New York
HOUR = 3_600_000
DAY = 24 * HOUR
SUMMARY, USAGE, EXPORT = "/api/analytics/summary", "/api/analytics/usage", "/api/analytics/export"
PRICES = {
    "version": 1,
    "date": "2026-01-01",
    "source": "x",
    "prices": [
        {"models": ["large"], "input": 4, "output": 20, "cacheRead": 0.5, "until": AT + DAY, "upTo": 5000},
        {"models": ["large"], "input": 8, "output": 40, "cacheRead": 1, "cacheWrite": 9},
    ],
}


def talk(name: str, at: int = AT, **session: Any) -> dict[str, Any]:  # noqa: ANN401 - JSON
    """Return a payload with every kind of event and call."""

    def said(number: int, usage: dict[str, Any] | None, **more: object) -> dict[str, Any]:
        base = {
            "id": f"m{number}",
            "role": "assistant",
            "createdAt": at + number * HOUR,
            "model": "large",
            "blocks": [],
        }
        return base | ({} if usage is None else {"usage": usage}) | more

    call = {"type": "tool_call", "id": "c", "name": "Bash", "kind": "shell", "status": "error", "durationMs": 7}
    below = said(3, {"inputTokens": 7, "outputTokens": 1}, subAgent={"agentId": "a"}, model="small")
    task = {"type": "tool_call", "id": "t", "name": "Task", "kind": "task", "status": "completed", "messages": [below]}
    document = payload(name, 0, **session)
    document["messages"] = [
        said(0, None, role="user", model=None),
        said(1, {"inputTokens": 1000, "outputTokens": 20, "cacheReadTokens": 3, "costUsd": 0.25}, apiId="one"),
        said(
            2,
            {"inputTokens": 1000, "outputTokens": 30, "cacheReadTokens": 3, "costUsd": 0.5},
            apiId="one",
            blocks=[call],
        ),
        said(4, {"inputTokens": 900, "outputTokens": 70, "cacheReadTokens": 4000}, blocks=[task]),
        said(5, {"inputTokens": 9000, "outputTokens": 70, "cacheWriteTokens": 11}),
        said(6, {"inputTokens": 1, "outputTokens": 1, "reasoningTokens": 1}, hidden=True),
        said(30, {"inputTokens": 10, "outputTokens": 5}, model=None),
        said(7, {"inputTokens": 100, "outputTokens": 5}, createdAt=None),
    ]
    return document


TALKS = [
    talk("one", title="One"),
    talk("two", AT - 400 * DAY, usage={"inputTokens": 50_000, "outputTokens": 900, "costUsd": 3.5}, updatedAt=AT),
    payload("three", 4, usage={"inputTokens": 5}),
]


def library(*documents: dict[str, Any], **options: Any) -> dict[str, Any]:  # noqa: ANN401 - options
    """Return what the library makes of the same sessions."""
    sessions = [session for one in documents or TALKS for session in read(compact(one))]
    chosen = parse(AnalyticsOptions, {"prices": json.dumps(PRICES), **options})
    found: dict[str, Any] = json.loads(msgspec.json.encode(analyse(sessions, chosen, Notices(), keep_events=True)))
    return found


def close(value: Any) -> Any:  # noqa: ANN401 - JSON
    """Return JSON to compare."""
    return closely(value, 1e-12)


QUESTIONS: list[tuple[dict[str, Any], dict[str, Any]]] = [
    ({}, {}),
    ({"from": "2025-03-09", "to": "2025-03-09"}, {"since": "2025-03-09", "until": "2025-03-09"}),
    (
        {"timezone": "America/New_York", "to": "2025-03-10"},
        {"timezone": "America/New_York", "until": "2025-03-10"},
    ),
    ({"timezone": "Asia/Kathmandu"}, {"timezone": "Asia/Kathmandu"}),
    (
        {"timezone": "Pacific/Apia", "from": str(AT - 900 * DAY)},
        {"timezone": "Pacific/Apia", "since": str(AT - 900 * DAY)},
    ),
    ({"model": ["small", "other"]}, {"models": "small, other"}),
    ({"model": "large", "from": "2025-03-09T05:00"}, {"models": "large", "since": "2025-03-09T05:00"}),
    ({"from": "2031-01-01"}, {"since": "2031-01-01"}),
]
