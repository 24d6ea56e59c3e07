"""The figures of the report: each chart, as SVG, with what there is to see in it, and the same as a table."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from html import unescape
from typing import Any

from py_export.analytics_options import PdfOptions
from py_export.charts import FONT, WIDTH, Chart, Series, bars, columns, line
from py_export.l10n import translate
from py_export.markdown import one_line
from py_export.transforms.analytics.analysis import Analytics
from py_export.transforms.analytics.figures import DayTotal, Sums, tokens
from py_export.writers.figures import axis_money, money, number, prompt_tokens
from py_export.writers.pdf_markdown import inline_text

_MOST_COLUMNS, _MOST_ROWS, _MOST_BARS = 36, 14, 8
_LEAST_DAYS = 2
_UNKNOWN = "\u2013"
_ABOUT = "≈ "
_FONTS = "PX Text"
_LABEL = re.compile(r'<text x="([-\d.]+)" y="([-\d.]+)"(?: text-anchor="(\w+)")? fill="[^"]*">([^<]*)</text>')

Section = dict[str, Any]


class Report:
    """What a report says of what sessions took."""

    def __init__(self, found: Analytics, options: PdfOptions) -> None:
        self._found = found
        self._options = options

    def totals(self) -> Iterator[list[str]]:
        """Yield the cover's figures: a name, a figure, and what it is made of."""
        sums, word = self._found.totals, self._word
        yield [word("pdf.sessions"), number(sums.sessions), ""]
        yield [word("pdf.answers"), number(sums.requests), ""]
        given, made = prompt_tokens(sums.usage), sums.usage.output_tokens
        if given is not None or made is not None:
            parts = [] if given is None else [word("html.tokens-in", count=short(given))]
            parts += [] if made is None else [word("html.tokens-out", count=short(made))]
            yield [word("html.tokens"), short((given or 0) + (made or 0)), word("markdown.comma").join(parts)]
        cost = _cost(sums)
        if cost is not None:
            part = word("pdf.estimated-part", cost=money(sums.estimated_cost_usd)) if sums.estimated_cost_usd else ""
            yield [word("html.cost"), _money(sums), part]
        if sums.tool_calls:
            failed = sums.failed_tool_calls
            part = word("html.calls-failed", count=failed) if failed else ""
            yield [word("html.calls"), number(sums.tool_calls), part]

    def notes(self) -> Iterator[str]:
        """Yield what must be known of the figures: what is estimated, and what is not known."""
        prices, sums = self._found.prices, self._found.totals
        if prices is not None:
            yield self._word("pdf.estimated", date=prices.date, source=prices.source)
        if sums.unpriced:
            yield self._word("pdf.unpriced", count=sums.unpriced)
        if self._found.models:
            yield self._word("pdf.models", names=", ".join(self._found.models))

    def sections(self) -> Iterator[Section]:
        """Yield the charts that there is data for."""
        days = [day for day in self._found.by_day or () if day.day is not None]
        if len(days) >= _LEAST_DAYS:
            yield self._tokens(days)
            if any(_cost(day) for day in days):
                yield self._costs(days)
        models = self._found.by_model or []
        if models:
            names = [one_line(model.model or "") or self._word("html.unknown-model") for model in models]
            yield self._shares("pdf.by-models", "html.model", names, models)
        tools = self._found.by_tool or []
        if tools:
            yield self._tools([one_line(tool.name) for tool in tools])
        sessions = self._found.by_session or []
        if sessions:
            names = [one_line(one.title or "") or self._word("markdown.untitled") for one in sessions]
            yield self._shares("pdf.by-sessions", "pdf.session", names, sessions)

    def _tokens(self, days: Sequence[DayTotal]) -> Section:
        labels, steps = _steps(days)
        series = self._series(steps)
        sums = [sum(one.values[at] or 0 for one in series) for at in range(len(labels))]
        lead = self._word("html.chart-between", low=short(min(sums)), high=short(max(sums)))
        chart = Chart("tokens", self._word("html.chart-tokens"), lead, short)
        return self._section(chart, columns(chart, labels, series), "pdf.day", [str(day.day) for day in days], days)

    def _costs(self, days: Sequence[DayTotal]) -> Section:
        labels, steps = _steps(days)
        sums: list[float] = []
        for step in steps:
            sums.append((sums[-1] if sums else 0) + sum(_cost(day) or 0 for day in step))
        lead = self._word("html.chart-cost-lead")
        said = f"{lead} {self._word('html.chart-between', low=money(sums[0]), high=money(sums[-1]))}"
        chart = Chart("cost", self._word("html.chart-cost"), said, axis_money)
        return {"title": chart.title, "alt": said, **_drawn(line(chart, labels, sums)), "lead": lead}

    def _shares(self, title: str, head: str, names: Sequence[str], sums: Sequence[Sums]) -> Section:
        shown = sums[:_MOST_BARS]
        series = self._series([[one] for one in shown])
        pairs = zip(names, shown, strict=False)
        said = self._word("markdown.comma").join(f"{each}: {short(tokens(one.usage) or 0)}" for each, one in pairs)
        chart = Chart(title.rpartition("-")[2], self._word(title), said, short)
        return self._section(chart, bars(chart, names[:_MOST_BARS], series), head, names, sums)

    def _tools(self, names: Sequence[str]) -> Section:
        tools = self._found.by_tool or []
        shown = tools[:_MOST_BARS]
        series = [Series(self._word("html.succeeded"), [tool.calls - tool.failed for tool in shown])]
        if any(tool.failed for tool in tools):
            series.append(Series(self._word("html.failed"), [tool.failed for tool in shown], bad=True))
        pairs = zip(names, shown, strict=False)
        said = self._word("markdown.comma").join(f"{name}: {short(tool.calls)}" for name, tool in pairs)
        chart = Chart("tools", self._word("html.chart-tools"), said, short)
        rows = [[name, number(tool.calls), number(tool.failed)] for name, tool in zip(names, tools, strict=True)]
        head = [self._word(f"html.{key}") for key in ("tool", "calls", "failed")]
        drawn = _drawn(bars(chart, names[:_MOST_BARS], series))
        return {"title": chart.title, "alt": said, **drawn, **self._table(head, rows)}

    def _section(self, chart: Chart, svg: str, head: str, names: Sequence[str], sums: Sequence[Sums]) -> Section:
        rows = [
            [
                name,
                number(one.requests),
                _count(prompt_tokens(one.usage)),
                _count(one.usage.output_tokens),
                _money(one),
            ]
            for name, one in zip(names, sums, strict=True)
        ]
        keys = (head, "pdf.answers", "pdf.tokens-in", "pdf.tokens-out", "html.cost")
        table = self._table([self._word(key) for key in keys], rows)
        return {"title": chart.title, "alt": chart.description, **_drawn(svg), **table}

    def _table(self, head: list[str], rows: list[list[str]]) -> Section:
        """Return the first rows, and how many more there are."""
        more = self._word("pdf.more-rows", count=len(rows) - _MOST_ROWS) if len(rows) > _MOST_ROWS else ""
        return {"head": head, "rows": [[inline_text(cell) for cell in row] for row in rows[:_MOST_ROWS]], "more": more}

    def _series(self, steps: Sequence[Sequence[Sums]]) -> list[Series]:
        """Return the kinds of tokens that are known, a value for each step."""
        kinds = {
            "output": [_sum(step, "output_tokens") for step in steps],
            "input": [_sum(step, "input_tokens") for step in steps],
            "cache-write": [_sum(step, "cache_write_tokens") for step in steps],
            "cache-read": [_sum(step, "cache_read_tokens") for step in steps],
        }
        return [Series(self._word(f"html.{kind}"), values) for kind, values in kinds.items() if any(values)]

    def _word(self, key: str, **values: str | int) -> str:
        return translate(key, self._options.locale, **values)


