"""The short way from a text to HTML gives what the parser gives."""

from __future__ import annotations

from unittest import mock

from hypothesis import example, given, settings
from hypothesis import strategies as st

from py_export.writers import html_texts
from py_export.writers.html_plain import plain
from tests.unit.writers.test_html_markdown import html

WORDS = st.sampled_from(
    ["a", "tide", "1", "2.", "-", "--", "+", "=", "#", "潮汐", "🌊", '"x"', "it's", "(c)", "a>b", "/", "//"]
)
SPACE = st.sampled_from([" ", "  ", "\n", "\n\n", "\n\n\n", "\n \n", "\t", "\u3000", "\u2028", "\x85", "", "\r\n", "."])
PROSE = st.lists(st.one_of(WORDS, SPACE), max_size=24).map("".join)


@settings(max_examples=1500)
@given(text=st.one_of(PROSE, st.text(max_size=40)), breaks=st.booleans())
@example(text="a\n\n\nb\nc\n", breaks=True)
@example(text="\n\n a", breaks=False)
@example(text="1) a", breaks=False)
@example(text="a\n===", breaks=False)
@example(text="www.example.org and ftp.example.org", breaks=False)
@example(text="\n", breaks=False)
@example(text="", breaks=False)
def test_both_ways_give_the_same(*, text: str, breaks: bool) -> None:
    [short] = plain([text], breaks=breaks)
    if short is not None:
        with mock.patch.object(html_texts, "plain", lambda texts, *, breaks: [None] * len(texts)):  # noqa: ARG005
            assert short == html(text, breaks=breaks)


def test_prose_takes_the_short_way_and_marks_do_not() -> None:
    prose = 'A tide (of 2 m, "spring") > neap - so what?\n\nYes; 潮汐.'
    assert plain(['He said: "so"', prose], breaks=False) == [
        None,
        "<p>A tide (of 2 m, &quot;spring&quot;) &gt; neap - so what?</p>\n<p>Yes; 潮汐.</p>\n",
    ]


@settings(max_examples=300)
@given(texts=st.lists(PROSE, max_size=6), breaks=st.booleans())
@example(texts=["a", "a\0b", "c"], breaks=False)
@example(texts=["a", "\ud800", "c"], breaks=False)
@example(texts=["a", "1. b", "", "c "], breaks=False)
def test_what_is_prose_among_many_is_what_is_prose_alone(*, texts: list[str], breaks: bool) -> None:
    for text, short in zip(texts, plain(texts, breaks=breaks), strict=True):
        assert short in (None, *plain([text], breaks=breaks))
