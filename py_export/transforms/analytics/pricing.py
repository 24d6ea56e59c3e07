"""What API messages cost by a table of prices, where nobody recorded it: an estimate, kept apart from recorded cost."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from importlib.resources import files

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from py_export.errors import InvalidOption
from py_export.model import Usage, camel
from py_export.transforms.analytics.records import Figure, UsageEvent, prompt_tokens

_MILLION = 1_000_000
_SNAPSHOT = re.compile(r"[-@](?:\d{8}|\d{4}-\d\d-\d\d|latest)\Z", re.ASCII)
"""How providers mark one state of a model: the price is the model's."""


class Price(Struct, rename=camel, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """
    What some models cost: US dollars for a million tokens of each kind. A kind without a rate cannot be priced.

    Attributes:
        models: Their names, without a provider before or a date behind.
        since: Unix milliseconds from which on it holds; None is always.
        until: Unix milliseconds before which it holds.
        up_to: The most tokens of a whole prompt for which it holds; a longer one costs what another row says.
        source: Where it is published.
    """

    models: list[str]
    input: float
    output: float
    cache_read: float | None = None
    cache_write: float | None = None
    since: int | None = None
    until: int | None = None
    up_to: int | None = None
    source: str | None = None


class PriceTable(Struct, rename=camel, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The file: of which day it is, where it comes from, and the prices, of which the first that fits holds."""

    version: int
    date: str
    source: str
    prices: list[Price]


class PriceSource(Figure, frozen=True, kw_only=True):
    """Where estimates come from: the day that a table is of, and who publishes it; ``own`` where it is one's own."""

    date: str
    source: str
    own: bool = False


class Prices:
    """The prices of models, by name and time."""

    def __init__(self, tables: Sequence[PriceTable], *, own: bool) -> None:
        self.source = PriceSource(date=tables[0].date, source=tables[0].source, own=own) if tables else None
        self._prices: dict[str, list[Price]] = {}
        for table in tables:
            for price in table.prices:
                for model in price.models:
                    self._prices.setdefault(_plain(model), []).append(price)

    def of(self, model: str | None) -> list[Price]:
        """Return every price of a model, of which the first that fits a time holds."""
        return [] if model is None else list(self._prices.get(_plain(model), ()))

    def estimated(self, events: list[UsageEvent]) -> list[UsageEvent]:
        """Return a session's events, with what those cost by the table of which no cost was recorded."""
        if not self._prices or any(one.type == "session" and one.usage.cost_usd is not None for one in events):
            return events  # the session's own total says what they cost together
        return [self._estimated(one) for one in events]

    def _estimated(self, event: UsageEvent) -> UsageEvent:
        prompt = event.prompt_tokens
        if event.usage.cost_usd is not None or prompt is None:
            return event
        price = next((one for one in self.of(event.model) if _holds(one, event.timestamp, prompt)), None)
        cost = None if price is None else cost_of(event.usage, price)
        return event if cost is None else replace(event, estimated_cost_usd=cost)


def prices(own: str = "", *, estimate: bool = True) -> Prices:
    """
    Return the prices that come along, under those of a table of one's own; none where nothing is to be estimated.

    Raises:
        InvalidOption: One's own table is none.
    """
    if not estimate:
        return Prices((), own=False)
    tables = [included()]
    if own.strip():
        try:
            tables.insert(0, msgspec.json.decode(own.encode("utf-8", "replace"), type=PriceTable))
        except msgspec.DecodeError as error:
            raise InvalidOption(option="prices", reason=str(error)) from None
    return Prices(tables, own=len(tables) > 1)


@cache
def included() -> PriceTable:
    """Return the table that comes along; the file says of which day it is, and where it comes from."""
    return msgspec.json.decode(files("py_export").joinpath("prices.json").read_bytes(), type=PriceTable)


def cost_of(usage: Usage, price: Price) -> float | None:
    """Return what tokens cost in US dollars; None where a kind of them has no price, or nothing is known of them."""
    prompt = prompt_tokens(usage)
    if prompt is None or usage.output_tokens is None or min(prompt, usage.output_tokens) < 0:
        return None
    cost = usage.output_tokens * price.output
    for count, rate in (
        (usage.input_tokens, price.input),
        (usage.cache_read_tokens, price.cache_read),
        (usage.cache_write_tokens, price.cache_write),
    ):
        if count:
            if rate is None:
                return None
            cost += count * rate
    return cost / _MILLION


def _plain(model: str) -> str:
    """Return a model's name without the provider before it and the date behind it, in small letters."""
    return _SNAPSHOT.sub("", model.strip().rpartition("/")[2].lower())


def _holds(price: Price, at: int | None, prompt: int) -> bool:
    """Return whether a price holds for a prompt at a time; of an unknown time, the one that holds last does."""
    if price.up_to is not None and prompt > price.up_to:
        return False
    if at is None:
        return price.until is None
    return (price.since is None or at >= price.since) and (price.until is None or at < price.until)
