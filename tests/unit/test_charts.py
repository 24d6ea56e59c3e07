"""Charts: what they draw, in whole figures, without anything that a document's policy forbids."""

from __future__ import annotations

import re
from itertools import pairwise
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st

from py_export.charts import WIDTH, Chart, Series, _dots, _hatch, bars, columns, line

NAMES = ("dark", "hatched", "pale", "dotted")
CHART = Chart("chart-x", "Tokens <over> time", 'From "1" to 3 & more', lambda value: f"{value:g}")
SVG = "{http://www.w3.org/2000/svg}"

AMOUNTS = st.one_of(st.none(), st.integers(0, 10**9), st.floats(0, 1e6))
TABLES = st.integers(1, 40).flatmap(
    lambda size: st.tuples(
        st.lists(st.text(max_size=12), min_size=size, max_size=size),
        st.lists(st.lists(AMOUNTS, min_size=size, max_size=size), min_size=1, max_size=4),
    )
)


def tree(svg: str) -> ET.Element:
    """Return a chart's elements; it must be XML that stands by itself."""
    text = re.sub("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]", "?", svg)
    return ET.fromstring(text)  # noqa: S314 - our own chart


def boxes(svg: str) -> list[tuple[str, float, float, float, float]]:
    """Return the class, left, top, width and height of each box but the legend's."""
    found = []
    for each in tree(svg).iter(f"{SVG}rect"):
        x, y, width, height = (float(each.attrib[name]) for name in ("x", "y", "width", "height"))
        if (y, width, height) != (2, 11, 11):
            found.append((each.attrib["class"], x, y, width, height))
    return found


def drawn(labels: list[str], table: list[list[float | None]]) -> list[str]:
    series = [Series(name, values) for name, values in zip(NAMES, table, strict=False)]
    course = [value or 0.0 for value in table[0]]
    return [columns(CHART, labels, series), bars(CHART, labels, series), line(CHART, labels, course)]


@given(TABLES)
def test_a_chart_is_an_image_with_a_title_and_a_description_and_no_style_or_script(
    given: tuple[list[str], list[list[float | None]]],
) -> None:
    for svg in drawn(*given):
        root = tree(svg)
        assert root.get("role") == "img"
        names = {each.get("id"): each.text for each in root if each.tag in (f"{SVG}title", f"{SVG}desc")}
        assert list(names) == (root.get("aria-labelledby") or "").split()
        assert list(names.values()) == [CHART.title, CHART.description]
        assert {each.tag.removeprefix(SVG) for each in root.iter()} <= {
            *("svg", "title", "desc", "path", "rect", "line", "circle", "text")
        }
        assert not [each for each in root.iter() if {"style", "onload", "href"} & set(each.keys())]


@given(TABLES)
def test_nothing_is_drawn_outside_the_drawing(given: tuple[list[str], list[list[float | None]]]) -> None:
    for svg in drawn(*given):
        high = float((tree(svg).get("viewBox") or "").split()[3])
        for _, x, y, width, height in boxes(svg):
            assert x >= 0
            assert y >= 0
            assert x + width <= WIDTH + 0.2
            assert y + height <= high + 0.2
        assert "nan" not in svg
        assert "inf" not in svg


@given(TABLES)
def test_the_same_values_give_the_same_drawing(given: tuple[list[str], list[list[float | None]]]) -> None:
    assert drawn(*given) == drawn(*given)


def test_columns_stand_on_each_other_in_proportion() -> None:
    svg = columns(CHART, ["a", "b"], [Series("in", [10, None]), Series("out", [5, 30])])
    (first, x, y, wide, ten), (second, above, top, _, five), (_, later, _, _, thirty) = boxes(svg)
    assert (first, second) == ("fill-0", "line-1")
    assert x == above < later
    assert top + five == pytest.approx(y, abs=0.11)
    assert ten == pytest.approx(2 * five, abs=0.2)
    assert thirty == pytest.approx(3 * ten, abs=0.3)
    assert wide <= 36


def test_bars_lie_behind_each_other_in_proportion_with_their_figure() -> None:
    svg = bars(CHART, ["Bash", "Read"], [Series("ok", [6, 2]), Series("failed", [2, 0])])
    (_, x, _, six, _), (_, behind, _, two, _), (_, start, _, least, _) = boxes(svg)
    assert x == start
    assert x + six == pytest.approx(behind, abs=0.11)
    assert six == pytest.approx(3 * two, abs=0.3)
    assert least == two
    assert [each.text for each in tree(svg).iter(f"{SVG}text") if each.text in ("8", "2")] == ["8", "2"]


def test_an_axis_ends_at_a_round_figure_above_the_highest_value() -> None:
    svg = line(CHART, ["a", "b", "c"], [1, 22, 41])
    figures = [float(each.text or "") for each in tree(svg).iter(f"{SVG}text") if each.get("text-anchor") == "end"]
    assert figures == [0, 20, 40, 60]


def test_labels_that_would_touch_are_left_out() -> None:
    labels = [f"10:{minute:02}" for minute in range(40)]
    svg = columns(CHART, labels, [Series("x", [1] * 40)])
    shown = [float(each.get("x") or 0) for each in tree(svg).iter(f"{SVG}text") if each.get("text-anchor") == "middle"]
    assert 3 < len(shown) < 12
    assert min(later - before for before, later in pairwise(shown)) > 34


def test_a_long_name_is_cut_between_what_people_take_for_letters() -> None:
    svg = bars(CHART, ["👩‍👩‍👧‍👦" * 40, "mcp__a_very_long_name__of_a_tool_that_goes_on"], [Series("x", [1, 1])])
    names = [each.text or "" for each in tree(svg).iter(f"{SVG}text") if each.get("text-anchor") == "end"]
    assert all(name.endswith("…") for name in names)
    assert names[0].rstrip("…").replace("👩‍👩‍👧‍👦", "") == ""


def test_each_series_has_a_pattern_of_its_own() -> None:
    svg = columns(CHART, ["a"], [Series(name, [1]) for name in NAMES])
    fills = [each.get("fill") for each in tree(svg).iter(f"{SVG}rect")]
    assert len(set(fills) - {"none"}) == 2
    assert fills.count("none") == 4  # two in the legend, and two parts of the column
    hatches = {(each.get("class"), each.get("stroke-dasharray")) for each in tree(svg).iter(f"{SVG}path")}
    assert hatches == {("line-1", None), ("line-3", "2 6")}


@given(st.tuples(*[st.floats(0.2, 400)] * 4))
def test_a_hatch_stays_within_its_box(box: tuple[float, float, float, float]) -> None:
    x, y, wide, high = box
    for course in (_hatch(*box), _dots(*box)):
        for place in re.findall(r"[^MLH]+", course):
            across, *down = map(float, place.split())
            assert x - 0.1 <= across <= x + wide + 0.1
            assert all(y - 0.1 <= one <= y + high + 0.1 for one in down)


def test_what_went_wrong_is_hatched_in_the_colour_of_an_error() -> None:
    drawn = bars(CHART, ["x"], [Series("good", [2]), Series("failed", [1], bad=True)])
    assert drawn.count('class="bad"') == 4  # its mark in the legend and its part of the bar, each with its hatch
    assert 'class="fill-0"' in drawn
    assert "line-1" not in drawn
