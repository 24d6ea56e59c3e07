"""The options of the formats that say what sessions took: of which time, by which models, by which prices."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Annotated, Any

from msgspec import Meta

from py_export.options import DERIVED, LOCALE, Options, Paper

if TYPE_CHECKING:  # the table of formats is read at every start, what these mean when one of them is written
    from py_export.transforms.analytics.period import Period
    from py_export.transforms.analytics.pricing import Prices

_MOMENT: dict[str, Any] = DERIVED | {"format": "date-or-time"}


class AnalyticsOptions(Options, frozen=True, kw_only=True, dict=True):
    """What every format of this kind takes: which usage events count, and whether costs are estimated."""

    since: Annotated[str, Meta(extra_json_schema=_MOMENT)] = ""
    """The first day or time: ``2026-01-31``, ``2026-01-31T18:30`` (in the time zone), Unix milliseconds."""

    until: Annotated[str, Meta(extra_json_schema=_MOMENT)] = ""
    """The last day, included; or the time before which it ends."""

    models: Annotated[str, Meta(extra_json_schema=DERIVED)] = ""
    """The models whose usage counts, by their names, with commas between; empty is every one."""

    estimate: bool = True
    """Estimate, apart from what was recorded, what a price table knows."""

    prices: Annotated[str, Meta(extra_json_schema=DERIVED | {"format": "json-file"})] = ""
    """A price table of one's own, as JSON, laid over the one that comes along."""

    @cached_property
    def period(self) -> Period:
        """Return what lies between ``since`` and ``until``. Raises ``InvalidOption``."""
        from py_export.transforms.analytics.period import Period  # noqa: PLC0415 - as above

        return Period.of(self.since, self.until, self.timezone)

    @cached_property
    def chosen_models(self) -> tuple[str, ...]:
        """Return the names in ``models``."""
        return tuple(name for each in self.models.split(",") if (name := each.strip()))

    @cached_property
    def price_table(self) -> Prices:
        """Return the prices that estimate. Raises ``InvalidOption``."""
        from py_export.transforms.analytics.pricing import prices  # noqa: PLC0415 - as above

        return prices(self.prices, estimate=self.estimate)

    def __post_init__(self) -> None:
        """Raise ``InvalidOption`` where the zone, a time or the price table is none."""
        super().__post_init__()
        if self.since or self.until:
            _ = self.period
        if self.prices:
            _ = self.price_table


class CsvOptions(AnalyticsOptions, frozen=True, kw_only=True, dict=True):
    """Options of the tables, whose names of columns are the same in every language."""

    locale: Annotated[str, Meta(extra_json_schema=LOCALE | DERIVED)] = "en"

    bom: bool = False
    """Begin with a byte order mark, by which Excel knows UTF-8."""


class MessagesCsvOptions(CsvOptions, frozen=True, kw_only=True, dict=True):
    """Options of the table of messages, in which events and attachments are said in words."""

    locale: Annotated[str, Meta(extra_json_schema=LOCALE)] = "en"

    messages: bool = True
    """What messages say."""

    thinking: bool = False
    """The model's reasoning."""


class PdfOptions(AnalyticsOptions, frozen=True, kw_only=True, dict=True):
    """Options of the report."""

    paper: Paper = "a4"
    """The size of its pages."""


class AnalyticsJsonOptions(AnalyticsOptions, frozen=True, kw_only=True, dict=True):
    """Options of the document for programs, which has no words of its own."""

    locale: Annotated[str, Meta(extra_json_schema=LOCALE | DERIVED)] = "en"

    events: bool = True
    """Each usage event and each call, and not the sums alone."""