def short(value: float) -> str:
    """
    Return a number in as few characters as tell its size.

    >>> [short(value) for value in (0, 950, 1_234, 45_678, 2_500_000)]
    ['0', '950', '1.2k', '46k', '2.5M']
    """
    for size, unit in ((1e9, "G"), (1e6, "M"), (1e3, "k")):
        if value >= size:
            shown = f"{value / size:.0f}" if value >= size * 10 else f"{value / size:.1f}".removesuffix(".0")
            return f"{shown}{unit}"
    return f"{value:.0f}" if value == int(value) else f"{value:.1f}"


def _steps(days: Sequence[DayTotal]) -> tuple[list[str], list[Sequence[DayTotal]]]:
    """Return the days in a row in as many steps as a chart has room for, each named by its first."""
    size = -(-len(days) // _MOST_COLUMNS)
    steps = [days[at : at + size] for at in range(0, len(days), size)]
    return [str(step[0].day)[5:] for step in steps], steps


def _sum(step: Sequence[Sums], name: str) -> int:
    return sum(getattr(one.usage, name) or 0 for one in step)


def _cost(sums: Sums) -> float | None:
    """Return what was recorded and what is estimated together; None where neither is known."""
    known = [cost for cost in (sums.usage.cost_usd, sums.estimated_cost_usd) if cost is not None]
    return sum(known) if known else None


def _money(sums: Sums) -> str:
    cost = _cost(sums)
    return _UNKNOWN if cost is None else f"{_mark(sums)}{money(cost)}"


def _mark(sums: Sums) -> str:
    return _ABOUT if sums.estimated_cost_usd is not None else ""


def _count(value: int | None) -> str:
    return _UNKNOWN if value is None else number(value)


def _drawn(chart: str) -> Section:
    """
    Return a chart in our own fonts, as a PDF has no others, and its labels that are to be set like any text.

    What is drawn within an image is not shaped as text is: of Arabic and Devanagari a PDF would not know the letters.
    """
    labels: list[dict[str, Any]] = []

    def apart(found: re.Match[str]) -> str:
        x, y, anchor, text = found.groups()
        if text.isascii():
            return found[0]
        labels.append({"x": float(x), "y": float(y), "anchor": anchor or "start", "text": unescape(text)})
        return ""

    svg = _LABEL.sub(apart, chart).replace('font-family="sans-serif"', f'font-family="{_FONTS}"')
    return {"svg": svg, "width": WIDTH, "size": FONT, "labels": labels}
