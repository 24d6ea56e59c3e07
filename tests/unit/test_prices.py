"""The price table that comes along says of which day it is and where each price stands; nothing in it is doubtful."""

from __future__ import annotations

import json
import re
from datetime import date
from importlib.resources import files

import pytest

from py_export.model import Usage
from py_export.transforms.analytics.pricing import Prices, included, prices
from py_export.transforms.analytics.records import UsageEvent


def test_every_price_has_a_source_and_no_model_two() -> None:
    table = included()
    assert date.fromisoformat(table.date) <= date(2026, 11, 30)
    assert table.source
    assert all(re.match(r"https://[\w./-]+$", price.source or "") for price in table.prices)
    models = [model for price in table.prices for model in price.models]
    assert len(models) == len(set(models))
    for price in table.prices:
        assert 0 < (price.cache_read or 0) < price.input < price.output
        assert price.cache_write is None or price.cache_write > price.input
    json.loads(files("py_export").joinpath("prices.json").read_bytes())


@pytest.mark.parametrize(
    ("model", "usage", "cost"),
    [
        ("claude-sonnet-4-5-20250929", Usage(74, 844, 93_553, 5158), 0.0602904),
        ("anthropic/claude-opus-4-1", Usage(1_000_000, 100_000), 22.5),
        ("claude-opus-4-20250514", Usage(0, 1_000_000), 75),
        ("gpt-5-codex", Usage(1000, 100, 1000), 0.002375),
        ("codex-mini-latest", Usage(1000, 100), 0.0021),
        ("claude-sonnet-4-5", Usage(200_001, 1), None),
        ("gpt-5-codex", Usage(1000, 100, 1000, 1), None),
        ("gpt-5-codex-mini", Usage(1000, 100), None),
        ("claude-sonnet-4-5[1m]", Usage(1000, 100), None),
        ("<synthetic>", Usage(0, 0), None),
    ],
)
def test_it_prices_what_it_knows_and_nothing_else(model: str, usage: Usage, cost: float | None) -> None:
    [event] = prices().estimated([UsageEvent(session_id="s", number=1, model=model, usage=usage)])
    assert event.estimated_cost_usd == (None if cost is None else pytest.approx(cost, rel=1e-12))


def test_a_table_of_ones_own_comes_first_and_the_other_stays() -> None:
    own = {"version": 1, "date": "2026-01-01", "source": "contract", "prices": []}
    own["prices"] = [{"models": ["claude-haiku-4-5"], "input": 0.5, "output": 1}]
    found = prices(json.dumps(own))
    events = [
        UsageEvent(session_id="s", number=1, model=model, usage=Usage(1_000_000, 0))
        for model in ("claude-haiku-4-5", "claude-opus-4-5")
    ]
    assert [one.estimated_cost_usd for one in found.estimated(events)] == [0.5, 5]
    assert found.source is not None
    assert (found.source.source, found.source.own) == ("contract", True)
    assert Prices((), own=False).estimated(events) == events
