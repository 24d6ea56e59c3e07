"""A session's facts, figures and charts, each chart with its data as a table."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from py_export import times
from py_export.charts import Chart, Series, bars, columns, line
from py_export.markdown import one_line
from py_export.model import Counts, Message, Session, Usage
from py_export.transforms import figures, measure
from py_export.writers.figures import axis_money, money, number, prompt_tokens, session_usage
from py_export.writers.html_page import Page

_MOST_COLUMNS = 36
_MOST_BARS = 10
_KINDS = ("output", "input", "cache-write", "cache-read")
_LEAST_STEPS = 2
_UNKNOWN = "\u2013"
_HOUR, _DAY = 3_600_000, 86_400_000


@dataclass(frozen=True, slots=True)
class Figure:
    """A chart, and the same as a table: its head, and its rows, the first cell of each naming it."""

    title: str
    lead: str
    svg: Markup
    head: list[str]
    rows: list[list[str]]


@dataclass(slots=True)
class Known:
    """What the figures of messages are made of: counts, what each API message took, the tools that were used."""

    counts: Counts
    spent: Collection[figures.Spent]
    tools: list[figures.Tool]

    @classmethod
    def of(cls, messages: list[Message]) -> Known:
        """Return what is to be known of messages."""
        return cls(measure.counts(messages), figures.spent(messages), figures.tools(messages))


def facts(session: Session, page: Page) -> Iterator[tuple[str, Markup | str]]:
    """Yield what is known of a session as a whole."""
    source = one_line(f"{session.source.app or ''} {session.source.version or ''}")
    rows: list[tuple[str, Markup | str | None]] = [
        ("source", source),
        ("model", " · ".join(one_line(part) for part in (page.model, session.provider) if part)),
        ("workspace", _code(session.workspace)),
        ("started", _time(page.shown.time(session.created_at), page)),
        ("updated", _time(page.shown.time(session.updated_at), page)),
        ("duration", _duration(session)),
        ("tags", ", ".join(map(one_line, session.tags))),
        ("range", _range(session, page)),
        ("id", _code(session.id)),
        ("exported", _time(session.exported_at, page)),
    ]  # fmt: skip
    for name, value in rows:
        if value:
            yield page.word(f"html.fact-{name}"), value


def totals(session: Session, known: Known, page: Page) -> Iterator[tuple[str, str, str]]:
    """Yield the session's figures: a name, a figure, and what it is made of."""
    found = known.counts
    users, assistants = number(found.user_messages), number(found.assistant_messages)
    parts = page.word("html.messages-parts", users=users, assistants=assistants)
    yield page.word("html.messages"), number(found.messages), parts
    if found.tool_calls and page.options.tools != "none":
        failed = sum(tool.failed for tool in known.tools)
        part = page.word("html.calls-failed", count=failed) if failed else ""
        yield page.word("html.calls"), number(found.tool_calls), part
    if found.files_read or found.files_written:
        read, written = number(found.files_read), number(found.files_written)
        files = page.word("html.files-parts", read=read, written=written)
        yield page.word("html.files"), number(found.files_read + found.files_written), files
    usage = page.shown.usage(session_usage(session))
    if usage is None:
        return
    given, made = prompt_tokens(usage), usage.output_tokens
    if given is not None or made is not None:
        parts = page.word("markdown.comma").join(_directions(given, made, page))
        yield page.word("html.tokens"), short((given or 0) + (made or 0)), parts
    if usage.cost_usd is not None:
        yield page.word("html.cost"), money(usage.cost_usd), ""


def charts(known: Known, page: Page) -> Iterator[Figure]:
    """Yield what a session has data for: tokens and cost over time, tokens by model, tools used."""
    spent = known.spent
    steps = figures.steps(spent, _MOST_COLUMNS)
    counted = page.options.token_counts and any(figures.tokens(one.usage) for one in spent)
    if counted and len(steps) >= _LEAST_STEPS:
        yield _tokens(steps, page)
    if page.options.cost and len(steps) >= _LEAST_STEPS and any(one.usage.cost_usd for one in spent):
        yield _cost(steps, page)
    if counted:
        yield _models(figures.models(spent), page)
    if known.tools and page.options.tools != "none":
        yield _tools(known.tools, page)


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


def _tokens(steps: Sequence[figures.Spent], page: Page) -> Figure:
    title = page.word("html.chart-tokens")
    kinds = [kind for kind in _KINDS if any(_of(kind, step.usage) for step in steps)]
    lead = _by_step(steps, page)
    series = [Series(page.word(f"html.{kind}"), [_of(kind, step.usage) for step in steps]) for kind in kinds]
    sums = [figures.tokens(step.usage) or 0 for step in steps]
    chart = Chart("chart-tokens", title, f"{lead} {_between(min(sums), max(sums), page)}", short)
    rows = [[_step(step, page), *(_cell(_of(kind, step.usage)) for kind in kinds)] for step in steps]
    svg = columns(chart, _places(steps, page), series)
    return Figure(title, lead, Markup(svg), [page.word("html.step"), *(one.name for one in series)], rows)  # noqa: S704


def _cost(steps: Sequence[figures.Spent], page: Page) -> Figure:
    title, lead = page.word("html.chart-cost"), page.word("html.chart-cost-lead")
    sums: list[float] = []
    for step in steps:
        sums.append((sums[-1] if sums else 0) + (step.usage.cost_usd or 0))
    rows = [[_step(step, page), _cost_cell(step.usage), money(total)] for step, total in zip(steps, sums, strict=True)]
    chart = Chart("chart-cost", title, f"{lead} {_between(sums[0], sums[-1], page, money)}", axis_money)
    svg = line(chart, _places(steps, page), sums)
    return Figure(title, lead, Markup(svg), [page.word(f"html.{name}") for name in ("step", "cost", "cost-sum")], rows)  # noqa: S704


