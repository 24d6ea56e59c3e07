"""
Charts as SVG: stacked columns, a rising line, stacked bars; the only place that draws any.

Our own because a chart here stands in a document whose security policy allows it no style of its own and no script,
reads no clock, and prints: each series has a pattern beside its colour, so that it reads in black and white. Colours
are presentation attributes, which a document's style sheet may override by class (``fill-0``, ``line-1``, …). A chart
carries its title and its description; its data belongs into a table beside it.

Lengths are in the drawing's own units, ``WIDTH`` across; a document scales it as a whole.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from html import escape
from itertools import islice
from math import ceil, floor, log10

from wcwidth import iter_graphemes, wcswidth

WIDTH = 400

FONT, _ROW, _LEGEND = 12, 24, 24
_LEFT, _PLOT, _FOOT = 46, 132, 20
_NAMES, _FIGURES = 168, 56
_TICKS = 3
_MOST_IN_A_NAME = 60

_SOLID = {0: "#0b6b5b", 2: "#9fcabf"}
_HATCHED = (1, 3)
"""By series: dark, hatched, pale, dotted; told apart without their colour."""

_GAP, _DASH = 4, 2
"""Between the lines of a hatch, and how long a dot is. Each is drawn: a browser prints a pattern as a large image."""

_LINE, _BAD = "#0b6b5b", "#a3261b"


@dataclass(frozen=True, slots=True)
class Series:
    """
    One series: its name, and a value per place; None where it is unknown. A chart takes four at most.

    ``bad``: what it counts went wrong; drawn in the colour of an error, and hatched (only so: as the second or fourth).
    """

    name: str
    values: Sequence[float | None]
    bad: bool = False


@dataclass(frozen=True, slots=True)
class Chart:
    """
    What every chart says of itself.

    Attributes:
        id: Unique in the document; letters, digits and dashes.
        title: What it shows, in a few words.
        description: What there is to see, in a sentence, for those who do not see it.
        figure: Writes a value: ``1.2k``, ``$0.02``.
    """

    id: str
    title: str
    description: str
    figure: Callable[[float], str]


def columns(chart: Chart, labels: Sequence[str], series: Sequence[Series]) -> str:
    """Return stacked columns, from left to right, with as many labels below them as there is room for."""
    axis = _Axis(_highest(labels, series), _LEGEND, chart)
    slot = (WIDTH - _LEFT) / max(1, len(labels))
    wide = min(slot * 0.76, 36)
    parts = [_legend(series), axis.drawn(), axis.labels(labels, slot)]
    for at in range(len(labels)):
        below = 0.0
        for number, one in enumerate(series):
            value = one.values[at] or 0
            if value > 0:
                upper = axis.y(below + value)
                x = _LEFT + slot * at + (slot - wide) / 2
                parts.append(_box(number, one, x, upper, wide, axis.y(below) - upper))
                below += value
    return _svg(chart, axis.foot, parts)


def line(chart: Chart, labels: Sequence[str], values: Sequence[float]) -> str:
    """Return a line with the area below it, from left to right."""
    axis = _Axis(max(values, default=0.0), 8, chart)
    slot = (WIDTH - _LEFT) / max(1, len(labels))
    points = [f"{_number(_LEFT + slot * (at + 0.5))} {_number(axis.y(value))}" for at, value in enumerate(values)]
    parts = [axis.drawn(), axis.labels(labels, slot)]
    if points:
        course, end = "L".join(points), points[-1].split()
        area = f"M{points[0].split()[0]} {_number(axis.y(0))}L{course}V{_number(axis.y(0))}Z"
        parts += [
            f'<path class="area" d="{area}" fill="{_LINE}" fill-opacity="0.14"/>',
            f'<path class="line-0" d="M{course}" fill="none" stroke="{_LINE}" stroke-width="2"/>',
            f'<circle class="fill-0" cx="{end[0]}" cy="{end[1]}" r="3.5" fill="{_LINE}"/>',
        ]
    return _svg(chart, axis.foot, parts)


def bars(chart: Chart, labels: Sequence[str], series: Sequence[Series]) -> str:
    """Return stacked bars, from top to bottom, each with its name before it and its figure behind it."""
    several = len(series) > 1
    start = _LEGEND if several else 0
    names = min(_NAMES, max(map(_width, labels), default=0) + 12)
    scale = (WIDTH - names - _FIGURES) / (_highest(labels, series) or 1)
    parts = [_legend(series)] if several else []
    for at, label in enumerate(labels):
        y, x = start + _ROW * at, names
        for number, one in enumerate(series):
            wide = max(0, one.values[at] or 0) * scale
            if wide > 0:
                parts.append(_box(number, one, x, y + 5, wide, _ROW - 10))
                x += wide
        parts.append(_text(_fitted(label, names - 10), names - 8, y + 16, "end"))
        parts.append(_text(chart.figure(_total(series, at)), x + 7, y + 16))
    return _svg(chart, start + _ROW * len(labels), parts)


class _Axis:
    """A plot's grid: from nought up to a round number, and labels below."""

    def __init__(self, highest: float, start: float, chart: Chart) -> None:
        self._step = _round_up(highest / _TICKS)
        self._ticks = max(1, ceil(highest / self._step - 1e-9))
        self._start = start
        self._figure = chart.figure
        self.foot = start + _PLOT + _FOOT

    def y(self, value: float) -> float:
        """Return the height at which a value stands."""
        return self._start + _PLOT * (1 - value / (self._step * self._ticks))

    def drawn(self) -> str:
        """Return the lines with their figures."""
        parts = []
        for tick in range(self._ticks + 1):
            y = self.y(self._step * tick)
            kind, colour = ("grid", "#d5d3cd") if tick else ("base", "#767676")
            ends = f'x1="{_LEFT}" x2="{WIDTH}" y1="{_number(y)}" y2="{_number(y)}"'
            parts.append(f'<line class="{kind}" {ends} stroke="{colour}"/>')
            parts.append(_text(self._figure(self._step * tick), _LEFT - 6, y + 4, "end"))
        return "".join(parts)

    def labels(self, labels: Sequence[str], slot: float) -> str:
        """Return as many labels as do not touch, the first among them."""
        every = max(1, ceil((max(map(_width, labels), default=0) + 16) / slot))
        parts = []
        for at in range(0, len(labels), every):
            half = _width(labels[at]) / 2
            x = min(max(_LEFT + slot * (at + 0.5), _LEFT + half), WIDTH - half)
            parts.append(_text(labels[at], x, self.foot - 3, "middle"))
        return "".join(parts)


