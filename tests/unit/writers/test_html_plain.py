"""The short way from a text to HTML gives what the parser gives."""

from __future__ import annotations

from unittest import mock

from hypothesis import example, given, settings
from hypothesis import strategies as st

from py_export.writers import html_markdown
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
    short = plain(text, breaks=breaks)
    if short is not None:
        with mock.patch.object(html_markdown, "plain", return_value=None):
            assert short == html(text, breaks=breaks)


def test_prose_takes_the_short_way_and_marks_do_not() -> None:
    assert plain('He said: "so"', breaks=False) is None
    assert plain('A tide (of 2 m, "spring") > neap - so what?\n\nYes; 潮汐.', breaks=False) == (
        "<p>A tide (of 2 m, &quot;spring&quot;) &gt; neap - so what?</p>\n<p>Yes; 潮汐.</p>\n"
    )