def _models(models: Sequence[figures.Model], page: Page) -> Figure:
    title, lead = page.word("html.chart-models"), page.word("html.chart-models-lead")
    kinds = [kind for kind in _KINDS if any(_of(kind, model.usage) for model in models)]
    names = [one_line(model.name or page.model or "") or page.word("html.unknown-model") for model in models]
    shown = models[:_MOST_BARS]
    series = [Series(page.word(f"html.{kind}"), [_of(kind, model.usage) for model in shown]) for kind in kinds]
    costs = page.options.cost and any(model.usage.cost_usd is not None for model in models)
    rows = [
        [
            name, number(model.answers), *(_cell(_of(kind, model.usage)) for kind in kinds),
            *([_cost_cell(model.usage)] if costs else []),
        ]
        for name, model in zip(names, models, strict=True)
    ]  # fmt: skip
    each = _each(names, [figures.tokens(model.usage) or 0 for model in shown], page)
    svg = bars(Chart("chart-models", title, f"{lead} {each}", short), names[:_MOST_BARS], series)
    head = [page.word(f"html.{name}") for name in ("model", "answers", *kinds, *(["cost"] if costs else []))]
    return Figure(title, lead, Markup(svg), head, rows)  # noqa: S704 - escaped


def _tools(tools: Sequence[figures.Tool], page: Page) -> Figure:
    title, lead = page.word("html.chart-tools"), page.word("html.chart-tools-lead")
    names = [one_line(tool.name) or page.word("markdown.unnamed") for tool in tools]
    shown = tools[:_MOST_BARS]
    series = [Series(page.word("html.succeeded"), [tool.calls - tool.failed for tool in shown])]
    if any(tool.failed for tool in tools):
        series.append(Series(page.word("html.failed"), [tool.failed for tool in shown], bad=True))
    rows = [[name, number(tool.calls), number(tool.failed)] for name, tool in zip(names, tools, strict=True)]
    each = _each(names, [tool.calls for tool in shown], page)
    svg = bars(Chart("chart-tools", title, f"{lead} {each}", short), names[:_MOST_BARS], series)
    head = [page.word(f"html.{name}") for name in ("tool", "calls", "failed")]
    return Figure(title, lead, Markup(svg), head, rows)  # noqa: S704 - escaped


def _of(kind: str, usage: Usage) -> int | None:
    return {
        "output": usage.output_tokens,
        "input": usage.input_tokens,
        "cache-write": usage.cache_write_tokens,
        "cache-read": usage.cache_read_tokens,
    }[kind]


def _between(low: float, high: float, page: Page, figure: Callable[[float], str] = short) -> str:
    """Return what there is to see in a course of values, for those who do not see it."""
    return page.word("html.chart-between", low=figure(low), high=figure(high))


def _each(names: Sequence[str], values: Sequence[float], page: Page) -> str:
    """Return what there is to see in bars."""
    pairs = zip(names, values, strict=False)  # there may be more names than bars
    return page.word("markdown.comma").join(f"{name}: {short(value)}" for name, value in pairs)


def _by_step(steps: Sequence[figures.Spent], page: Page) -> str:
    size = steps[0].last - steps[0].first + 1
    return page.word("html.chart-tokens-lead", count=size)


def _places(steps: Sequence[figures.Spent], page: Page) -> list[str]:
    """Return a label per step: its time, as much of it as tells it from the others; else the number of the answer."""
    known = [at for step in steps if (at := page.shown.time(step.since)) is not None]
    if len(known) < len(steps):
        return [number(step.first) for step in steps]
    span = max(known) - min(known)
    part = slice(11, 19) if span < _HOUR else slice(11, 16) if span < _DAY else slice(5, 10)
    return [times.iso(at, page.options.timezone)[part] for at in known]


def _step(step: figures.Spent, page: Page) -> str:
    numbers = number(step.first) if step.first == step.last else f"{number(step.first)}\u2013{number(step.last)}"
    at = page.shown.time(step.since)
    return numbers if at is None else f"{numbers} · {times.iso(at, page.options.timezone)[:19].replace('T', ' ')}"


def _directions(given: int | None, made: int | None, page: Page) -> Iterator[str]:
    if given is not None:
        yield page.word("html.tokens-in", count=number(given))
    if made is not None:
        yield page.word("html.tokens-out", count=number(made))


def _cell(value: int | None) -> str:
    return _UNKNOWN if value is None else number(value)


def _cost_cell(usage: Usage) -> str:
    return _UNKNOWN if usage.cost_usd is None else money(usage.cost_usd)


def _code(text: str | None) -> Markup | None:
    return Markup("<code>{}</code>").format(one_line(text)) if text else None


def _time(milliseconds: int | None, page: Page) -> Markup | None:
    return None if milliseconds is None else page.time(milliseconds)


def _duration(session: Session) -> str | None:
    taken = session.duration_ms if session.duration_ms is not None else measure.duration(session.messages)
    return None if taken is None else times.duration(taken)


def _range(session: Session, page: Page) -> str | None:
    part = session.range
    return None if part is None else page.word("markdown.range", first=part.from_, last=part.to, of=part.of)