def _svg(chart: Chart, high: float, parts: Sequence[str]) -> str:
    names = f'aria-labelledby="{chart.id}-title {chart.id}-desc"'
    size = f'viewBox="0 0 {WIDTH} {_number(high)}" width="{WIDTH}" height="{_number(high)}"'
    font = f'font-family="sans-serif" font-size="{FONT}"'
    return (
        f'<svg class="chart" xmlns="http://www.w3.org/2000/svg" role="img" {names} {size} {font}>'
        f'<title id="{chart.id}-title">{escape(chart.title)}</title>'
        f'<desc id="{chart.id}-desc">{escape(chart.description)}</desc>'
        f"{''.join(parts)}</svg>"
    )


def _hatch(x: float, y: float, wide: float, high: float) -> str:
    """Return the course of lines from the lower left to the upper right, as far as a box goes."""
    parts = []
    corner = (floor((x + y) / _GAP) + 1) * _GAP
    while corner < x + y + wide + high:  # of the points of a line, x and y have the same sum
        left, right = max(x, corner - y - high), min(x + wide, corner - y)
        parts.append(f"M{_number(left)} {_number(corner - left)}L{_number(right)} {_number(corner - right)}")
        corner += _GAP
    return "".join(parts)


def _dots(x: float, y: float, wide: float, high: float) -> str:
    """Return the course of rows of dots, every other row set in by half."""
    parts = []
    for row in range(1, floor((high + _DASH) / _GAP) + 1):
        inset = 1 if row % 2 else _GAP + 1
        if inset < wide:
            parts.append(f"M{_number(x + inset)} {_number(y + row * _GAP - _DASH)}H{_number(x + wide)}")
    return "".join(parts)


def _stroked(number: int, one: Series) -> str:
    return f'class="bad" stroke="{_BAD}"' if one.bad else f'class="line-{number}" stroke="{_LINE}"'


def _legend(series: Sequence[Series]) -> str:
    parts = []
    x = 1.0
    for number, one in enumerate(series):
        parts += [_box(number, one, x, 2, 11, 11), _text(one.name, x + 17, 12)]
        x += 17 + _width(one.name) + 14
    return "".join(parts)


def _box(number: int, one: Series, *box: float) -> str:
    """Return a box of a series; ``box`` is its left, its top, its width and its height."""
    names = ("x", "y", "width", "height")
    place = " ".join(f'{name}="{_number(value)}"' for name, value in zip(names, box, strict=True))
    if number in _SOLID:
        return f'<rect class="fill-{number}" {place} fill="{_SOLID[number]}"/>'
    course = f'd="{_hatch(*box)}"' if number == _HATCHED[0] else f'd="{_dots(*box)}" stroke-dasharray="2 6"'
    stroked = _stroked(number, one)
    return f'<path {stroked} {course} stroke-width="1.6"/><rect {stroked} {place} fill="none"/>'


def _text(text: str, x: float, y: float, anchor: str = "") -> str:
    end = f' text-anchor="{anchor}"' if anchor else ""
    return f'<text x="{_number(x)}" y="{_number(y)}"{end} fill="#3a3a38">{escape(text)}</text>'


def _fitted(text: str, room: float) -> str:
    """Return the beginning of a text that fits into ``room``, cut between grapheme clusters."""
    clusters = list(islice(iter_graphemes(text), _MOST_IN_A_NAME))
    if len("".join(clusters)) == len(text) and _width(text) <= room:
        return text
    while clusters and _width("".join(clusters)) + FONT > room:
        clusters.pop()
    return "".join(clusters) + "…"


def _width(text: str) -> float:
    """Return about how wide a text is; which font draws it is not known here."""
    return max(0, wcswidth(text)) * FONT * 0.56


def _round_up(value: float) -> float:
    """Return the smallest of 1, 2, 5, 10, 20, … and of their tenths that is not below a value."""
    if value <= 0:
        return 1
    power = 10.0 ** floor(log10(value))
    return next(factor * power for factor in (1, 2, 5, 10, 20) if factor * power >= value * (1 - 1e-9))


def _highest(labels: Sequence[str], series: Sequence[Series]) -> float:
    return max((_total(series, at) for at in range(len(labels))), default=0.0)


def _total(series: Sequence[Series], at: int) -> float:
    return sum(max(0, one.values[at] or 0) for one in series)


def _number(value: float) -> str:
    return f"{value:.1f}".removesuffix(".0")
