"""What must hold of any report: its figures are those of the analytics, and nothing that people wrote is markup."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest

from py_export import convert, read
from py_export.analytics_options import PdfOptions
from py_export.notices import Notices
from py_export.transforms.analytics.analysis import analyse
from py_export.writers.pdf import write_several
from tests.golden.session_pdf_cases import DEMO, said
from tests.unit.writers.test_session_pdf import HOSTILE, facts_of, squeezed

DAY = 86_400_000


def payload(name: str, model: str = "claude-sonnet-4-5", cost: float | None = None) -> bytes:
    """Return a session of two answers on two days, in which everything has the same name."""
    usage: dict[str, Any] = {"inputTokens": 1_000_000, "outputTokens": 200_000}
    usage |= {} if cost is None else {"costUsd": cost}
    call = {"type": "tool_call", "name": name, "kind": "shell", "status": "error"}
    messages = [
        {
            "id": str(at),
            "role": "assistant",
            "createdAt": 1767323045000 + at * DAY,
            "model": model,
            "usage": usage,
            "blocks": [{"type": "text", "text": name}, call],
        }
        for at in range(2)
    ]
    head = {"schemaVersion": 1, "generator": "py-export", "exportedAt": 1767323045000}
    return json.dumps(head | {"session": {"id": "s", "title": name}, "messages": messages}).encode()


@pytest.mark.parametrize("name", HOSTILE)
def test_nothing_that_people_wrote_is_markup(name: str) -> None:
    shown = squeezed(said(convert(payload(name, name), "pdf")))
    assert shown.count(squeezed(name)) >= len(("model", "tool", "session"))


@pytest.mark.parametrize("name", ["حديقة", "גינה", "สวน", "बगीचा", "花园", "庭のに", "정원", "🌱", "∀ ⇒ ∫"])
def test_names_in_every_script_that_our_fonts_have_stand_in_charts_too(name: str) -> None:
    notices = Notices()
    document = convert(payload(name, name), "pdf", notices=notices)
    assert [notice.code for notice in notices] == []
    assert "\ufffd" not in said(document)


def test_estimated_costs_are_marked_and_recorded_ones_are_not() -> None:
    prices = [{"models": ["small"], "input": 1, "output": 2}]
    table = json.dumps({"version": 1, "date": "2026-01-01", "source": "x", "prices": prices})
    estimated = said(convert(payload("a", "small"), "pdf", options={"prices": table}))
    recorded = said(convert(payload("a", cost=1.25), "pdf"))
    assert "\N{ALMOST EQUAL TO} $2.80" in estimated
    assert "price table of 2026-01-01 (x)" in estimated
    assert "$2.50" in recorded
    assert "\N{ALMOST EQUAL TO}" not in recorded
    assert "$" not in said(convert(payload("a", "small"), "pdf", options={"prices": table, "estimate": False}))


def test_the_figures_of_several_sessions_are_those_of_the_analytics() -> None:
    options = PdfOptions()
    sessions = [session for path in sorted(DEMO.glob("*.json")) for session in read(path.read_bytes())]
    found = analyse(sessions, options, Notices())
    document = b"".join(write_several(sessions, options, Notices(), None))
    shown = said(document)
    assert facts_of(document)["Tagged"] == "yes"
    for model in found.by_model or ():
        given = (model.usage.input_tokens or 0) + (model.usage.cache_read_tokens or 0)
        row = rf"{re.escape(str(model.model))} +{model.requests} +{given + (model.usage.cache_write_tokens or 0):,}"
        assert re.search(row, shown), model
    for tool in (found.by_tool or ())[:14]:
        assert re.search(rf"{re.escape(tool.name)} +{tool.calls} +{tool.failed}", shown), tool


def test_a_session_without_usage_says_so_and_a_period_leaves_out_what_lies_outside() -> None:
    bare = json.dumps({"schemaVersion": 1, "generator": "py-export", "session": {"id": "s"}, "messages": []})
    assert "Nothing was used." in said(convert(bare.encode(), "pdf"))
    assert "2026-01-02 (UTC)" in said(convert(payload("a"), "pdf", options={"until": "2026-01-02"}))


def test_the_same_sessions_give_the_same_bytes() -> None:
    assert convert(payload("a"), "pdf") == convert(payload("a"), "pdf")
